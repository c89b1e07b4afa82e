//! Everything that is known: the last good answer of every source with its age, and what follows from it.
//!
//! What lives here: the [`Board`], which takes [`SourceReport`]s and what the store kept, and keeps
//! incidents, mutes, signals and logs up to date at the cost of what changed. What must not: I/O, a clock
//! (time is handed in), anything about keys, views or terminals.

pub mod ack_plan;
pub mod alerts;
pub mod change;
pub mod find;
pub mod incidents;
pub mod logs;
pub mod mutes;
pub mod own;
pub mod ownership;
pub mod remembered;
pub mod report;
pub mod signals;
pub mod sources;
pub mod summary;
mod tellers;
pub mod tick;
mod together;
pub mod watchdog;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, VecDeque};

use chrono::TimeDelta;
use serde::Serialize;

pub use change::{Change, Edge, Parts};
pub use remembered::{Episode, LocalAck, Memory, Snoozed};
pub use report::{Answer, SourceEvent, SourceReport};
pub use summary::{Summary, Verdict};

use crate::domain::correlate::Grouping;
use crate::domain::incident::GroupKey;
use crate::domain::journal::Row;
use crate::domain::slo::SloReading;
use crate::domain::{Alert, Incident, IncidentId, Matcher, Moment, Mute, SourceName, SourceStatus};

/// How the board reads what it is told.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardRules {
    /// Which alerts belong together.
    pub grouping: Grouping,
    /// How long a resolved incident is kept in sight.
    pub keep_resolved: TimeDelta,
    /// The most log lines kept, of all sources.
    pub log_lines: usize,
    /// For each source with a dead man's switch: the matchers of the alert that must always fire.
    pub watchdogs: BTreeMap<SourceName, Vec<Matcher>>,
    /// The operator whose snoozes hide.
    pub operator: String,
}

impl Default for BoardRules {
    fn default() -> Self {
        Self {
            grouping: Grouping::default(),
            keep_resolved: TimeDelta::minutes(20),
            log_lines: 20_000,
            watchdogs: BTreeMap::new(),
            operator: String::new(),
        }
    }
}

/// Everything that is known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Board {
    #[serde(skip)]
    rules: BoardRules,
    sources: sources::Sources,
    alerts: alerts::Alerts,
    incidents: incidents::Incidents,
    mutes: mutes::Mutes,
    signals: signals::Signals,
    slos: BTreeMap<String, SloReading>,
    logs: logs::Logs,
    watchdogs: watchdog::Watchdogs,
    memory: Memory,
    #[serde(skip)]
    episodes: HashMap<GroupKey, usize>,
    #[serde(skip)]
    episode_at: HashMap<IncidentId, usize>,
    journal: VecDeque<Row>,
    #[serde(skip)]
    own: Option<own::Own>,
}

impl Board {
    /// An empty board that expects these sources.
    #[must_use]
    pub fn new(rules: BoardRules, sources: Vec<SourceStatus>) -> Self {
        Self {
            logs: logs::Logs::new(rules.log_lines),
            rules,
            sources: sources::Sources::new(sources),
            alerts: alerts::Alerts::default(),
            incidents: incidents::Incidents::default(),
            mutes: mutes::Mutes::default(),
            signals: signals::Signals::default(),
            slos: BTreeMap::new(),
            watchdogs: watchdog::Watchdogs::default(),
            memory: Memory::default(),
            episodes: HashMap::new(),
            episode_at: HashMap::new(),
            journal: VecDeque::new(),
            own: None,
        }
    }

    /// How it reads what it is told.
    #[must_use]
    pub fn rules(&self) -> &BoardRules {
        &self.rules
    }

    /// The sources in the order of the configuration.
    pub fn sources(&self) -> impl ExactSizeIterator<Item = &SourceStatus> {
        self.sources.iter()
    }

    /// One source.
    #[must_use]
    pub fn source(&self, name: &SourceName) -> Option<&SourceStatus> {
        self.sources.get(name)
    }

    /// One incident.
    #[must_use]
    pub fn incident(&self, id: IncidentId) -> Option<&Incident> {
        self.incidents.get(id)
    }

