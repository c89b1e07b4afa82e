//! Everything that reads text or bytes from outside, in one table: its tests take every row apart, and so does
//! `cargo fuzz`. Compiled for these two alone.
//!
//! What lives here: a row for each parser, calling it as the rooms do and asserting what must hold of what it read
//! (no panic, harmless text, what is printed reads back). What must not: a parser.

mod files;
mod lines;
mod rules;
#[cfg(test)]
mod tests;
mod wires;

use crate::domain::{Moment, harmless};

/// One parser.
#[derive(Debug, Clone, Copy)]
pub struct Parser {
    /// Its name: that of its fuzz target, too.
    pub name: &'static str,
    /// Reads bytes, and panics where what was read is not as it must be.
    pub read: fn(&[u8]),
    /// Good examples: what is mutated.
    pub examples: &'static [&'static str],
}

/// All of them. A new one is a line in one of these tables.
pub fn all() -> impl Iterator<Item = &'static Parser> {
    [rules::PARSERS, lines::PARSERS, wires::PARSERS, files::PARSERS].into_iter().flatten()
}

/// Reads bytes with the parser of a name.
///
/// # Panics
/// There is none of that name; or what was read is not as it must be.
pub fn read(name: &str, bytes: &[u8]) {
    let parser = all().find(|parser| parser.name == name);
    assert!(parser.is_some(), "no parser is called {name}");
    if let Some(parser) = parser {
        (parser.read)(bytes);
    }
}

/// Bytes as the rooms take them where they want text.
fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// The moment at which everything is read.
fn now() -> Moment {
    Moment::from_timestamp(1_795_230_764, 0).unwrap_or_default()
}

/// Words that are shown as they are, line by line.
#[track_caller]
fn assert_shown(words: &str) {
    assert!(words.lines().all(harmless::is_harmless), "not harmless: {words:?}");
}
