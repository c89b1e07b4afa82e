//! A line of text that is being entered.

use serde::Serialize;
use tui_input::{Input, InputRequest};

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

/// A line being entered, with a cursor.
#[derive(Debug, Clone, Default)]
pub struct TextEntry {
    input: Input,
}

impl PartialEq for TextEntry {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text() && self.cursor() == other.cursor()
    }
}

impl Serialize for TextEntry {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

impl TextEntry {
    /// An entry that begins with a text, the cursor at its end.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { input: Input::new(text.into()) }
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
