//! Which mutes an ack of an incident asks for: as narrow as the incident, as wide as it must be.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Board;
use crate::domain::mute::AckRules;
use crate::domain::{Alert, Fingerprint, Incident, Labels, Matcher, SourceName, matcher};

/// What to mute for one incident.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct AckPlan {
    /// One silence each, at sources that can mute.
    pub silences: Vec<PlannedSilence>,
    /// Whether the store must keep the ack, because a source of the incident cannot mute.
    pub in_store: bool,
}

/// One silence that an ack asks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlannedSilence {
    /// Where.
    pub source: SourceName,
    /// What it covers.
    pub matchers: Vec<Matcher>,
    /// How many alerts of the source that fire now it covers.
    pub covers: usize,
}

impl Board {
    /// Plans an ack. `rules` says how a source is muted, or that it cannot be.
    ///
    /// At each source: the labels that all alerts of the incident share, less the volatile ones, alert name
    /// always among them. Where that would also match a known alert outside the incident, one silence for
    /// each alert instead, from all its labels less the volatile ones, or all of them if that is still too wide.
    #[must_use]
    pub fn plan_ack(&self, incident: &Incident, rules: impl Fn(&SourceName) -> Option<AckRules>) -> AckPlan {
        let mut plan = AckPlan::default();
        let mut spoken_for: BTreeSet<Fingerprint> = BTreeSet::new();
        let sources: Vec<&SourceName> = self.sources().map(|status| &status.name).collect();
        for source in sources {
            let Some(rules) = rules(source) else { continue };
            let mine: Vec<&Alert> =
                self.alerts_of(incident).filter(|alert| self.alerts.is_told_by(alert.fingerprint, source)).collect();
            if mine.iter().all(|alert| spoken_for.contains(&alert.fingerprint)) {
                continue;
            }
            spoken_for.extend(mine.iter().map(|alert| alert.fingerprint));
            plan.silences.extend(self.plan_at(source, incident, &mine, &rules));
        }
        plan.in_store = incident.alerts.iter().any(|alert| !spoken_for.contains(alert)) || plan.silences.is_empty();
        plan
    }

    fn plan_at(
        &self,
        source: &SourceName,
        incident: &Incident,
        alerts: &[&Alert],
        rules: &AckRules,
    ) -> Vec<PlannedSilence> {
        let volatile = |name: &str| name != "alertname" && rules.ignore_labels.iter().any(|ignored| ignored == name);
        let shared = alerts
            .iter()
            .map(|alert| alert.labels.without(volatile))
            .reduce(|all, labels| all.shared_with(&labels))
            .unwrap_or_default();
        let wide = matchers_of(&shared);
        if !wide.is_empty() && !self.reaches_outside(source, incident, &wide) {
            return vec![self.planned(source, wide)];
        }
        let narrow = |alert: &&Alert| {
            let stable = matchers_of(&alert.labels.without(volatile));
            let matchers = if stable.is_empty() || self.reaches_outside(source, incident, &stable) {
                matchers_of(&alert.labels)
            } else {
                stable
            };
            (!matchers.is_empty()).then(|| self.planned(source, matchers))
        };
        let mut planned: Vec<PlannedSilence> = Vec::new();
        for silence in alerts.iter().filter_map(narrow) {
            if !planned.iter().any(|other| other.matchers == silence.matchers) {
                planned.push(silence);
            }
        }
        planned
    }

    fn planned(&self, source: &SourceName, matchers: Vec<Matcher>) -> PlannedSilence {
        let covers = self.matched(Some(source), &matchers).count();
        PlannedSilence { source: source.clone(), matchers, covers }
    }

    fn reaches_outside(&self, source: &SourceName, incident: &Incident, matchers: &[Matcher]) -> bool {
        self.matched(Some(source), matchers).any(|alert| incident.alerts.binary_search(&alert.fingerprint).is_err())
    }

    /// The known alerts that these matchers hold for, of one source or of all: the preview of a silence.
    pub fn matched<'a>(
        &'a self,
        source: Option<&'a SourceName>,
        matchers: &'a [Matcher],
    ) -> impl Iterator<Item = &'a Alert> {
        self.alerts.iter().filter(move |alert| {
            matcher::all_match(matchers, &alert.labels)
                && source.is_none_or(|source| self.alerts.is_told_by(alert.fingerprint, source))
        })
    }
}

fn matchers_of(labels: &Labels) -> Vec<Matcher> {
    labels.iter().map(|(name, value)| Matcher::equal(name, value)).collect()
}
