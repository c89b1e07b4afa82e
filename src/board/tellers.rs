//! Who tells of one alert, and what each says: nearly always one source.
//!
//! What must not live here: what counts of it, which is `domain::dedup`'s.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::domain::{Alert, SourceName, dedup};

/// What each source says of one alert, by its name. A list: a map of one costs ten times its memory.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Tellers(Vec<(SourceName, Arc<Alert>)>);

impl Tellers {
    /// What a source says.
    pub(super) fn get(&self, source: &SourceName) -> Option<&Arc<Alert>> {
        self.0.iter().find(|(name, _)| name == source).map(|(_, alert)| alert)
    }

    /// Who tells of it, in the order of their names.
    pub(super) fn names(&self) -> impl Iterator<Item = &SourceName> {
        self.0.iter().map(|(name, _)| name)
    }

    /// A source says this now.
    pub(super) fn insert(&mut self, source: &SourceName, alert: Arc<Alert>) {
        match self.0.binary_search_by(|(name, _)| name.cmp(source)) {
            Ok(at) => self.0[at].1 = alert,
            Err(at) => {
                self.0.reserve_exact(1);
                self.0.insert(at, (source.clone(), alert));
            }
        }
    }

    /// A source says nothing any more.
    pub(super) fn remove(&mut self, source: &SourceName) {
        self.0.retain(|(name, _)| name != source);
    }

    /// What counts of it all.
    pub(super) fn merged(&self) -> Option<Arc<Alert>> {
        match self.0.as_slice() {
            [(_, alert)] => Some(Arc::clone(alert)),
            all => dedup::merge(all.iter().map(|(name, alert)| (name, alert))),
        }
    }
}

impl Serialize for Tellers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, alert)| (name, alert)))
    }
}
