//! What a run says: harmless lines with their colours, kept within a bound.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// Where a line came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Error,
    /// midwatch itself: a phase began, lines were left out.
    Note,
}

/// One of the 16 colours that every terminal has, in the order of ECMA-48; indexed and true colours are rounded.
pub type Ansi = u8;

/// How a piece of text is painted: what is kept of SGR sequences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Paint {
    /// The colour of the text.
    pub colour: Option<Ansi>,
    /// Bold.
    pub bold: bool,
    /// Dim.
    pub dim: bool,
    /// Underlined.
    pub underlined: bool,
}

/// One harmless line: no control character, no escape sequence, no bidirectional override.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputLine {
    /// Where it came from.
    pub stream: Stream,
    /// Milliseconds since the run began.
    pub at_ms: u64,
    /// Its pieces.
    pub pieces: Vec<(Paint, Box<str>)>,
}

impl OutputLine {
    /// A line of midwatch's own.
    #[must_use]
    pub fn note(at_ms: u64, words: &str) -> Self {
        Self { stream: Stream::Note, at_ms, pieces: vec![(Paint::default(), words.into())] }
    }

    /// Its text without paint.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces.iter().map(|(_, text)| &**text).collect()
    }
}

/// The first lines that are kept.
pub const FIRST: usize = 200;
/// The last lines that are kept.
pub const LAST: usize = 2_000;

/// Everything that is kept of a run's output: its first lines and its last ones. Where lines are missing among the last
/// ones too, a note of ours stands in their place.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Output {
    first: Vec<OutputLine>,
    last: VecDeque<Kept>,
    left_out: u64,
}

/// One of the last lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Kept {
    line: OutputLine,
    /// How many lines of the run it stands for: one, or as many as the note says.
    counts: u64,
}

impl Output {
    /// Takes back the last `back` lines and adds others; before these, `left_out` lines are missing.
    pub fn take(&mut self, back: usize, left_out: u64, lines: impl IntoIterator<Item = OutputLine>) {
        for _ in 0..back {
            if self.last.pop_back().is_none() && self.left_out == 0 {
                self.first.pop();
            }
        }
        let mut lines = lines.into_iter().peekable();
        if left_out > 0 && self.last.is_empty() {
            self.left_out += left_out;
        } else if left_out > 0 {
            let at_ms = lines.peek().map_or(0, |line| line.at_ms);
            let lines = if left_out == 1 { "line" } else { "lines" };
            let words = format!("{left_out} {lines} left out: they came faster than anybody reads");
            self.last.push_back(Kept { line: OutputLine::note(at_ms, &words), counts: left_out });
            self.forget();
        }
        for line in lines {
            if self.first.len() < FIRST && self.left_out == 0 && self.last.is_empty() {
                self.first.push(line);
            } else {
                self.last.push_back(Kept { line, counts: 1 });
                self.forget();
            }
        }
    }

    /// Gives up the oldest of the last lines where there are too many.
    fn forget(&mut self) {
        while self.last.len() > LAST {
            self.left_out += self.last.pop_front().map_or(0, |kept| kept.counts);
        }
    }

    /// The first lines.
    #[must_use]
    pub fn first(&self) -> &[OutputLine] {
        &self.first
    }

    /// How many lines are missing behind the first ones.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The last lines.
    pub fn last(&self) -> impl DoubleEndedIterator<Item = &OutputLine> + ExactSizeIterator {
        self.last.iter().map(|kept| &kept.line)
    }

    /// How many lines there are to show, the one about missing lines counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.first.len() + usize::from(self.left_out > 0) + self.last.len()
    }

    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The line at a row of what is shown; `None` for the row that tells about missing lines, and past the end.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<&OutputLine> {
        let gap = usize::from(self.left_out > 0);
        match row.checked_sub(self.first.len()) {
            None => self.first.get(row),
            Some(behind) => self.last.get(behind.checked_sub(gap)?).map(|kept| &kept.line),
        }
    }
}

#[cfg(test)]
mod tests;
