//! A line of text that is being entered, with its cursor always in sight.

use ratatui::layout::Position;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::canvas::{Canvas, cells};
use super::text;

/// Draws `entered` from a column on; `cursor` is the number of characters before the cursor. Returns where
/// the cursor stands on the screen.
pub fn field(canvas: &mut Canvas<'_>, x: u16, y: u16, entered: &str, cursor: usize, style: Style) -> Option<Position> {
    let room = canvas.columns().checked_sub(usize::from(x) + 1)?;
    let split = entered.char_indices().nth(cursor).map_or(entered.len(), |(at, _)| at);
    let (before, after) = (entered.get(..split)?, entered.get(split..)?);
    let (mut shown, mut wide) = (before, text::width(before));
    while wide > room {
        let first = shown.graphemes(true).next()?;
        wide = wide.saturating_sub(text::width(first));
        shown = shown.get(first.len()..)?;
    }
    let stands = cells(text::width(shown));
    let mut part = canvas.part(x, y, cells(room) + 1, 1);
    part.put(0, 0, &Line::from(Span::styled(shown, style)));
    let mut rest = part.part(stands, 0, cells(room) + 1 - stands, 1);
    rest.put(0, 0, &Line::from(Span::styled(after, style)));
    canvas.position(x + stands, y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    fn drawn(entered: &str, cursor: usize) -> (String, Option<u16>) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        let area = buffer.area;
        let at = field(&mut Canvas::new(&mut buffer, area), 2, 0, entered, cursor, Style::new());
        (buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect(), at.map(|at| at.x))
    }

    #[test]
    fn the_cursor_is_always_in_sight() {
        assert_eq!(drawn("abc", 3), ("  abc   ".to_owned(), Some(5)));
        assert_eq!(drawn("abcdefgh", 8), ("  defgh ".to_owned(), Some(7)));
        assert_eq!(drawn("abcdefgh", 0), ("  abcde…".to_owned(), Some(2)));
        assert_eq!(drawn("满满", 2).1, Some(6));
    }
}
