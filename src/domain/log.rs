//! One line of a log.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Moment, SourceName};

/// How serious a line says it is. The order is by seriousness: `Fatal` sorts last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// trace
    Trace,
    /// debug
    Debug,
    /// info, notice
    Info,
    /// A line that says nothing about it.
    Unknown,
    /// warn, warning
    Warn,
    /// err, error
    Error,
    /// fatal, crit, alert, emerg, panic
    Fatal,
}

impl Level {
    /// The word in capitals, five columns at most, as a log shows it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Trace => "TRACE",
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Unknown => "·",
            Self::Warn => "WARN",
            Self::Error => "ERROR",
            Self::Fatal => "FATAL",
        }
    }

    /// Whether it counts as an error.
    #[must_use]
    pub fn is_error(self) -> bool {
        self >= Self::Error
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// One line, made harmless, with what could be read from it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LogLine {
    /// When, as the line says; when it was read, if it does not say.
    pub at: Moment,
    /// How serious.
    pub level: Level,
    /// Who wrote it: a service, unit, program or file. Shared, because few names write many lines.
    pub origin: Arc<str>,
    /// What it says, without what was read from it above; one line, no control characters.
    pub text: Box<str>,
}

impl LogLine {
    /// The line as its source told it.
    #[must_use]
    pub fn told_by<'a>(&'a self, source: &'a SourceName) -> ToldLine<'a> {
        ToldLine { source, at: self.at, level: self.level, origin: &self.origin, text: &self.text }
    }
}

/// A line and the source that told it, wherever they are kept: what a filter is asked of.
#[derive(Debug, Clone, Copy)]
pub struct ToldLine<'a> {
    /// The source.
    pub source: &'a SourceName,
    /// When.
    pub at: Moment,
    /// How serious.
    pub level: Level,
    /// Who wrote it.
    pub origin: &'a str,
    /// What it says.
    pub text: &'a str,
}
