//! The append-only record's rows, and the chain of hashes that proves that none was changed or removed.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Moment, Operator};

/// What an operator (or midwatch for them) did or was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When, to the millisecond.
    pub at: Moment,
    /// Who, and from which host.
    pub operator: Operator,
    /// What: `ack`, `unack`, `silence`, `snooze`, `comment`, `incident.began` …
    pub action: String,
    /// On what: an incident's id, a mute's id, a source.
    pub target: String,
    /// The words that people read.
    pub detail: String,
    /// How it went.
    pub outcome: Outcome,
}

/// How it went. An act that others can feel has two rows: `Intent` first, then one of the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", content = "why", rename_all = "lowercase")]
pub enum Outcome {
    /// About to be done.
    Intent,
    /// Done.
    Done,
    /// Not done, and why.
    Failed(String),
    /// Asked for and not known whether it took effect.
    Unknown(String),
    /// Nothing was done: a fact that midwatch noticed.
    Noted,
}

impl Outcome {
    /// The word that the store keeps.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Intent => "intent",
            Self::Done => "done",
            Self::Failed(_) => "failed",
            Self::Unknown(_) => "unknown",
            Self::Noted => "noted",
        }
    }

    /// Why, where there is a why.
    #[must_use]
    pub fn why(&self) -> &str {
        match self {
            Self::Failed(why) | Self::Unknown(why) => why,
            Self::Intent | Self::Done | Self::Noted => "",
        }
    }

    /// Puts the two columns of the store together again.
    #[must_use]
    pub fn from_parts(word: &str, why: &str) -> Option<Self> {
        Some(match word {
            "intent" => Self::Intent,
            "done" => Self::Done,
            "failed" => Self::Failed(why.to_owned()),
            "unknown" => Self::Unknown(why.to_owned()),
            "noted" => Self::Noted,
            _ => return None,
        })
    }
}

/// A row as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// 1, 2, 3 … without a gap.
    pub id: i64,
    /// What happened.
    pub entry: Entry,
    /// The hash over the row before and this one, 64 hexadecimal digits.
    pub hash: String,
}

/// What the first row stands on.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The hash of a row: SHA-256 over the hash before and every field, each as its length in eight bytes
/// (big-endian) and its bytes, so that no two different rows run together.
#[must_use]
pub fn chain(previous: &str, id: i64, entry: &Entry) -> String {
    let mut hasher = Sha256::new();
    let (id, at) = (id.to_string(), entry.at.timestamp_millis().to_string());
    let fields = [
        previous,
        &id,
        &at,
        &entry.operator.name,
        &entry.operator.host,
        &entry.action,
        &entry.target,
        &entry.detail,
        entry.outcome.word(),
        entry.outcome.why(),
    ];
    for field in fields {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field.as_bytes());
    }
    hasher.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        use std::fmt::Write as _;
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What is wrong with a journal, and at which row it is first seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tampering {
    /// The row.
    pub id: i64,
    /// In words.
    pub what: String,
}

/// The proof of a journal that is read piece by piece, in the order of the ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    last: String,
    count: i64,
}

impl Default for Chain {
    fn default() -> Self {
        Self { last: GENESIS.to_owned(), count: 0 }
    }
}

impl Chain {
    /// How many rows it took, which is the id of the last one.
    #[must_use]
    pub fn count(&self) -> i64 {
        self.count
    }

    /// The hash of the last row that it took.
    #[must_use]
    pub fn last(&self) -> &str {
        &self.last
    }

    /// Takes the next row.
    ///
    /// # Errors
    /// It is not the next one, or its hash is not right.
    pub fn take(&mut self, row: &Row) -> Result<(), Tampering> {
        let expected = self.count + 1;
        if row.id != expected {
            return Err(Tampering {
                id: expected,
                what: format!("row {expected} is missing: row {} stands in its place", row.id),
            });
        }
        let hash = chain(&self.last, row.id, &row.entry);
        if hash != row.hash {
            return Err(Tampering { id: row.id, what: format!("row {} or the row before it was changed", row.id) });
        }
        self.last = hash;
        self.count = expected;
        Ok(())
    }
}

/// Proves a journal: ids without a gap, every hash right. `rows` are in the order of their ids.
///
/// # Errors
/// The first row that is missing or changed.
pub fn verify<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Result<usize, Tampering> {
    let mut chain = Chain::default();
    let mut count = 0;
    for row in rows {
        chain.take(row)?;
        count += 1;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(texts: &[String]) -> Vec<Row> {
        let mut previous = GENESIS.to_owned();
        let mut rows = Vec::new();
        for (id, text) in (1..).zip(texts) {
            let entry = Entry {
                at: Moment::UNIX_EPOCH,
                operator: Operator::new("ana", "bastion"),
                action: "comment".into(),
                target: "t".into(),
                detail: text.clone(),
                outcome: Outcome::Done,
            };
            let hash = chain(&previous, id, &entry);
            previous.clone_from(&hash);
            rows.push(Row { id, entry, hash });
        }
        rows
    }

    proptest! {
        #[test]
        fn any_changed_or_removed_row_is_found(texts in prop::collection::vec(".*", 2..8), at in any::<prop::sample::Index>(), kind in 0..3) {
            let mut rows = rows(&texts);
            prop_assert_eq!(verify(&rows), Ok(texts.len()));
            let at = at.index(rows.len() - 1);
            match kind {
                0 => { rows.remove(at); }
                1 => rows[at].entry.detail.push('x'),
                _ => rows[at].entry.operator.name = "bo".into(),
            }
            prop_assert!(verify(&rows).is_err());
        }
    }

    #[test]
    fn moving_text_between_fields_is_a_change() {
        let mut one = rows(&["ab".to_owned()]);
        one[0].entry.target = "ta".into();
        one[0].entry.detail = "b".into();
        assert!(verify(&one).is_err());
    }
}
