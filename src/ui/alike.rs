//! The last look at a finished frame: every cell holds what every terminal draws alike, in as many columns as it has.
//!
//! What lives here: the wall before the terminal. Text from outside is harmless long before; here it does not matter
//! where it came from. What must not: anything that depends on what is drawn.

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthChar as _;

use crate::domain::harmless;

/// The most characters of a cell: a letter with its marks, or a cluster of letters that is drawn as one.
const MOST: usize = 12;

/// Replaces what acts on a terminal, and what some terminals draw wider than others. Where a wide character lost its
/// other half to something drawn over it, it goes whole.
pub(super) fn settle(buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(buffer.area);
    for y in area.top()..area.bottom() {
        let from = buffer.index_of(area.left(), y);
        let Some(row) = buffer.content.get_mut(from..from + usize::from(area.width)) else { return };
        let mut at = 0;
        while at < row.len() {
            at += settle_one(row, at);
        }
    }
}

/// Settles the cell at a place of a row; how many columns it takes.
fn settle_one(row: &mut [Cell], at: usize) -> usize {
    let Some(symbol) = row.get(at).map(Cell::symbol) else { return 1 };
    // What nearly all cells are.
    if matches!(symbol.as_bytes(), [b' '..=b'~']) {
        return 1;
    }
    let wide = if symbol.len() == 1 { 1 } else { usize::from(symbol.cell_width()) };
    let is_whole = row.get(at + 1..at + wide.max(1)).is_some_and(|half| half.iter().all(|cell| cell.symbol() == " "));
    let counted = if is_plain(symbol) { symbol.chars().map(cells).sum() } else { 0 };
    let letters = symbol.chars().filter(|c| cells(*c) > 0).count();
    // A mark before any letter would be drawn on the cell before.
    let begins = symbol.chars().next().is_some_and(|c| cells(c) > 0);
    if is_whole && wide > 0 && counted == wide && letters == 1 && begins {
        return wide;
    }
    let parts = match is_whole {
        true if (1..=wide).contains(&counted) && !symbol.contains(joins) => split(symbol),
        true => vec![narrowed(symbol, wide)],
        false => vec![" ".to_owned()],
    };
    let Some(style) = row.get(at).map(Cell::style) else { return 1 };
    let mut signs = parts.iter().flat_map(|part| {
        let blanks = part.chars().map(cells).sum::<usize>().saturating_sub(1);
        std::iter::once(part.as_str()).chain(std::iter::repeat_n(" ", blanks))
    });
    let taken = if is_whole { wide.max(1) } else { 1 };
    for cell in row.iter_mut().skip(at).take(taken) {
        cell.set_symbol(signs.next().unwrap_or(" ")).set_style(style);
    }
    taken
}

/// The letters of a symbol, each with its marks in columns of its own: a terminal that knows nothing of clusters has
/// them there, and would keep the later ones in the next frame. One that does joins them again.
fn split(symbol: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for character in symbol.chars() {
        let character = spelled(character);
        match parts.last_mut() {
            Some(last) if cells(character) == 0 => last.push(character),
            None if cells(character) == 0 => {}
            _ => parts.push(character.to_string()),
        }
    }
    parts
}

/// Whether a symbol is harmless and no more than one letter may be.
fn is_plain(symbol: &str) -> bool {
    symbol.chars().count() <= MOST && harmless::is_harmless(symbol)
}

/// What stands for a character that terminals give different widths: the letters of flags, and the halfwidth sound
/// marks of Japanese.
fn spelled(character: char) -> char {
    match character {
        '\u{ff9e}' => '"',
        '\u{ff9f}' => '°',
        '\u{1f1e6}'..='\u{1f1ff}' => {
            u8::try_from(u32::from(character) - 0x1_f1e6).map_or('·', |letter| char::from(b'A' + letter))
        }
        other => other,
    }
}

/// What makes one sign of several, on some terminals.
fn joins(character: char) -> bool {
    matches!(character, '\u{200d}' | '\u{fe0f}')
}

/// The first character of a symbol with its marks: of joined emoji the first, without its skin's colour and without
/// the selector that makes it wide on some terminals alone.
fn narrowed(symbol: &str, wide: usize) -> String {
    let is_seen = |c: &char| harmless::is_harmless(c.encode_utf8(&mut [0; 4])) && !joins(*c);
    let mut rest = symbol.chars().filter(is_seen).map(spelled);
    let first = rest.find(|c| (1..=wide.max(1)).contains(&cells(*c))).unwrap_or('·');
    std::iter::once(first).chain(rest.take_while(|c| cells(*c) == 0).take(4)).collect()
}

/// The columns of a character where clusters are not known.
fn cells(character: char) -> usize {
    character.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(symbols: &[&str]) -> Vec<String> {
        let width = u16::try_from(symbols.len()).unwrap();
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        for (cell, symbol) in buffer.content.iter_mut().zip(symbols) {
            cell.set_symbol(symbol);
        }
        settle(&mut buffer, Rect::new(0, 0, width, 1));
        buffer.content.iter().map(|cell| cell.symbol().to_owned()).collect()
    }

    #[test]
    fn what_every_terminal_draws_alike_stays() {
        for symbols in [
            vec!["a", "满", " ", "│"],
            vec!["e\u{302}\u{301}", "ệ", "満", " "],
            vec!["\u{1112}\u{1161}\u{11ab}", " ", "ที่", " "],
        ] {
            assert_eq!(settled(&symbols), symbols);
        }
    }

    #[test]
    fn what_they_do_not_is_drawn_by_its_first_part() {
        for (given, expected) in [
            (["👩\u{200d}🚀", " ", "│"], ["👩", " ", "│"]),
            (["ﾊ\u{ff9f}", " ", " "], ["ﾊ", "°", " "]),
            (["🇻🇳", " ", "│"], ["V", "N", "│"]),
            (["\u{e19}\u{e33}", " ", "│"], ["\u{e19}", "\u{e33}", "│"]),
            (["👍🏽", " ", "│"], ["👍", " ", "│"]),
            (["⚠\u{fe0f}", " ", "│"], ["⚠", " ", "│"]),
            (["1\u{fe0f}\u{20e3}", " ", "│"], ["1\u{20e3}", " ", "│"]),
        ] {
            assert_eq!(settled(&given), expected);
        }
        let tower = format!("a{}", "\u{301}".repeat(99));
        assert_eq!(settled(&[&tower, "b"])[0].chars().count(), 5);
    }

    #[test]
    fn what_acts_is_a_dot() {
        for wrong in ["\u{1b}", "\u{7}", "\u{9b}", "\u{202e}", "\u{200b}", "\u{feff}", "\u{e0041}", "\u{1b}[31m"] {
            let dots = settled(&[wrong, " ", " ", " ", " "]);
            assert!(dots.iter().all(|dot| harmless::is_harmless(dot)), "{dots:?}");
        }
    }

    #[test]
    fn a_mark_before_its_letter_is_drawn_on_no_other() {
        assert_eq!(settled(&["a", "\u{300} ", "b"]), ["a", " ", "b"]);
        assert_eq!(settled(&["a", "\u{300}x", "b"]), ["a", "x", "b"]);
        assert_eq!(settled(&["a", "\u{300}", "b"]), ["a", "·", "b"]);
    }

    #[test]
    fn half_of_a_wide_character_goes_whole() {
        assert_eq!(settled(&["满", "│"]), [" ", "│"]);
        assert_eq!(settled(&["a", "满"]), ["a", " "]);
    }
}
