//! Which mutes an ack of an incident asks for: as narrow as the incident, as wide as it must be.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Board;
use crate::domain::mute::AckRules;
use crate::domain::{Alert, Fingerprint, Incident, Labels, Matcher, SourceName, matcher};

/// The label that names an alert.
const NAME: &str = "alertname";

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
    /// Never an empty list, and never an alert outside the incident.
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
            let silences = self.plan_at(source, incident, &mine, &rules);
            let covered = |alert: &&&Alert| silences.iter().any(|one| matcher::all_match(&one.matchers, &alert.labels));
            spoken_for.extend(mine.iter().filter(covered).map(|alert| alert.fingerprint));
            plan.silences.extend(silences);
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
        let volatile = |name: &str| name != NAME && rules.ignore_labels.iter().any(|ignored| ignored == name);
        let shared = alerts
            .iter()
            .map(|alert| alert.labels.without(volatile))
            .reduce(|all, labels| all.shared_with(&labels))
            .unwrap_or_default();
        let wide = matchers_of(&shared);
        if shared.get(NAME).is_some() && !self.reaches_outside(source, incident, &wide) {
            return vec![self.planned(source, wide)];
        }
        let narrow = |alert: &&Alert| {
            let stable = alert.labels.without(volatile);
            let matchers = self.narrowed(source, incident, &stable, &alert.labels)?;
            Some(self.planned(source, matchers))
        };
        let mut planned: Vec<PlannedSilence> = Vec::new();
        for silence in alerts.iter().filter_map(narrow) {
            if !planned.iter().any(|other| other.matchers == silence.matchers) {
                planned.push(silence);
            }
        }
        planned
    }

    /// Matchers for one alert: from its stable labels; from all of them, where that is still too wide; and
    /// without what the alerts outside have more, where even that is. `None` for an alert without labels.
    fn narrowed(
        &self,
        source: &SourceName,
        incident: &Incident,
        stable: &Labels,
        all: &Labels,
    ) -> Option<Vec<Matcher>> {
        let choices = [stable, all].into_iter().filter(|labels| !labels.is_empty()).map(matchers_of);
        let mut last = None;
        for matchers in choices {
            if !self.reaches_outside(source, incident, &matchers) {
                return Some(matchers);
            }
            last = Some(matchers);
        }
        let mut matchers = last?;
        let outside = self.outside(source, incident, &matchers);
        let more: BTreeSet<&str> = outside.flat_map(|alert| alert.labels.iter().map(|(name, _)| name)).collect();
        let more: Vec<Matcher> = more
            .into_iter()
            .filter(|name| !matchers.iter().any(|matcher| matcher.name == *name))
            .map(|name| Matcher::equal(name, ""))
            .collect();
        matchers.extend(more);
        Some(matchers)
    }

    fn planned(&self, source: &SourceName, matchers: Vec<Matcher>) -> PlannedSilence {
        let covers = self.matched(Some(source), &matchers).count();
        PlannedSilence { source: source.clone(), matchers, covers }
    }

    fn reaches_outside(&self, source: &SourceName, incident: &Incident, matchers: &[Matcher]) -> bool {
        self.outside(source, incident, matchers).next().is_some()
    }

    fn outside<'a>(
        &'a self,
        source: &'a SourceName,
        incident: &'a Incident,
        matchers: &'a [Matcher],
    ) -> impl Iterator<Item = &'a Alert> {
        let matched = self.matched(Some(source), matchers);
        matched.filter(|alert| incident.alerts.binary_search(&alert.fingerprint).is_err())
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

/// One matcher for each label. The alert name is always among them, be it that there is none.
fn matchers_of(labels: &Labels) -> Vec<Matcher> {
    let all = labels.iter().map(|(name, value)| Matcher::equal(name, value));
    all.chain(labels.get(NAME).is_none().then(|| Matcher::equal(NAME, ""))).collect()
}
