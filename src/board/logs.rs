//! The newest log lines of all sources, in the order they came, bounded in number and bytes.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use serde::Serialize;

use crate::domain::{Level, LogLine, Moment, SourceName, ToldLine};

/// The most bytes of text kept, whatever the number of lines.
const BYTES: usize = 64 << 20;
/// The span of one bar of the histogram, in seconds.
const BAR_SECONDS: i64 = 10;
/// How many bars a minute has.
const MINUTE_BARS: i64 = 60 / BAR_SECONDS;
/// How many bars there are: ten minutes.
const BARS: usize = 60;

/// So many writers are known before those whose lines are gone are forgotten.
const WRITERS: usize = 1_024;

/// One kept line and who told it. There are a hundred thousand of them: each of its bytes counts, and its number is
/// known from its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// When, as the line says.
    pub at: Moment,
    /// How serious.
    pub level: Level,
    /// What it says.
    pub text: Box<str>,
    writer: Arc<Writer>,
}

/// Who wrote lines, and which source told them.
#[derive(Debug, PartialEq)]
struct Writer {
    source: SourceName,
    origin: Arc<str>,
}

impl Kept {
    /// The source.
    #[must_use]
    pub fn source(&self) -> &SourceName {
        &self.writer.source
    }

    /// Who wrote it.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.writer.origin
    }

    /// The line as its source told it.
    #[must_use]
    pub fn told(&self) -> ToldLine<'_> {
        ToldLine { source: self.source(), at: self.at, level: self.level, origin: self.origin(), text: &self.text }
    }
}

/// How many lines and errors one bar holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Bar {
    /// Lines of any level.
    pub lines: u64,
    /// Lines that are errors.
    pub errors: u64,
}

/// The kept lines and their counts.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Logs {
    #[serde(skip)]
    lines: VecDeque<Kept>,
    #[serde(skip)]
    writers: HashMap<Arc<str>, Vec<Arc<Writer>>>,
    /// At so many writers those whose lines are gone are forgotten.
    #[serde(skip)]
    most_writers: usize,
    #[serde(skip)]
    bytes: usize,
    limit: usize,
    came: u64,
    dropped: u64,
    bars: BTreeMap<i64, Bar>,
}

impl Logs {
    /// Keeps at most `limit` lines.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    /// The kept lines, oldest first.
    #[must_use]
    pub fn lines(&self) -> &VecDeque<Kept> {
        &self.lines
    }

    /// Kept lines with their numbers, oldest first, from the one at a place on. Lines are numbered 1, 2, 3 … in the
    /// order they came; a number identifies its line.
    pub fn numbered(&self, from: usize) -> impl DoubleEndedIterator<Item = (u64, &Kept)> + ExactSizeIterator {
        self.numbered_in(from, self.lines.len())
    }

    /// Kept lines with their numbers, oldest first, from one place to another; places beyond the last are none.
    pub fn numbered_in(
        &self,
        from: usize,
        until: usize,
    ) -> impl DoubleEndedIterator<Item = (u64, &Kept)> + ExactSizeIterator {
        let until = until.min(self.lines.len());
        let (from, oldest) = (from.min(until), self.oldest());
        self.lines.range(from..until).enumerate().map(move |(after, kept)| (oldest + wide(from + after), kept))
    }

    /// The number of the oldest kept line; where none is kept, of the next that comes.
    #[must_use]
    pub fn oldest(&self) -> u64 {
        self.came + 1 - wide(self.lines.len())
    }

    /// A kept line by its number.
    #[must_use]
    pub fn line(&self, number: u64) -> Option<&Kept> {
        self.lines.get(usize::try_from(number.checked_sub(self.oldest())?).ok()?)
    }

    /// How many lines came since the start.
    #[must_use]
    pub fn came(&self) -> u64 {
        self.came
    }

