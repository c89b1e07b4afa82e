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
    /// There is more to be told at once: the next poll need not wait for its turn.
    pub more: bool,
}

/// Holds everything that is shown of an observation, as it leaves for the board, to harmless lines.
#[cfg(any(test, fuzzing))]
pub(crate) fn assert_shown(observation: &Observation) {
    use crate::board::SourceEvent;
    let event = super::poller::difference::Difference::default().take(observation.clone());
    let Ok(SourceEvent::Answered(answer)) = event else { return };
    assert_lines(&serde_json::to_value(&answer).unwrap_or_default());
}

#[cfg(any(test, fuzzing))]
fn assert_lines(value: &serde_json::Value) {
    use crate::domain::harmless::is_harmless;
    match value {
        serde_json::Value::String(text) => assert!(is_harmless(text), "{text:?}"),
        serde_json::Value::Array(all) => all.iter().for_each(assert_lines),
        serde_json::Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            assert!(is_harmless(name), "{name:?}");
            assert_lines(value);
        }),
        _ => {}
    }
}
