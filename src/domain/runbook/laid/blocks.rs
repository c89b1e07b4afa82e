//! Blocks: headings, paragraphs, quotes, rules.

use super::flow::Flow;
use super::press::Press;
use super::{Heading, Ink, Look, Span};
use crate::domain::runbook::{Block, Inline};

impl Press<'_> {
    /// Blocks one below the other.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let mut before = None;
        for block in blocks {
            if before.is_some_and(|before| self.stand_apart(before, block)) {
                self.blank();
            }
            self.next_block();
            self.block(block);
            before = Some(block);
        }
    }

    /// Whether there is an empty line between two blocks. Rows are few: not below a heading, and in lists only
    /// between paragraphs.
    fn stand_apart(&self, before: &Block, block: &Block) -> bool {
        match (before, block) {
            (Block::Heading { .. }, _) => false,
            (Block::Paragraph(_), Block::Paragraph(_)) => true,
            _ => self.lists == 0,
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph(text) => {
                let mut flow = self.inlines(text, Look::default());
                self.ticked(&mut flow);
                self.flow(flow);
            }
            Block::List { first, items } => self.list(*first, items),
            Block::Quote(blocks) => {
                let edge = || Span::new("│ ", Look::of(Ink::Frame));
                self.within(edge(), Some(edge()), |press| press.blocks(blocks));
            }
            Block::Code { info, text } => self.code(info, text),
            Block::Step(step) => self.step(step),
            Block::Table { align, head, rows } => self.table(align, head, rows),
            Block::Rule => {
                let edge = "─".repeat(self.room());
                self.line(vec![Span::new(edge, Look::of(Ink::Frame))]);
            }
            Block::Html(text) => {
                for line in text.lines() {
                    let flow = self.inlines(&[Inline::Html(line.to_owned())], Look::default());
                    self.flow(flow);
                }
            }
        }
    }

    fn heading(&mut self, level: u8, text: &[Inline]) {
        let look = Look::of(Ink::Heading).bold();
        let inner = self.inlines(text, look);
        let line = self.made.lines.len();
        self.of.heading = Some(level);
        // Its level is seen where there are no colours.
        let signs = "#".repeat(usize::from(level.clamp(1, 6)));
        let mut flow = Flow::line(Ink::Dim, &format!("{signs} "));
        flow.append(inner);
        self.flow(flow);
        self.of.heading = None;
        let text = plain(text);
        self.made.headings.push(Heading { level, text, line });
    }
}

/// The words of inline text.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let mut flow = Flow::default();
    for inline in inlines {
        flow.add(inline, Look::default(), None, &mut Vec::new());
    }
    let said = |line: Vec<Span>| line.into_iter().map(|span| span.text).collect::<String>();
    flow.wrapped(usize::MAX).into_iter().map(said).collect::<Vec<_>>().join(" ")
}
