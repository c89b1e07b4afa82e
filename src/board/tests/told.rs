//! Tells a board what pollers would tell it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;

use crate::board::{Answer, Board, BoardRules, Change, Episode, Memory, SourceEvent, SourceReport};
use crate::domain::alert::AlertChanges;
use crate::domain::mute::{Cover, MuteKind};
use crate::domain::{
    Alert, AlertState, Fingerprint, Incident, Labels, Matcher, Moment, Mute, MuteId, Rated, Severity, SourceName,
    SourceStatus,
};

/// How often every source is asked.
pub(super) const EVERY: Duration = Duration::from_secs(15);

/// When every story begins.
pub(super) fn start() -> Moment {
    Moment::from_timestamp(1_790_000_000, 0).unwrap()
}

pub(super) fn minutes(count: i64) -> TimeDelta {
    TimeDelta::minutes(count)
}

/// An alert that fires since the start.
pub(super) fn firing(labels: Labels) -> Alert {
    Alert {
        fingerprint: Fingerprint::of(&labels),
        rated: Rated::known(labels.get("severity").and_then(Severity::parse).unwrap_or(Severity::High)),
        labels,
        annotations: Labels::default(),
        since: start(),
        state: AlertState::Firing,
        silenced_by: Vec::new(),
        inhibited_by: Vec::new(),
        value: None,
        link: None,
    }
}

/// The same, by the labels that most stories need.
pub(super) fn alert(name: &str, service: &str, instance: &str) -> Alert {
    firing([("alertname", name), ("service", service), ("instance", instance)].into())
}

pub(super) fn critical(name: &str, service: &str) -> Alert {
    firing([("alertname", name), ("service", service), ("severity", "critical")].into())
}

/// The alert as its source tells it while mutes cover it.
pub(super) fn silenced(alert: &Alert, by: &[&str]) -> Alert {
    let silenced_by = by.iter().map(|id| (*id).to_owned()).collect();
    Alert { state: AlertState::Silenced, silenced_by, ..alert.clone() }
}

pub(super) fn inhibited(alert: &Alert) -> Alert {
    Alert { state: AlertState::Inhibited, inhibited_by: vec!["x".into()], ..alert.clone() }
}

pub(super) fn pending(alert: &Alert) -> Alert {
    Alert { state: AlertState::Pending, ..alert.clone() }
}

/// A mute of `ana`'s at `am` from `starts` on, for so long.
pub(super) fn mute(id: &str, kind: MuteKind, starts: Moment, lasts: TimeDelta) -> Mute {
    Mute {
        id: MuteId::new(id),
        kind,
        source: Some("am".into()),
        cover: Cover::Matchers(vec![Matcher::equal("alertname", "Down")]),
        by: "ana".into(),
        comment: String::new(),
        starts,
        ends: starts + lasts,
        pending: false,
    }
}

/// A board, the time, and what each source's last answer held.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) board: Board,
    pub(super) now: Moment,
    /// Into how large parts answers are cut; `None` for whole ones.
    pub(super) parts: Option<usize>,
    held: BTreeMap<SourceName, BTreeMap<Fingerprint, Alert>>,
}

impl Told {
    pub(super) fn new(sources: &[&str]) -> Self {
        Self::by(BoardRules { operator: "ana".into(), ..BoardRules::default() }, sources)
    }

    pub(super) fn by(rules: BoardRules, sources: &[&str]) -> Self {
        let sources = sources.iter().map(|name| SourceStatus::new(SourceName::new(name), "test", EVERY)).collect();
        Self { board: Board::new(rules, sources), now: start(), parts: None, held: BTreeMap::new() }
    }

    fn report(&mut self, source: &str, event: SourceEvent) -> Change {
        let took = Duration::from_millis(3);
        let report = SourceReport { source: source.into(), at: self.now, took, event };
        let Some(most) = self.parts else { return self.board.apply(report) };
        let mut change = Change::default();
        report.parts(most).into_iter().for_each(|part| change.absorb(self.board.apply(part)));
        change
    }

    /// The source answers; what is different from its last answer is told, as a poller does.
    pub(super) fn answers(&mut self, source: &str, alerts: impl IntoIterator<Item = Alert>) -> Change {
        self.answers_with(source, alerts, Answer::default())
    }

    /// The same with mutes or anything else beside the alerts.
    pub(super) fn answers_with(
        &mut self,
        source: &str,
        alerts: impl IntoIterator<Item = Alert>,
        beside: Answer,
    ) -> Change {
        let now: BTreeMap<Fingerprint, Alert> = alerts.into_iter().map(|alert| (alert.fingerprint, alert)).collect();
        let before = self.held.insert(source.into(), now.clone()).unwrap_or_default();
        let told = now.values().filter(|alert| before.get(&alert.fingerprint) != Some(alert));
        let told = told.cloned().map(Arc::new).collect();
        let gone = before.into_keys().filter(|fingerprint| !now.contains_key(fingerprint)).collect();
        let answer = Answer { alerts: Some(AlertChanges { told, gone }), ..beside };
        self.report(source, SourceEvent::Answered(Box::new(answer)))
    }

    /// The source answers with something that is not alerts.
    pub(super) fn tells(&mut self, source: &str, answer: Answer) -> Change {
        self.report(source, SourceEvent::Answered(Box::new(answer)))
    }

    pub(super) fn mutes(&mut self, source: &str, mutes: Vec<Mute>) -> Change {
        self.tells(source, Answer { mutes: Some(mutes), ..Answer::default() })
    }

    pub(super) fn says_the_same(&mut self, source: &str) -> Change {
        self.report(source, SourceEvent::Heartbeat)
    }

    pub(super) fn fails(&mut self, source: &str) -> Change {
        self.report(source, SourceEvent::Failed { cause: "connection refused".into(), retry: None })
    }

    /// Time passes.
    pub(super) fn later(&mut self, span: TimeDelta) -> Change {
        self.now += span;
        self.board.tick(self.now)
    }

    pub(super) fn remembers(&mut self, memory: Memory) -> Change {
        self.board.remember(memory, self.now)
    }

    /// What each source's last answer held.
    pub(super) fn held(&self) -> impl Iterator<Item = (&SourceName, &Alert)> {
        self.held.iter().flat_map(|(source, alerts)| alerts.values().map(move |alert| (source, alert)))
    }

    /// All incidents in their order.
    pub(super) fn incidents(&self) -> Vec<Incident> {
        self.board.incidents().cloned().collect()
    }

    /// The only incident.
    pub(super) fn only(&self) -> Incident {
        let [incident] = self.incidents().try_into().unwrap_or_else(|all: Vec<_>| panic!("{} incidents", all.len()));
        incident
    }

    pub(super) fn titles(&self) -> Vec<String> {
        self.board.incidents().map(|incident| incident.title.clone()).collect()
    }
}

/// An incident as the store keeps it.
pub(super) fn episode(incident: &Incident) -> Episode {
    Episode {
        id: incident.id,
        group: incident.group.clone(),
        title: incident.title.clone(),
        service: incident.service.clone(),
        severity: incident.rated.severity,
        since: incident.since,
        first_seen: incident.first_seen,
        last_seen: incident.last_seen,
        mitigated: incident.mitigated,
        resolved: incident.resolved,
        sources: Vec::new(),
    }
}
