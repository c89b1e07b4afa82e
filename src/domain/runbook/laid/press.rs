//! Where lines are put together: what stands left of them, and what they belong to.

use super::flow::Flow;
use super::measure::width;
use super::{Around, Ink, Layout, Line, Look, Of, Span};

/// A layout that is being made.
pub(super) struct Press<'a> {
    pub(super) around: &'a Around,
    pub(super) made: Layout,
    /// What the lines that come belong to.
    pub(super) of: Of,
    /// How many lists are open.
    pub(super) lists: usize,
    /// What stands at the end of the next paragraph: who ticked its box.
    pub(super) after: Option<String>,
    margins: Vec<Margin>,
}

/// What stands left of lines.
struct Margin {
    /// Of the first, until there was one.
    first: Option<Span>,
    /// Of the others; as wide as the first.
    rest: Span,
    wide: usize,
}

impl<'a> Press<'a> {
    pub(super) fn new(around: &'a Around) -> Self {
        let (made, of) = (Layout::default(), Of::default());
        Self { around, made, of, lists: 0, after: None, margins: Vec::new() }
    }

    /// What must be known before anything else.
    pub(super) fn notes(&mut self) {
        for note in &self.around.notes {
            self.flow(Flow::line(Ink::Warning, note));
        }
        if !self.around.notes.is_empty() {
            self.blank();
        }
    }

    /// How wide a line may be here.
    pub(super) fn room(&self) -> usize {
        let taken: usize = self.margins.iter().map(|margin| margin.wide).sum();
        self.around.width.saturating_sub(taken).max(1)
    }

    /// The next block begins.
    pub(super) fn next_block(&mut self) {
        self.of.block += 1;
    }

    /// Puts something left of the lines that `inside` makes: `first` of the first of them. Where that would leave less
    /// than half of the room, `first` stands in a line of its own, and nothing left of the others.
    pub(super) fn within(&mut self, first: Span, rest: Option<Span>, inside: impl FnOnce(&mut Self)) {
        let wide = width(&first.text);
        let taken: usize = self.margins.iter().map(|margin| margin.wide).sum();
        if (taken + wide) * 2 > self.around.width {
            if !first.text.trim().is_empty() && rest.is_none() {
                self.flow(Flow::line(first.look.ink, first.text.trim()));
            }
            return inside(self);
        }
        let blank = || Span::new(" ".repeat(wide), Look::of(Ink::Frame));
        let block = self.of.block;
        self.margins.push(Margin { rest: rest.unwrap_or_else(blank), first: Some(first), wide });
        inside(self);
        // An item without anything in it is still an item.
        let unsaid = self.margins.last().is_some_and(|margin| {
            margin.first.as_ref().is_some_and(|first| first.look.ink != Ink::Frame && !first.text.trim().is_empty())
        });
        if unsaid {
            let last = std::mem::replace(&mut self.of.block, block);
            self.line(Vec::new());
            self.of.block = last;
        }
        self.margins.pop();
    }

    /// One line, as it is.
    pub(super) fn line(&mut self, spans: Vec<Span>) {
        let mut whole: Vec<Span> = Vec::with_capacity(self.margins.len() + spans.len());
        for margin in &mut self.margins {
            whole.push(margin.first.take().unwrap_or_else(|| margin.rest.clone()));
        }
        whole.extend(spans);
        self.made.lines.push(Line { spans: whole, of: self.of });
    }

    /// A line between two blocks: nothing but edges.
    pub(super) fn blank(&mut self) {
        let edges = self.margins.iter().map(|margin| margin.rest.clone()).collect();
        let of = Of { heading: None, code: None, ..self.of };
        self.made.lines.push(Line { spans: edges, of });
    }

    /// Running text.
    pub(super) fn flow(&mut self, flow: Flow) {
        for spans in flow.wrapped(self.room()) {
            self.line(spans);
        }
    }

    /// Pieces of inline text, their links known to this layout.
    pub(super) fn inlines(&mut self, inlines: &[crate::domain::runbook::Inline], look: Look) -> Flow {
        let mut flow = Flow::default();
        for inline in inlines {
            flow.add(inline, look, None, &mut self.made.links);
        }
        flow
    }

    /// Adds who ticked to the paragraph that says what was ticked.
    pub(super) fn ticked(&mut self, flow: &mut Flow) {
        if let Some(words) = self.after.take().filter(|words| !words.is_empty()) {
            flow.append(Flow::line(Ink::Dim, &format!("  {words}")));
        }
    }
}
