//! Renewing acks: only this operator's from this host, only while the alert fires, never past the limit.

use chrono::TimeDelta;

use crate::app::effect::Renewal;
use crate::app::{App, Effect};
use crate::board::LocalAck;
use crate::domain::mute::{AckRules, Extend};
use crate::domain::{Health, Moment};

/// The longest that a renewal that was asked for is not asked for again.
const PATIENCE: TimeDelta = TimeDelta::seconds(30);

/// How long a renewal of an ack that lasts so long is waited for: there must be time for another try.
fn patience(lasts: TimeDelta) -> TimeDelta {
    (lasts / 9).min(PATIENCE)
}

impl App {
    /// Asks for the renewals that are due.
    pub(super) fn renew_acks(&mut self, effects: &mut Vec<Effect>) {
        let now = self.now;
        self.renewing.retain(|_, until| *until > now);
        if self.guard.allows(now).is_err() {
            return;
        }
        let due: Vec<(Renewal, TimeDelta)> = self
            .board
            .memory()
            .acks
            .iter()
            .filter(|ack| self.renewal_at(ack).is_some_and(|at| at <= now) && !self.renewing.contains_key(&ack.id))
            .filter(|ack| self.still_fires(ack))
            .map(|ack| {
                let lasts = self.rules_of(ack).lasts;
                let ends = (now + lasts).min(ack.limit);
                (Renewal { id: ack.id.clone(), source: ack.source.clone(), ends }, patience(lasts))
            })
            .collect();
        for (renewal, patience) in due {
            self.renewing.insert(renewal.id.clone(), now + patience);
            effects.push(Effect::Renew(renewal));
        }
    }

    /// When the next ack wants to be renewed, or tried again.
    pub(super) fn next_renewal(&self) -> Option<Moment> {
        let again = |ack: &LocalAck| self.renewing.get(&ack.id).copied();
        let acks = self.board.memory().acks.iter().filter(|ack| ack.ends > self.now);
        acks.filter_map(|ack| {
            self.renewal_at(ack).map(|at| again(ack).unwrap_or(at).max(self.now + TimeDelta::seconds(1)))
        })
        .min()
    }

    /// When an ack is renewed: when a third of its span is left. `None` if it is not ours to renew, or at its limit.
    fn renewal_at(&self, ack: &LocalAck) -> Option<Moment> {
        let rules = self.rules_of(ack);
        let ours = ack.renews && rules.extend == Extend::Own && ack.by == self.profile.operator;
        (ours && ack.ends < ack.limit && ack.ends > self.now).then(|| ack.ends - rules.lasts / 3)
    }

    fn rules_of(&self, ack: &LocalAck) -> AckRules {
        let local = || self.profile.local_ack.clone();
        ack.source.as_ref().map_or_else(local, |source| self.profile.ack_rules(source).unwrap_or_default())
    }

    /// Whether a live source says that what was acked still fires and is covered by this very ack.
    fn still_fires(&self, ack: &LocalAck) -> bool {
        let Some(incident) = self.board.incident(ack.incident).filter(|incident| incident.is_open()) else {
            return false;
        };
        match &ack.source {
            None => !incident.stale,
            Some(source) => {
                let live = self.board.source(source).is_some_and(|status| status.health(self.now) == Health::Live);
                let covered = |alert: &crate::domain::Alert| alert.silenced_by.iter().any(|id| **id == *ack.id.0);
                live && self.board.alerts_of(incident).any(covered)
            }
        }
    }
}
