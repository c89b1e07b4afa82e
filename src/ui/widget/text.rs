//! Text measured in cells, cut where it may be cut, and wrapped.

use std::borrow::Cow;

use ratatui::buffer::CellWidth;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

/// What stands where text goes on.
pub const MORE: &str = "…";

/// What may stand behind a number and belongs to it.
const UNITS: [&str; 34] = [
    "%", "s", "ms", "us", "µs", "ns", "m", "min", "h", "d", "w", "y", "x", "B", "kB", "KB", "MB", "GB", "TB", "KiB",
    "MiB", "GiB", "TiB", "k", "M", "G", "/s", "k/s", "M/s", "B/s", "KiB/s", "MiB/s", "rps", "req/s",
];

/// The visible pieces of a text and their widths. Control characters are never drawn and count nothing.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    let visible = |(_, piece): &(usize, &str)| !piece.contains(char::is_control);
    text.grapheme_indices(true).filter(visible).map(|(at, piece)| (at, piece, usize::from(piece.cell_width())))
}

/// How many cells a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() && !text.contains(|c: char| c.is_ascii_control()) {
        return text.len();
    }
    pieces(text).map(|(_, _, width)| width).sum()
}

/// A text that takes at most `limit` cells: as it is, or cut with `…`, never through a number or its unit.
#[must_use]
pub fn fit(text: &str, limit: usize) -> Cow<'_, str> {
    if width(text) <= limit { Cow::Borrowed(text) } else { Cow::Owned(cut(text, limit)) }
}

/// A text cut to at most `limit` cells with `…` at its end, whether it would fit or not.
#[must_use]
pub fn cut(text: &str, limit: usize) -> String {
    let Some(room) = limit.checked_sub(1) else { return String::new() };
    let mut used = 0;
    let end = pieces(text).find_map(|(at, _, width)| {
        used += width;
        (used > room).then_some(at)
    });
    let end = before_number(text, end.unwrap_or(text.len()));
    let kept = text.get(..end).unwrap_or("").trim_end();
    format!("{kept}{MORE}")
}

/// Where to cut instead, if `at` lies within a number or between a number and its unit.
fn before_number(text: &str, at: usize) -> usize {
    let digit = |c: char| c.is_ascii_digit();
    let inner = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':');
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find(digit)).map(|found| from + found) {
        if start >= at {
            break;
        }
        let rest = text.get(start..).unwrap_or("");
        let mut end = start + rest.find(|c| !inner(c)).unwrap_or(rest.len());
        if let Some(unit) = unit_at(text.get(end..).unwrap_or("")) {
            end += unit;
        }
        if at < end {
            return start;
        }
        from = end.max(start + 1);
    }
    at
}

/// How many bytes a unit takes at the beginning of `rest`, with a space before it.
fn unit_at(rest: &str) -> Option<usize> {
    let word = rest.strip_prefix(' ').unwrap_or(rest);
    let end = word.find(|c: char| !(c.is_alphabetic() || matches!(c, '%' | '/'))).unwrap_or(word.len());
    UNITS.contains(&word.get(..end)?).then_some(rest.len() - word.len() + end)
}

/// Whether a word, whatever stands behind it, is a unit that belongs to the number before it.
#[must_use]
pub fn is_unit(word: &str) -> bool {
    UNITS.contains(&word.trim_end_matches([' ', ',', '.', ';', ':', ')']))
}

/// How many cells a line takes.
#[must_use]
pub fn line_width(line: &Line<'_>) -> usize {
    line.spans.iter().map(|span| width(&span.content)).sum()
}

/// A line that takes at most `limit` cells, cut like [`fit`].
#[must_use]
pub fn fit_line<'a>(line: &Line<'a>, limit: usize) -> Line<'a> {
    if line_width(line) <= limit {
        return line.clone();
    }
    let (mut spans, mut left): (Vec<Span<'a>>, usize) = (Vec::new(), limit);
    for span in &line.spans {
        let wide = width(&span.content);
        if wide < left {
            left -= wide;
            spans.push(span.clone());
        } else {
            spans.push(Span::styled(cut(&span.content, left), span.style));
            break;
        }
    }
    Line { spans, ..line.clone() }
}

/// Pads a text to `wide` cells, cutting it if it is longer.
#[must_use]
pub fn pad(text: &str, wide: usize) -> String {
    let fitted = fit(text, wide);
    format!("{fitted}{}", " ".repeat(wide.saturating_sub(width(&fitted))))
}

/// Pads a text on its left to `wide` cells, cutting it if it is longer.
#[must_use]
pub fn pad_left(text: &str, wide: usize) -> String {
    let fitted = fit(text, wide);
    format!("{}{fitted}", " ".repeat(wide.saturating_sub(width(&fitted))))
}

/// Breaks a text into lines of at most `wide` cells, between words where there are any.
#[must_use]
pub fn wrap(text: &str, wide: usize) -> Vec<String> {
    let wide = wide.max(1);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let gap = usize::from(!line.is_empty());
        if width(&line) + gap + width(word) <= wide {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for (_, piece, cells) in pieces(word) {
            if width(&line) + cells > wide && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(piece);
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_and_its_unit_are_not_cut() {
        assert_eq!(fit("timeout after 5000 ms", 18), "timeout after…");
        assert_eq!(fit("timeout after 5000 ms", 20), "timeout after…");
        assert_eq!(fit("timeout after 5000 ms", 21), "timeout after 5000 ms");
        assert_eq!(fit("disk is 85.4 % full", 12), "disk is…");
        assert_eq!(fit("CheckoutErrorsHigh", 9), "Checkout…");
        assert_eq!(fit("checkout-17", 10), "checkout-…");
        assert_eq!(fit("123456", 3), "…");
        assert_eq!(fit("abc", 0), "");
    }

    #[test]
    fn width_is_counted_in_cells() {
        assert_eq!(width("đĩa đầy"), 7);
        assert_eq!(width("磁盘已满"), 8);
        assert_eq!(fit("磁盘已满了", 6), "磁盘…");
        assert_eq!(pad("满", 4), "满  ");
        assert_eq!(pad_left("4m", 4), "  4m");
    }

    #[test]
    fn words_are_wrapped_and_long_ones_broken() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 3), [""]);
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_its_room(text in "\\PC{0,40}", limit in 0_usize..30) {
            prop_assert!(width(&fit(&text, limit)) <= limit);
            prop_assert_eq!(width(&pad(&text, limit)), limit);
            let whole = |line: &String| line.graphemes(true).count() == 1;
            prop_assert!(wrap(&text, limit).iter().all(|line| width(line) <= limit.max(1) || whole(line)));
            let line = Line::from(vec![Span::raw(text.clone()), Span::raw("·tail")]);
            prop_assert!(line_width(&fit_line(&line, limit)) <= limit);
        }
    }
}
