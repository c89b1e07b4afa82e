//! Running text: inline pieces, and their wrapping into lines.

use super::measure::{pieces, width};
use super::{Ink, Look, Span};
use crate::domain::harmless;
use crate::domain::runbook::Inline;

/// A piece of running text.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    /// Words.
    Text(Span),
    /// A break that the author wants.
    Break,
}

/// Running text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Flow(Vec<Piece>);

impl Flow {
    /// Plain words.
    pub(super) fn line(ink: Ink, words: &str) -> Self {
        let mut flow = Self::default();
        flow.words(words, Look::of(ink), None);
        flow
    }

    fn push(&mut self, piece: Piece) {
        self.0.push(piece);
    }

    /// Adds other text at the end.
    pub(super) fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    fn words(&mut self, text: &str, look: Look, link: Option<usize>) {
        if !text.is_empty() {
            // What reads documents made them harmless already; nothing reaches a cell on trust.
            let text = harmless::line(text, usize::MAX).into_owned();
            self.push(Piece::Text(Span { text, look, link }));
        }
    }

    /// Adds inline text.
    pub(super) fn add(&mut self, inline: &Inline, look: Look, link: Option<usize>, links: &mut Vec<String>) {
        match inline {
            Inline::Text(text) => self.words(text, look, link),
            Inline::Filled { value, .. } => self.words(value, look.with(Ink::Filled), link),
            Inline::Missing(name) => self.words(&format!("{{{{{name}}}}}?"), look.with(Ink::Missing), link),
            Inline::Code(inner) => self.marked("`", inner, look.with(Ink::Code), (look, link), links),
            Inline::Strong(inner) => self.all(inner, look.bold(), link, links),
            Inline::Emphasis(inner) => self.all(inner, Look { italic: true, ..look }, link, links),
            Inline::Strike(inner) => self.marked("~~", inner, Look { struck: true, ..look }, (look, link), links),
            Inline::Link { target, text } => {
                let (look, link) = (look.with(Ink::Link), Some(known(target, links)));
                let before = self.0.len();
                self.all(text, look, link, links);
                if self.0.len() == before {
                    self.words(target, look, link);
                }
            }
            Inline::Image { target, text } => {
                self.words("[image: ", look.with(Ink::Dim), link);
                self.all(text, look, link, links);
                self.words("] ", look.with(Ink::Dim), link);
                self.words(target, look.with(Ink::Link), Some(known(target, links)));
            }
            Inline::Break => self.push(Piece::Break),
            Inline::Html(text) => self.words(text, look.with(Ink::Dim), link),
        }
    }

    fn all(&mut self, inlines: &[Inline], look: Look, link: Option<usize>, links: &mut Vec<String>) {
        for inline in inlines {
            self.add(inline, look, link, links);
        }
    }

    /// Text between marks that say what it is where nothing but text can be shown.
    fn marked(
        &mut self,
        mark: &str,
        inner: &[Inline],
        look: Look,
        (outer, link): (Look, Option<usize>),
        links: &mut Vec<String>,
    ) {
        self.words(mark, outer.with(Ink::Dim), link);
        self.all(inner, look, link, links);
        self.words(mark, outer.with(Ink::Dim), link);
    }

    /// How wide it is in one line, and how wide its longest word.
    pub(super) fn widths(&self) -> (usize, usize) {
        let (mut whole, mut longest) = (0, 0);
        let (mut line, mut word) = (0, 0);
        for piece in &self.0 {
            let Piece::Text(span) = piece else {
                (line, word) = (0, 0);
                continue;
            };
            for (at, part) in span.text.split(is_gap).enumerate() {
                if at > 0 {
                    (line, word) = (line + 1, 0);
                }
                let wide = width(part);
                (line, word) = (line + wide, word + wide);
                (whole, longest) = (whole.max(line), longest.max(word));
            }
        }
        (whole, longest)
    }

    /// Lines of at most `room` cells, broken between words where there are any.
    pub(super) fn wrapped(self, room: usize) -> Vec<Vec<Span>> {
        let mut wrap = Wrap { room: room.max(1), ..Wrap::default() };
        let some = !self.0.is_empty();
        for piece in self.0 {
            match piece {
                Piece::Break => {
                    wrap.end_word();
                    wrap.end_line();
                }
                Piece::Text(span) => wrap.text(&span),
            }
        }
        wrap.end_word();
        if some && (!wrap.line.is_empty() || wrap.lines.is_empty()) {
            wrap.end_line();
        }
        wrap.lines
    }
}

/// The index of a link's target.
fn known(target: &str, links: &mut Vec<String>) -> usize {
    links.push(harmless::line(target, usize::MAX).into_owned());
    links.len() - 1
}

/// Where a line may be broken. A no-break space is none of these.
fn is_gap(character: char) -> bool {
    matches!(character, ' ' | '\n' | '\t' | '\r')
}

#[derive(Default)]
struct Wrap {
    room: usize,
    lines: Vec<Vec<Span>>,
    line: Vec<Span>,
    used: usize,
    word: Vec<Span>,
    word_wide: usize,
    /// What stands between the line and the word: so many spaces of a look.
    gap: Option<Span>,
}

impl Wrap {
    fn text(&mut self, span: &Span) {
        let mut rest = span.text.as_str();
        while !rest.is_empty() {
            let end = rest.find(is_gap).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            if !word.is_empty() {
                self.word_wide += width(word);
                put(&mut self.word, word, span);
            }
            let after = behind.trim_start_matches(is_gap);
            let spaces = behind.len() - after.len();
            if spaces > 0 {
                self.end_word();
                // Spaces in code may mean something; elsewhere many are one.
                let count = if span.look.ink == Ink::Code { spaces } else { 1 };
                self.gap.get_or_insert_with(|| Span { text: " ".repeat(count), ..span.clone() });
            }
            rest = after;
        }
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let gap = self.gap.take().filter(|_| !self.line.is_empty());
        let before = gap.as_ref().map_or(0, |gap| gap.text.len());
        if self.used + before + self.word_wide <= self.room {
            self.join(gap);
        } else {
            if !self.line.is_empty() {
                self.end_line();
            }
            self.join(None);
        }
    }

    /// The word at the end of the line; broken where it is wider than a whole one.
    fn join(&mut self, gap: Option<Span>) {
        if let Some(gap) = gap {
            // A gap between two looks is nobody's: it is not underlined.
            let same = self.word.first().is_some_and(|next| next.look == gap.look && next.link == gap.link)
                && self.line.last().is_some_and(|last| last.look == gap.look && last.link == gap.link);
            let gap = if same { gap } else { Span::new(gap.text, Look::default()) };
            self.used += gap.text.len();
            put(&mut self.line, &gap.text, &gap);
        }
        let word = std::mem::take(&mut self.word);
        let fits = self.used + std::mem::take(&mut self.word_wide) <= self.room;
        for span in word {
            if fits {
                self.used += width(&span.text);
                put(&mut self.line, &span.text, &span);
                continue;
            }
            for (piece, cells) in pieces(&span.text) {
                if self.used + cells > self.room && self.used > 0 {
                    self.end_line();
                }
                self.used += cells;
                put(&mut self.line, piece, &span);
            }
        }
    }

    fn end_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.used = 0;
        self.gap = None;
    }
}

/// Text at the end of a line, as a part of its last piece where it is meant alike.
fn put(line: &mut Vec<Span>, text: &str, model: &Span) {
    match line.last_mut() {
        Some(last) if last.look == model.look && last.link == model.link => last.text.push_str(text),
        _ => line.push(Span { text: text.to_owned(), look: model.look, link: model.link }),
    }
}
