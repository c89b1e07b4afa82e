//! Follows files. Blocking: runs on a thread that may wait for a disk.
//!
//! A file is known by its device and inode, not by its name: a rotated one is read to its end under whatever
//! name it has now, and the new one under the old name from its beginning.

pub mod followed;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use nix::fcntl::OFlag;

use super::globs::{self, MOST_ENTRIES, Pattern};
use super::wire::{Batch, RawLine};
use crate::domain::harmless;
use followed::Followed;

/// The most files that are followed at once.
pub const MOST_FILES: usize = 256;
/// The most bytes that one round reads.
pub const MOST_BYTES: usize = 1 << 20;
/// A round stops reading when it has this many lines.
pub const MOST_LINES: usize = 5_000;
/// Patterns are looked for again after this.
const SEARCH_EVERY: Duration = Duration::from_secs(2);
/// A file found later that was not written to for this long is an old one: it is read from near its end.
const OLD: Duration = Duration::from_mins(1);
/// With more than this still to read it is said, in bytes.
const FAR_BEHIND: u64 = 8 << 20;
/// The most files that are named in notes.
const MOST_NAMED: usize = 3;

/// A file's identity as long as somebody holds it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Identity {
    device: u64,
    inode: u64,
}

/// What one round may still read.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Bytes.
    pub bytes: usize,
    /// Lines.
    pub lines: usize,
}

impl Budget {
    fn is_spent(self) -> bool {
        self.bytes == 0 || self.lines == 0
    }
}

/// All files of one source.
#[derive(Debug)]
pub struct Tail {
    patterns: Vec<(String, Pattern)>,
    backlog: u64,
    files: BTreeMap<Identity, Followed>,
    searched: Option<Instant>,
    notes: Vec<String>,
    count: u64,
    turn: usize,
}

impl Tail {
    /// Nothing is opened before the first round. Files that are there then are read from `backlog` bytes
    /// before their end; those that come later from their beginning.
    #[must_use]
    pub fn new(paths: &[String], backlog: u64) -> Self {
        let patterns = paths.iter().map(|path| (path.clone(), Pattern::new(path))).collect();
        Self { patterns, backlog, files: BTreeMap::new(), searched: None, notes: Vec::new(), count: 0, turn: 0 }
    }

    /// One round over all files: what is new in them, within the bounds.
    pub fn round(&mut self, now: Instant) -> Batch {
        let lost = self.let_go(now);
        let plain = self.patterns.iter().all(|(_, pattern)| pattern.is_plain());
        let due = self.searched.is_none_or(|at| now.duration_since(at) >= SEARCH_EVERY);
        if lost || plain || due {
            self.search(now);
        }
        let mut batch = Batch::default();
        let mut budget = Budget { bytes: MOST_BYTES, lines: MOST_LINES };
        // Each round begins with another file, so that a busy one does not starve the rest.
        self.turn = self.turn.checked_add(1).filter(|turn| *turn < self.files.len()).unwrap_or(0);
        let mut keys: Vec<Identity> = self.files.keys().copied().collect();
        let turn = self.turn.min(keys.len());
        keys.rotate_left(turn);
        let mut notes = self.notes.clone();
        for key in keys {
            let Some(file) = self.files.get_mut(&key) else { continue };
            if let Err(error) = file.read(now, &mut budget, &mut batch.lines) {
                notes.push(format!("{}: {error}", shown(file.path())));
                batch.unread += 1;
            }
            if file.is_done(now) {
                self.files.remove(&key);
            }
        }
        let behind = self.behind();
        if behind > FAR_BEHIND {
            notes.push(format!("{} MiB are still to be read", behind >> 20));
        }
        batch.more = budget.is_spent() && behind > 0;
        batch.files = self.files.len();
        batch.notes = notes;
        batch
    }

    /// How many bytes are still to be read.
    #[must_use]
    pub fn behind(&self) -> u64 {
        self.files.values().map(Followed::behind).sum()
    }

