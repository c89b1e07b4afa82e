//! Runs: what they tell, stopping one, agreeing to another's, and what the alert did afterwards.

use crate::app::{Action, App, Changed, Effect};
use crate::domain::remediation::output::Output;
use crate::domain::remediation::run::{Run, RunId, RunNews};

impl App {
    /// A run by its id: one that this watch hears, else one that the store keeps.
    #[must_use]
    pub fn run(&self, id: RunId) -> Option<&Run> {
        let kept = || self.board.memory().runs.iter().find(|run| run.id == id);
        self.desk.runs.get(&id).map(|heard| &heard.run).or_else(kept)
    }

    /// A run told something.
    pub(super) fn take_run_news(&mut self, _news: RunNews, _effects: &mut Vec<Effect>) -> Changed {
        Changed::Data
    }

    /// What a run said that this watch did not hear.
    pub(super) fn take_output(&mut self, _run: RunId, _output: Output) -> Changed {
        Changed::Data
    }

    /// Stopping a run, agreeing to a request, refusing it.
    pub(super) fn act_on_run(&mut self, _action: Action, _effects: &mut Vec<Effect>) {}
}
