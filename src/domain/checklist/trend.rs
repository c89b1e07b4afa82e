//! What earlier walks say: the last values of an item, days of a calendar, and how two walks differ.
//!
//! What lives here: the words of it; the rules are in `items` (one item, two walks) and `strip` (days). What must not:
//! how that is shown.

mod items;
mod strip;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ItemId, Outcome, WalkId};
use crate::domain::Moment;

pub use items::{compare, direction, past};
pub use strip::strip;

/// What one earlier walk says of an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Past {
    /// Which walk.
    pub walk: WalkId,
    /// When it began.
    pub at: Moment,
    /// How the item went.
    pub outcome: Option<Outcome>,
    /// Its number.
    pub value: Option<f64>,
    /// What was written or found, in a line.
    pub words: String,
}

/// One day of the heat strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Day {
    /// No turn was due and nothing was walked.
    Free,
    /// Walked, all fine.
    Fine,
    /// Walked, something failed or was left out.
    Flawed,
    /// A turn was missed.
    Missed,
    /// A turn is due.
    Due,
}

/// What differs between two walks at one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Which item.
    pub item: ItemId,
    /// What it says in the newer list, or in the older where it is gone.
    pub text: String,
    /// In the older walk.
    pub before: Option<Past>,
    /// In the newer walk.
    pub after: Option<Past>,
    /// The change of its number, in per cent of the older.
    pub per_cent: Option<f64>,
}

/// Days of a calendar, oldest first, each with how it stands.
pub type Strip = Vec<(NaiveDate, Day)>;
