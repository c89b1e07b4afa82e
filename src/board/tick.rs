//! What time alone changes: mutes that run out, resolved incidents that leave, sources that grow late.

use super::alerts::Touched;
use super::{Board, Change};
use crate::domain::{Health, Moment, SourceName};

impl Board {
    /// Lets time pass until `now`.
    pub fn tick(&mut self, now: Moment) -> Change {
        let mut change = Change::default();
        self.see_own(now);
        let keep = self.rules.keep_resolved;
        let leaving: Vec<_> = self
            .incidents
            .resolved()
            .filter(|incident| incident.resolved.is_some_and(|at| at + keep <= now))
            .map(|incident| incident.id)
            .collect();
        for id in leaving {
            self.incidents.remove(id);
            change.incidents.push(id);
        }
        let lapsed: Vec<Touched> = self
            .incidents
            .iter()
            .filter(|incident| {
                let owner = incident.owner.as_ref().is_some_and(|owner| owner.until <= now);
                let quiet = matches!(&incident.quiet, Some(crate::domain::incident::Quiet::Silenced { until: Some(until), .. }) if *until <= now);
                owner || quiet || incident.snoozed_until.is_some_and(|until| until <= now)
            })
            .map(|incident| Touched { group: incident.group.clone(), alert: None })
            .collect();
        self.settle(lapsed, now, &mut change);
        change
    }

    /// The clock of this machine was set back by so much, to `now`.
    pub fn step_back(&mut self, by: chrono::TimeDelta, now: Moment) {
        self.sources.step_back(by);
        self.signals.step_back(by, now);
        self.incidents.step_back(by);
    }

    /// When time alone will next change something, after `now`. Ages are the screen's own business.
    #[must_use]
    pub fn next_change(&self, now: Moment) -> Option<Moment> {
        let keep = self.rules.keep_resolved;
        let leaves = self.incidents.resolved().filter_map(|incident| incident.resolved).map(|at| at + keep);
        let mutes = self.mutes.iter().flat_map(|mute| [mute.starts, mute.ends]);
        let sources = self
            .sources
            .iter()
            .filter(|status| status.health(now) == Health::Live)
            .filter_map(crate::domain::SourceStatus::late_at);
        leaves.chain(mutes).chain(sources).filter(|at| *at > now).min()
    }

    /// Marks the incidents that a source alone tells of as stale or fresh.
    pub(super) fn mark_stale(&mut self, source: &SourceName, now: Moment, change: &mut Change) {
        let touched: Vec<Touched> = self
            .incidents
            .iter()
            .filter(|incident| {
                incident.is_open() && self.alerts.together(&incident.group, &incident.alerts).is_told_by(source)
            })
            .map(|incident| Touched { group: incident.group.clone(), alert: None })
            .collect();
        self.settle(touched, now, change);
    }
}
