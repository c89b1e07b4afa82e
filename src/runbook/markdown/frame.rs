//! What is open while a document is read, innermost last.

use crate::domain::runbook::document::{Align, Block, Inline, Item, Task};

/// Something open.
#[derive(Debug)]
pub(super) enum Frame {
    /// What holds blocks.
    Blocks {
        holder: Holder,
        blocks: Vec<Block>,
        /// Whether the last block is a paragraph to which bare text goes: items of tight lists have none of their own.
        open: bool,
    },
    /// A list.
    List { first: Option<u64>, items: Vec<Item> },
    /// What holds inline text.
    Text { part: Part, text: Vec<Inline> },
    /// A table.
    Table { align: Vec<Align>, head: Row, rows: Vec<Row> },
    /// A row of it.
    Row { cells: Row, is_head: bool },
    /// Code, with the words behind its fence.
    Code { info: String, text: String },
    /// HTML.
    Html { text: String },
}

/// The cells of a row.
pub(super) type Row = Vec<Vec<Inline>>;

/// What holds blocks.
#[derive(Debug)]
pub(super) enum Holder {
    Quote,
    Item(Option<Task>),
}

/// What holds inline text.
#[derive(Debug)]
pub(super) enum Part {
    Paragraph,
    Heading(u8),
    Cell,
    Strong,
    Emphasis,
    Strike,
    Link(String),
    Image(String),
}

impl Frame {
    pub(super) fn blocks(holder: Holder) -> Self {
        Self::Blocks { holder, blocks: Vec::new(), open: false }
    }

    pub(super) fn text(part: Part) -> Self {
        Self::Text { part, text: Vec::new() }
    }
}

/// Adds inline text; what follows text is joined to it.
pub(super) fn join(all: &mut Vec<Inline>, one: Inline) {
    match (all.last_mut(), one) {
        (Some(Inline::Text(last)), Inline::Text(more)) => last.push_str(&more),
        (_, Inline::Text(text)) if text.is_empty() => {}
        (_, one) => all.push(one),
    }
}

/// Adds a block to those that are open.
pub(super) fn add(blocks: &mut Vec<Block>, open: &mut bool, block: Block) {
    *open = false;
    blocks.push(block);
}

/// Adds inline text to blocks: to the open paragraph, or to a new one.
pub(super) fn add_text(blocks: &mut Vec<Block>, open: &mut bool, one: Inline) {
    match blocks.last_mut() {
        Some(Block::Paragraph(text)) if *open => join(text, one),
        _ => {
            let mut text = Vec::new();
            join(&mut text, one);
            blocks.push(Block::Paragraph(text));
            *open = true;
        }
    }
}
