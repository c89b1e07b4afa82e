//! The lines that are in files already, read once: also those of files that were rotated since.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::Utc;
use tokio::task::spawn_blocking;

use super::client::Tail;
use super::globs::{MOST_ENTRIES, Pattern};
use super::map;
use super::wire::RawLine;
use crate::domain::{Moment, harmless};
use crate::source::logline::{Clock, Reader};
use crate::source::options::FileOptions;
use crate::source::past::{Found, Sought};
use crate::source::{ErrorKind, SourceError};

/// How much of the end of each file is read, in bytes.
pub const BACKLOG: u64 = 32 << 20;

/// Reads what is sought, on a thread that may wait for a disk.
///
/// # Errors
/// Where no file is there.
pub async fn read(options: &FileOptions, sought: &Sought, patience: Duration) -> Result<Found, SourceError> {
    let (options, sought) = (options.clone(), sought.clone());
    let read = spawn_blocking(move || Reading::new(&options, &sought).all(BACKLOG, Instant::now() + patience));
    read.await.unwrap_or_else(|error| {
        Err(SourceError::new(ErrorKind::Internal, format!("reading log files broke off: {error}")))
    })
}

/// One reading.
struct Reading<'a> {
    options: &'a FileOptions,
    sought: &'a Sought,
    found: Found,
    reader: Reader,
    service: Option<Arc<str>>,
    /// When the first line of each file was written.
    oldest: BTreeMap<u64, Moment>,
}

impl<'a> Reading<'a> {
    fn new(options: &'a FileOptions, sought: &'a Sought) -> Self {
        let here = nix::unistd::gethostname().ok().and_then(|name| name.into_string().ok());
        let service = options.service.as_deref().map(|name| harmless::line(name, 100).into());
        let (found, reader, oldest) = (Found::default(), Reader::new(here), BTreeMap::new());
        Self { options, sought, found, reader, service, oldest }
    }

    fn all(mut self, backlog: u64, until: Instant) -> Result<Found, SourceError> {
        let paths = self.paths()?;
        let mut tail = Tail::new(&paths, backlog);
        let mut cut = BTreeSet::new();
        loop {
            let batch = tail.round(Instant::now());
            cut.extend(tail.cut());
            self.take(batch.lines);
            if tail.behind() == 0 {
                self.found.problems.extend(batch.notes);
                break;
            }
            if Instant::now() >= until {
                self.found.problems.push("there was more than could be read in time".to_owned());
                break;
            }
        }
        let last = tail.finish();
        self.take(last);
        let begins = self.oldest.iter().filter(|(file, _)| cut.contains(file)).map(|(_, at)| *at).max();
        self.found.since = begins.filter(|at| *at > self.sought.since);
        Ok(self.found)
    }

    /// Lines of one round: those of one file stand together.
    fn take(&mut self, lines: Vec<RawLine>) {
        let clock = Clock::of_this_machine(Utc::now());
        let mut files: BTreeMap<u64, Vec<RawLine>> = BTreeMap::new();
        for line in lines {
            files.entry(line.file).or_default().push(line);
        }
        for (file, raw) in files {
            for line in map::lines(raw, self.options.format, self.service.as_ref(), &mut self.reader, clock) {
                self.oldest.entry(file).or_insert(line.at);
                self.found.take(self.sought, line);
            }
        }
    }

    /// The files that were written to in that time, with those that they were before they were rotated.
    fn paths(&mut self) -> Result<Vec<String>, SourceError> {
        let (mut entries, mut some, mut paths) = (MOST_ENTRIES, false, BTreeSet::new());
        for text in &self.options.paths {
            for path in Pattern::new(text).find(&mut entries) {
                some = true;
                for old in self.rotated(&path) {
                    paths.insert(old);
                }
                paths.insert(path);
            }
        }
        if !some {
            let all = self.options.paths.join(", ");
            let error = SourceError::new(ErrorKind::Missing, format!("no log file is there: {all}"));
            return Err(error.advise("check `paths` of the source"));
        }
        paths.retain(|path| self.is_of_that_time(path));
        let (texts, strange): (Vec<_>, Vec<_>) =
            paths.into_iter().map(|path| path.into_os_string().into_string()).partition(Result::is_ok);
        if !strange.is_empty() {
            let (files, whose) =
                if strange.len() == 1 { ("file is", "its name is") } else { ("files are", "their names are") };
            let count = strange.len();
            self.found.problems.push(format!("{count} log {files} not read: {whose} not in UTF-8"));
        }
        Ok(texts.into_iter().flatten().collect())
    }

    /// What is unsure counts as of that time.
    fn is_of_that_time(&self, path: &Path) -> bool {
        let changed = fs::metadata(path).and_then(|told| told.modified());
        changed.map_or(true, |changed| Moment::from(changed) >= self.sought.since)
    }

    /// `app.log.1` and `app.log-20261121` beside `app.log`. Compressed ones are not read, which is told.
    fn rotated(&mut self, path: &Path) -> Vec<PathBuf> {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Vec::new() };
        let name = name.to_string_lossy();
        let entries = fs::read_dir(folder).into_iter().flatten().take(MOST_ENTRIES).filter_map(Result::ok);
        let mut found = Vec::new();
        for entry in entries {
            let other = entry.file_name();
            let other = other.to_string_lossy();
            let Some(rest) = other.strip_prefix(&*name) else { continue };
            match turn(rest) {
                Some(Turn::Plain) => found.push(entry.path()),
                Some(Turn::Compressed) if self.is_of_that_time(&entry.path()) => {
                    let shown = entry.path().to_string_lossy().into_owned();
                    let shown = harmless::line(&shown, 200).into_owned();
                    self.found.problems.push(format!("{shown} is compressed and not read"));
                }
                _ => {}
            }
        }
        found
    }
}

/// How a rotated file is kept.
#[derive(Debug, PartialEq)]
enum Turn {
    Plain,
    Compressed,
}

/// Reads what stands behind the name of a file: `.1`, `-20261121`, `.2.gz`.
fn turn(rest: &str) -> Option<Turn> {
    let plain = ["gz", "xz", "bz2", "zst"].iter().find_map(|kind| rest.strip_suffix(kind)?.strip_suffix('.'));
    let turn = plain.unwrap_or(rest).strip_prefix(['.', '-'])?;
    let counts = turn.starts_with(|c: char| c.is_ascii_digit())
        && turn.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '_' | '.'));
    counts.then_some(if plain.is_some() { Turn::Compressed } else { Turn::Plain })
}

#[cfg(test)]
mod tests;
