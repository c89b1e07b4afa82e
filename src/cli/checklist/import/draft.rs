//! From a Markdown document to a checklist, and to its TOML.

use std::collections::BTreeSet;

use serde::Serialize;

use super::slug::{slug, unique};
use crate::domain::harmless;
use crate::domain::runbook::{Block, Document, Inline, plain};

/// The longest title.
const TITLE: usize = 80;
/// The longest text of an item; the whole of a longer one begins its help.
const LONGEST: usize = 200;
/// The longest help.
const HELP: usize = 2_000;
/// The most items of a list, and the most sections.
const MOST: (usize, usize) = (200, 40);

/// A checklist that was read from Markdown, as it is written into a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub(super) struct Draft {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) help: String,
    /// Items of a list without sections.
    #[serde(rename = "item", skip_serializing_if = "Vec::is_empty")]
    pub(super) items: Vec<Item>,
    #[serde(rename = "section", skip_serializing_if = "Vec::is_empty")]
    pub(super) sections: Vec<Section>,
}

/// What stands under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub(super) struct Section {
    pub(super) title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) help: String,
    #[serde(rename = "item")]
    pub(super) items: Vec<Item>,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) text: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) help: String,
}

impl Draft {
    /// Whether there is nothing to look at.
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty() && self.sections.is_empty()
    }

    /// How many items and sections it has, if that is more than a checklist may have.
    pub(super) fn is_too_large(&self) -> Option<(usize, usize)> {
        let items = self.items.len() + self.sections.iter().map(|section| section.items.len()).sum::<usize>();
        let sections = self.sections.len();
        (items > MOST.0 || sections > MOST.1).then_some((items, sections))
    }

    /// The text of a file of it.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string_pretty(self)
    }
}

/// A checklist of a document, and how many headings have no task below them. A first heading above all others is the
/// title where none is given; else the name of the file is.
pub(super) fn read(document: &Document, title: Option<&str>, name: &str) -> (Draft, usize) {
    let mut reading = Reading::default();
    document.blocks.iter().for_each(|block| reading.block(block));
    let headed = reading.headed();
    let mut parts = reading.parts;
    let heading = headed.and_then(|at| parts.get_mut(at)).map(|part| std::mem::take(&mut part.title));
    let given = title.map(title_of).or(heading).filter(|text| !text.is_empty());
    let title = given.or_else(|| Some(title_of(name)).filter(|text| !text.is_empty()));
    let title = title.unwrap_or_else(|| "Checklist".to_owned());
    // What stands before the first section is about the whole list, but for its tasks.
    let help =
        joined(parts.iter_mut().take_while(|part| part.title.is_empty()).map(|part| std::mem::take(&mut part.help)));
    let left = parts.iter().filter(|part| part.items.is_empty() && !part.title.is_empty()).count();
    parts.retain(|part| !part.items.is_empty());
    let mut draft = Draft { id: slug(&title, "checklist"), title, help, ..Draft::default() };
    match parts.as_mut_slice() {
        [only] if only.title.is_empty() => draft.items = std::mem::take(&mut only.items),
        _ => draft.sections = parts,
    }
    for section in draft.sections.iter_mut().filter(|section| section.title.is_empty()) {
        section.title.clone_from(&draft.title);
    }
    (draft, left)
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    parts: Vec<Section>,
    /// The level of each heading, and the part that it begins.
    levels: Vec<(u8, usize)>,
    taken: BTreeSet<String>,
}

impl Reading {
    /// The part whose heading is the title: the first heading, if it stands above all others and before every task.
    fn headed(&self) -> Option<usize> {
        let (level, at) = *self.levels.first()?;
        let above = self.levels.iter().skip(1).all(|(other, _)| *other > level);
        let before = self.parts.iter().take(at).all(|part| part.items.is_empty());
        (above && before).then_some(at)
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                self.levels.push((*level, self.parts.len()));
                self.parts.push(Section { title: title_of(&plain::inline(text)), ..Section::default() });
            }
            Block::List { items, .. } if items.iter().any(has_task) => items.iter().for_each(|item| self.item(item)),
            Block::Quote(inside) => inside.iter().for_each(|block| self.block(block)),
            other => {
                let words = words_of(other);
                add(&mut self.part().help, &words);
            }
        }
    }

    /// A task, its help, and the tasks below it; what is no task is help of the task before it.
    fn item(&mut self, item: &crate::domain::runbook::Item) {
        if item.task.is_none() {
            item.blocks.iter().for_each(|block| self.below(block));
            return;
        }
        let mut blocks = item.blocks.iter().peekable();
        let whole = blocks.next_if(|first| !matches!(first, Block::List { .. })).map(words_of).unwrap_or_default();
        let text = text_of(&whole);
        let text = if text.is_empty() { "(no text)".to_owned() } else { text };
        let id = unique(&text, &mut self.taken);
        self.part().items.push(Item { id, help: String::new(), text });
        if whole.chars().count() > LONGEST {
            self.below(&Block::Paragraph(vec![Inline::Text(whole)]));
        }
        blocks.for_each(|block| self.below(block));
    }

    fn below(&mut self, block: &Block) {
        match block {
            Block::List { items, .. } if items.iter().any(has_task) => items.iter().for_each(|item| self.item(item)),
            other => {
                let words = words_of(other);
                let part = self.part();
                add(part.items.last_mut().map_or(&mut part.help, |item| &mut item.help), &words);
            }
        }
    }

    fn part(&mut self) -> &mut Section {
        if self.parts.is_empty() {
            self.parts.push(Section::default());
        }
        let at = self.parts.len() - 1;
        &mut self.parts[at]
    }
}

fn has_task(item: &crate::domain::runbook::Item) -> bool {
    let below = |block: &Block| matches!(block, Block::List { items, .. } if items.iter().any(has_task));
    item.task.is_some() || item.blocks.iter().any(below)
}

/// One line of a text.
fn text_of(text: &str) -> String {
    line_of(text, LONGEST)
}

fn title_of(text: &str) -> String {
    line_of(text, TITLE)
}

fn line_of(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    harmless::line(&words.join(" "), most).trim().to_owned()
}

/// The words of a block.
fn words_of(block: &Block) -> String {
    plain::document(&Document { title: None, blocks: vec![block.clone()] })
}

/// Adds a paragraph to a help.
fn add(help: &mut String, words: &str) {
    let words: Vec<String> = words.lines().map(|line| harmless::line(line, 1_000).trim_end().to_owned()).collect();
    *help = joined([std::mem::take(help), words.join("\n").trim().to_owned()]);
}

/// Paragraphs, at most as long as a help may be.
fn joined(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let whole = parts.join("\n\n");
    if whole.chars().count() <= HELP { whole } else { whole.chars().take(HELP - 1).chain(['…']).collect() }
}
