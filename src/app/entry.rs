//! A line of text that is being entered.

use serde::Serialize;
use tui_input::{Input, InputRequest};

use crate::domain::remediation::hidden;

/// One step of editing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Edit {
    /// A character is put in.
    Insert(char),
    /// The character before the cursor goes.
    Backspace,
    /// The character at the cursor goes.
    Delete,
    /// The word before the cursor goes.
    DeleteWord,
    /// Everything before the cursor goes.
    DeleteToStart,
    /// Everything after the cursor goes.
    DeleteToEnd,
    /// One character left.
    Left,
    /// One character right.
    Right,
    /// One word left.
    WordLeft,
    /// One word right.
    WordRight,
    /// To the beginning.
    Start,
    /// To the end.
    End,
}

/// The longest entry, in characters.
const LONGEST: usize = 1_000;

/// A line being entered, with a cursor. `Debug` and serialisation of a secret one tell that it is there, never what
/// it is.
#[derive(Clone, Default)]
pub struct TextEntry {
    input: Input,
    secret: bool,
}

impl std::fmt::Debug for TextEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (text, cursor) = if self.secret { (hidden::SHOWN, 0) } else { (self.text(), self.cursor()) };
        f.debug_struct("TextEntry").field("text", &text).field("cursor", &cursor).finish_non_exhaustive()
    }
}

impl PartialEq for TextEntry {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text() && self.cursor() == other.cursor()
    }
}

impl Serialize for TextEntry {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(if self.secret { hidden::SHOWN } else { self.text() })
    }
}

impl TextEntry {
    /// An entry that begins with a text, the cursor at its end.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { input: Input::new(text.into()), secret: false }
    }

    /// An entry for a secret.
    #[must_use]
    pub fn secret(text: impl Into<String>) -> Self {
        Self { input: Input::new(text.into()), secret: true }
    }

    /// What was entered.
    #[must_use]
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Before which character the cursor stands.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.input.cursor()
    }

    /// Does one step.
    pub fn edit(&mut self, edit: Edit) {
        let request = match edit {
            Edit::Insert(character) if character.is_control() || self.text().chars().count() >= LONGEST => return,
            Edit::Insert(character) => InputRequest::InsertChar(character),
            Edit::Backspace => InputRequest::DeletePrevChar,
            Edit::Delete => InputRequest::DeleteNextChar,
            Edit::DeleteWord => InputRequest::DeletePrevWord,
            Edit::DeleteToStart => InputRequest::DeleteFromStart,
            Edit::DeleteToEnd => InputRequest::DeleteTillEnd,
            Edit::Left => InputRequest::GoToPrevChar,
            Edit::Right => InputRequest::GoToNextChar,
            Edit::WordLeft => InputRequest::GoToPrevWord,
            Edit::WordRight => InputRequest::GoToNextWord,
            Edit::Start => InputRequest::GoToStart,
            Edit::End => InputRequest::GoToEnd,
        };
        self.input.handle(request);
    }

    /// Takes pasted text: its plain characters, line breaks as spaces.
    pub fn paste(&mut self, text: &str) {
        for character in crate::domain::harmless::line(text, LONGEST).chars() {
            self.edit(Edit::Insert(character));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_neither_printed_nor_serialised() {
        let mut entry = TextEntry::secret("hunter2 and more");
        entry.edit(Edit::DeleteWord);
        let told = format!("{entry:?} {entry:#?} {}", serde_json::to_string(&entry).unwrap());
        assert!(!told.contains("hunter2") && !told.contains("more"), "{told}");
        assert_eq!(entry.text(), "hunter2 and ");
        let plain = format!("{:?}", TextEntry::new("restart"));
        assert!(plain.contains("restart"), "{plain}");
    }
}
