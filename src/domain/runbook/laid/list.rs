//! Lists, numbered or not, with boxes or without.

use super::press::Press;
use super::{Ink, Look, Span, Task, blocks::plain, width};
use crate::domain::runbook::document::Task as InFile;
use crate::domain::runbook::{Block, Item};

impl Press<'_> {
    pub(super) fn list(&mut self, first: Option<u64>, items: &[Item]) {
        let last = first.map(|first| first.saturating_add(items.len().saturating_sub(1) as u64));
        let wide = last.map_or(0, |last| last.to_string().len());
        let outer = self.of.task;
        self.lists += 1;
        for (at, item) in items.iter().enumerate() {
            let number = first.map(|first| format!("{:>wide$}. ", first.saturating_add(at as u64)));
            self.next_block();
            let lead = match &item.task {
                Some(task) => self.box_of(task, item, &number.unwrap_or_default()),
                None => Span::new(number.unwrap_or_else(|| "• ".to_owned()), Look::of(Ink::Dim)),
            };
            debug_assert!(width(&lead.text) > 0, "an item has a sign");
            self.within(lead, None, |press| press.blocks(&item.blocks));
            self.after = None;
            self.of.task = outer;
        }
        self.lists -= 1;
    }

    /// A box: ticked by the file, or for the incident.
    fn box_of(&mut self, task: &InFile, item: &Item, number: &str) -> Span {
        let ticked = self.around.ticks.get(&task.key);
        let is_done = task.done || ticked.is_some();
        let text = item.blocks.iter().find_map(|block| match block {
            Block::Paragraph(text) => Some(plain(text)),
            _ => None,
        });
        self.of.task = Some(self.made.tasks.len());
        let (key, text) = (task.key.clone(), text.unwrap_or_default());
        self.made.tasks.push(Task { key, by_file: task.done, text });
        self.after = ticked.cloned();
        let (sign, look) = if is_done { ("[x] ", Look::of(Ink::Accent)) } else { ("[ ] ", Look::of(Ink::Text).bold()) };
        Span::new(format!("{number}{sign}"), look)
    }
}
