//! What a process says, as harmless lines: bytes in any pieces in, lines out. Pure: time is handed in.
//!
//! Colours are kept, every other escape sequence is taken out, a carriage return rewrites the line, tabs are expanded,
//! what is not UTF-8 is seen as such, secrets are hidden, and a line has a bound.

mod decode;
mod draft;
mod escape;
mod paint;
mod settle;

use std::sync::Arc;

use super::hide::Needles;
use crate::domain::remediation::output::{OutputLine, Paint, Stream};
use decode::{Decoder, Step};
use draft::Draft;
use escape::{Escapes, Sign};
use settle::{Extent, settle};

pub(super) use escape::without as plain;

/// One stream of a process, read line by line.
pub(super) struct Lines {
    stream: Stream,
    needles: Arc<Needles>,
    decoder: Decoder,
    escapes: Escapes,
    paint: Paint,
    draft: Draft,
}

impl Lines {
    /// Nothing was said yet.
    pub(super) fn new(stream: Stream, needles: Arc<Needles>) -> Self {
        Self {
            stream,
            needles,
            decoder: Decoder::default(),
            escapes: Escapes::default(),
            paint: Paint::default(),
            draft: Draft::default(),
        }
    }

    /// Takes what was said at a time; lines that are finished by it go to `done`.
    pub(super) fn feed(&mut self, at_ms: u64, bytes: &[u8], done: &mut Vec<OutputLine>) {
        let mut bytes = bytes;
        while !bytes.is_empty() {
            if self.draft.is_full() {
                bytes = from_break(bytes);
                if bytes.is_empty() {
                    return;
                }
            }
            let (step, used) = self.decoder.next(bytes);
            let used = match step {
                Step::Text(text) => self.text(at_ms, text, done),
                Step::Char(character) => {
                    self.character(at_ms, character, done);
                    used
                }
                Step::More => used,
            };
            bytes = bytes.get(used..).unwrap_or_default();
        }
    }

    /// Takes text up to where its line is full; how many bytes that are.
    fn text(&mut self, at_ms: u64, text: &str, done: &mut Vec<OutputLine>) -> usize {
        for (at, character) in text.char_indices() {
            self.character(at_ms, character, done);
            if self.draft.is_full() {
                return at + character.len_utf8();
            }
        }
        text.len()
    }

    fn character(&mut self, at_ms: u64, character: char, done: &mut Vec<OutputLine>) {
        match self.escapes.next(character) {
            Sign::Plain('\n') => self.finish(at_ms, Extent::Whole, done),
            Sign::Plain('\r') => self.draft.go_back(),
            Sign::Plain(character) => self.draft.push(at_ms, character, self.paint),
            Sign::Paint(parameters) => self.paint = paint::after(self.paint, &parameters),
            Sign::Erase(how) => self.draft.erase(how),
            Sign::Nothing => {}
        }
    }

    fn finish(&mut self, at_ms: u64, extent: Extent, done: &mut Vec<OutputLine>) {
        done.push(settle(&self.draft, self.stream, at_ms, extent, &self.needles));
        // What was skipped may have changed the paint.
        if self.draft.cut {
            self.paint = Paint::default();
        }
        self.draft.clear();
    }

    /// The line that is not finished, as it may be told already.
    pub(super) fn open(&self, at_ms: u64) -> Option<OutputLine> {
        if self.draft.text.is_empty() {
            return None;
        }
        Some(settle(&self.draft, self.stream, at_ms, Extent::Open, &self.needles))
    }

    /// Lines were left out here; before them, a line had ended.
    pub(super) fn gap(&mut self) {
        self.paint = Paint::default();
    }

    /// Nothing more comes.
    pub(super) fn end(&mut self, at_ms: u64, done: &mut Vec<OutputLine>) {
        if self.decoder.end() {
            self.character(at_ms, char::REPLACEMENT_CHARACTER, done);
        }
        if !self.draft.text.is_empty() {
            self.finish(at_ms, Extent::Torn, done);
        }
    }
}

/// From the next line break or carriage return on.
fn from_break(bytes: &[u8]) -> &[u8] {
    // `contains` is many times faster than a search for two, and most of what is that long has neither.
    if !bytes.contains(&b'\n') && !bytes.contains(&b'\r') {
        return &[];
    }
    let at = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    at.and_then(|at| bytes.get(at..)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
