//! Alerts that midwatch itself tells: incidents that were declared, and checklists that are overdue.
//!
//! They are grouped, acked and kept like any other; nobody has to answer for them to be there, so they are never
//! stale. It is no source: it has no state, is not counted, and nothing can be asked of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Board, Change};
use crate::domain::alert::AlertChanges;
use crate::domain::{Alert, Fingerprint, Incident, Moment, SourceName};

/// The name under which they are told. No configured source can have it.
pub const OWN: &str = "(midwatch)";

/// Whether this is the name under which midwatch itself tells alerts.
#[must_use]
pub fn is_own(source: &SourceName) -> bool {
    source.as_str() == OWN
}

/// What midwatch itself tells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Own {
    told: BTreeMap<Fingerprint, Arc<Alert>>,
    /// Until when it is known to hold.
    seen: Moment,
}

impl Board {
    /// Takes what midwatch itself tells now; what it told before and does not any more has resolved.
    pub fn take_own(&mut self, alerts: Vec<Alert>, now: Moment) -> Change {
        let told: BTreeMap<Fingerprint, Arc<Alert>> =
            alerts.into_iter().map(|alert| (alert.fingerprint, Arc::new(alert))).collect();
        let before = self.own.replace(Own { told: told.clone(), seen: now }).map(|own| own.told).unwrap_or_default();
        let changes = AlertChanges {
            told: told.values().filter(|alert| before.get(&alert.fingerprint) != Some(alert)).cloned().collect(),
            gone: before.into_keys().filter(|fingerprint| !told.contains_key(fingerprint)).collect(),
        };
        let mut change = Change::default();
        if !changes.is_empty() {
            self.note_gone(&changes.gone, now);
            let touched = self.take_alerts(&SourceName::new(OWN), changes);
            self.settle(touched, now, &mut change);
        }
        change
    }

    /// Whether midwatch alone tells of an incident that fires.
    #[must_use]
    pub fn is_own(&self, incident: &Incident) -> bool {
        let together = self.alerts.together(&incident.group, &incident.alerts);
        incident.is_open() && together.kinds().all(|kind| kind.tellers.iter().all(is_own))
    }

    /// The alerts of an incident that midwatch itself tells.
    pub fn own_alerts_of(&self, incident: &Incident) -> impl Iterator<Item = &Alert> {
        self.alerts_of(incident).filter(|alert| self.told_by(alert.fingerprint).any(is_own))
    }

    /// When somebody who tells alerts was heard last; `None` for never, or for nobody that is known.
    pub(super) fn heard_from(&self, source: &SourceName) -> Option<Moment> {
        if is_own(source) { self.own.as_ref().map(|own| own.seen) } else { self.source(source)?.answered }
    }

    /// What midwatch tells holds until it tells something else.
    pub(super) fn see_own(&mut self, now: Moment) {
        if let Some(own) = &mut self.own {
            own.seen = own.seen.max(now);
        }
    }
}
