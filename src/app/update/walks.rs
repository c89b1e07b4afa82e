//! Checklists and walks: what keys do, what the store and probes tell.
//!
//! One file for each group of keys. What must not live here: the Checklists view, histories and declared incidents,
//! which are `lists`'.

mod answer;
mod begin;
mod complete;
mod concern;
mod join;
mod leave;
mod lines;
mod moving;
mod news;
mod offers;
mod probe;
mod queue;
mod undo;
mod value;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::app::overlay::MenuChoice;
use crate::app::toast::Tone;
use crate::app::walks::Stop;
use crate::app::{Action, App, Effect, Place, View};
use crate::domain::checklist::{Entry, Item, Walk, WalkId};

/// The item that keys are about.
struct AtHand {
    walk: Arc<Walk>,
    item: Item,
    entry: Entry,
}

impl App {
    /// Keys of a walk; of the Checklists view giving one up.
    pub(super) fn act_on_walks(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let Place::Walk(id) = self.place() else {
            return match self.walk_of_row().filter(|_| action == Action::WalkGiveUp) {
                Some(id) => self.ask_give_up(id),
                None => self.say(Tone::Hint, "no walk is open here; Enter opens the walk of a checklist, 5 lists them"),
            };
        };
        if !self.walks.open.contains_key(&id) {
            return self.say(Tone::Hint, "this walk has ended; nothing is added to it any more");
        }
        match action {
            Action::WalkNext => self.walk_next(),
            Action::WalkUndo => self.undo_in_walk(id, effects),
            Action::WalkComplete => self.complete_walk(id),
            Action::WalkGiveUp => self.ask_give_up(id),
            _ => self.act_on_item(action, effects),
        }
    }

    /// The open walk of the list that is highlighted in the Checklists view.
    pub(in crate::app) fn walk_of_row(&self) -> Option<WalkId> {
        let key = self.walks.list.key().filter(|_| self.place() == Place::View(View::Checklists))?;
        self.walks.rows.iter().find(|row| row.list.id == *key).and_then(|row| row.open)
    }

    fn act_on_item(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let Some(at) = self.item_at_hand() else {
            return self.say(Tone::Hint, "this is the completion; 'k' goes back to the items");
        };
        match action {
            Action::WalkDone => self.item_done(&at, effects),
            Action::WalkValue => self.ask_value(&at),
            Action::WalkProbe => self.probe_again(&at, effects),
            Action::WalkFail => self.ask_failure(&at),
            Action::WalkSkip => self.ask_skip(&at),
            Action::WalkNote => self.ask_note(&at),
            Action::WalkOwner => self.ask_owner(&at),
            Action::WalkConcern => self.open_concern(&at),
            Action::WalkOpen => self.open_of_item(&at),
            Action::WalkRemedy => self.remedy_of_item(&at, effects),
            _ => {}
        }
    }

    /// The item that is looked at, of the walk that is open here.
    fn item_at_hand(&self) -> Option<AtHand> {
        let Place::Walk(id) = self.place() else { return None };
        match self.stop_of(id) {
            Stop::Item(item) => self.item_of(id, &item),
            Stop::Completion => None,
        }
    }

    /// An item of a walk that is under way.
    fn item_of(&self, walk: WalkId, item: &crate::domain::checklist::ItemId) -> Option<AtHand> {
        let walk = Arc::clone(self.walks.open.get(&walk)?);
        let found = walk.list.item(item)?.clone();
        let entry = walk.entry(item).cloned().unwrap_or_default();
        Some(AtHand { walk, item: found, entry })
    }

    /// Enter in a menu about an item.
    pub(super) fn choose_for_item(&mut self, choice: MenuChoice, effects: &mut Vec<Effect>) {
        let item = match &choice {
            MenuChoice::Word(walk, item, _)
            | MenuChoice::DeclareFor(walk, item)
            | MenuChoice::NoteFor(walk, item)
            | MenuChoice::RemedyFor(walk, item, _) => self.item_of(*walk, item),
            MenuChoice::Nothing | MenuChoice::Remedy(..) | MenuChoice::Line(_) => return,
        };
        let Some(at) = item else {
            return self.say(Tone::Failed, "the walk has ended meanwhile; nothing was done");
        };
        match choice {
            MenuChoice::Word(_, _, word) => self.answer_word(&at, word, effects),
            MenuChoice::DeclareFor(walk, item) => self.declare_for(walk, &item),
            MenuChoice::NoteFor(..) => self.ask_note(&at),
            MenuChoice::RemedyFor(..) => self.remedy_of_item(&at, effects),
            MenuChoice::Nothing | MenuChoice::Remedy(..) | MenuChoice::Line(_) => {}
        }
    }
}
