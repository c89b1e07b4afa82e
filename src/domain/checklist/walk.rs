//! One going-through of a list: append-only updates, and what they come to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::concern::Concern;
use super::{Answer, Checklist, ChecklistId, Entry, Evidence, ItemId, Outcome};
use crate::domain::{IncidentId, Moment, Operator};

/// The id of a walk: 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WalkId(pub u64);

/// The id of an update: 16 hexadecimal digits. One that is sent twice counts once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UpdateId(pub u64);

macro_rules! digits {
    ($($id:ident),*) => {$(
        impl $id {
            /// Reads the 16 digits.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                (text.len() == 16).then(|| u64::from_str_radix(text, 16).ok().map(Self)).flatten()
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:016x}", self.0)
            }
        }

        impl From<$id> for String {
            fn from(id: $id) -> Self {
                id.to_string()
            }
        }

        impl TryFrom<String> for $id {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).ok_or("an id has 16 hexadecimal digits")
            }
        }
    )*};
}

digits!(WalkId, UpdateId);

/// One thing that was said or seen in a walk. Nothing is ever changed: what was wrong is undone by another update.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Update {
    /// Its id.
    pub id: UpdateId,
    /// About which item; `None` for the walk.
    pub item: Option<ItemId>,
    /// What.
    pub change: Change,
    /// Who.
    pub by: Operator,
    /// When.
    pub at: Moment,
}

/// What an update says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// How the item went, and why where there is a reason (an empty one leaves the note as it is).
    Outcome {
        /// How.
        outcome: Outcome,
        /// Why it failed or was left out.
        why: String,
    },
    /// What was entered, and how it went with that.
    Answer {
        /// What.
        answer: Answer,
        /// How; `None` leaves that open.
        outcome: Option<Outcome>,
    },
    /// What was written about it; takes the place of what was written before.
    Note {
        /// What.
        text: String,
    },
    /// What a probe found.
    Evidence {
        /// What.
        evidence: Box<Evidence>,
    },
    /// Who answers for it.
    Owner {
        /// Who.
        name: String,
    },
    /// What it means for an assessment.
    Concern {
        /// What.
        concern: Box<Concern>,
    },
    /// What came of its failure.
    Followed {
        /// In words.
        words: String,
    },
    /// An earlier update does not count.
    Undo {
        /// Which.
        update: UpdateId,
    },
    /// The operator left the walk before its end.
    Interrupted {
        /// The incident that called them away.
        incident: Option<IncidentId>,
        /// Its title; empty where nothing did.
        by: String,
    },
    /// And came back.
    Resumed,
}

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
    entries: BTreeMap<ItemId, Entry>,
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
        self.entries = fold(&self.updates);
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
        self.entries.values().filter(|entry| entry.outcome == Some(outcome)).count()
    }

    /// It in short. `of` says how many items apply.
    #[must_use]
    pub fn walked(&self, end: &End) -> Walked {
        let failed = self
            .list
            .items()
            .filter(|item| self.entry(&item.id).is_some_and(|entry| entry.outcome == Some(Outcome::Failed)));
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
            failures: failed.map(|item| item.text.clone()).take(FAILURES).collect(),
        }
    }
}

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

/// What updates come to, item by item: those that were undone do not count, the others each add what they say.
fn fold(updates: &[Update]) -> BTreeMap<ItemId, Entry> {
    let undone: BTreeSet<UpdateId> = updates
        .iter()
        .filter_map(|update| match update.change {
            Change::Undo { update } => Some(update),
            _ => None,
        })
        .collect();
    let mut entries: BTreeMap<ItemId, Entry> = BTreeMap::new();
    for update in updates.iter().filter(|update| !undone.contains(&update.id)) {
        if let Some(item) = &update.item {
            add(entries.entry(item.clone()).or_default(), update);
        }
    }
    entries
}

fn add(entry: &mut Entry, update: &Update) {
    let mut said = None;
    match &update.change {
        Change::Outcome { outcome, why } => {
            said = Some(*outcome);
            if !why.is_empty() {
                entry.note.clone_from(why);
            }
        }
        Change::Answer { answer, outcome } => {
            entry.answer = Some(answer.clone());
            said = *outcome;
        }
        Change::Note { text } => entry.note.clone_from(text),
        Change::Evidence { evidence } => entry.evidence = Some((**evidence).clone()),
        Change::Owner { name } => entry.owner.clone_from(name),
        Change::Concern { concern } => entry.concern = Some((**concern).clone()),
        Change::Followed { words } => entry.followed.push(words.clone()),
        Change::Undo { .. } | Change::Interrupted { .. } | Change::Resumed => {}
    }
    if let Some(outcome) = said {
        entry.outcome = Some(outcome);
        entry.by = Some((update.by.clone(), update.at));
    }
}
