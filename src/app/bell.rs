//! When the bell may ring: at once for what is worse than what rang last, else not more often than people can hear.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use crate::domain::{IncidentId, Moment, Severity};

/// After a ring, as long as this nothing rings that is not worse: it is told with the next ring.
pub const QUIET: TimeDelta = TimeDelta::seconds(10);

/// The most incidents that wait to ring, the worst of them; a storm of more says no more.
const MOST: usize = 1_000;

/// What rang last, and what waits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bell {
    rung: Option<(Moment, Severity)>,
    /// How bad each was when it was last looked at.
    waiting: BTreeSet<(Severity, IncidentId)>,
}

impl Bell {
    /// Adds what wants to ring.
    pub fn wants(&mut self, incidents: impl IntoIterator<Item = (Severity, IncidentId)>) {
        for incident in incidents {
            let is_full = self.waiting.len() >= MOST;
            // Severities are ordered with the worst first.
            if is_full && self.waiting.last().is_some_and(|least| *least <= incident) {
                continue;
            }
            if self.waiting.insert(incident) && is_full {
                self.waiting.pop_last();
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
        self.waiting.iter().map(|(_, incident)| *incident)
    }

    /// Looks again at how bad each is that waits, and leaves out what need not ring any more: `None`.
    pub fn look_again(&mut self, now: impl Fn(IncidentId) -> Option<Severity>) {
        self.waiting = self.waiting().filter_map(|incident| Some((now(incident)?, incident))).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: usize) -> IncidentId {
        IncidentId(number as u64)
    }

    #[test]
    fn of_a_storm_the_worst_wait() {
        let mut bell = Bell::default();
        bell.wants((0..5_000).map(|number| (Severity::Low, id(number))));
        assert_eq!(bell.waiting().count(), MOST);
        bell.wants([(Severity::High, id(9_000)), (Severity::Critical, id(9_001)), (Severity::Low, id(9_002))]);
        assert_eq!(bell.waiting().take(2).collect::<Vec<_>>(), [id(9_001), id(9_000)]);
        assert_eq!(bell.waiting().count(), MOST);
    }

    #[test]
    fn one_that_became_worse_waits_once() {
        let mut bell = Bell::default();
        bell.wants([(Severity::High, id(1)), (Severity::Low, id(2))]);
        bell.wants([(Severity::Critical, id(1))]);
        let rated = |incident| if incident == id(2) { Severity::High } else { Severity::Critical };
        bell.look_again(|incident| Some(rated(incident)));
        assert_eq!(bell.waiting().collect::<Vec<_>>(), [id(1), id(2)]);
        bell.wants((0..2 * MOST).map(|number| (Severity::Medium, id(9 + number))));
        assert_eq!(
            bell.waiting().take(2).collect::<Vec<_>>(),
            [id(1), id(2)],
            "what was low when it came has its place"
        );
        bell.look_again(|incident| (incident == id(2)).then(|| rated(incident)));
        assert_eq!(bell.waiting().collect::<Vec<_>>(), [id(2)]);
    }
}
