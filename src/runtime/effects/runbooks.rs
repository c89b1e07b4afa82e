//! Runbooks: found, read, filled.

use super::Hands;
use super::remedies;
use crate::app::effect::RunbookWish;
use crate::config::Settings;
use crate::domain::runbook::{Catalogue, Runbook};
use crate::remedy::trust;
use crate::runbook::{fill, markdown, text};

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
    pub async fn load_runbook(&self, wish: &RunbookWish) -> Result<Runbook, String> {
        let cache = self.remedies.runbook_cache();
        let read = text::read(&wish.found, &cache, self.clock.now(), wish.afresh).await?;
        let values = fill::Values {
            labels: wish.labels.clone(),
            annotations: wish.annotations.clone(),
            others: wish.others.clone(),
        };
        let hash = trust::hash(read.text.as_bytes());
        let untrusted = remedies::untrusted(self, &wish.found, &hash).await;
        let document = fill::fill(markdown::parse(&read.text), &values);
        Ok(Runbook { found: wish.found.clone(), document, dated: read.dated, kept: read.kept, untrusted, hash })
    }
}
