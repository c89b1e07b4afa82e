//! Runbooks: finding the one of an incident, moving in it, ticking, running its steps.

use crate::app::{Action, App, Changed, Effect};
use crate::domain::runbook::{Found, Runbook};

impl App {
    /// `r`: the runbook of what is highlighted.
    pub(super) fn open_runbook(&mut self, _effects: &mut Vec<Effect>) {}

    /// Keys of a runbook's page.
    pub(super) fn act_on_runbook(&mut self, _action: Action, _effects: &mut Vec<Effect>) {}

    /// A runbook was read.
    pub(super) fn take_runbook(&mut self, _found: &Found, _read: Result<Box<Runbook>, String>) -> Changed {
        Changed::Input
    }

    /// A file was edited: if it is the runbook that is open, it is read again.
    pub(super) fn take_edited(&mut self, _path: &std::path::Path, _effects: &mut Vec<Effect>) -> Changed {
        Changed::Input
    }
}
