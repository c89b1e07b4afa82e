//! One going-through of a list: append-only updates, and what they come to.
//!
//! What lives here: the walk and how it ended; `update` has what is said in it, `fold` what that comes to, `walked` its
//! short form. What must not: where the operator stands in it, which is `app`'s.

mod fold;
#[cfg(test)]
mod tests;
mod update;
mod walked;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Checklist, Entry, Item, ItemId, Outcome};
use crate::domain::{Moment, Operator};

pub use update::{Change, Update, UpdateId, WalkId};
pub use walked::Walked;

/// How a walk ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// When.
    pub at: Moment,
    /// Who ended it.
    pub by: Operator,
    /// Whether it was completed; else it was given up.
    pub completed: bool,
    /// The name it was signed off with, or why it was given up.
    pub sign: String,
}

/// One walk, with everything that was said in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Kept")]
pub struct Walk {
    /// Its id.
    pub id: WalkId,
    /// The list, as it was when the walk began.
    pub list: Arc<Checklist>,
    /// When the turn that it is for was or is due; `None` on demand.
    pub turn: Option<Moment>,
    /// When it began.
    pub begun: Moment,
    /// Who began it.
    pub by: Operator,
    /// How it ended; `None` while it is open.
    pub ended: Option<End>,
    updates: Vec<Update>,
    /// What the updates come to; made from them, never read.
    #[serde(skip_serializing)]
    entries: BTreeMap<ItemId, Entry>,
}

/// A walk as it is kept: what its updates come to is made anew.
#[derive(Deserialize)]
struct Kept {
    id: WalkId,
    list: Arc<Checklist>,
    turn: Option<Moment>,
    begun: Moment,
    by: Operator,
    ended: Option<End>,
    updates: Vec<Update>,
}

impl From<Kept> for Walk {
    fn from(kept: Kept) -> Self {
        let mut walk = Self::new(kept.id, kept.list, kept.turn, kept.begun, kept.by).with(kept.updates);
        walk.ended = kept.ended;
        walk
    }
}

impl Walk {
    /// A walk that begins.
    #[must_use]
    pub fn new(id: WalkId, list: Arc<Checklist>, turn: Option<Moment>, begun: Moment, by: Operator) -> Self {
        Self { id, list, turn, begun, by, ended: None, updates: Vec::new(), entries: BTreeMap::new() }
    }

    /// The same with updates, in the order in which they were kept. One that is there twice counts once.
    #[must_use]
    pub fn with(mut self, updates: impl IntoIterator<Item = Update>) -> Self {
        let mut seen: BTreeSet<UpdateId> = self.updates.iter().map(|update| update.id).collect();
        self.updates.extend(updates.into_iter().filter(|update| seen.insert(update.id)));
        self.entries = fold::fold(&self.updates);
        self
    }

    /// Everything that was said in it, in order.
    #[must_use]
    pub fn updates(&self) -> &[Update] {
        &self.updates
    }

    /// What is known of an item.
    #[must_use]
    pub fn entry(&self, item: &ItemId) -> Option<&Entry> {
        self.entries.get(item)
    }

    /// Whether it is under way.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// How many items went one way.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.went(outcome).count()
    }

    /// The items of the list that went one way, in their order.
    fn went(&self, outcome: Outcome) -> impl Iterator<Item = &Item> {
        self.list.items().filter(move |item| self.entry(&item.id).is_some_and(|entry| entry.outcome == Some(outcome)))
    }
}
