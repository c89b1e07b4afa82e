//! The prompt of a remedy: planned, tried, agreed to.

use crate::app::overlay::RemedyPrompt;
use crate::app::{Action, App, Changed, Effect};
use crate::domain::remediation::wish::{DryRun, Prepared};

impl App {
    /// A wish was planned.
    pub(super) fn take_prepared(&mut self, _prepared: Prepared, _effects: &mut Vec<Effect>) -> Changed {
        Changed::Input
    }

    /// A dry run ended.
    pub(super) fn take_dry_run(&mut self, _told: DryRun) -> Changed {
        Changed::Input
    }

    /// Keys of the prompt that are no text.
    pub(super) fn act_on_prompt(&mut self, _action: Action, _effects: &mut Vec<Effect>) {}

    /// Enter in the prompt.
    pub(super) fn accept_remedy(&mut self, _prompt: RemedyPrompt, _effects: &mut Vec<Effect>) {}
}