    /// The files that were not read from their beginning.
    pub fn cut(&self) -> impl Iterator<Item = u64> {
        self.files.values().filter(|file| file.is_cut()).map(Followed::number)
    }

    /// What has begun and has no end yet, as lines of its own.
    pub fn finish(&mut self) -> Vec<RawLine> {
        let mut lines = Vec::new();
        self.files.values_mut().for_each(|file| file.finish(&mut lines));
        lines
    }

    /// Marks files whose name leads elsewhere now, or nowhere. Returns whether there are new ones among them.
    fn let_go(&mut self, now: Instant) -> bool {
        let mut lost = false;
        for (identity, file) in &mut self.files {
            let same = fs::metadata(file.path()).is_ok_and(|told| identity_of(&told) == *identity);
            lost |= !same && file.detach(now);
        }
        lost
    }

    fn search(&mut self, now: Instant) {
        let first = self.searched.is_none();
        self.searched = Some(now);
        self.notes.clear();
        let mut entries = MOST_ENTRIES;
        let mut paths: BTreeSet<PathBuf> = BTreeSet::new();
        for (text, pattern) in &self.patterns {
            let found = pattern.find(&mut entries);
            if found.is_empty() {
                self.notes.push(globs::why_none(text, pattern));
            }
            paths.extend(found);
        }
        if entries == 0 {
            self.notes.push(format!("more than {MOST_ENTRIES} names were looked at; narrow the paths"));
        }
        let mut refused = Vec::new();
        for (path, identity) in self.newest_first(paths) {
            if let Some(file) = self.files.get_mut(&identity) {
                file.attach(path);
            } else if self.files.len() >= MOST_FILES {
                self.notes.push(format!("more than {MOST_FILES} files match; narrow the paths"));
                break;
            } else if let Err(error) = self.open(&path, first) {
                refused.push(format!("{}: {error}", shown(&path)));
            }
        }
        refused.sort();
        let more = refused.len().saturating_sub(MOST_NAMED);
        self.notes.extend(refused.into_iter().take(MOST_NAMED));
        if more > 0 {
            self.notes.push(format!("{more} more files cannot be read"));
        }
    }

    /// Files that are known already, then the others by when they were written to.
    fn newest_first(&self, paths: BTreeSet<PathBuf>) -> Vec<(PathBuf, Identity)> {
        let told = paths.into_iter().filter_map(|path| fs::metadata(&path).ok().map(|told| (path, told)));
        let mut all: Vec<_> = told.map(|(path, told)| (path, identity_of(&told), told.modified().ok())).collect();
        all.sort_by_key(|(_, identity, modified)| (!self.files.contains_key(identity), std::cmp::Reverse(*modified)));
        all.into_iter().map(|(path, identity, _)| (path, identity)).collect()
    }

    fn open(&mut self, path: &Path, first: bool) -> std::io::Result<()> {
        // What became a FIFO since it was found would be waited for until somebody writes.
        let file = OpenOptions::new().read(true).custom_flags(OFlag::O_NONBLOCK.bits()).open(path)?;
        let told = file.metadata()?;
        if !told.is_file() {
            return Err(std::io::Error::other("it is no regular file"));
        }
        let age = told.modified().ok().and_then(|at| SystemTime::now().duration_since(at).ok());
        let there_before = first || age.is_some_and(|age| age > OLD);
        let backlog = there_before.then_some(self.backlog);
        self.count += 1;
        let followed = Followed::new(self.count, path.to_owned(), file, &told, backlog)?;
        self.files.insert(identity_of(&told), followed);
        Ok(())
    }
}

fn identity_of(told: &fs::Metadata) -> Identity {
    Identity { device: told.dev(), inode: told.ino() }
}

fn shown(path: &Path) -> String {
    harmless::line(&path.to_string_lossy(), 200).into_owned()
}
