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
    /// Parts that were begun and, by a fault of ours, never taken: "as before" is said of what is not known.
    half_taken: HalfTaken,
}

#[derive(Debug, Default)]
struct HalfTaken {
    alerts: bool,
    mutes: bool,
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
        if matches!(alerts, Part::Same) && self.half_taken.alerts
            || matches!(mutes, Part::Same) && self.half_taken.mutes
        {
            let what = "a fault of midwatch kept the last answer from being taken, and nothing has changed since";
            return Err(SourceError::new(ErrorKind::Internal, what));
        }
        self.half_taken.alerts |= matches!(alerts, Part::Now(_));
        self.half_taken.mutes |= matches!(mutes, Part::Now(_));
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
        self.half_taken = HalfTaken::default();
        Ok(if news { SourceEvent::Answered(Box::new(answer)) } else { SourceEvent::Heartbeat })
    }

    /// Alerts are compared by fingerprint, then as a whole. What stayed the same keeps its allocation.
    /// What a forgetful source does not tell stays known.
    fn alert_changes(&mut self, part: Part<Vec<Alert>>, forgetful: bool) -> Option<AlertChanges> {
        let Part::Now(now) = part else { return None };
        // What is known stays until all of it was compared.
        let none = HashMap::default();
        let before = self.alerts.as_ref().unwrap_or(&none);
        let mut after = HashMap::with_capacity_and_hasher(now.len(), RandomState::default());
        let mut changes = AlertChanges::default();
        for alert in now {
            let fingerprint = alert.fingerprint;
            if after.contains_key(&fingerprint) {
                // One alert told twice in an answer: the first counts.
                continue;
            }
            let kept = match before.get(&fingerprint) {
                Some(known) if **known == alert => Arc::clone(known),
                _ => {
                    let told = Arc::new(alert);
                    changes.told.push(Arc::clone(&told));
                    told
                }
            };
            after.insert(fingerprint, kept);
        }
        let missing: Vec<_> = before.iter().filter(|(fingerprint, _)| !after.contains_key(fingerprint)).collect();
        if forgetful {
            after.extend(missing.into_iter().map(|(fingerprint, known)| (*fingerprint, Arc::clone(known))));
        } else {
            changes.gone = missing.into_iter().map(|(fingerprint, _)| *fingerprint).collect();
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
