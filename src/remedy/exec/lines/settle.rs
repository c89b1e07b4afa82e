//! A line as it is kept and told: secrets hidden, tabs expanded, nothing in it that acts on a terminal.

use super::draft::{Draft, MOST};
use crate::domain::harmless;
use crate::domain::remediation::hidden::SHOWN;
use crate::domain::remediation::output::{OutputLine, Paint, Stream};
use crate::remedy::exec::hide::Needles;

/// How much of a line is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it.
    Whole,
    /// More may come: what may become a secret is held back.
    Open,
    /// It ended in the middle: what may have become a secret is hidden.
    Torn,
}

/// The part of a secret that is worth hiding where a line was torn, in characters.
const WORTH: usize = 4;
/// Columns between tabs.
const TAB: usize = 8;

/// The line as it may be kept and told.
pub(super) fn settle(draft: &Draft, stream: Stream, at_ms: u64, extent: Extent, needles: &Needles) -> OutputLine {
    let extent = if draft.cut { Extent::Torn } else { extent };
    if needles.is_empty() && !draft.cut && !draft.text.contains('\t') {
        return as_it_is(draft, stream, at_ms);
    }
    let (end, torn) = end(&draft.text, extent, needles);
    let text = draft.text.get(..end).unwrap_or_default();
    let mut hidden = needles.found(text).into_iter().peekable();
    let mut made = Made::default();
    let mut paints = draft.paints.iter().peekable();
    let mut paint = Paint::default();
    let mut behind = 0;
    for (at, character) in text.char_indices() {
        while let Some((_, next)) = paints.next_if(|(from, _)| *from <= at) {
            paint = *next;
        }
        if let Some(range) = hidden.next_if(|range| range.start == at) {
            SHOWN.chars().for_each(|shown| made.push(paint, shown));
            behind = range.end;
        }
        if at >= behind {
            made.push(paint, character);
        }
    }
    if torn {
        SHOWN.chars().for_each(|shown| made.push(paint, shown));
    }
    made.line(stream, draft.since.unwrap_or(at_ms), draft.cut)
}

/// Most lines: only control characters are looked for.
fn as_it_is(draft: &Draft, stream: Stream, at_ms: u64) -> OutputLine {
    let starts = std::iter::once((0, Paint::default())).chain(draft.paints.iter().copied());
    let ends = draft.paints.iter().map(|(from, _)| *from).chain([draft.text.len()]);
    let pieces = starts.zip(ends).filter(|((from, _), to)| from < to).map(|((from, paint), to)| {
        (paint, harmless::line(draft.text.get(from..to).unwrap_or_default(), usize::MAX).into())
    });
    OutputLine { stream, at_ms: draft.since.unwrap_or(at_ms), pieces: pieces.collect() }
}

/// Up to which byte a line is shown as it is, and whether what is behind that is a part of a secret.
fn end(text: &str, extent: Extent, needles: &Needles) -> (usize, bool) {
    let begun = needles.begun(text);
    let tail = text.get(begun..).unwrap_or_default();
    match extent {
        Extent::Open => (begun, false),
        Extent::Torn if tail.chars().count() >= WORTH => (begun, true),
        Extent::Whole | Extent::Torn => (text.len(), false),
    }
}

/// A line in the making.
#[derive(Default)]
struct Made {
    pieces: Vec<(Paint, String)>,
    columns: usize,
}

impl Made {
    fn push(&mut self, paint: Paint, character: char) {
        if character == '\t' {
            let spaces = TAB - self.columns % TAB;
            return (0..spaces).for_each(|_| self.push(paint, ' '));
        }
        self.columns += 1;
        if self.columns > MOST {
            return;
        }
        match self.pieces.last_mut() {
            Some((same, text)) if *same == paint => text.push(character),
            _ => self.pieces.push((paint, character.to_string())),
        }
    }

    fn line(mut self, stream: Stream, at_ms: u64, cut: bool) -> OutputLine {
        if (cut || self.columns > MOST)
            && let Some((_, text)) = self.pieces.last_mut()
        {
            if self.columns >= MOST {
                text.pop();
            }
            text.push('…');
        }
        let harmless = |(paint, text): (Paint, String)| (paint, harmless::line(&text, usize::MAX).into());
        OutputLine { stream, at_ms, pieces: self.pieces.into_iter().map(harmless).collect() }
    }
}
