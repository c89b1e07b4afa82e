//! A walk in short.

use serde::{Deserialize, Serialize};

use super::{End, Walk, WalkId};
use crate::domain::Moment;
use crate::domain::checklist::{ChecklistId, Outcome};

/// How many failed items stand in a walk's short form.
const FAILURES: usize = 5;

/// A walk that ended, in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Walked {
    /// Its id.
    pub id: WalkId,
    /// Of which list.
    pub checklist: ChecklistId,
    /// What the list was called.
    pub title: String,
    /// When the turn that it is for was due; `None` on demand.
    pub turn: Option<Moment>,
    /// When it began.
    pub begun: Moment,
    /// How it ended.
    pub end: End,
    /// How many items were fine.
    pub done: usize,
    /// How many were not.
    pub failed: usize,
    /// How many were left out.
    pub skipped: usize,
    /// How many items the list had.
    pub of: usize,
    /// The first of those that were not fine.
    pub failures: Vec<String>,
}

impl Walk {
    /// It in short. Nothing is known here of conditions: `of` are all items of the list.
    #[must_use]
    pub fn walked(&self, end: &End) -> Walked {
        Walked {
            id: self.id,
            checklist: self.list.id.clone(),
            title: self.list.title.clone(),
            turn: self.turn,
            begun: self.begun,
            end: end.clone(),
            done: self.count(Outcome::Done),
            failed: self.count(Outcome::Failed),
            skipped: self.count(Outcome::Skipped),
            of: self.list.items().count(),
            failures: self.went(Outcome::Failed).map(|item| item.text.clone()).take(FAILURES).collect(),
        }
    }
}
