//! One file that is followed.

use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::super::wire::RawLine;
use super::Budget;
use crate::domain::{Moment, harmless};
use crate::source::logline;
use crate::source::logline::split::Split;

/// A line that was begun is waited for this long, then told as it is.
const UNFINISHED: Duration = Duration::from_secs(2);
/// A file that has lost its name is held this long after its last growth: its writer may not have noticed.
const LINGER: Duration = Duration::from_secs(5);
/// How much is read at once.
const CHUNK: usize = 16 << 10;

/// An open file and how far it was read.
#[derive(Debug)]
pub struct Followed {
    number: u64,
    path: PathBuf,
    name: Arc<str>,
    file: File,
    offset: u64,
    length: u64,
    split: Split,
    /// What was there when it was opened ends here, and was last written to then.
    before: Option<(u64, Moment)>,
    grew: Option<Instant>,
    /// Whether its beginning was passed over.
    cut: bool,
    detached: bool,
}

impl Followed {
    /// Follows an open file: from its beginning, or from `backlog` bytes before its end.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn new(number: u64, path: PathBuf, file: File, told: &Metadata, backlog: Option<u64>) -> io::Result<Self> {
        let length = told.len();
        let written = told.modified().map_or(Moment::UNIX_EPOCH, Moment::from);
        let split = Split::new(logline::LONGEST);
        let mut offset = 0;
        if let Some(from) = backlog.and_then(|backlog| length.checked_sub(backlog)).filter(|from| *from > 0) {
            // The byte before tells whether a line begins here; if not, its rest is skipped.
            let mut before = [0];
            file.read_exact_at(&mut before, from - 1)?;
            offset = if before == *b"\n" { from } else { after_line_break(&file, from)? };
        }
        let name = name_of(&path);
        let before = backlog.map(|_| (length, written));
        Ok(Self {
            number,
            path,
            name,
            file,
            offset,
            length,
            split,
            before,
            grew: None,
            cut: offset > 0,
            detached: false,
        })
    }

    /// Its number.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Whether its beginning was passed over.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// Where it was last found.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// It was found under this name.
    pub fn attach(&mut self, path: PathBuf) {
        self.detached = false;
        if self.path != path {
            // Its lines keep the name they began with: a rotated file is the same log.
            self.path = path;
        }
    }

    /// Its name leads elsewhere. Returns whether that is news.
    pub fn detach(&mut self, now: Instant) -> bool {
        let news = !self.detached;
        if news {
            self.grew = Some(now);
        }
        self.detached = true;
        news
    }

    /// Whether it has lost its name and nothing more is to be expected of it.
    #[must_use]
    pub fn is_done(&self, now: Instant) -> bool {
        let quiet = self.grew.is_none_or(|grew| now.duration_since(grew) >= LINGER);
        self.detached && quiet && self.behind() == 0 && !self.split.is_begun()
    }

    /// How many bytes are still to be read.
    #[must_use]
    pub fn behind(&self) -> u64 {
        self.length.saturating_sub(self.offset)
    }

    /// Reads what is new, as far as the budget goes.
    ///
    /// # Errors
    /// The file cannot be read. What was read before that has been told.
    pub fn read(&mut self, now: Instant, budget: &mut Budget, lines: &mut Vec<RawLine>) -> io::Result<()> {
        self.length = self.file.metadata()?.len();
        if self.length < self.offset {
            // Truncated under us: what follows is new.
            self.finish(lines);
            self.offset = 0;
            self.before = None;
        }
        let mut buffer = vec![0; CHUNK];
        while budget.bytes > 0 && budget.lines > 0 {
            let room = buffer.len().min(budget.bytes);
            let Some(window) = buffer.get_mut(..room) else { break };
            let count = match self.file.read_at(window, self.offset) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let had = lines.len();
            self.take(buffer.get(..count).unwrap_or_default(), lines);
            self.offset += u64::try_from(count).unwrap_or(u64::MAX);
            self.grew = Some(now);
            budget.bytes -= count.min(budget.bytes);
            budget.lines = budget.lines.saturating_sub(lines.len() - had);
        }
        self.length = self.length.max(self.offset);
        let waited = self.grew.is_none_or(|grew| now.duration_since(grew) >= UNFINISHED);
        if waited && self.behind() == 0 && self.split.is_begun() {
            self.finish(lines);
        }
        Ok(())
    }

    fn take(&mut self, chunk: &[u8], lines: &mut Vec<RawLine>) {
        let line = Self::teller(self.number, &self.name, self.before(), lines);
        self.split.push(chunk, line);
    }

    /// Tells what has begun as a line of its own.
    pub fn finish(&mut self, lines: &mut Vec<RawLine>) {
        let line = Self::teller(self.number, &self.name, self.before(), lines);
        self.split.flush(line);
    }

    fn before(&self) -> Option<Moment> {
        self.before.filter(|(end, _)| self.offset < *end).map(|(_, written)| written)
    }

    fn teller<'a>(
        file: u64,
        name: &'a Arc<str>,
        before: Option<Moment>,
        lines: &'a mut Vec<RawLine>,
    ) -> impl FnMut(&[u8], bool) + 'a {
        move |bytes, cut| lines.push(RawLine { file, name: Arc::clone(name), bytes: bytes.to_vec(), cut, before })
    }
}

/// Where the next line begins; the end of what is there if none does.
fn after_line_break(file: &File, from: u64) -> io::Result<u64> {
    let (mut at, mut buffer) = (from, [0; 4096]);
    loop {
        let count = file.read_at(&mut buffer, at)?;
        let read = buffer.get(..count).unwrap_or_default();
        if let Some(end) = read.iter().position(|byte| *byte == b'\n') {
            return Ok(at + u64::try_from(end).unwrap_or(0) + 1);
        }
        if count == 0 {
            return Ok(at);
        }
        at += u64::try_from(count).unwrap_or(0);
    }
}

fn name_of(path: &Path) -> Arc<str> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    harmless::line(&name, 100).into()
}
