//! The words of a document without their form: for searching, titles and hashes.

use super::document::{Block, Document, Inline, Item};

/// The words of a document, a line for each block; the cells of a row stand on one line.
#[must_use]
pub fn document(document: &Document) -> String {
    let mut made = String::new();
    blocks(&document.blocks, &mut made);
    made
}

/// The words of inline text, on one line but for breaks that the author wants.
#[must_use]
pub fn inline(text: &[Inline]) -> String {
    let mut made = String::new();
    inlines(text, &mut made);
    made
}

/// The words of an item, without the lists in it.
#[must_use]
pub fn item(item: &[Block]) -> String {
    let mut made = String::new();
    for one in item.iter().filter(|one| !matches!(one, Block::List { .. })) {
        block(one, &mut made);
    }
    made
}

fn blocks(all: &[Block], made: &mut String) {
    for one in all {
        block(one, made);
    }
}

fn block(block: &Block, made: &mut String) {
    match block {
        Block::Heading { text, .. } | Block::Paragraph(text) => line(text, made),
        Block::List { items, .. } => {
            for Item { blocks: inside, .. } in items {
                blocks(inside, made);
            }
        }
        Block::Quote(inside) => blocks(inside, made),
        Block::Code { text, .. } | Block::Html(text) => whole(text, made),
        Block::Step(step) => whole(&step.text, made),
        Block::Table { head, rows, .. } => {
            for row in std::iter::once(head).chain(rows) {
                for (at, cell) in row.iter().enumerate() {
                    if at > 0 {
                        made.push(' ');
                    }
                    inlines(cell, made);
                }
                made.push('\n');
            }
        }
        Block::Rule => {}
    }
}

fn line(text: &[Inline], made: &mut String) {
    inlines(text, made);
    made.push('\n');
}

fn whole(text: &str, made: &mut String) {
    made.push_str(text);
    if !text.ends_with('\n') {
        made.push('\n');
    }
}

fn inlines(all: &[Inline], made: &mut String) {
    for one in all {
        match one {
            Inline::Text(text) | Inline::Html(text) | Inline::Filled { value: text, .. } => made.push_str(text),
            Inline::Missing(name) => made.extend(["{{", name, "}}"]),
            Inline::Code(inside)
            | Inline::Strong(inside)
            | Inline::Emphasis(inside)
            | Inline::Strike(inside)
            | Inline::Link { text: inside, .. }
            | Inline::Image { text: inside, .. } => inlines(inside, made),
            Inline::Break => made.push('\n'),
        }
    }
}
