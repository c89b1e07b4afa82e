//! Checklists and walks: what is looked at, when its turn comes, and what one going-through found.
//!
//! What lives here: plain types, and pure rules over them. What must not: reading TOML (`config`), carrying out
//! probes (`probe`), the store, keys.

pub mod concern;
pub mod entry;
pub mod expect;
pub mod item;
#[cfg(test)]
pub(in crate::domain) mod made;
pub mod markdown;
pub mod probe;
pub mod schedule;
pub mod standing;
pub mod trend;
pub mod walk;
pub mod when;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Severity;
use super::identity::named;

pub use entry::{Answer, Entry, Outcome};
pub use expect::Expect;
pub use item::{Item, ItemId, ItemKind};
pub use probe::{Evidence, Probe};
pub use schedule::Schedule;
pub use standing::Standing;
pub use walk::{Change, Update, UpdateId, Walk, WalkId, Walked};
pub use when::When;

named! {
    /// The id of a checklist, as it is declared and typed: `[a-z0-9][a-z0-9-]*`.
    ChecklistId
}

/// How a list is gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Read an item, do it: for what is unfamiliar or dangerous. Items are done in their order.
    ReadDo,
    /// Do from memory, then verify by the list: for routine. Items are done in any order.
    #[default]
    DoVerify,
}

/// Where a checklist was declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "origin", content = "file", rename_all = "lowercase")]
pub enum Declared {
    /// Part of the program.
    Shipped,
    /// A file of the operator.
    File(PathBuf),
}

/// One checklist, as it is declared. A walk keeps the list as it was when it began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checklist {
    /// Its id.
    pub id: ChecklistId,
    /// What it is called.
    pub title: String,
    /// What it is for, in a sentence or two.
    pub help: String,
    /// When its turn comes; `None` for one that is walked on demand.
    pub schedule: Option<Schedule>,
    /// How it is gone through.
    pub mode: Mode,
    /// How bad it is that its turn was missed; `None` never reminds.
    pub remind: Option<Severity>,
    /// Whether a walk of it is an assessment: what failed becomes concerns, and the walk a verdict.
    pub assessment: bool,
    /// Whether the operator has made it theirs: a file of their own, or named in the configuration. Only these, and
    /// those that were walked before, remind.
    pub adopted: bool,
    /// Its sections: pause points. Never empty, and none is.
    pub sections: Vec<Section>,
    /// Where it was declared.
    pub origin: Declared,
}

/// A part of a checklist between two pauses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// What it is called; empty for the only one of a list without sections.
    pub title: String,
    /// What to bear in mind here.
    pub help: String,
    /// Its items, in their order.
    pub items: Vec<Item>,
}

impl Section {
    /// The only section of a list without sections.
    #[must_use]
    pub fn untitled(items: Vec<Item>) -> Self {
        Self { title: String::new(), help: String::new(), items }
    }
}

impl Checklist {
    /// A list that is walked on demand and reminds nobody; whatever else it has is said beside this.
    #[must_use]
    pub fn new(id: &str, title: &str, sections: Vec<Section>) -> Self {
        Self {
            id: ChecklistId::new(id),
            title: title.to_owned(),
            help: String::new(),
            schedule: None,
            mode: Mode::default(),
            remind: None,
            assessment: false,
            adopted: false,
            sections,
            origin: Declared::Shipped,
        }
    }

    /// Its items, in their order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    /// One item.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items().find(|item| item.id == *id)
    }

    /// The section of an item.
    #[must_use]
    pub fn section_of(&self, id: &ItemId) -> Option<&Section> {
        self.sections.iter().find(|section| section.items.iter().any(|item| item.id == *id))
    }
}
