//! What is known of one item in one walk: what its updates come to.

use serde::{Deserialize, Serialize};

use super::Evidence;
use super::concern::Concern;
use crate::domain::{Moment, Operator};

/// How an item went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It was looked at and is fine.
    Done,
    /// It is not fine.
    Failed,
    /// It was left out, for a reason.
    Skipped,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Done, Self::Failed, Self::Skipped];

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// What was entered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "answer", content = "is", rename_all = "lowercase")]
pub enum Answer {
    /// A number, in the item's unit.
    Number(f64),
    /// A word of its choice.
    Choice(String),
    /// What was seen, in words.
    Text(String),
}

/// What is known of an item.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// How it went; `None` if nobody has said so yet.
    pub outcome: Option<Outcome>,
    /// What was entered.
    pub answer: Option<Answer>,
    /// What was written about it: why it failed or was left out, or what was seen.
    pub note: String,
    /// What the last probe found.
    pub evidence: Option<Evidence>,
    /// Who answers for what is left to do.
    pub owner: String,
    /// What it means for an assessment.
    pub concern: Option<Concern>,
    /// Who said how it went, and when.
    pub by: Option<(Operator, Moment)>,
    /// What came of its failure: an incident that was declared, a remedy that was asked for; in words.
    pub followed: Vec<String>,
}

impl Entry {
    /// The word of a choice that was made.
    #[must_use]
    pub fn choice(&self) -> Option<&str> {
        match &self.answer {
            Some(Answer::Choice(word)) => Some(word),
            _ => None,
        }
    }

    /// The number that stands for it: what was entered, else what the probe found.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match &self.answer {
            Some(Answer::Number(number)) => Some(*number),
            _ => self.evidence.as_ref().and_then(|evidence| evidence.value),
        }
    }
}
