//! Text measured in cells.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The pieces of a text that are drawn as one, with the cells that each takes.
pub fn pieces(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.graphemes(true).map(|piece| (piece, cells(piece)))
}

/// How many cells a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { pieces(text).map(|(_, cells)| cells).sum() }
}

/// As the screen counts them: Unicode's width, and a cell for each halfwidth sound mark, which Unicode gives none
/// although terminals do.
fn cells(piece: &str) -> usize {
    if piece.len() == 1 {
        return 1;
    }
    let marks = piece.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    piece.width() + marks
}
