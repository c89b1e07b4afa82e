//! Runbooks: found, read, filled.

use super::Hands;
use crate::app::effect::RunbookWish;
use crate::config::Settings;
use crate::domain::runbook::{Catalogue, Runbook};

/// What can be found, from the settings and the shipped library.
#[must_use]
pub fn catalogue(settings: &Settings) -> Catalogue {
    Catalogue {
        matched: settings.runbooks.iter().map(|runbook| (runbook.matchers.clone(), runbook.path.clone())).collect(),
        roots: settings.runbook_roots.clone(),
        own: settings.own_runbooks.clone(),
        shipped: crate::runbook::shipped::names(),
    }
}

impl Hands {
    /// Reads a runbook and fills it.
    ///
    /// # Errors
    /// In words, what could not be read and what to do.
    pub async fn load_runbook(&self, _wish: &RunbookWish) -> Result<Runbook, String> {
        Err("not built yet".to_owned())
    }
}