    /// How many lines were dropped by a source's own bound.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Lines a second over the last minute, and the share of them that are errors; `None` without a line. Counted
    /// over whole bars, so that it stays the same for ten seconds while no line comes.
    #[must_use]
    pub fn rate(&self, now: Moment) -> Option<(f64, f64)> {
        let newest = bar_of(now);
        let whole = self.count(newest - MINUTE_BARS, newest - 1);
        // At the start there is no whole bar yet.
        let (bar, bars) = if whole.lines > 0 { (whole, MINUTE_BARS) } else { (self.count(newest, newest), 1) };
        #[expect(clippy::cast_precision_loss, reason = "counts of one minute are far below 2^52")]
        let (lines, errors, span) = (bar.lines as f64, bar.errors as f64, (bars * BAR_SECONDS) as f64);
        (lines > 0.0).then(|| (lines / span, errors / lines))
    }

    fn count(&self, from: i64, to: i64) -> Bar {
        let add =
            |sum: Bar, (_, bar): (&i64, &Bar)| Bar { lines: sum.lines + bar.lines, errors: sum.errors + bar.errors };
        self.bars.range(from..=to).fold(Bar::default(), add)
    }

    /// The last bars until `now`, oldest first.
    pub fn bars(&self, now: Moment, count: usize) -> impl Iterator<Item = Bar> {
        let newest = bar_of(now);
        let count = i64::try_from(count.min(BARS)).unwrap_or(0);
        (newest - count + 1..=newest).map(|at| self.bars.get(&at).copied().unwrap_or_default())
    }

    /// The newest lines at or above a level, newest first.
    pub fn newest(&self, level: Level) -> impl Iterator<Item = &Kept> {
        self.lines.iter().rev().filter(move |kept| kept.level >= level)
    }

    /// Takes lines that came at `now`. One that says it is from the future has a wrong clock, and counts as
    /// of now.
    pub(super) fn take(&mut self, source: &SourceName, lines: Vec<LogLine>, dropped: u64, now: Moment) {
        self.dropped += dropped;
        for line in lines {
            self.came += 1;
            self.bytes += line.text.len();
            let bar = self.bars.entry(bar_of(line.at.min(now))).or_default();
            bar.lines += 1;
            bar.errors += u64::from(line.level.is_error());
            let LogLine { at, level, origin, text } = line;
            let writer = self.writer(source, origin);
            self.make_room();
            self.lines.push_back(Kept { at, level, text, writer });
            while self.lines.len() > self.limit || self.bytes > BYTES {
                let Some(oldest) = self.lines.pop_front() else { break };
                self.bytes -= oldest.text.len();
            }
        }
        while self.bars.len() > 2 * BARS {
            self.bars.pop_first();
        }
    }

    /// Room for one more line, never for more lines than are kept: what a ring grows by is touched in the end.
    fn make_room(&mut self) {
        if self.lines.len() == self.lines.capacity() {
            // One more than is kept: the oldest goes when the newest is there.
            let most = self.limit.saturating_add(1).saturating_sub(self.lines.len()).max(1);
            self.lines.reserve_exact(self.lines.len().max(64).min(most));
        }
    }

    /// How many writers are known.
    #[cfg(test)]
    pub(super) fn writers(&self) -> usize {
        self.writers.values().map(Vec::len).sum()
    }

    /// Who wrote a line, shared with the lines before.
    fn writer(&mut self, source: &SourceName, origin: Arc<str>) -> Arc<Writer> {
        if let Some(known) = self.writers.get(&origin).and_then(|all| all.iter().find(|one| one.source == *source)) {
            return Arc::clone(known);
        }
        if self.writers.len() >= self.most_writers.max(WRITERS) {
            self.writers.retain(|_, all| {
                all.retain(|one| Arc::strong_count(one) > 1);
                !all.is_empty()
            });
            // Looking through them costs as much as they are many: not again before they have doubled.
            self.most_writers = 2 * self.writers.len();
        }
        let writer = Arc::new(Writer { source: source.clone(), origin: Arc::clone(&origin) });
        self.writers.entry(origin).or_default().push(Arc::clone(&writer));
        writer
    }
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn bar_of(at: Moment) -> i64 {
    at.timestamp().div_euclid(BAR_SECONDS)
}
