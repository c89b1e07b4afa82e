//! The systemd journal as a source, through `journalctl`.
//!
//! What lives here: the child and its restarts ([`client`]), its JSON ([`wire`]), its entries as log lines
//! ([`map`]). What must not: libsystemd, which no static binary can have.

pub mod client;
pub mod map;
pub mod wire;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::time::Duration;

use chrono::Utc;
use futures_util::future::BoxFuture;

use super::logline::{Clock, Reader};
use super::options::{JournaldOptions, SourceOptions};
use super::{Capabilities, ErrorKind, Observation, Source, SourceError};
use crate::domain::{LogLine, harmless};
use client::{Call, Following, Kept};
use wire::Entry;

/// How often the journal is asked unless configured.
pub const EVERY: Duration = Duration::from_secs(1);
/// How long a poll waits for something to come.
const PATIENCE: Duration = Duration::from_millis(200);
/// So many entries that cannot be read, and none that can, may follow the last one.
const TORN: usize = 3;
/// After so many polls without a single entry it is said.
const SILENT: u32 = 10;
/// The longest cursor that is handed back, in bytes; systemd's have about 130.
const LONGEST_CURSOR: usize = 512;

/// The journal.
pub struct Journald {
    call: Call,
    following: Option<Following>,
    reader: Reader,
    lost_place: bool,
    /// Whether it once told a place in a journal.
    told_a_place: bool,
    /// Whether an entry of the child that runs was read, and how many could not be.
    heard: bool,
    garbled: usize,
    /// How often it was asked.
    silent: u32,
}

impl Journald {
    /// Nothing is started before the first poll.
    #[must_use]
    pub fn new(options: &JournaldOptions, _source: &SourceOptions) -> Self {
        let call = Call {
            program: "journalctl".into(),
            units: options.units.clone(),
            backlog: options.backlog,
            cursor: None,
            few_fields: true,
        };
        Self {
            call,
            following: None,
            reader: Reader::default(),
            lost_place: false,
            told_a_place: false,
            heard: false,
            garbled: 0,
            silent: 0,
        }
    }

    /// Runs another program in the place of `journalctl`.
    #[must_use]
    pub fn with_program(mut self, program: impl Into<PathBuf>) -> Self {
        self.call.program = program.into();
        self
    }

    async fn look(&mut self) -> Result<Observation, SourceError> {
        let following = if let Some(following) = &mut self.following {
            following
        } else {
            // What nobody could read from the start is not forgotten by starting anew.
            if std::mem::take(&mut self.heard) {
                self.garbled = 0;
            }
            self.following.insert(self.call.start()?)
        };
        let kept = following.take(PATIENCE).await;
        if kept.ended.is_some() {
            self.following = None;
        }
        let (logs, unreadable) = self.lines(&kept);
        if let Some(how) = &kept.ended {
            self.learn(&kept.complaint);
            if logs.is_empty() {
                return Err(failure(how, &kept.complaint));
            }
        }
        self.heard |= !logs.is_empty();
        self.garbled = self.garbled.saturating_add(unreadable);
        // Whoever told a place in a journal once is one: a few entries that cannot be read are then a note.
        let torn = if self.told_a_place { TORN } else { 0 };
        // One that says nothing now may be a journal again.
        if unreadable > 0 && self.garbled > torn && !self.heard {
            // It would go on like this for ever; the next poll starts whatever is there then.
            self.following = None;
            return Err(no_journal());
        }
        let mut notes: Vec<String> = note_of(&kept.complaint).into_iter().collect();
        self.silent = self.silent.saturating_add(1);
        if self.call.cursor.is_none() && self.call.backlog > 0 && self.silent > SILENT && notes.is_empty() {
            notes.push("journalctl runs and has not told a single entry yet".to_owned());
        }
        if unreadable > 0 {
            notes.push(format!("{unreadable} entries of the journal could not be read"));
        }
        if std::mem::take(&mut self.lost_place) {
            notes.push("the place in the journal was lost; entries may be missing".to_owned());
        }
        Ok(Observation { logs, logs_dropped: kept.dropped, notes, ..Observation::default() })
    }

    /// Reads entries and remembers the last one's place.
    fn lines(&mut self, kept: &Kept) -> (Vec<LogLine>, usize) {
        let clock = Clock::of_this_machine(Utc::now());
        let mut lines = Vec::with_capacity(kept.entries.len());
        let mut unreadable = 0;
        for entry in &kept.entries {
            let Ok(entry) = Entry::read(entry) else {
                unreadable += 1;
                continue;
            };
            lines.push(map::line(&entry, &mut self.reader, clock));
            if let Some(cursor) = entry.cursor.filter(|cursor| cursor.len() <= LONGEST_CURSOR) {
                self.call.cursor = Some(cursor);
                self.told_a_place = true;
            }
        }
        (lines, unreadable)
    }

    /// What an ended child says about how the next one is to be called.
    fn learn(&mut self, complaint: &str) {
        let says = |words: &str| complaint.to_ascii_lowercase().contains(words);
        if says("unrecognized option") {
            self.call.few_fields = false;
        }
        if says("cursor") && self.call.cursor.take().is_some() {
            // Going on at the end: beginning with the backlog would tell lines twice.
            self.call.backlog = 0;
            self.lost_place = true;
        }
    }
}

/// What a child that lives complains about, as a note.
fn note_of(complaint: &str) -> Option<String> {
    if complaint.contains("not seeing messages") {
        return Some(format!("only this user's part of the journal is seen; {}", JOIN.trim_end_matches('.')));
    }
    let first = complaint.lines().find(|line| !line.trim().is_empty())?;
    Some(format!("journalctl: {}", harmless::line(first.trim(), 200)))
}

const JOIN: &str = "adding the user to the group systemd-journal shows all of it";

fn failure(how: &str, complaint: &str) -> SourceError {
    let said = complaint.lines().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
    let what = format!("journalctl ended ({how}): {}", said.trim());
    if complaint.to_ascii_lowercase().contains("permission") {
        return SourceError::new(ErrorKind::Missing, what).advise(JOIN);
    }
    SourceError::new(ErrorKind::Connect, what).advise("it is started again")
}

/// What it writes is something else.
fn no_journal() -> SourceError {
    SourceError::new(ErrorKind::Malformed, "journalctl writes what is no entry of a journal")
        .advise("is another program of this name found first in PATH?")
}

impl Source for Journald {
    fn kind(&self) -> &'static str {
        "journald"
    }

    fn poll(&mut self) -> BoxFuture<'_, Result<Observation, SourceError>> {
        Box::pin(self.look())
    }

    fn tells(&self) -> Capabilities {
        Capabilities { logs: true, ..Capabilities::default() }
    }
}
