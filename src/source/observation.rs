//! What one poll of one source saw. The adapter fills it whole; the poller turns it into a difference.

use crate::domain::signal::SignalUpdate;
use crate::domain::slo::SloReading;
use crate::domain::{Alert, LogLine, Mute};

/// One part of an observation.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Part<T> {
    /// This source does not tell this.
    #[default]
    Absent,
    /// The answer was byte for byte the one before.
    Same,
    /// Everything there is now.
    Now(T),
}

/// What one successful poll saw.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Observation {
    /// Every alert the source knows, in any order.
    pub alerts: Part<Vec<Alert>>,
    /// The source has just begun anew and may not have been told everything yet: an alert that is missing is not
    /// believed to be gone.
    pub forgetful: bool,
    /// Every mute in force or to come.
    pub mutes: Part<Vec<Mute>>,
    /// Signals with new readings.
    pub signals: Vec<SignalUpdate>,
    /// How fast promises are being used up.
    pub slos: Vec<SloReading>,
    /// Log lines since the last poll, oldest first.
    pub logs: Vec<LogLine>,
    /// Lines that were dropped because they came faster than the bound.
    pub logs_dropped: u64,
    /// What the answer said beside the data: warnings, a partial answer, a missing tool.
    pub notes: Vec<String>,
}
