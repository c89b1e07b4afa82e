//! Checklists as a list, their histories, reminders, and incidents that are declared.
//!
//! What lives here: what follows from keys and from what the store tells. What must not: the walk itself, which is
//! `walks`'.

mod declare;
mod history;
mod over;
mod own;
mod rows;

#[cfg(test)]
mod tests;

use crate::app::toast::Tone;
use crate::app::walks::WalkOrder;
use crate::app::{Action, App, Changed, Effect, Place, View};
use crate::domain::Moment;
use crate::domain::checklist::{ChecklistId, markdown};

pub use over::OverAsked;

impl App {
    /// Keys of the Checklists view and of a history, and those about declared incidents.
    pub(super) fn act_on_lists(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::WalkHistory => self.look_back(effects),
            Action::WalkCompare => self.compare_marked(),
            Action::Mark => self.mark_walk(),
            Action::Declare => self.ask_what_is_wrong(),
            Action::Resolve => self.ask_whether_over(),
            _ => {}
        }
    }

    /// Enter in the Checklists view.
    pub(super) fn open_list(&mut self, effects: &mut Vec<Effect>) {
        match self.walks.list.key().cloned() {
            Some(list) => self.begin_or_resume(&list, effects),
            None => self.say(Tone::Hint, "no checklist is highlighted"),
        }
    }

    /// The list that keys act on here.
    pub(super) fn list_at_hand(&self) -> Option<ChecklistId> {
        match self.place() {
            Place::View(View::Checklists) => self.walks.list.key().cloned(),
            Place::Walk(id) => self.walk(id).map(|walk| walk.list.id.clone()),
            Place::History => self.walks.history.as_ref().map(|history| history.checklist.clone()),
            _ => None,
        }
    }

    /// What the store holds now; `walks` says whether anything about walks is different.
    pub(super) fn take_lists(&mut self, walks: bool, effects: &mut Vec<Effect>) -> Changed {
        let first = !std::mem::replace(&mut self.walks.own.heard, true);
        if !walks && !first {
            return Changed::No;
        }
        self.settle_lists();
        if first {
            self.make_known(effects);
        }
        self.read_past_again(effects);
        self.settle_own(effects);
        if first {
            self.settle_unseen(effects);
        }
        Changed::Data
    }

    /// Lists that the store does not know yet are known from now on.
    fn make_known(&mut self, effects: &mut Vec<Effect>) {
        let known = &self.board.memory().lists;
        let ids = self.profile.checklists.iter().map(|list| list.id.clone());
        let new: Vec<ChecklistId> = ids.filter(|id| !known.contains_key(id)).collect();
        if !new.is_empty() {
            self.send_order(WalkOrder::Know(new), effects);
        }
    }

    /// Time passed.
    pub(super) fn tick_lists(&mut self, effects: &mut Vec<Effect>) -> Changed {
        if self.next_list_change().is_none_or(|at| at > self.now) {
            return Changed::No;
        }
        self.settle_lists();
        self.settle_own(effects);
        Changed::Data
    }

    /// When time alone next changes how lists stand. Without a store nobody else has them made.
    pub(super) fn next_list_change(&self) -> Option<Moment> {
        let never_made = self.walks.rows.is_empty() && !self.profile.checklists.is_empty();
        if never_made { Some(self.now) } else { self.walks.rows_change }
    }

    /// What `y` takes along.
    pub(super) fn copied_walk(&self) -> Option<(&'static str, String)> {
        let walk = match self.place() {
            Place::History => self.past_walk()?,
            Place::Walk(id) => self.walk(id)?,
            _ => return self.list_at_hand().map(|id| ("the checklist's id", id.to_string())),
        };
        Some(("the walk as a task list", markdown::task_list(walk)))
    }
}
