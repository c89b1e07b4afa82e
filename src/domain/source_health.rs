//! Whether what a source told can still be believed.

use std::time::Duration;

use serde::Serialize;

use super::{Moment, SourceName};

/// What is known of a source at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// It answered within two polls.
    Live,
    /// Its last answer is older than two polls, and no failure is known.
    Late,
    /// The last attempt failed.
    Unreachable,
    /// It has not answered since midwatch started.
    NeverAnswered,
    /// It is switched off in the configuration.
    Off,
}

impl Health {
    /// The words that are shown.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Late => "late",
            Self::Unreachable => "unreachable",
            Self::NeverAnswered => "never answered",
            Self::Off => "off",
        }
    }

    /// Whether what it told is missing from the picture. A source that is off is not missed.
    #[must_use]
    pub fn is_missing(self) -> bool {
        !matches!(self, Self::Live | Self::Off)
    }
}

/// Everything known of a source's answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceStatus {
    /// Its name.
    pub name: SourceName,
    /// Its kind, as in the configuration: `alertmanager`, `host` …
    pub kind: &'static str,
    /// How often it is asked.
    pub every: Duration,
    /// When it last answered in full.
    pub answered: Option<Moment>,
    /// Why the last attempt failed, if it did, and since when attempts fail.
    pub failure: Option<Failure>,
    /// How long the last full answer took.
    pub took: Option<Duration>,
    /// What a full answer said beside the data: a partial answer, a missing tool, a truncated list.
    pub notes: Vec<String>,
    /// Whether it is switched off.
    pub off: bool,
}

/// A source's failure that lasts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Failure {
    /// What failed, where, and what to do; made harmless, without secrets.
    pub cause: String,
    /// Since when every attempt has failed.
    pub since: Moment,
    /// When it is tried again.
    pub retry: Option<Moment>,
}

impl SourceStatus {
    /// A source that has not been asked yet.
    #[must_use]
    pub fn new(name: SourceName, kind: &'static str, every: Duration) -> Self {
        Self { name, kind, every, answered: None, failure: None, took: None, notes: Vec::new(), off: false }
    }

    /// Its health at `now`.
    #[must_use]
    pub fn health(&self, now: Moment) -> Health {
        match (self.off, &self.failure, self.answered) {
            (true, ..) => Health::Off,
            (_, Some(_), Some(_)) => Health::Unreachable,
            (_, Some(failure), None) if failure.since <= now => Health::Unreachable,
            (_, _, None) => Health::NeverAnswered,
            (_, None, Some(at)) if self.is_late(at, now) => Health::Late,
            (_, None, Some(_)) => Health::Live,
        }
    }

    fn is_late(&self, answered: Moment, now: Moment) -> bool {
        let age = (now - answered).to_std().unwrap_or_default();
        age > self.every * 2 + GRACE
    }

    /// When it will be late unless it answers before: two polls, and a little for the network.
    #[must_use]
    pub fn late_at(&self) -> Option<Moment> {
        let patience = chrono::TimeDelta::from_std(self.every * 2 + GRACE).ok()?;
        self.answered.map(|at| at + patience)
    }
}

/// What two polls may take longer than two intervals: jitter and the answer's own time.
const GRACE: Duration = Duration::from_secs(2);
