//! The newest log lines of all sources, in the order they came, bounded in number and bytes.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

use crate::domain::{Level, LogLine, Moment, SourceName};

/// The most bytes of text kept, whatever the number of lines.
const BYTES: usize = 64 << 20;
/// The span of one bar of the histogram, in seconds.
const BAR_SECONDS: i64 = 10;
/// How many bars a minute has.
const MINUTE_BARS: i64 = 60 / BAR_SECONDS;
/// How many bars there are: ten minutes.
const BARS: usize = 60;

/// One kept line and who told it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kept {
    /// The source.
    pub source: SourceName,
    /// The line.
    pub line: LogLine,
    /// 1, 2, 3 … in the order the lines came; identifies the line.
    pub number: u64,
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
        self.lines.iter().rev().filter(move |kept| kept.line.level >= level)
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
            self.lines.push_back(Kept { source: source.clone(), line, number: self.came });
        }
        while self.lines.len() > self.limit || self.bytes > BYTES {
            let Some(oldest) = self.lines.pop_front() else { break };
            self.bytes -= oldest.line.text.len();
        }
        while self.bars.len() > 2 * BARS {
            self.bars.pop_first();
        }
    }
}

fn bar_of(at: Moment) -> i64 {
    at.timestamp().div_euclid(BAR_SECONDS)
}
