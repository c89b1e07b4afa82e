//! A document laid out for a width: lines of pieces with a meaning each, so that a cursor can move over them and a
//! screen only has to paint them.
//!
//! What lives here: the pure rule from a document and a width to lines. It is done when a document, the width or a
//! tick changes, not for each frame: a document may have a megabyte. What must not: colours, keys, what a cursor is.

mod blocks;
mod code;
mod flow;
mod list;
mod measure;
mod press;
mod table;

#[cfg(test)]
pub(crate) mod made;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Serialize;

use super::document::{Block, Document, Runs, Step};
use press::Press;

pub use measure::{pieces, width};

/// A document as lines.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Layout {
    /// The lines, from top to bottom.
    pub lines: Vec<Line>,
    /// The headings, from top to bottom.
    pub headings: Vec<Heading>,
    /// The steps: their numbers and the first line of each.
    pub steps: Vec<(usize, usize)>,
    /// The boxes.
    pub tasks: Vec<Task>,
    /// Where links lead.
    pub links: Vec<String>,
    /// The texts of code blocks, whole.
    pub codes: Vec<String>,
}

/// A heading and where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// Its first line.
    pub line: usize,
}

/// A box that can be ticked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Task {
    /// Its task's key.
    pub key: String,
    /// Whether the file itself has it ticked.
    pub by_file: bool,
    /// What it says.
    pub text: String,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Line {
    /// Its pieces, from left to right.
    pub spans: Vec<Span>,
    /// What it belongs to.
    pub of: Of,
}

/// What a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Of {
    /// The number of its block, counted from the top whatever the width: a cursor is kept by it.
    pub block: usize,
    /// The level of its heading.
    pub heading: Option<u8>,
    /// The number of its step.
    pub step: Option<usize>,
    /// Its code, as an index of [`Layout::codes`].
    pub code: Option<usize>,
    /// Its box, as an index of [`Layout::tasks`].
    pub task: Option<usize>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// What it says.
    pub text: String,
    /// How it is meant.
    pub look: Look,
    /// Where it leads, as an index of [`Layout::links`].
    pub link: Option<usize>,
}

/// How a piece is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Look {
    /// As what.
    pub ink: Ink,
    /// Strong.
    pub bold: bool,
    /// Emphasised.
    pub italic: bool,
    /// Struck out.
    pub struck: bool,
}

/// As what a piece is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Ink {
    /// Text.
    #[default]
    Text,
    /// Beside the text: who ticked, what language.
    Dim,
    /// No word of the document: edges, signs that a line goes on.
    Frame,
    /// A heading.
    Heading,
    /// Code.
    Code,
    /// What a placeholder was filled with.
    Filled,
    /// A placeholder that nothing fills.
    Missing,
    /// A link.
    Link,
    /// What can be run, and a box that is ticked.
    Accent,
    /// Something to know before: steps cannot be run, a step was wrong.
    Warning,
    /// A step that ended well.
    Good,
    /// A step that did not.
    Bad,
}

/// What stands around a document: its room, and what operators did with it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Around {
    /// Columns.
    pub width: usize,
    /// The runbook's name, from which the ids of its steps' runs are made.
    pub name: String,
    /// What must be known before: steps that cannot be run, an answer that was kept.
    pub notes: Vec<String>,
    /// Boxes that are ticked for the incident, by key: by whom and when, in words.
    pub ticks: BTreeMap<String, String>,
    /// The runs of the incident, newest first.
    pub runs: Vec<Ran>,
    /// How many notes there are that a step was wrong, by the step's key.
    pub wrong: BTreeMap<String, usize>,
    /// The key that runs a step; `None` where none can be run.
    pub key: Option<String>,
}

/// A run, as a step shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ran {
    /// The remedy's id, or the one of a step.
    pub id: String,
    /// How it stands.
    pub ink: Ink,
    /// In words.
    pub words: String,
}

impl Ran {
    /// Whether it was a run of this step: by the remedy that the step names, else by an id that is made of the
    /// runbook's name and ends in the step's number.
    #[must_use]
    pub fn is_of(&self, name: &str, step: &Step) -> bool {
        if let Runs::Remedy { id, .. } = &step.runs {
            return *id == self.id;
        }
        let head = self.id.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = self.id.get(head.len()..).unwrap_or_default();
        let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        number.parse() == Ok(step.number) && plain(head).contains(&plain(name))
    }
}

/// Lays a document out. Every word of it is in a line, and no line is wider than its room unless one character is.
#[must_use]
pub fn lay(document: &Document, around: &Around) -> Layout {
    let mut press = Press::new(around);
    press.notes();
    press.blocks(&document.blocks);
    press.made
}

/// A step by its number.
#[must_use]
pub fn step_of(document: &Document, number: usize) -> Option<&Step> {
    fn within(blocks: &[Block], number: usize) -> Option<&Step> {
        blocks.iter().find_map(|block| match block {
            Block::Step(step) if step.number == number => Some(step),
            Block::Quote(blocks) => within(blocks, number),
            Block::List { items, .. } => items.iter().find_map(|item| within(&item.blocks, number)),
            _ => None,
        })
    }
    within(&document.blocks, number)
}

impl Line {
    /// Its words, edges left out.
    #[must_use]
    pub fn words(&self) -> String {
        self.spans.iter().filter(|span| span.look.ink != Ink::Frame).map(|span| span.text.as_str()).collect()
    }

    /// Everything that is seen of it.
    #[must_use]
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// Where its links lead, as indices, from left to right.
    pub fn links(&self) -> impl Iterator<Item = usize> + '_ {
        self.spans.iter().filter_map(|span| span.link)
    }
}

impl Look {
    /// Of an ink.
    #[must_use]
    pub fn of(ink: Ink) -> Self {
        Self { ink, ..Self::default() }
    }

    /// The same, strong.
    #[must_use]
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same in another ink.
    #[must_use]
    pub fn with(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }
}

impl Span {
    /// A piece that leads nowhere.
    #[must_use]
    pub fn new(text: impl Into<String>, look: Look) -> Self {
        Self { text: text.into(), look, link: None }
    }
}
