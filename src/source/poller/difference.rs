//! From what a poll saw to what is different. Pure: it remembers the last good answer and nothing else.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::board::{Answer, SourceEvent};
use crate::domain::alert::AlertChanges;
use crate::domain::{Alert, Fingerprint, Mute, harmless};
use crate::source::{ErrorKind, Observation, Part, SourceError};

/// The most notes that are kept of one answer, and the characters of each.
const NOTES: usize = 20;
const NOTE: usize = 300;

/// The last good answer of one source.
#[derive(Debug, Default)]
pub struct Difference {
    answered: bool,
    alerts: Option<HashMap<Fingerprint, Arc<Alert>, RandomState>>,
    mutes: Option<Vec<Mute>>,
    notes: Vec<String>,
}

impl Difference {
    /// Takes a full answer and says what is different from the last one. The first answer always tells
    /// alerts, even if there are none: that a source was heard is news.
    ///
    /// # Errors
    /// Where an adapter says "as before" of something that was never told: a fault of ours, which must not
    /// look like "nothing fires".
    pub fn take(&mut self, observation: Observation) -> Result<SourceEvent, SourceError> {
        let Observation { alerts, forgetful, mutes, signals, slos, logs, logs_dropped, notes, more: _ } = observation;
        if matches!(alerts, Part::Same) && self.alerts.is_none() || matches!(mutes, Part::Same) && self.mutes.is_none()
        {
            return Err(SourceError::new(ErrorKind::Internal, "a first answer claims to be the same as before"));
        }
        // Before anything is remembered: a fault in it leaves the last answer whole.
        let notes: Vec<String> = notes.iter().take(NOTES).map(|note| harmless::line(note, NOTE).into_owned()).collect();
        let first = !std::mem::replace(&mut self.answered, true);
        let alerts = self.alert_changes(alerts, forgetful).filter(|changes| first || !changes.is_empty());
        let answer = Answer {
            alerts: alerts.or_else(|| first.then(AlertChanges::default)),
            mutes: self.changed_mutes(mutes),
            signals,
            slos,
            logs,
            logs_dropped,
            notes,
        };
        let news = first || answer.notes != self.notes || says_something(&answer);
        self.notes.clone_from(&answer.notes);
        Ok(if news { SourceEvent::Answered(Box::new(answer)) } else { SourceEvent::Heartbeat })
    }

    /// Alerts are compared by fingerprint, then as a whole. What stayed the same keeps its allocation.
    /// What a forgetful source does not tell stays known.
    fn alert_changes(&mut self, part: Part<Vec<Alert>>, forgetful: bool) -> Option<AlertChanges> {
        let Part::Now(now) = part else { return None };
        let mut before = self.alerts.take().unwrap_or_default();
        let mut after = HashMap::with_capacity_and_hasher(now.len(), RandomState::default());
        let mut changes = AlertChanges::default();
        for alert in now {
            let fingerprint = alert.fingerprint;
            if after.contains_key(&fingerprint) {
                // One alert told twice in an answer: the first counts.
                continue;
            }
            let kept = match before.remove(&fingerprint) {
                Some(known) if *known == alert => known,
                _ => {
                    let told = Arc::new(alert);
                    changes.told.push(Arc::clone(&told));
                    told
                }
            };
            after.insert(fingerprint, kept);
        }
        if forgetful {
            after.extend(before);
        } else {
            changes.gone = before.into_keys().collect();
            changes.gone.sort_unstable();
        }
        self.alerts = Some(after);
        Some(changes)
    }

    /// Mutes are few and compared as a whole.
    fn changed_mutes(&mut self, part: Part<Vec<Mute>>) -> Option<Vec<Mute>> {
        let Part::Now(mut now) = part else { return None };
        now.sort_by(|a, b| a.id.cmp(&b.id));
        if self.mutes.as_ref() == Some(&now) {
            return None;
        }
        self.mutes = Some(now.clone());
        Some(now)
    }
}

fn says_something(answer: &Answer) -> bool {
    answer.alerts.is_some()
        || answer.mutes.is_some()
        || !answer.signals.is_empty()
        || !answer.slos.is_empty()
        || !answer.logs.is_empty()
        || answer.logs_dropped > 0
}

#[cfg(test)]
mod tests;
