//! How many log lines came lately and how many of them are errors. The log adapters' lines are added by
//! whoever polls them; the host's rules read the counts.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;

use crate::domain::{LogLine, Moment};

/// The span of one count, in seconds.
const STEP: i64 = 10;
/// Over which the share of error lines is taken.
pub const SHARE_OVER: TimeDelta = TimeDelta::minutes(5);
/// Over which a burst is counted.
pub const BURST_OVER: TimeDelta = TimeDelta::minutes(1);
/// Without a word from any log source for this long, nothing is known.
const SILENCE: TimeDelta = TimeDelta::minutes(2);

/// Counts of all log lines of this machine, shared between the tasks that poll.
#[derive(Debug, Default)]
pub struct LogCounts(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    heard: Option<Moment>,
    steps: BTreeMap<i64, Tally>,
}

/// Lines over a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Lines of any level.
    pub lines: u64,
    /// Lines that are errors.
    pub errors: u64,
}

/// What the counts say at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recent {
    /// Over [`SHARE_OVER`].
    pub share: Tally,
    /// Over [`BURST_OVER`].
    pub burst: Tally,
}

impl LogCounts {
    /// Adds what a log source on this machine told when it was asked at `at`. An answer without lines is
    /// added too: it is what tells a quiet log from one that is not read. Lines are counted at their own
    /// time, so a backlog of old ones is no burst.
    pub fn add(&self, lines: &[LogLine], at: Moment) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.heard = counts.heard.max(Some(at));
        let oldest = step_of(at - SHARE_OVER) - 1;
        for line in lines {
            let step = step_of(line.at.min(at));
            if step >= oldest {
                let tally = counts.steps.entry(step).or_default();
                tally.lines += 1;
                tally.errors += u64::from(line.level.is_error());
            }
        }
        counts.steps = counts.steps.split_off(&oldest);
    }

    /// The counts until `now`; `None` if no log source has answered lately.
    #[must_use]
    pub fn recent(&self, now: Moment) -> Option<Recent> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.heard.filter(|heard| now - *heard <= SILENCE)?;
        let over = |span: TimeDelta| {
            let steps = counts.steps.range(step_of(now - span) + 1..);
            steps.fold(Tally::default(), |sum, (_, tally)| Tally {
                lines: sum.lines + tally.lines,
                errors: sum.errors + tally.errors,
            })
        };
        Some(Recent { share: over(SHARE_OVER), burst: over(BURST_OVER) })
    }
}

impl Tally {
    /// Share of errors in per cent; 0 where there is no line, because then there is no error line either.
    #[must_use]
    pub fn error_percent(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts of minutes are far below 2^52")]
        let share = |errors: u64, lines: u64| errors as f64 / lines as f64 * 100.0;
        if self.lines == 0 { 0.0 } else { share(self.errors, self.lines) }
    }
}

fn step_of(at: Moment) -> i64 {
    at.timestamp().div_euclid(STEP)
}

#[cfg(test)]
mod tests;
