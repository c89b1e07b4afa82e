//! Checklists as they are written: TOML, one file each.
//!
//! What lives here: from a text to a [`Checklist`] and everything that is wrong in it; the shipped ones. What must
//! not: opening files (`config::beside` does), when a turn comes.

use std::path::Path;

use super::diagnostic::Diagnostic;
use crate::domain::checklist::Checklist;

/// A checklist from the text of a file, and everything that is wrong in it. One with any error is none; warnings do
/// not keep it from being used. `file` is told in what is wrong, and is its origin; `None` for a shipped one.
#[must_use]
pub fn read(file: Option<&Path>, text: &str) -> (Option<Checklist>, Vec<Diagnostic>) {
    let _ = (file, text);
    (None, Vec::new())
}

/// The names and texts of the shipped checklists: those with a schedule first.
#[must_use]
pub fn shipped() -> &'static [(&'static str, &'static str)] {
    &[]
}
