//! The kinds of source that the file can name, and what each does unless told otherwise.

use std::time::Duration;

/// One kind of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Its word in the file.
    pub word: &'static str,
    /// How often it is asked, in seconds.
    pub every: u64,
    /// How long one poll may take, in seconds.
    pub timeout: u64,
    /// The sections of the schema that its table may use.
    pub sections: &'static [&'static str],
    /// Whether signals and promises can be measured by it.
    pub answers_queries: bool,
    /// Whether it tells log lines.
    pub tells_logs: bool,
}

/// All of them.
pub const KINDS: [Kind; 5] = [
    Kind {
        word: "prometheus",
        every: 15,
        timeout: 5,
        sections: &["source", "http", "prometheus"],
        answers_queries: true,
        tells_logs: false,
    },
    Kind {
        word: "alertmanager",
        every: 10,
        timeout: 5,
        sections: &["source", "http", "alertmanager"],
        answers_queries: false,
        tells_logs: false,
    },
    Kind {
        word: "host",
        every: 2,
        timeout: 5,
        sections: &["source", "host"],
        answers_queries: false,
        tells_logs: false,
    },
    Kind {
        word: "journald",
        every: 1,
        timeout: 5,
        sections: &["source", "journald"],
        answers_queries: false,
        tells_logs: true,
    },
    Kind {
        word: "file",
        every: 1,
        timeout: 5,
        sections: &["source", "file"],
        answers_queries: false,
        tells_logs: true,
    },
];

/// A kind by its word.
#[must_use]
pub fn kind(word: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.word == word)
}

/// How often a source of this kind is asked.
pub(super) fn every(word: &str) -> Duration {
    Duration::from_secs(kind(word).map_or(15, |kind| kind.every))
}

/// How long one poll of this kind may take.
pub(super) fn timeout(word: &str) -> Duration {
    Duration::from_secs(kind(word).map_or(5, |kind| kind.timeout))
}
