//! From events to blocks, with bounded depth: what is nested deeper stands one level up, its words kept.

use std::collections::HashMap;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Tag};

use super::frame::{self, Frame, Holder, Part};
use super::{clean, fence, key};
use crate::domain::runbook::document::{Align, Block, Document, Inline, Item, Task};
use crate::domain::runbook::plain;

/// How many lists, items and quotes may be open at once.
const DEEPEST_BLOCK: usize = 24;
/// How many of anything may be open at once; what is marked up deeper is plain.
const DEEPEST: usize = 40;
/// The most columns that are a table; the rows of wider ones are paragraphs.
const COLUMNS: usize = 64;

/// A document in the making.
#[derive(Debug, Default)]
pub(super) struct Builder {
    document: Document,
    open: bool,
    stack: Vec<Frame>,
    /// For each tag that is open, whether it has a frame.
    framed: Vec<bool>,
    steps: usize,
    /// The nearest heading.
    under: String,
    /// How often an item with the same words came before.
    same: HashMap<String, usize>,
    /// What the next paragraph begins with: the mark of a footnote.
    mark: Option<String>,
}

impl Builder {
    pub(super) fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(_) => self.end(),
            Event::Text(text) | Event::Html(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
            Event::Code(text) => {
                let text = clean::words(&text).into_owned();
                self.inline(Inline::Code(vec![Inline::Text(text)]));
            }
            Event::InlineHtml(text) if is_break(&text) => self.inline(Inline::Break),
            Event::InlineHtml(text) => self.inline(Inline::Html(clean::words(&text).into_owned())),
            Event::FootnoteReference(label) => self.inline(Inline::Text(format!("[^{}]", clean::words(&label)))),
            Event::SoftBreak => self.inline(Inline::Text(" ".to_owned())),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => self.block(Block::Rule),
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    pub(super) fn finish(mut self) -> Document {
        // Tags are balanced; if they ever are not, what is open is closed.
        while !self.stack.is_empty() {
            self.close();
        }
        self.document
    }

    fn start(&mut self, tag: Tag<'_>) {
        if let Tag::FootnoteDefinition(label) = &tag {
            self.mark = Some(format!("[^{}]: ", clean::words(label)));
        }
        let kind = if let Tag::BlockQuote(Some(kind)) = &tag { Some(*kind) } else { None };
        let frame = self.frame(tag);
        self.framed.push(frame.is_some());
        self.stack.extend(frame);
        if let Some(kind) = kind {
            let word = Inline::Text(word_of(kind).to_owned());
            self.block(Block::Paragraph(vec![Inline::Strong(vec![word])]));
        }
    }

    /// What a tag opens; nothing where it would be too deep, or stands outside of what it belongs to.
    fn frame(&mut self, tag: Tag<'_>) -> Option<Frame> {
        let room = DEEPEST_BLOCK.saturating_sub(self.stack.len());
        let top = self.stack.last();
        let is_plain = self.stack.len() >= DEEPEST;
        let target = |url: &str| clean::words(url).into_owned();
        Some(match tag {
            Tag::BlockQuote(_) if room > 0 => Frame::blocks(Holder::Quote),
            Tag::List(first) if room > 1 => Frame::List { first, items: Vec::new() },
            Tag::Item if matches!(top, Some(Frame::List { .. })) => Frame::blocks(Holder::Item(None)),
            Tag::Table(align) => {
                Frame::Table { align: align.into_iter().map(align_of).collect(), head: Vec::new(), rows: Vec::new() }
            }
            Tag::TableHead => Frame::Row { cells: Vec::new(), is_head: true },
            Tag::TableRow => Frame::Row { cells: Vec::new(), is_head: false },
            Tag::TableCell => Frame::text(Part::Cell),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Frame::Code { info: info.into_string(), text: String::new() }
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => Frame::Code { info: String::new(), text: String::new() },
            Tag::HtmlBlock => Frame::Html { text: String::new() },
            Tag::Heading { level, .. } => Frame::text(Part::Heading(level as u8)),
            Tag::Paragraph => {
                let mark = self.mark.take().map(Inline::Text);
                Frame::Text { part: Part::Paragraph, text: mark.into_iter().collect() }
            }
            _ if is_plain => return None,
            Tag::Strong => Frame::text(Part::Strong),
            Tag::Emphasis => Frame::text(Part::Emphasis),
            Tag::Strikethrough => Frame::text(Part::Strike),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                Frame::text(Part::Link(format!("mailto:{}", target(&dest_url))))
            }
            Tag::Link { dest_url, .. } => Frame::text(Part::Link(target(&dest_url))),
            Tag::Image { dest_url, .. } => Frame::text(Part::Image(target(&dest_url))),
            _ => return None,
        })
    }

    fn end(&mut self) {
        if self.framed.pop() == Some(true) {
            self.close();
        } else if let Some(mark) = self.mark.take() {
            // A footnote that does not begin with a paragraph.
            self.inline(Inline::Text(mark));
        }
    }

