//! Keeps the conditions of this machine over time and makes alerts of those that hold. Pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use super::hold::{Hold, Patience, Phase, Seen};
use super::rules::{Condition, Family, in_words};
use crate::domain::alert::{Alert, AlertState, Fingerprint};
use crate::domain::severity::SeverityTable;
use crate::domain::{Labels, Moment};

/// Every condition that is crossed, or was when it was last read.
#[derive(Debug, Clone)]
pub struct Watch {
    host: String,
    severity: SeverityTable,
    gap: TimeDelta,
    crossed: BTreeMap<(&'static str, String), Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    hold: Hold,
    condition: Condition,
    told: Option<f64>,
}

impl Watch {
    /// Watches a host. Two readings further apart than `gap` do not count as one stretch.
    #[must_use]
    pub fn new(host: &str, severity: SeverityTable, gap: TimeDelta) -> Self {
        Self { host: host.to_owned(), severity, gap, crossed: BTreeMap::new() }
    }

    /// Takes one look at every rule and returns what is pending or fires.
    pub fn see(&mut self, families: Vec<Family>, at: Moment) -> Vec<Alert> {
        for family in families {
            let listed: BTreeSet<&str> = family.conditions.iter().map(|condition| condition.part.as_str()).collect();
            if family.complete {
                let name = family.rule.name;
                self.crossed.retain(|(rule, part), _| *rule != name || listed.contains(part.as_str()));
            }
            for condition in family.conditions {
                self.take(condition, at);
            }
        }
        self.crossed.values().filter_map(|entry| self.alert(entry)).collect()
    }

    /// Takes one condition of a moment.
    pub fn take(&mut self, condition: Condition, at: Moment) {
        let key = (condition.rule.name, condition.part.clone());
        let known = self.crossed.remove(&key);
        if condition.seen == Seen::Unknown {
            // What was known of it stays as it was told.
            self.crossed.extend(known.map(|entry| (key, entry)));
            return;
        }
        let (mut hold, told) = known.map_or((Hold::default(), None), |entry| (entry.hold, entry.told));
        let phase = hold.see(condition.seen, at, Patience { hold: condition.hold, gap: self.gap });
        if phase != Phase::Quiet {
            let told = condition.value.map(|value| steady(told, value, condition.rule.step));
            self.crossed.insert(key, Entry { hold, condition, told });
        }
    }

    /// Forgets what was last read too long before `at` to count: after a restart, say.
    pub fn forget_before(&mut self, at: Moment) {
        let gap = self.gap;
        self.crossed.retain(|_, entry| entry.hold.last().is_some_and(|last| at - last <= gap));
    }

    fn alert(&self, entry: &Entry) -> Option<Alert> {
        let (state, since) = match entry.hold.phase() {
            Phase::Quiet => return None,
            Phase::Pending(since) => (AlertState::Pending, since),
            Phase::Firing(since) => (AlertState::Firing, since),
        };
        let Condition { rule, part, hold, bound, .. } = &entry.condition;
        let own = [
            ("alertname", rule.name),
            ("severity", rule.severity.word()),
            ("host", self.host.as_str()),
            ("service", self.host.as_str()),
        ];
        let labels: Labels = own.into_iter().chain(rule.part.map(|label| (label, part.as_str()))).collect();
        let long = if hold.is_zero() { String::new() } else { format!(" for {}", in_words(*hold)) };
        Some(Alert {
            fingerprint: Fingerprint::of(&labels),
            annotations: [("summary", format!("{bound}{long} on {}", self.host))].into_iter().collect(),
            since,
            state,
            rated: self.severity.rate(&labels),
            labels,
            silenced_by: Vec::new(),
            inhibited_by: Vec::new(),
            value: entry.told,
            link: None,
        })
    }
}

/// The number that is told: in whole steps, and the one told before as long as the new one is within a step
/// of it. So a value at the edge of two steps does not alternate.
fn steady(told: Option<f64>, value: f64, step: f64) -> f64 {
    match told {
        Some(told) if (value - told).abs() < step => told,
        // Written back through the steps of one, so that 0.1 does not leave a tail of digits.
        _ => (value / step).round() / step.recip(),
    }
}

#[cfg(test)]
mod tests;
