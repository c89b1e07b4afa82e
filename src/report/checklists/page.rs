//! Pages about checklists, built as documents: text and Markdown are two ways to write the same.

use std::io::{self, Write};

use crate::domain::runbook::document::{Align, Task};
use crate::domain::runbook::{Block, Document, Inline, Item};
use crate::report::runbook::{markdown, text};

/// How a page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Wrapped at so many columns.
    Text(usize),
    /// As Markdown.
    Markdown,
}

/// Writes a page.
pub(super) fn write(blocks: Vec<Block>, shape: Shape, out: &mut dyn Write) -> io::Result<()> {
    let document = Document { title: None, blocks };
    match shape {
        Shape::Text(width) => text::write(&document, width, out),
        Shape::Markdown => markdown::write(&document, out),
    }
}

fn inline(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.trim().to_owned())]
}

pub(super) fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: inline(text) }
}

pub(super) fn paragraph(text: &str) -> Block {
    Block::Paragraph(inline(text))
}

/// The paragraphs of a text: what stands between empty lines.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = Block> {
    let parts = text.split("\n\n").filter(|part| !part.trim().is_empty());
    parts.map(|part| paragraph(&part.lines().map(str::trim).collect::<Vec<_>>().join(" ")))
}

/// Lines as they are, for what a program said.
pub(super) fn output(lines: &[String]) -> Option<Block> {
    (!lines.is_empty()).then(|| Block::Code { info: String::new(), text: lines.join("\n") })
}

pub(super) fn tasks(items: Vec<(bool, Vec<Block>)>) -> Block {
    let task = |done| Some(Task { key: String::new(), done });
    let items = items.into_iter().map(|(done, blocks)| Item { task: task(done), blocks });
    Block::List { first: None, items: items.collect() }
}

pub(super) fn bullets(lines: &[String]) -> Option<Block> {
    let item = |line: &String| Item { task: None, blocks: vec![paragraph(line)] };
    (!lines.is_empty()).then(|| Block::List { first: None, items: lines.iter().map(item).collect() })
}

pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> Block {
    let cells = |row: &Vec<String>| row.iter().map(|cell| inline(cell)).collect();
    Block::Table {
        align: vec![Align::Left; head.len()],
        head: head.iter().map(|cell| inline(cell)).collect(),
        rows: rows.iter().map(cells).collect(),
    }
}
