//! What keys do in a line of text, unless the keymap says otherwise.

use super::chord::{Chord, Key};
use crate::app::entry::Edit;

/// The step of editing that a chord stands for: arrows and deletions as on every command line. Ctrl-a is not
/// among them, because it never arrives under screen.
#[must_use]
pub(super) fn of(chord: Chord) -> Option<Edit> {
    if chord.has_alt() {
        return None;
    }
    Some(match (chord.has_ctrl(), chord.key()) {
        // Terminals differ in what they send for Backspace.
        (_, Key::Backspace) | (true, Key::Char('h')) => Edit::Backspace,
        (false, Key::Delete) => Edit::Delete,
        (true, Key::Char('w')) => Edit::DeleteWord,
        (true, Key::Char('u')) => Edit::DeleteToStart,
        (true, Key::Char('k')) => Edit::DeleteToEnd,
        (true, Key::Char('e')) | (_, Key::End) => Edit::End,
        (_, Key::Home) => Edit::Start,
        (false, Key::Left) => Edit::Left,
        (false, Key::Right) => Edit::Right,
        (true, Key::Left) => Edit::WordLeft,
        (true, Key::Right) => Edit::WordRight,
        _ => return None,
    })
}
