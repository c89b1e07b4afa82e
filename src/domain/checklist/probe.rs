//! Probes: what is asked of the systems, and the evidence that comes back.

use std::path::PathBuf;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::Expect;
use crate::domain::{Level, Moment, SourceName};

/// The most lines of evidence that are kept.
pub const LINES: usize = 40;
/// The longest of them, in characters.
pub const WIDE: usize = 300;

/// What is asked of the systems.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "probe", rename_all = "lowercase")]
pub enum Probe {
    /// An instant query of metrics. Every series of the answer must be as expected; none at all is not known.
    Query {
        /// Who is asked; the first source that can for `None`.
        source: Option<SourceName>,
        /// In the language of the source.
        query: String,
        /// The unit of its values.
        unit: String,
        /// What is good.
        expect: Expect,
    },
    /// Log lines of a time, counted.
    Logs {
        /// Whose lines; those of every source that tells log lines for `None`.
        source: Option<SourceName>,
        /// What a line must contain, whatever the case of its letters; empty for all.
        contains: String,
        /// Its least level.
        level: Level,
        /// How far back.
        within: TimeDelta,
        /// What is good.
        expect: Expect,
    },
    /// A process; exit 0 is good, and the first number of its output must be as expected, if something is.
    Command {
        /// The program and its arguments; no shell is between.
        argv: Vec<String>,
        /// How long it may take.
        timeout: TimeDelta,
        /// The unit of the number.
        unit: String,
        /// What the number must be.
        expect: Option<Expect>,
    },
    /// A GET request.
    Http {
        /// Where.
        url: String,
        /// The status that is good; 200 to 299 for `None`.
        status: Option<u16>,
        /// What the answer must contain.
        contains: Option<String>,
    },
    /// When a server's certificate ends, in days.
    Certificate {
        /// The server.
        host: String,
        /// Its port.
        port: u16,
        /// The least number of days that is good.
        days: f64,
    },
    /// A file's age and size.
    File {
        /// The file; the newest one in it for a folder.
        path: PathBuf,
        /// The oldest that is good.
        younger: Option<TimeDelta>,
        /// The smallest that is good, in bytes.
        at_least: Option<u64>,
    },
    /// Something that midwatch itself knows; asked of nobody.
    Known {
        /// What.
        what: Known,
        /// What is good.
        expect: Expect,
    },
}

/// What midwatch itself knows, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// Incidents that are open.
    Open,
    /// Incidents that wait for somebody.
    Unacked,
    /// Critical incidents that are open.
    Critical,
    /// Open incidents that somebody acked more than a day ago.
    AckedLong,
    /// Silences and snoozes in force.
    Mutes,
    /// Silences, acks and snoozes in force that are older than a day, or that cover nothing that fires.
    MutesForgotten,
    /// Incidents that began at least five times within the last seven days.
    Noisy,
    /// Sources that are not live.
    SourcesMissing,
    /// Signals over a threshold, or without a value.
    SignalsOver,
    /// Alerts of open incidents that have no runbook.
    RunbookGaps,
    /// Notes of the last 90 days that a step of a runbook was wrong.
    WrongSteps,
    /// Runs of remedies within the last seven days that did not end well.
    RunsFailed,
}

impl Known {
    /// Each with its word in a checklist.
    pub const WORDS: [(&'static str, Self); 12] = [
        ("open", Self::Open),
        ("unacked", Self::Unacked),
        ("critical", Self::Critical),
        ("acked-long", Self::AckedLong),
        ("mutes", Self::Mutes),
        ("mutes-forgotten", Self::MutesForgotten),
        ("noisy", Self::Noisy),
        ("sources-missing", Self::SourcesMissing),
        ("signals-over", Self::SignalsOver),
        ("runbook-gaps", Self::RunbookGaps),
        ("wrong-steps", Self::WrongSteps),
        ("runs-failed", Self::RunsFailed),
    ];

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, known)| *known == self).map_or("", |(word, _)| word)
    }
}

/// How evidence stands to what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Held {
    /// As expected.
    Good,
    /// Not as expected.
    Bad,
    /// Nobody can tell: no answer, no number, only a part of the time. Never shown as fine.
    Unknown,
}

/// What a probe found. Its texts are harmless.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// When it was asked.
    pub at: Moment,
    /// How long the answer took, in milliseconds.
    pub took_ms: u64,
    /// Who was asked: a source, a command line, a host.
    pub from: String,
    /// How it stands.
    pub held: Held,
    /// The number, if there is one: of several the worst.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: String,
    /// In a line: the value and what was expected, or why it is not known and what to do.
    pub words: String,
    /// More of it: series, lines, output; at most [`LINES`] of at most [`WIDE`] characters.
    pub lines: Vec<String>,
}
