//! Checklists as they are written: TOML, one file each.
//!
//! What lives here: from a text to a [`Checklist`] and everything that is wrong in it; the shipped ones; which are
//! offered, after the operator's own and what the configuration adjusts. What must not: opening files
//! (`config::beside` does), when a turn comes.

mod choice;
mod concern;
mod item;
mod list;
mod named;
pub(super) mod offered;
mod part;
mod probe;
pub mod schedule;
pub mod shipped;
#[cfg(test)]
mod tests;
mod text;
mod when;
pub(super) mod words;

use std::path::Path;

use super::diagnostic::Diagnostic;
use super::paths::Folders;
use super::reader::Page;
use crate::domain::checklist::Checklist;
pub(super) use named::Named;
pub use offered::{Adjusted, own};
pub use shipped::{read_ahead, shipped};

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 512 << 10;

/// What a text comes to.
#[derive(Debug)]
pub(super) struct Reading {
    /// The checklist, unless something is wrong in it.
    pub list: Option<Checklist>,
    /// Everything that is wrong in it.
    pub found: Vec<Diagnostic>,
    /// What it names and what must be in the configuration.
    pub named: Vec<Named>,
}

/// A checklist from the text of a file, and everything that is wrong in it. One with any error is none; warnings do
/// not keep it from being used. `file` is told in what is wrong, and is its origin; `None` for a shipped one.
#[must_use]
pub fn read(file: Option<&Path>, text: &str) -> (Option<Checklist>, Vec<Diagnostic>) {
    let Reading { list, found, .. } = reading(file, text, &Folders::here().home);
    (list, found)
}

/// The same with what it names; `home` stands for `~`.
pub(super) fn reading(file: Option<&Path>, text: &str, home: &Path) -> Reading {
    let place = file.unwrap_or_else(|| Path::new("checklist.toml"));
    if text.len() > LARGEST {
        let found = vec![Diagnostic::of_file(place, "this file is larger than 512 KiB, which no checklist is")];
        return Reading { list: None, found, named: Vec::new() };
    }
    let (page, root) = Page::open(place, text, home);
    let (list, named) = list::list(&page.root(&root), file);
    let list = list.filter(|_| page.errors() == 0);
    let is_broken = page.is_broken();
    let (mut found, _) = page.into_found();
    super::diagnostic::sort(&mut found);
    if is_broken {
        // What stands in the place of what could not be read says nothing.
        found.dedup_by_key(|found| found.position);
    }
    Reading { list, found, named }
}
