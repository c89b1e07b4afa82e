//! Runbooks: finding the one of an incident, reading it, and what keys do on its page.

mod around;
mod boxes;
mod find;
mod lines;
mod links;
mod notes;

#[cfg(test)]
mod tests;

use crate::app::desk::Page;
use crate::app::effect::RunbookWish;
use crate::app::page::name_of;
use crate::app::toast::Tone;
use crate::app::{Action, App, Changed, Effect, Pane, Place};
use crate::domain::IncidentId;
use crate::domain::runbook::{Found, Runbook, Step};

impl App {
    /// `r`: the runbook of what is highlighted; on its page, once more from where it is.
    pub(super) fn open_runbook(&mut self, effects: &mut Vec<Effect>) {
        if self.place() == Place::Runbook {
            return self.read_again(true, effects);
        }
        let Some(incident) = self.subject().cloned() else {
            return self.say(Tone::Hint, "highlight an incident to see its runbook");
        };
        match self.runbook_of(&incident) {
            Some(found) => self.open_runbook_at(found, Some(incident.id), effects),
            None => self.show_gap(&incident),
        }
    }

    /// Opens a runbook, for an incident or for itself. One that was open for the same incident is as it was left.
    pub(super) fn open_runbook_at(&mut self, found: Found, incident: Option<IncidentId>, effects: &mut Vec<Effect>) {
        let before = self.desk.page.take();
        let page = match before {
            Some(page) if page.found == found && page.incident == incident => page,
            before => {
                let under_way = before.map(|page| page.under_way).unwrap_or_default();
                Page { under_way, ..Page::new(found, incident) }
            }
        };
        self.desk.page = Some(page);
        if self.place() != Place::Runbook {
            self.enter(Place::Runbook);
        }
        self.read_again(false, effects);
    }

    /// Asks for what is open. While the same place is being read already, the question waits for its answer: two
    /// answers from one place could not be told apart, and one may be filled with another incident's labels.
    pub(super) fn read_again(&mut self, afresh: bool, effects: &mut Vec<Effect>) {
        let Some(page) = &self.desk.page else { return };
        let wish = self.runbook_wish(page.found.clone(), page.incident, afresh);
        if let Some(page) = &mut self.desk.page {
            page.wish = Some(Box::new(wish));
            ask(page, effects);
        }
    }

    /// Keys of a runbook's page.
    pub(super) fn act_on_runbook(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let at_page = self.place() == Place::Runbook && self.desk.page.is_some();
        if !at_page {
            return self.say(Tone::Hint, "open a runbook first: 'r' on an incident");
        }
        if self.focus != Pane::Runbook {
            self.focus = Pane::Runbook;
            // What would change something must be seen first.
            if matches!(action, Action::RunbookTick | Action::RunbookWrong) {
                return self.say(Tone::Hint, "back in the runbook: once more does it");
            }
        }
        match action {
            Action::RunbookTick => self.tick_box(effects),
            Action::RunbookOutline => self.open_outline(),
            Action::RunbookNextStep => self.next_step(true),
            Action::RunbookPreviousStep => self.next_step(false),
            Action::RunbookEdit => self.edit_runbook(effects),
            Action::RunbookWrong => self.open_note(),
            _ => {}
        }
    }

    /// A runbook was read. An answer to a question that nobody has any more is left alone.
    pub(super) fn take_runbook(
        &mut self,
        found: &Found,
        read: Result<Box<Runbook>, String>,
        effects: &mut Vec<Effect>,
    ) -> Changed {
        let Some(page) = &mut self.desk.page else { return Changed::No };
        let answered = page.under_way.iter().position(|wish| wish.found == *found).map(|at| page.under_way.remove(at));
        if page.found != *found || (answered.is_some() && answered.as_ref() != page.wish.as_deref()) {
            ask(page, effects);
            return Changed::No;
        }
        page.wish = None;
        match (read, page.runbook().is_some()) {
            (Ok(runbook), _) => {
                page.not_again = None;
                page.read = Some(Ok(runbook));
                // What was laid out is of another text.
                page.around = crate::domain::runbook::laid::Around::default();
            }
            // What was read before is better than nothing, as long as that is said.
            (Err(why), true) => {
                let words = format!("{} could not be read again: {why}", name_of(&page.found));
                page.not_again = Some(why);
                self.say(Tone::Failed, words);
            }
            (Err(why), false) => page.read = Some(Err(why)),
        }
        Changed::Input
    }

    /// A file was edited: if it is the runbook that is open, it is read again.
    pub(super) fn take_edited(&mut self, path: &std::path::Path, effects: &mut Vec<Effect>) -> Changed {
        let is_open = self.desk.page.as_ref().is_some_and(|page| file_of(&page.found) == Some(path));
        if !is_open {
            return Changed::No;
        }
        self.read_again(true, effects);
        Changed::Input
    }

    /// The step under the cursor of the runbook's page, if the page has the focus.
    #[must_use]
    pub(in crate::app) fn step_under_cursor(&self) -> Option<(&Runbook, &Step)> {
        let at_page = self.place() == Place::Runbook && self.focus == Pane::Runbook;
        let page = self.desk.page.as_ref().filter(|_| at_page)?;
        Some((page.runbook()?, page.step()?))
    }
}

/// Asks for what a page wants, unless that place is being read.
fn ask(page: &mut Page, effects: &mut Vec<Effect>) {
    let wanted = |wish: &&RunbookWish| wish.found == page.found;
    if let Some(wish) = page.wish.as_deref().filter(wanted).cloned().filter(|_| !page.is_reading()) {
        page.under_way.push(wish.clone());
        effects.push(Effect::LoadRunbook(Box::new(wish)));
    }
}

/// The file of a runbook that has one.
fn file_of(found: &Found) -> Option<&std::path::Path> {
    match found {
        Found::File(path) | Found::Mapped(path, _) => Some(path),
        Found::Web(_) | Found::Shipped(_) => None,
    }
}
