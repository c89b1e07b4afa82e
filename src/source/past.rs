//! Log lines of a time that has passed, counted and not kept: for checks that ask how often something was said.
//!
//! What lives here: what is sought and what was found, whoever told it. What must not: how a kind of log is read.

use std::time::Duration;

use super::options::{KindOptions, SourceOptions};
use super::{ErrorKind, SourceError, file, journald};
use crate::domain::{Level, LogLine, Moment, harmless};

/// How many of the newest lines are kept.
pub const NEWEST: usize = 40;
/// The longest line that is kept, in characters.
const WIDE: usize = 300;

/// Which lines are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// What a line must contain, in lower case; empty for all.
    pub contains: String,
    /// Its least level.
    pub level: Level,
    /// When it was written at the earliest.
    pub since: Moment,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// How many lines.
    pub count: u64,
    /// The newest of them, oldest first.
    pub newest: Vec<LogLine>,
    /// Not everything before this was read.
    pub since: Option<Moment>,
    /// Why not everything was read, in words.
    pub problems: Vec<String>,
    /// What else is to be told.
    pub notes: Vec<String>,
}

impl Found {
    /// Looks at a line.
    pub fn take(&mut self, sought: &Sought, line: LogLine) {
        let fits = line.at >= sought.since
            && line.level >= sought.level
            && (sought.contains.is_empty() || line.text.to_lowercase().contains(&sought.contains));
        if !fits {
            return;
        }
        self.count += 1;
        let text = harmless::line(&line.text, WIDE).into();
        self.newest.push(LogLine { text, ..line });
        if self.newest.len() >= 2 * NEWEST {
            self.shorten();
        }
    }

    /// Everything of both.
    pub fn join(&mut self, other: Self) {
        self.count += other.count;
        self.newest.extend(other.newest);
        self.shorten();
        self.since = self.since.max(other.since);
        self.problems.extend(other.problems);
        self.notes.extend(other.notes);
    }

    fn shorten(&mut self) {
        self.newest.sort_by_key(|line| line.at);
        let more = self.newest.len().saturating_sub(NEWEST);
        self.newest.drain(..more);
    }
}

/// Asks a source for its lines of that time. Reading ends after `patience`, and says so.
///
/// # Errors
/// Where nothing can be read at all, or the source tells no log lines.
pub async fn ask(source: &SourceOptions, sought: &Sought, patience: Duration) -> Result<Found, SourceError> {
    let mut found = match &source.kind {
        KindOptions::File(own) => file::past::read(own, sought, patience).await?,
        KindOptions::Journald(own) => {
            journald::client::past::read("journalctl".as_ref(), own, sought, patience).await?
        }
        other => {
            let what = format!("a source of kind {} tells no log lines", other.word());
            return Err(SourceError::new(ErrorKind::Missing, what));
        }
    };
    found.shorten();
    Ok(found)
}
