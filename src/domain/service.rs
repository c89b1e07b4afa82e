//! What the team runs.

use serde::Serialize;

use super::{Labels, Matcher, matcher};

/// A service: alerts, signals, logs and runbooks belong to one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// Which alerts and log streams belong to it; never empty.
    pub matchers: Vec<Matcher>,
    /// The team that answers for it.
    pub owner: Option<String>,
    /// What is promised to its users.
    pub slo: Option<SloTarget>,
}

/// What is promised: a share of good events over a window.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SloTarget {
    /// The promise in per cent, 0 to 100 exclusive: `99.9`.
    pub objective: f64,
    /// Over how long.
    pub window: chrono::TimeDelta,
}

impl Service {
    /// Whether something with these labels belongs to it.
    #[must_use]
    pub fn owns(&self, labels: &Labels) -> bool {
        matcher::all_match(&self.matchers, labels)
    }
}
