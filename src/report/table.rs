//! Aligned columns of plain text within a width.

use std::io::{self, Write};

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// The width where nobody says another.
pub const WIDTH: usize = 80;
/// Between two columns.
const GAP: usize = 2;
/// No column that may shrink gets narrower than this.
const LEAST: usize = 8;

/// How a column behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// As wide as its widest cell, aligned left.
    Left,
    /// As wide as its widest cell, aligned right: numbers and ages.
    Right,
    /// Gives way where the width does not suffice; what is cut ends in `…`.
    Shrinks,
}

/// Writes rows as columns, two blanks between them, none at the end of a line. Columns that shrink share
/// what is missing, the widest first. A table whose other columns alone are wider than `width` stays wider.
///
/// # Errors
/// Where the writer fails.
pub fn write<const N: usize>(
    fits: [Fit; N],
    rows: &[[String; N]],
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let widths = widths(fits, rows, width);
    for row in rows {
        let mut line = String::new();
        for ((cell, wide), fit) in row.iter().zip(widths).zip(fits) {
            if wide == 0 {
                continue;
            }
            let cell = cut(cell, wide);
            let blank = " ".repeat(wide - cell.width().min(wide));
            let gap = if line.is_empty() { "" } else { "  " };
            line.push_str(gap);
            match fit {
                Fit::Right => line.extend([blank.as_str(), cell.as_str()]),
                Fit::Left | Fit::Shrinks => line.extend([cell.as_str(), blank.as_str()]),
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn widths<const N: usize>(fits: [Fit; N], rows: &[[String; N]], width: usize) -> [usize; N] {
    let mut widths = [0; N];
    for row in rows {
        for (wide, cell) in widths.iter_mut().zip(row) {
            *wide = (*wide).max(cell.width());
        }
    }
    let used = widths.iter().filter(|wide| **wide > 0);
    let mut over = (used.clone().sum::<usize>() + used.count().saturating_sub(1) * GAP).saturating_sub(width);
    while over > 0 {
        let shrinking = widths.iter_mut().zip(fits).filter(|(wide, fit)| *fit == Fit::Shrinks && **wide > LEAST);
        let Some((widest, _)) = shrinking.max_by_key(|(wide, _)| **wide) else { break };
        *widest -= 1;
        over -= 1;
    }
    widths
}

/// The text in at most `width` columns; what is cut ends in `…`.
#[must_use]
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut room = width.saturating_sub(1);
    let fits = |cluster: &&str| {
        let wide = cluster.width();
        let fits = wide <= room;
        room = room.saturating_sub(wide);
        fits
    };
    let mut made: String = text.graphemes(true).take_while(fits).collect();
    if width > 0 {
        made.push('…');
    }
    made
}

#[cfg(test)]
mod tests;