    /// All incidents, resolved ones of the last minutes included, in the order of [`Incident::rank`].
    pub fn incidents(&self) -> impl Iterator<Item = &Incident> {
        self.incidents.in_order()
    }

    /// An alert as all sources together tell it.
    #[must_use]
    pub fn alert(&self, fingerprint: crate::domain::Fingerprint) -> Option<&Alert> {
        self.alerts.get(fingerprint)
    }

    /// The sources that tell of an alert.
    pub fn told_by(&self, fingerprint: crate::domain::Fingerprint) -> impl Iterator<Item = &SourceName> {
        self.alerts.told_by(fingerprint)
    }

    /// The alerts of an incident that fire.
    pub fn alerts_of(&self, incident: &Incident) -> impl Iterator<Item = &Alert> {
        incident.alerts.iter().filter_map(|fingerprint| self.alerts.get(*fingerprint))
    }

    /// When an incident was last seen to fire: the last answer of a source that tells of it.
    #[must_use]
    pub fn last_seen(&self, incident: &Incident) -> Moment {
        let together = self.alerts.together(&incident.group, &incident.alerts);
        let tellers = together.kinds().flat_map(|kind| &kind.tellers);
        let answered = tellers.filter_map(|source| self.heard_from(source)).max();
        answered.map_or(incident.last_seen, |answered| answered.max(incident.last_seen))
    }

    /// Every mute that is known: of the sources and of the store.
    pub fn mutes(&self) -> impl Iterator<Item = &Mute> {
        self.mutes.iter()
    }

    /// The signals, sorted by service and kind.
    #[must_use]
    pub fn signals(&self) -> &signals::Signals {
        &self.signals
    }

    /// How fast promises are being used up, by service.
    #[must_use]
    pub fn slos(&self) -> &BTreeMap<String, SloReading> {
        &self.slos
    }

    /// The log lines that are kept.
    #[must_use]
    pub fn logs(&self) -> &logs::Logs {
        &self.logs
    }

    /// The journal's newest rows, oldest first.
    #[must_use]
    pub fn journal(&self) -> &VecDeque<Row> {
        &self.journal
    }

    /// What the store kept.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// Takes what one source reported.
    pub fn apply(&mut self, report: SourceReport) -> Change {
        let SourceReport { source, at, took, event } = report;
        // A source that was removed while it answered is not heard.
        let before = self.sources.get(&source).map(|status| (status.answered, status.failure.is_some()));
        let Some((answered, failed)) = before else { return Change::default() };
        let whole = !matches!(event, SourceEvent::Arriving(_));
        if let (SourceEvent::Answered(answer) | SourceEvent::Arriving(answer), Some(answered)) = (&event, answered) {
            self.note_last_sight(answer, answered);
        }
        let mut change = self.sources.note(&source, at, took, &event);
        let back = failed && matches!(event, SourceEvent::Answered(_));
        let stale_before =
            back || change.edges.iter().any(|edge| matches!(edge, Edge::SourceLost(_) | Edge::SourceBack(_)));
        if let SourceEvent::Answered(answer) | SourceEvent::Arriving(answer) = event {
            self.take_answer(&source, at, *answer, whole, &mut change);
        }
        if stale_before {
            self.mark_stale(&source, at, &mut change);
        }
        change
    }

    fn take_answer(&mut self, source: &SourceName, at: Moment, answer: Answer, whole: bool, change: &mut Change) {
        let mut touched = Vec::new();
        if let Some(mutes) = answer.mutes {
            touched.extend(self.replace_mutes(Some(source), mutes));
            change.parts.mutes = true;
        }
        if let Some(mut alerts) = answer.alerts {
            self.watchdogs.take(source, self.rules.watchdogs.get(source), &mut alerts, at, whole);
            touched.extend(self.take_alerts(source, alerts));
        }
        self.settle(touched, at, change);
        if !answer.signals.is_empty() || !answer.slos.is_empty() {
            self.signals.take(answer.signals, at);
            self.slos.extend(answer.slos.into_iter().map(|reading| (reading.service.clone(), reading)));
            change.parts.signals = true;
        }
        if !answer.logs.is_empty() || answer.logs_dropped > 0 {
            self.logs.take(source, answer.logs, answer.logs_dropped, at);
            change.parts.logs = true;
        }
    }
}
