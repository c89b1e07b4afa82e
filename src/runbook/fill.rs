//! Placeholders of a document: `{{labels.instance}}`, filled and shown as filled.
//!
//! What lives here: which names mean what, and where values may go. What must not: text that runs; a value reaches a
//! script as a variable alone.

mod name;
mod target;
#[cfg(test)]
mod tests;

use self::name::Found;
use super::markdown::clean;
use crate::domain::runbook::Document;
use crate::domain::runbook::document::{Block, Inline, Item, Runs, Step};
use crate::domain::{Labels, harmless};

/// The most characters of a value that are shown.
const LONGEST: usize = 200;

/// What fills placeholders.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Values {
    /// `{{labels.…}}`.
    pub labels: Labels,
    /// `{{annotations.…}}`.
    pub annotations: Labels,
    /// Everything else, by its whole name.
    pub others: Vec<(String, String)>,
}

impl Values {
    /// The value of a name, as it came.
    fn get(&self, name: &str) -> Option<&str> {
        let known = match name.split_once('.') {
            Some(("labels", label)) => self.labels.get(label),
            Some(("annotations", annotation)) => self.annotations.get(annotation),
            _ => None,
        };
        let other = || self.others.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        known.or_else(other).filter(|value| !value.is_empty())
    }

    /// The value of a name where it is a short and harmless line as it is: anything else would be another value.
    fn exact(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| harmless::line(value, LONGEST) == **value)
    }
}

/// Fills the placeholders of text, links and code. Steps keep their text as written: values reach them as variables
/// alone; what is to be read beside it is in [`Step::shown`]. Values that a step gives to a remedy are filled, because
/// they are checked by its parameters like typed ones.
#[must_use]
pub fn fill(document: Document, values: &Values) -> Document {
    let title = document.title.map(|title| words(&title, values));
    Document { title, blocks: blocks(document.blocks, values) }
}

/// Text in pieces: `Text`, `Filled` and `Missing`, in order. Text that holds no placeholder is one piece.
#[must_use]
pub fn pieces(text: &str, values: &Values) -> Vec<Inline> {
    let mut made = Vec::new();
    for found in name::all(text, values) {
        made.push(match found {
            Found::Text(text) => Inline::Text(text.to_owned()),
            Found::Name { name, .. } => match values.get(name) {
                Some(value) => {
                    Inline::Filled { name: name.to_owned(), value: harmless::line(value, LONGEST).into_owned() }
                }
                None => Inline::Missing(name.to_owned()),
            },
        });
    }
    made
}

/// Text with its placeholders filled, and those that nothing fills as they are written.
fn words(text: &str, values: &Values) -> String {
    let found = name::all(text, values);
    let piece = |found| match found {
        Found::Text(text) => text.into(),
        Found::Name { name, written } => {
            values.get(name).map_or(written.into(), |value| harmless::line(value, LONGEST))
        }
    };
    found.map(piece).collect()
}

fn blocks(all: Vec<Block>, values: &Values) -> Vec<Block> {
    all.into_iter().map(|one| block(one, values)).collect()
}

fn block(block: Block, values: &Values) -> Block {
    match block {
        Block::Heading { level, text } => Block::Heading { level, text: inlines(text, values) },
        Block::Paragraph(text) => Block::Paragraph(inlines(text, values)),
        Block::List { first, items } => {
            let item = |item: Item| Item { blocks: blocks(item.blocks, values), ..item };
            Block::List { first, items: items.into_iter().map(item).collect() }
        }
        Block::Quote(inside) => Block::Quote(blocks(inside, values)),
        Block::Code { info, text } => Block::Code { info, text: words(&text, values) },
        Block::Step(step) => Block::Step(self::step(step, values)),
        Block::Table { align, head, rows } => {
            let row = |row: Vec<Vec<Inline>>| row.into_iter().map(|cell| inlines(cell, values)).collect();
            Block::Table { align, head: row(head), rows: rows.into_iter().map(row).collect() }
        }
        Block::Rule | Block::Html(_) => block,
    }
}

fn step(step: Step, values: &Values) -> Step {
    let shown = pieces(&clean::lines(&step.text), values);
    let is_filled = shown.iter().any(|piece| !matches!(piece, Inline::Text(_)));
    let runs = match step.runs {
        Runs::Remedy { id, values: given } => {
            let given = given.into_iter().map(|(name, value)| (name, target::exact(&value, values).unwrap_or(value)));
            Runs::Remedy { id, values: given.collect() }
        }
        shell @ Runs::Shell(_) => shell,
    };
    let under = words(&step.under, values);
    Step { runs, under, shown: if is_filled { shown } else { Vec::new() }, ..step }
}

fn inlines(all: Vec<Inline>, values: &Values) -> Vec<Inline> {
    let mut made = Vec::with_capacity(all.len());
    for one in all {
        match one {
            Inline::Text(text) if text.contains("{{") => made.extend(pieces(&text, values)),
            other => made.push(inline(other, values)),
        }
    }
    made
}

fn inline(one: Inline, values: &Values) -> Inline {
    match one {
        Inline::Code(inside) => Inline::Code(inlines(inside, values)),
        Inline::Strong(inside) => Inline::Strong(inlines(inside, values)),
        Inline::Emphasis(inside) => Inline::Emphasis(inlines(inside, values)),
        Inline::Strike(inside) => Inline::Strike(inlines(inside, values)),
        Inline::Link { target, text } => {
            Inline::Link { target: target::fill(&target, values).unwrap_or(target), text: inlines(text, values) }
        }
        Inline::Image { target, text } => {
            Inline::Image { target: target::fill(&target, values).unwrap_or(target), text: inlines(text, values) }
        }
        other => other,
    }
}
