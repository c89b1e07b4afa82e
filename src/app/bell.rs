//! When the bell may ring: at once for what is worse than what rang last, else not more often than people can hear.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use crate::domain::{IncidentId, Moment, Severity};

/// After a ring, as long as this nothing rings that is not worse: it is told with the next ring.
pub const QUIET: TimeDelta = TimeDelta::seconds(10);

/// The most incidents that wait to ring; a storm of more says no more.
const MOST: usize = 1_000;

/// What rang last, and what waits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bell {
    rung: Option<(Moment, Severity)>,
    waiting: BTreeSet<IncidentId>,
}

impl Bell {
    /// Adds what wants to ring.
    pub fn wants(&mut self, incidents: impl IntoIterator<Item = IncidentId>) {
        for incident in incidents {
            if self.waiting.len() < MOST {
                self.waiting.insert(incident);
            }
        }
    }

    /// Whether something of this severity may ring at `now`.
    #[must_use]
    pub fn may(&self, severity: Severity, now: Moment) -> bool {
        // Severities are ordered with the worst first.
        self.rung.is_none_or(|(at, last)| severity < last || at + QUIET <= now)
    }

    /// It rings now. What waited is told with it.
    pub fn rings(&mut self, severity: Severity, now: Moment) {
        self.rung = Some((now, severity));
        self.waiting.clear();
    }

    /// What waits to ring.
    pub fn waiting(&self) -> impl Iterator<Item = IncidentId> {
        self.waiting.iter().copied()
    }

    /// Leaves out what need not ring any more.
    pub fn keep(&mut self, still: impl Fn(IncidentId) -> bool) {
        self.waiting.retain(|incident| still(*incident));
    }

    /// When what waits rings, if something does.
    #[must_use]
    pub fn next_change(&self) -> Option<Moment> {
        let (at, _) = self.rung.filter(|_| !self.waiting.is_empty())?;
        Some(at + QUIET)
    }

    /// The clock was set back by so much.
    pub fn step_back(&mut self, by: TimeDelta) {
        if let Some((at, _)) = &mut self.rung {
            *at -= by;
        }
    }
}
