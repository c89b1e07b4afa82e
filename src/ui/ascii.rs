//! The last step for a terminal that has no more than ASCII: every other sign is spelled in it.

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;

/// What stands for a sign. What is not here becomes `?`: text from outside in another script.
const SPELLED: [(&str, &str); 28] = [
    ("…", "~"),
    ("·", "|"),
    ("—", "-"),
    ("–", "-"),
    ("−", "-"),
    ("×", "x"),
    ("±", "~"),
    ("≥", ">"),
    ("≤", "<"),
    ("→", ">"),
    ("←", "<"),
    ("↑", "^"),
    ("↓", "v"),
    ("›", ">"),
    ("─", "-"),
    ("│", "|"),
    ("━", "="),
    ("µ", "u"),
    ("▸", ">"),
    ("┃", "|"),
    ("┼", "+"),
    ("↪", "\\"),
    ("•", "*"),
    ("✓", "v"),
    ("✗", "x"),
    ("●", "*"),
    ("“", "\""),
    ("”", "\""),
];

/// Replaces every cell that is not ASCII by one that is, of the same width.
pub(super) fn spell(buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(buffer.area);
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let Some(cell) = buffer.cell_mut((x, y)) else { break };
            let wide = cell.symbol().cell_width().max(1);
            if !cell.symbol().is_ascii() {
                let sign = SPELLED.iter().find(|(sign, _)| *sign == cell.symbol()).map_or("?", |(_, ascii)| ascii);
                cell.set_symbol(sign);
            }
            x += wide;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_ascii_and_keeps_its_width() {
        let mut buffer = Buffer::with_lines(["a…·满é"]);
        let area = buffer.area;
        spell(&mut buffer, area);
        assert_eq!(buffer, Buffer::with_lines(["a~|? ?"]));
    }
}
