//! What a poller tells the board: a difference, never the whole.

use std::time::Duration;

use serde::Serialize;

use crate::domain::alert::AlertChanges;
use crate::domain::signal::SignalUpdate;
use crate::domain::slo::SloReading;
use crate::domain::{AlertState, LogLine, Moment, Mute, SourceName};

/// One attempt to ask one source, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceReport {
    /// Which source.
    pub source: SourceName,
    /// When the attempt ended.
    pub at: Moment,
    /// How long it took.
    pub took: Duration,
    /// What came of it.
    pub event: SourceEvent,
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum SourceEvent {
    /// A full answer, and what is different in it.
    Answered(Box<Answer>),
    /// A part of a full answer that has too much to be taken at once: it came whole, and the rest follows. It changes
    /// nothing about the source, which has answered when `Answered` comes, with the last of it.
    Arriving(Box<Answer>),
    /// A full answer that says what the last one said.
    Heartbeat,
    /// No answer, or none that can be believed. What was known stays known, with its age.
    Failed {
        /// What failed, where, and what to do; harmless, without secrets.
        cause: String,
        /// When it is tried again.
        retry: Option<Moment>,
    },
}

/// The most alerts of one report that are taken at once: keys are answered in between.
pub const TAKEN_AT_ONCE: usize = 1_000;

impl SourceReport {
    /// This report as several with at most `most` firing alerts each, and a last one with all the rest. The first of an
    /// incident's alerts comes first, since its begin names the incident. Nothing goes, and nothing falls back to
    /// pending, before the last one: so nothing resolves that only changes, and what resolves does so at once. Mutes
    /// come before what they cover.
    #[must_use]
    pub fn parts(self, most: usize) -> Vec<Self> {
        let Self { source, at, took, event } = self;
        let report = |event| Self { source: source.clone(), at, took, event };
        let mut whole = match event {
            SourceEvent::Answered(answer) => answer,
            other => return vec![report(other)],
        };
        let most = most.max(1);
        let mut parts = Vec::new();
        if let Some(alerts) = whole.alerts.as_mut().filter(|alerts| alerts.told.len() > most) {
            let (pending, mut firing): (Vec<_>, Vec<_>) =
                alerts.told.drain(..).partition(|alert| alert.state == AlertState::Pending);
            firing.sort_by_key(|alert| alert.since);
            for told in firing.chunks(most) {
                let alerts = Some(AlertChanges { told: told.to_vec(), gone: Vec::new() });
                let part = Answer { alerts, mutes: whole.mutes.take(), ..Answer::default() };
                parts.push(report(SourceEvent::Arriving(Box::new(part))));
            }
            alerts.told = pending;
        }
        parts.push(report(SourceEvent::Answered(whole)));
        parts
    }
}

/// What is different in a full answer. Parts that did not change are `None` or empty.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Answer {
    /// Alerts told anew or differently, and alerts gone. The first answer always has it, even if empty.
    pub alerts: Option<AlertChanges>,
    /// All mutes of the source, if they changed.
    pub mutes: Option<Vec<Mute>>,
    /// Signals with new readings.
    pub signals: Vec<SignalUpdate>,
    /// Promises with a new reading.
    pub slos: Vec<SloReading>,
    /// New log lines, oldest first.
    pub logs: Vec<LogLine>,
    /// Lines dropped because they came faster than the bound.
    pub logs_dropped: u64,
    /// What the answer said beside the data.
    pub notes: Vec<String>,
}
