//! Stands in for lists, histories and declared incidents until they are there.

use crate::app::overlay::Prompt;
use crate::app::{Action, App, Effect};
use crate::domain::checklist::{ItemId, WalkId};

impl App {
    /// Keys of the Checklists view and of a history, and those of declared incidents.
    pub(super) fn act_on_lists(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let _ = (&self, action, effects);
    }

    /// An incident is to be declared for an item that failed: what is asked.
    pub(super) fn declare_for(&mut self, walk: WalkId, item: &ItemId) {
        let _ = (&self, walk, item);
    }

    /// Enter in the line of an incident that is declared.
    pub(super) fn accept_declaration(
        &mut self,
        prompt: &Prompt,
        text: &str,
        effects: &mut Vec<Effect>,
    ) -> Result<(), String> {
        let _ = (&self, prompt, text, effects);
        Ok(())
    }
}
