//! Code, and code that can be run. It is never cut: what does not fit goes on in the next line, and a sign says so.

use super::flow::Flow;
use super::measure::pieces;
use super::press::Press;
use super::{Ink, Look, Span, width};
use crate::domain::harmless;
use crate::domain::runbook::Step;
use crate::domain::runbook::document::{Inline, Runs};

/// What stands before a line that goes on from the one above.
const ON: &str = "↪ ";
/// A tab stands for so many columns, at most.
const TAB: usize = 4;

impl Press<'_> {
    pub(super) fn code(&mut self, info: &str, text: &str) {
        self.keep(text);
        self.within(Span::new("  ", Look::of(Ink::Frame)), None, |press| {
            if !info.trim().is_empty() {
                press.flow(Flow::line(Ink::Dim, info.trim()));
            }
            press.listing(text);
        });
        self.of.code = None;
    }

    /// A step: what it is and how it is run, what came of it, its text in a frame.
    pub(super) fn step(&mut self, step: &Step) {
        self.keep(&step.text);
        self.of.step = Some(step.number);
        self.made.steps.push((step.number, self.made.lines.len()));
        let what = match &step.runs {
            Runs::Shell(interpreter) => interpreter.clone(),
            Runs::Remedy { id, .. } => format!("remedy {id}"),
        };
        let mut lead = Flow::line(Ink::Accent, &format!("▸ step {}", step.number));
        lead.append(Flow::line(Ink::Dim, &format!(" · {what}")));
        lead.append(match &self.around.key {
            Some(key) => Flow::line(Ink::Dim, &format!(" · {key} runs it")),
            None => Flow::line(Ink::Warning, " · cannot be run"),
        });
        self.flow(lead);
        if let Some(ran) = self.around.runs.iter().find(|ran| ran.is_of(&self.around.name, step)) {
            self.aside(ran.ink, &ran.words);
        }
        if let Some(count) = self.around.wrong.get(&step.key) {
            let notes = if *count == 1 { "1 note".to_owned() } else { format!("{count} notes") };
            self.aside(Ink::Warning, &format!("{notes} that it was wrong"));
        }
        // A fence that only names a remedy has nothing to frame.
        if !step.text.trim().is_empty() {
            let edge = || Span::new("┃ ", Look::of(Ink::Frame));
            self.within(edge(), Some(edge()), |press| match step.shown.as_slice() {
                [] => press.listing(&step.text),
                shown => press.filled(shown),
            });
        }
        (self.of.step, self.of.code) = (None, None);
    }

    fn aside(&mut self, ink: Ink, words: &str) {
        self.within(Span::new("  ", Look::of(Ink::Frame)), None, |press| press.flow(Flow::line(ink, words)));
    }

    fn keep(&mut self, text: &str) {
        self.of.code = Some(self.made.codes.len());
        self.made.codes.push(text.trim_end_matches('\n').to_owned());
    }

    fn listing(&mut self, text: &str) {
        for line in text.trim_end_matches('\n').split('\n') {
            let line = expanded(line);
            self.listed(&placeholders(&harmless::line(&line, usize::MAX)));
        }
    }

    /// The text of a step as it is to be read: what was filled stands out.
    fn filled(&mut self, shown: &[Inline]) {
        let mut line = Vec::new();
        for part in shown {
            let (text, look) = match part {
                Inline::Filled { value, .. } => (value.clone(), Look::of(Ink::Filled)),
                Inline::Missing(name) => (format!("{{{{{name}}}}}"), Look::of(Ink::Missing)),
                Inline::Text(text) => (text.clone(), Look::of(Ink::Code)),
                _ => continue,
            };
            for (at, text) in text.split('\n').enumerate() {
                if at > 0 {
                    self.listed(&std::mem::take(&mut line));
                }
                line.push(Span::new(harmless::line(&expanded(text), usize::MAX), look));
            }
        }
        self.listed(&line);
    }

    /// One line of code, broken where it does not fit.
    fn listed(&mut self, line: &[Span]) {
        let room = self.room();
        // Where the sign would take half of the room there is none.
        let on = if width(ON) * 2 < room { ON } else { "" };
        let mut parts: Vec<Vec<(&str, usize, Look)>> = vec![Vec::new()];
        let mut used = 0;
        let all = line.iter().flat_map(|span| pieces(&span.text).map(|(piece, cells)| (piece, cells, span.look)));
        for (piece, cells, look) in all {
            // What is taken along to the next line may leave no room there either.
            while let Some(part) = parts.last_mut().filter(|part| used + cells > room && !part.is_empty()) {
                // A word stays whole if that leaves not half of the line empty.
                let at = part.iter().rposition(|(piece, ..)| *piece == " ").map(|at| at + 1);
                let at = at.filter(|at| at * 2 > part.len()).unwrap_or(part.len());
                let begun = part.split_off(at);
                used = width(on) + begun.iter().map(|(_, cells, _)| cells).sum::<usize>();
                parts.push(begun);
            }
            if let Some(part) = parts.last_mut() {
                part.push((piece, cells, look));
            }
            used += cells;
        }
        for (at, part) in parts.into_iter().enumerate() {
            let sign = (at > 0 && !on.is_empty()).then(|| Span::new(on, Look::of(Ink::Frame)));
            self.line(sign.into_iter().chain(joined(&part)).collect());
        }
    }
}

/// Neighbours that look alike are one span.
fn joined(part: &[(&str, usize, Look)]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (piece, _, look) in part {
        match spans.last_mut() {
            Some(last) if last.look == *look => last.text.push_str(piece),
            _ => spans.push(Span::new(*piece, *look)),
        }
    }
    spans
}

fn expanded(line: &str) -> String {
    let mut made = String::with_capacity(line.len());
    let mut column = 0;
    for character in line.trim_end_matches('\r').chars() {
        if character == '\t' {
            let wide = TAB - column % TAB;
            made.extend(std::iter::repeat_n(' ', wide));
            column += wide;
        } else {
            made.push(character);
            column += 1;
        }
    }
    made
}

/// Code, and the placeholders in it that nothing filled.
fn placeholders(part: &str) -> Vec<Span> {
    let (code, missing) = (Look::of(Ink::Code), Look::of(Ink::Missing));
    let mut spans = Vec::new();
    let mut rest = part;
    while let Some((from, to)) = rest.find("{{").and_then(|from| Some((from, from + rest.get(from..)?.find("}}")? + 2)))
    {
        let (before, found) = (rest.get(..from).unwrap_or_default(), rest.get(from..to).unwrap_or_default());
        if !before.is_empty() {
            spans.push(Span::new(before, code));
        }
        spans.push(Span::new(found, missing));
        rest = rest.get(to..).unwrap_or_default();
    }
    if !rest.is_empty() {
        spans.push(Span::new(rest, code));
    }
    spans
}
