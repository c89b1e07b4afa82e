//! What is wrong with a row, and where it stands.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::nearest::nearest;
use crate::domain::harmless;

/// The longest message, in characters.
const LONGEST: usize = 300;

/// A place in a file, both counted from 1; columns are characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Position {
    /// The place of a byte in a text. An offset past the end or inside a character counts as the one before.
    #[must_use]
    pub fn of(text: &str, offset: usize) -> Self {
        Lines::of(text).position(offset)
    }
}

/// Where the lines of a text begin, so that many places in it are found without counting from its start each time.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The lines of a text.
    pub(super) fn of(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The place of a byte, as [`Position::of`] tells it.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let column = self.text.get(start..offset).unwrap_or_default().chars().count() + 1;
        Position { line, column }
    }
}

/// One thing that is wrong. It never stops midwatch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file, as it was named.
    pub file: PathBuf,
    /// Where in it; `None` if the file as a whole is meant.
    pub at: Option<Position>,
    /// What is wrong, what came of it and what to do, in one line.
    pub message: String,
    /// The nearest word that would have been right.
    pub meant: Option<String>,
}

impl Problem {
    /// A problem of a whole file.
    #[must_use]
    pub fn of_file(file: &Path, message: &str) -> Self {
        Self { file: file.to_owned(), at: None, message: harmless::line(message, LONGEST).into_owned(), meant: None }
    }

    /// The same at a place.
    #[must_use]
    pub fn at(mut self, position: Position) -> Self {
        self.at = Some(position);
        self
    }

    /// The same with the known word that is nearest to the one that was written.
    #[must_use]
    pub fn meant<'a>(mut self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        self.meant = nearest(written, known).map(ToOwned::to_owned);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.to_string_lossy();
        write!(f, "{}:", harmless::line(&file, LONGEST))?;
        if let Some(Position { line, column }) = self.at {
            write!(f, "{line}:{column}:")?;
        }
        write!(f, " {}", self.message)?;
        if let Some(word) = &self.meant {
            write!(f, "; did you mean '{word}'?")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_place_is_the_same_however_it_is_found(text in "[a\\né]{0,20}", offset in 0_usize..50) {
            let before = &text[..text.floor_char_boundary(offset)];
            let line = before.rsplit('\n').next().unwrap();
            let counted = Position { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 };
            prop_assert_eq!(Position::of(&text, offset), counted);
        }
    }

    #[test]
    fn a_line_that_editors_can_jump_to() {
        let problem = Problem::of_file(Path::new("keymap.toml"), "unknown action 'opne'")
            .at(Position::of("é\nab", 4))
            .meant("opne", ["open", "back"]);
        assert_eq!(problem.to_string(), "keymap.toml:2:2: unknown action 'opne'; did you mean 'open'?");
    }

    #[test]
    fn what_a_file_says_cannot_act_on_a_terminal() {
        let problem = Problem::of_file(Path::new("a\u{1b}[31mb"), "unknown action '\u{1b}]0;x\u{7}'");
        assert_eq!(problem.to_string(), "ab: unknown action ''");
    }
}
