//! The counts and the verdict: what the header and `status` say.

use serde::Serialize;

use super::Board;
use crate::domain::{Health, Incident, Moment};

/// The verdict of one look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing waits for anybody, and every source is live.
    Quiet,
    /// Something below critical waits for somebody.
    Firing,
    /// Something critical waits for somebody.
    Critical,
    /// Nothing critical is known to wait, but a source is not live: what it would say is not known.
    Unknown,
}

/// What the header says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Incidents that wait for somebody, by severity, most urgent first.
    pub waiting: [usize; 4],
    /// Incidents that fire, by severity, whoever owns them; snoozed and quiet ones not counted.
    pub firing: [usize; 4],
    /// Incidents that somebody owns.
    pub acked: usize,
    /// Incidents hidden from this operator.
    pub snoozed: usize,
    /// Incidents that a silence or an inhibition keeps quiet.
    pub quiet: usize,
    /// Sources that are live, of those that are not off.
    pub live: usize,
    /// See `live`.
    pub sources: usize,
}

impl Summary {
    /// Whether everything is known (somebody was asked, and all of them answered) and nothing fires: the only time green is in place.
    #[must_use]
    pub fn is_calm(&self) -> bool {
        self.sources > 0 && self.live == self.sources && self.firing.iter().sum::<usize>() == 0
    }

    /// Whether some source's word is missing.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.live < self.sources
    }

    /// The verdict.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.waiting {
            [critical, ..] if critical > 0 => Verdict::Critical,
            _ if self.is_partial() || self.sources == 0 => Verdict::Unknown,
            [0, 0, 0, 0] => Verdict::Quiet,
            _ => Verdict::Firing,
        }
    }
}

/// How many incidents there are of each sort, kept up to date with every change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    waiting: [usize; 4],
    firing: [usize; 4],
    acked: usize,
    snoozed: usize,
    quiet: usize,
}

impl Tally {
    /// Adds (`by` 1) or takes out (`by` -1) one incident.
    pub(super) fn count(&mut self, incident: &Incident, by: isize) {
        let add = |count: &mut usize| *count = count.saturating_add_signed(by);
        if !incident.is_open() {
            return;
        }
        if incident.snoozed_until.is_some() {
            return add(&mut self.snoozed);
        }
        if incident.quiet.is_some() {
            return add(&mut self.quiet);
        }
        let step = incident.rated.severity as usize;
        self.firing.get_mut(step).map(add);
        if incident.owner.is_some() {
            add(&mut self.acked);
        }
        if incident.needs_somebody() {
            self.waiting.get_mut(step).map(add);
        }
    }
}

impl Board {
    /// Counts everything, at `now`. Costs as much as there are sources, not incidents.
    #[must_use]
    pub fn summary(&self, now: Moment) -> Summary {
        let Tally { waiting, firing, acked, snoozed, quiet } = *self.incidents.tally();
        let watched = || self.sources().filter(|status| !status.off);
        let live = watched().filter(|status| status.health(now) == Health::Live).count();
        Summary { waiting, firing, acked, snoozed, quiet, live, sources: watched().count() }
    }
}
