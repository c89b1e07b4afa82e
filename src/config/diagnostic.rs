//! One thing that is wrong in a configuration, where it stands and what was probably meant.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::domain::harmless;
pub use crate::rows::Position;

/// Whether midwatch can work with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Gravity {
    /// It cannot: the configuration is refused.
    Error,
    /// It can, and says so.
    Warning,
}

/// One problem. It never quotes a value that could be a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Whether midwatch can work with it.
    pub gravity: Gravity,
    /// The file, as it was named.
    pub file: PathBuf,
    /// Where in it; `None` if the file as a whole is meant.
    #[serde(flatten)]
    pub position: Option<Position>,
    /// The key, as a path from the root: `source[1].every`. Empty if no key is meant.
    pub path: String,
    /// What is wrong and what to do, in one line.
    pub message: String,
    /// The nearest word that would have been right.
    pub suggestion: Option<String>,
}

/// The longest message, in characters.
const LONGEST: usize = 300;

impl Diagnostic {
    /// An error about a whole file.
    #[must_use]
    pub fn of_file(file: &Path, message: &str) -> Self {
        Self {
            gravity: Gravity::Error,
            file: file.to_owned(),
            position: None,
            path: String::new(),
            message: harmless::line(message, LONGEST).into_owned(),
            suggestion: None,
        }
    }

    /// The same as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.gravity = Gravity::Warning;
        self
    }

    /// The same at a place.
    #[must_use]
    pub fn at(mut self, position: Position, path: &str) -> Self {
        self.position = Some(position);
        self.path = harmless::line(path, LONGEST).into_owned();
        self
    }

    /// The same with the word that was probably meant.
    #[must_use]
    pub fn meant(mut self, suggestion: Option<&str>) -> Self {
        self.suggestion = suggestion.map(|word| harmless::line(word, LONGEST).into_owned());
        self
    }

    /// Whether the configuration is refused for it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.gravity == Gravity::Error
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file.display())?;
        if let Some(Position { line, column }) = self.position {
            write!(f, "{line}:{column}:")?;
        }
        if self.gravity == Gravity::Warning {
            f.write_str(" warning:")?;
        }
        write!(f, " {}", self.message)?;
        if let Some(word) = &self.suggestion {
            write!(f, "; did you mean '{word}'?")?;
        }
        Ok(())
    }
}

/// Everything that is wrong, in the order of the file. At least one of them is an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problems(Vec<Diagnostic>);

impl Problems {
    /// Sorts diagnostics by file and place.
    #[must_use]
    pub fn new(mut found: Vec<Diagnostic>) -> Self {
        sort(&mut found);
        Self(found)
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (row, diagnostic) in self.0.iter().enumerate() {
            let end = if row == 0 { "" } else { "\n" };
            write!(f, "{end}{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Sorts diagnostics by file and place; two at one place stay as they were found.
pub(super) fn sort(found: &mut [Diagnostic]) {
    found.sort_by(|a, b| (&a.file, a.position).cmp(&(&b.file, b.position)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_that_editors_can_jump_to() {
        let diagnostic = Diagnostic::of_file(Path::new("config.toml"), "unknown key 'evry'")
            .at(Position { line: 12, column: 9 }, "source[0].evry")
            .meant(Some("every"));
        assert_eq!(diagnostic.to_string(), "config.toml:12:9: unknown key 'evry'; did you mean 'every'?");
        let warning = Diagnostic::of_file(Path::new("config.toml"), "writable by everyone").warning();
        assert_eq!(warning.to_string(), "config.toml: warning: writable by everyone");
    }

    #[test]
    fn columns_are_characters() {
        let text = "a = 1\nå = \"é\" x";
        let at = text.find('x').unwrap();
        assert_eq!(Position::of(text, at), Position { line: 2, column: 9 });
        assert_eq!(Position::of(text, 0), Position { line: 1, column: 1 });
    }

    proptest! {
        #[test]
        fn any_offset_has_a_place(text in "[a-zé\n]{0,40}", offset in 0_usize..60) {
            let position = Position::of(&text, offset);
            prop_assert!(position.line >= 1 && position.column >= 1);
            prop_assert!(position.line <= text.matches('\n').count() + 1);
        }
    }
}
