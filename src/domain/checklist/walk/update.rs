//! What is said or seen in a walk, one thing at a time.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::checklist::concern::Concern;
use crate::domain::checklist::{Answer, Evidence, ItemId, Outcome};
use crate::domain::{IncidentId, Moment, Operator, hex};

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
                hex::sixteen(text).map(Self)
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
