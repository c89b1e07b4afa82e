//! What a poller tells the board: a difference, never the whole.

use std::time::Duration;

use serde::Serialize;

use crate::domain::alert::AlertChanges;
use crate::domain::signal::SignalUpdate;
use crate::domain::slo::SloReading;
use crate::domain::{LogLine, Moment, Mute, SourceName};

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