    fn close(&mut self) {
        match self.stack.pop() {
            None => {}
            Some(Frame::Blocks { holder: Holder::Quote, blocks, .. }) => self.block(Block::Quote(blocks)),
            Some(Frame::Blocks { holder: Holder::Item(task), blocks, .. }) => self.item(task, blocks),
            Some(Frame::List { first, items }) => self.block(Block::List { first, items }),
            Some(Frame::Text { part, text }) => self.part(part, text),
            Some(Frame::Row { cells, is_head }) => match self.stack.last_mut() {
                Some(Frame::Table { head, .. }) if is_head => *head = cells,
                Some(Frame::Table { rows, .. }) => rows.push(cells),
                _ => self.block(flat(cells)),
            },
            Some(Frame::Table { align, head, rows }) if align.len() > COLUMNS => {
                for row in std::iter::once(head).chain(rows) {
                    self.block(flat(row));
                }
            }
            Some(Frame::Table { align, head, rows }) => self.block(Block::Table { align, head, rows }),
            Some(Frame::Code { info, text }) => {
                let block = fence::block(&info, &text, &self.under, &mut self.steps);
                self.block(block);
            }
            Some(Frame::Html { text }) => {
                let text = clean::lines(text.strip_suffix('\n').unwrap_or(&text));
                self.block(Block::Html(text));
            }
        }
    }

    fn part(&mut self, part: Part, text: Vec<Inline>) {
        match part {
            Part::Paragraph => self.block(Block::Paragraph(text)),
            Part::Heading(level) => {
                plain::inline(&text).replace('\n', " ").trim().clone_into(&mut self.under);
                let title = &mut self.document.title;
                if title.is_none() && !self.under.is_empty() {
                    *title = Some(self.under.clone());
                }
                self.block(Block::Heading { level, text });
            }
            Part::Cell => match self.stack.last_mut() {
                Some(Frame::Row { cells, .. }) => cells.push(text),
                _ => self.block(Block::Paragraph(text)),
            },
            Part::Strong => self.inline(Inline::Strong(text)),
            Part::Emphasis => self.inline(Inline::Emphasis(text)),
            Part::Strike => self.inline(Inline::Strike(text)),
            Part::Link(target) => self.inline(Inline::Link { target, text }),
            Part::Image(target) => self.inline(Inline::Image { target, text }),
        }
    }

    fn item(&mut self, task: Option<Task>, blocks: Vec<Block>) {
        let task = task.map(|task| {
            let words = plain::item(&blocks);
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let before = self.same.entry(words.clone()).or_default();
            let key = key::of(&[&words, &before.to_string()]);
            *before += 1;
            Task { key, ..task }
        });
        match self.stack.last_mut() {
            Some(Frame::List { items, .. }) => items.push(Item { task, blocks }),
            _ => {
                for block in blocks {
                    self.block(block);
                }
            }
        }
    }

    /// The box of the item that just began; one that is too deep is text.
    fn task(&mut self, done: bool) {
        let item = match self.stack.as_mut_slice() {
            [.., Frame::Blocks { holder: Holder::Item(task), blocks, .. }] if blocks.is_empty() => Some(task),
            [
                ..,
                Frame::Blocks { holder: Holder::Item(task), blocks, .. },
                Frame::Text { part: Part::Paragraph, text },
            ] if blocks.is_empty() && text.is_empty() => Some(task),
            _ => None,
        };
        match item {
            Some(task @ None) => *task = Some(Task { key: String::new(), done }),
            _ => self.inline(Inline::Text(if done { "[x] " } else { "[ ] " }.to_owned())),
        }
    }

    fn text(&mut self, more: &str) {
        match self.stack.last_mut() {
            Some(Frame::Code { text, .. } | Frame::Html { text }) => text.push_str(more),
            _ => self.inline(Inline::Text(clean::words(more).into_owned())),
        }
    }

    fn inline(&mut self, one: Inline) {
        match self.stack.last_mut() {
            Some(Frame::Text { text, .. }) => frame::join(text, one),
            Some(Frame::Blocks { blocks, open, .. }) => frame::add_text(blocks, open, one),
            _ => frame::add_text(&mut self.document.blocks, &mut self.open, one),
        }
    }

    fn block(&mut self, block: Block) {
        match self.stack.last_mut() {
            Some(Frame::Blocks { blocks, open, .. }) => frame::add(blocks, open, block),
            _ => frame::add(&mut self.document.blocks, &mut self.open, block),
        }
    }
}

/// A row as a paragraph. Cells that were added at its end to fill it up are left out.
fn flat(mut cells: frame::Row) -> Block {
    while cells.last().is_some_and(Vec::is_empty) {
        cells.pop();
    }
    let mut text = Vec::new();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            frame::join(&mut text, Inline::Text(" | ".to_owned()));
        }
        for one in cell {
            frame::join(&mut text, one);
        }
    }
    Block::Paragraph(text)
}

/// The one tag that is understood: in a table's cell there is no other way to break a line.
fn is_break(html: &str) -> bool {
    let name = html.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or_default();
    name.trim_end_matches('/').trim_end().eq_ignore_ascii_case("br")
}

fn align_of(align: Alignment) -> Align {
    match align {
        Alignment::None | Alignment::Left => Align::Left,
        Alignment::Center => Align::Centre,
        Alignment::Right => Align::Right,
    }
}

fn word_of(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "Note",
        BlockQuoteKind::Tip => "Tip",
        BlockQuoteKind::Important => "Important",
        BlockQuoteKind::Warning => "Warning",
        BlockQuoteKind::Caution => "Caution",
    }
}
