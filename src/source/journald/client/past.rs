//! The entries of the journal since a moment, read once and not kept.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use chrono::Utc;
use tokio::process::Command;

use super::super::wire::{Entry, FIELDS};
use super::super::{failure, map, note_of};
use super::{COMPLAINT, LONGEST, drain};
use crate::source::logline::split::Split;
use crate::source::logline::{Clock, Reader};
use crate::source::options::JournaldOptions;
use crate::source::past::{Found, Sought};
use crate::source::{ErrorKind, SourceError};

/// The most entries that are read, from the end.
pub const MOST: usize = 50_000;

/// For so long no journal that is kept is without a single entry.
const LONG: chrono::TimeDelta = chrono::TimeDelta::hours(1);

/// Reads what is sought. `program` is `journalctl`, or what stands in for it.
///
/// # Errors
/// Where it cannot be started, or tells nothing but that it failed.
pub async fn read(
    program: &Path,
    options: &JournaldOptions,
    sought: &Sought,
    patience: Duration,
) -> Result<Found, SourceError> {
    let first = once(program, options, sought, patience, true).await;
    match first {
        // Before systemd 236 it cannot leave fields out.
        Err(error) if error.what.contains("unrecognized option") => {
            once(program, options, sought, patience, false).await
        }
        other => other,
    }
}

fn arguments(options: &JournaldOptions, sought: &Sought, few_fields: bool) -> Vec<String> {
    let mut all: Vec<String> = ["-o", "json", "--all", "--no-pager"].map(str::to_owned).to_vec();
    all.extend(["-n".to_owned(), MOST.to_string(), format!("--since=@{}", sought.since.timestamp())]);
    if few_fields {
        all.push(format!("--output-fields={FIELDS}"));
    }
    all.extend(options.units.iter().map(|unit| format!("--unit={unit}")));
    all
}

async fn once(
    program: &Path,
    options: &JournaldOptions,
    sought: &Sought,
    patience: Duration,
    few_fields: bool,
) -> Result<Found, SourceError> {
    let mut command = Command::new(program);
    command.args(arguments(options, sought, few_fields)).env("LC_ALL", "C").kill_on_drop(true);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| {
        SourceError::new(ErrorKind::Missing, format!("{} could not be started: {error}", program.display()))
            .advise("this machine may have no systemd")
    })?;
    let (mut counting, mut complaint) = (Counting::default(), String::new());
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let mut split = Split::new(LONGEST);
    let entries = drain(out, |chunk| split.push(chunk, |line, cut| counting.take(line, cut, sought)));
    let complaints = drain(err, |chunk| {
        let room = COMPLAINT.saturating_sub(complaint.len());
        complaint.extend(String::from_utf8_lossy(chunk).chars().take(room));
    });
    let all = async {
        tokio::join!(entries, complaints);
        child.wait().await
    };
    let ended = tokio::time::timeout(patience, all).await;
    match ended {
        Ok(Ok(status)) if !status.success() && counting.entries == 0 => {
            return Err(failure(&status.to_string(), &complaint));
        }
        Ok(Ok(status)) if !status.success() => counting.found.problems.push(format!("journalctl ended with {status}")),
        Ok(Ok(_)) => {}
        Ok(Err(error)) => counting.found.problems.push(format!("journalctl: {error}")),
        Err(_) => counting.found.problems.push("there was more than could be read in time".to_owned()),
    }
    let everything = options.units.is_empty() && Utc::now() - sought.since >= LONG;
    Ok(counting.found(&complaint, everything))
}

/// What came so far.
#[derive(Default)]
struct Counting {
    found: Found,
    reader: Reader,
    entries: usize,
    unreadable: usize,
    oldest: Option<crate::domain::Moment>,
}

impl Counting {
    fn take(&mut self, line: &[u8], cut: bool, sought: &Sought) {
        let entry = if cut { None } else { Entry::read(line).ok() };
        let Some(entry) = entry else {
            self.unreadable += 1;
            return;
        };
        self.entries += 1;
        let line = map::line(&entry, &mut self.reader, Clock::of_this_machine(Utc::now()));
        self.oldest.get_or_insert(line.at);
        self.found.take(sought, line);
    }

    /// `everything` says that nothing at all was left out, of a long time.
    fn found(mut self, complaint: &str, everything: bool) -> Found {
        if everything && self.entries + self.unreadable == 0 {
            self.found.problems.push("the journal holds no entry of any kind of that time".to_owned());
        }
        if self.entries + self.unreadable >= MOST {
            self.found.since = self.oldest;
        }
        if self.unreadable > 0 {
            self.found.problems.push(format!("{} entries of the journal could not be read", self.unreadable));
        }
        // Where it saw nothing at all, nothing is counted: that there are no lines is not known.
        let partly = ["not seeing messages", "No journal files"].iter().any(|words| complaint.contains(words));
        let told = if partly { &mut self.found.problems } else { &mut self.found.notes };
        told.extend(note_of(complaint));
        self.found
    }
}

#[cfg(test)]
mod tests;
