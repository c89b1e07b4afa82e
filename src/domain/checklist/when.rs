//! Under which condition an item is looked at.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::{ItemId, Outcome};

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// Whether it must not hold.
    pub not: bool,
    /// What.
    pub is: Condition,
}

/// What can be a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "lowercase")]
pub enum Condition {
    /// A source of this name or kind is configured.
    Source(#[serde(with = "plain")] String),
    /// This is the environment.
    Environment(#[serde(with = "plain")] String),
    /// An item of the same list, before this one, has this outcome, or this choice.
    Item {
        /// Which.
        item: ItemId,
        /// `done`, `failed`, `skipped`, or a word of its choice.
        was: String,
    },
}

/// A single text as a field, so that the tag has a place beside it.
mod plain {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Named {
        name: String,
    }

    pub(super) fn serialize<S: Serializer>(name: &str, serializer: S) -> Result<S::Ok, S::Error> {
        Named { name: name.to_owned() }.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        Named::deserialize(deserializer).map(|named| named.name)
    }
}

/// What conditions are read from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ground {
    /// The names and kinds of the configured sources.
    pub sources: Vec<String>,
    /// The environment.
    pub environment: Option<String>,
}

impl When {
    /// Whether the item is looked at.
    #[must_use]
    pub fn holds<'a>(&self, ground: &Ground, entry: impl Fn(&ItemId) -> Option<&'a Entry>) -> bool {
        let is = match &self.is {
            Condition::Source(name) => ground.sources.contains(name),
            Condition::Environment(name) => ground.environment.as_ref() == Some(name),
            Condition::Item { item, was } => entry(item).is_some_and(|entry| entry_was(entry, was)),
        };
        is != self.not
    }
}

fn entry_was(entry: &Entry, was: &str) -> bool {
    let outcome = Outcome::ALL.into_iter().find(|outcome| outcome.word() == was);
    match outcome {
        Some(outcome) => entry.outcome == Some(outcome),
        None => entry.choice() == Some(was),
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let not = if self.not { "not " } else { "" };
        match &self.is {
            Condition::Source(name) => write!(f, "{not}with a source {name}"),
            Condition::Environment(name) => write!(f, "{not}in {name}"),
            Condition::Item { item, was } => write!(f, "{not}when {item} was {was}"),
        }
    }
}
