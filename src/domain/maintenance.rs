//! A maintenance window: a service is worked on, and its alerts are silenced meanwhile.

use serde::{Deserialize, Serialize};

use super::remediation::RunId;
use super::{Moment, MuteId, Operator, SourceName};

/// One window. The silences stand at their sources; this is what they are for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// Its id.
    pub id: RunId,
    /// What is worked on.
    pub service: String,
    /// Why.
    pub reason: String,
    /// How to go back if it goes wrong.
    pub rollback: String,
    /// Who planned it.
    pub by: Operator,
    /// When it begins.
    pub starts: Moment,
    /// When it ends.
    pub ends: Moment,
    /// Its silences, by source.
    pub silences: Vec<(SourceName, MuteId)>,
    /// When somebody ended it early.
    pub ended: Option<Moment>,
}

impl Window {
    /// Whether it lasts at `now`.
    #[must_use]
    pub fn lasts(&self, now: Moment) -> bool {
        self.ended.is_none() && self.starts <= now && now < self.ends
    }

    /// Whether it is still to come at `now`.
    #[must_use]
    pub fn is_ahead(&self, now: Moment) -> bool {
        self.ended.is_none() && now < self.starts
    }
}
