//! The dead man's switch: an alert that must always fire. While it fires it is no incident; when it goes
//! missing from a successful answer, that itself is Critical.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde::Serialize;

use crate::domain::alert::AlertChanges;
use crate::domain::{Alert, AlertState, Fingerprint, Labels, Matcher, Moment, Rated, Severity, SourceName, matcher};

/// What is known of every source's dead man's switch.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Watchdogs {
    firing: BTreeMap<SourceName, HashSet<Fingerprint>>,
    missing: BTreeMap<SourceName, Fingerprint>,
}

/// The name of the alert that stands for a missing dead man's switch.
pub const MISSING: &str = "WatchdogMissing";

impl Watchdogs {
    /// Whether a source's switch is missing.
    #[must_use]
    pub fn is_missing(&self, source: &SourceName) -> bool {
        self.missing.contains_key(source)
    }

    /// Takes the switch out of a source's differences; where they are `whole`, puts in an alert that says it is
    /// missing, or takes that out again.
    pub(super) fn take(
        &mut self,
        source: &SourceName,
        expected: Option<&Vec<Matcher>>,
        changes: &mut AlertChanges,
        at: Moment,
        whole: bool,
    ) {
        let Some(expected) = expected.filter(|matchers| !matchers.is_empty()) else { return };
        let firing = self.firing.entry(source.clone()).or_default();
        changes.gone.retain(|fingerprint| !firing.remove(fingerprint));
        changes.told.retain(|alert| {
            let is_switch = matcher::all_match(expected, &alert.labels);
            match (is_switch, alert.state) {
                (true, AlertState::Pending) => firing.remove(&alert.fingerprint),
                (true, _) => firing.insert(alert.fingerprint),
                (false, _) => false,
            };
            !is_switch
        });
        if !whole {
            // It may be in the rest.
            return;
        }
        match (firing.is_empty(), self.missing.get(source)) {
            (true, None) => {
                let alert = missing_alert(source, expected, at);
                self.missing.insert(source.clone(), alert.fingerprint);
                changes.told.push(Arc::new(alert));
            }
            (false, Some(fingerprint)) => {
                changes.gone.push(*fingerprint);
                self.missing.remove(source);
            }
            _ => {}
        }
    }
}

fn missing_alert(source: &SourceName, expected: &[Matcher], at: Moment) -> Alert {
    let expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
    let labels: Labels = [("alertname", MISSING), ("service", source.as_str()), ("severity", "critical")].into();
    let summary = format!(
        "{source} answers, but the alert that must always fire ({}) is not there: alerts may be lost on their way",
        expected.join(", ")
    );
    Alert {
        fingerprint: Fingerprint::of(&labels),
        labels,
        annotations: [("summary", summary.as_str())].into(),
        since: at,
        state: AlertState::Firing,
        rated: Rated::known(Severity::Critical),
        silenced_by: Vec::new(),
        inhibited_by: Vec::new(),
        value: None,
        link: None,
    }
}
