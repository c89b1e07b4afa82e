//! When a remedy runs by itself.

use chrono::TimeDelta;
use serde::Serialize;

use super::Precondition;
use crate::domain::{Labels, Severity};

/// Self-healing, as declared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Auto {
    /// How long the alert must have fired.
    pub after: TimeDelta,
    /// How often at most …
    pub max: u32,
    /// … within this span.
    pub within: TimeDelta,
    /// What else must hold.
    pub only_if: Vec<Precondition>,
    /// How long it is announced before.
    pub notice: TimeDelta,
    /// How many failures in a row stop it until somebody ran it by hand.
    pub failures: u32,
}

/// The labels that say that data may be lost: by name, and the values that say so.
const DATA_LOSS: [(&str, &[&str]); 4] = [
    ("data_loss", &["true", "yes", "1", "possible", "risk"]),
    ("impact", &["data-loss", "data_loss", "dataloss"]),
    ("risk", &["data-loss", "data_loss", "dataloss"]),
    ("category", &["data-loss", "data_loss", "dataloss"]),
];

/// Whether an alert is one that no remedy may touch by itself: critical, and its labels speak of data loss.
#[must_use]
pub fn is_forbidden(severity: Severity, labels: &Labels) -> bool {
    let says = |(name, values): &(&str, &[&str])| {
        labels.get(name).is_some_and(|value| values.iter().any(|known| known.eq_ignore_ascii_case(value)))
    };
    severity == Severity::Critical && DATA_LOSS.iter().any(says)
}
