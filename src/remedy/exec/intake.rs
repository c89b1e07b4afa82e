//! How much of what a process says is read closely: a budget for each tick, and of what comes faster only the end.
//!
//! Every byte is taken, so that the process never waits; what is over the budget is counted by lines and kept as
//! bytes up to a bound, so that the last lines are always the last ones.

use std::sync::Arc;

use super::hide::Needles;
use super::lines::Lines;
use crate::domain::remediation::output::{LAST, OutputLine, Stream};

/// What came of some bytes.
#[derive(Debug, PartialEq)]
pub(super) enum Taken {
    /// Lines.
    Lines(Vec<OutputLine>),
    /// So many lines are missing here.
    LeftOut(u64),
}

/// Lines that are read closely between two ticks: more than are kept of the end.
const LINES: usize = LAST + 500;
/// Bytes that are read closely between two ticks.
const BYTES: usize = 256 * 1024;
/// Bytes of the end that are kept unread.
const KEEP: usize = 256 * 1024;
/// So many bytes are read closely at once.
const BITE: usize = 8 * 1024;

/// One stream on its way to lines.
pub(super) struct Intake {
    lines: Lines,
    bytes_left: usize,
    lines_left: usize,
    /// What is not read yet: begins with a line. `None` while everything is read closely.
    tail: Option<Vec<u8>>,
    /// Lines that were dropped before the tail.
    dropped: u64,
}

impl Intake {
    /// Nothing was said yet.
    pub(super) fn new(stream: Stream, needles: Arc<Needles>) -> Self {
        Self { lines: Lines::new(stream, needles), bytes_left: BYTES, lines_left: LINES, tail: None, dropped: 0 }
    }

    /// Takes what was said.
    pub(super) fn feed(&mut self, at_ms: u64, bytes: &[u8], taken: &mut Vec<Taken>) {
        let mut rest = bytes;
        while self.tail.is_none() && !rest.is_empty() {
            let bite = rest.get(..BITE).unwrap_or(rest);
            // The budget ends with a line, so that what is dropped begins with one.
            let spent = self.bytes_left == 0 || self.lines_left == 0;
            let line_end = if spent { bite.iter().position(|byte| *byte == b'\n') } else { None };
            let bite = line_end.and_then(|end| bite.get(..=end)).unwrap_or(bite);
            let read = self.read(at_ms, bite, taken);
            self.bytes_left = self.bytes_left.saturating_sub(bite.len());
            self.lines_left = self.lines_left.saturating_sub(read);
            rest = rest.get(bite.len()..).unwrap_or_default();
            if line_end.is_some() {
                self.tail = Some(Vec::new());
            }
        }
        if let Some(tail) = &mut self.tail {
            tail.extend_from_slice(rest);
            if tail.len() > 2 * KEEP {
                self.shorten(at_ms, taken);
            }
        }
    }

    /// Drops whole lines from the front of the tail.
    fn shorten(&mut self, at_ms: u64, taken: &mut Vec<Taken>) {
        let Some(tail) = &mut self.tail else { return };
        let front = tail.get(..tail.len().saturating_sub(KEEP)).unwrap_or_default();
        match front.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => {
                self.dropped += breaks(tail.get(..=end).unwrap_or_default());
                tail.drain(..=end);
            }
            // One line that is longer than all that: of that only the beginning counts.
            None => self.catch_up(at_ms, taken),
        }
    }

    /// Reads the tail.
    fn catch_up(&mut self, at_ms: u64, taken: &mut Vec<Taken>) {
        let Some(tail) = self.tail.take() else { return };
        let start = last_lines(&tail, LINES);
        let (before, rest) = tail.split_at_checked(start).unwrap_or((&[], &tail));
        self.dropped += breaks(before);
        if self.dropped > 0 {
            self.lines.gap();
            taken.push(Taken::LeftOut(std::mem::take(&mut self.dropped)));
        }
        self.read(at_ms, rest, taken);
    }

    fn read(&mut self, at_ms: u64, bytes: &[u8], taken: &mut Vec<Taken>) -> usize {
        let mut done = Vec::new();
        self.lines.feed(at_ms, bytes, &mut done);
        let read = done.len();
        if read > 0 {
            taken.push(Taken::Lines(done));
        }
        read
    }

    /// A tick: what waits is read, and the budget begins anew.
    pub(super) fn tick(&mut self, at_ms: u64, taken: &mut Vec<Taken>) {
        self.catch_up(at_ms, taken);
        (self.bytes_left, self.lines_left) = (BYTES, LINES);
    }

    /// Nothing more comes.
    pub(super) fn end(&mut self, at_ms: u64, taken: &mut Vec<Taken>) {
        self.catch_up(at_ms, taken);
        let mut done = Vec::new();
        self.lines.end(at_ms, &mut done);
        if !done.is_empty() {
            taken.push(Taken::Lines(done));
        }
    }

    /// The line that is not finished, as it may be told already.
    pub(super) fn open(&self, at_ms: u64) -> Option<OutputLine> {
        self.lines.open(at_ms)
    }
}

/// How many line breaks there are.
fn breaks(bytes: &[u8]) -> u64 {
    let mut count = 0;
    for byte in bytes {
        count += u64::from(*byte == b'\n');
    }
    count
}

/// Where the last so many lines begin.
fn last_lines(bytes: &[u8], lines: usize) -> usize {
    let ends = bytes.iter().enumerate().rev().filter(|(_, byte)| **byte == b'\n');
    ends.map(|(at, _)| at + 1).nth(lines).unwrap_or(0)
}

#[cfg(test)]
mod tests;
