//! Checklists and walks: what keys do, what the store and probes tell.

use crate::app::overlay::{ConcernForm, MenuChoice, Prompt, Purpose};
use crate::app::walks::{Probed, WalkNews};
use crate::app::{Action, App, Changed, Effect};
use crate::domain::checklist::WalkId;

impl App {
    /// Keys of the Checklists view, of a walk and of a history.
    pub(super) fn act_on_walks(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let _ = (action, effects);
    }

    /// Enter in the form of a concern.
    pub(super) fn accept_concern(&mut self, form: ConcernForm, effects: &mut Vec<Effect>) {
        let _ = (form, effects);
    }

    /// Enter in a line about a walk, or about an incident that is declared.
    ///
    /// # Errors
    /// In words, what must be mended.
    pub(super) fn accept_line(&mut self, prompt: &Prompt, text: &str, effects: &mut Vec<Effect>) -> Result<(), String> {
        match prompt.purpose {
            Purpose::Declare => self.accept_declare(prompt, text, effects),
            _ => Ok(()),
        }
    }

    /// Enter in a menu about an item.
    pub(super) fn choose_for_item(&mut self, choice: MenuChoice, effects: &mut Vec<Effect>) {
        if let MenuChoice::DeclareFor(walk, item) = choice {
            self.declare_for(walk, &item, effects);
        }
    }

    /// Yes, the walk is given up.
    pub(super) fn give_up(&mut self, walk: WalkId, effects: &mut Vec<Effect>) {
        let _ = (walk, effects);
    }

    /// Yes, the walk is completed: with which name is asked.
    pub(super) fn sign_off(&mut self, walk: WalkId) {
        let _ = walk;
    }

    /// What came of an order.
    pub(super) fn take_walk_news(&mut self, news: WalkNews, effects: &mut Vec<Effect>) -> Changed {
        let _ = (news, effects);
        Changed::No
    }

    /// What a probe found.
    pub(super) fn take_probed(&mut self, probed: Probed, effects: &mut Vec<Effect>) -> Changed {
        let _ = (probed, effects);
        Changed::No
    }
}
