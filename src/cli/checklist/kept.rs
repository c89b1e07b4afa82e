//! The lists and walks that can be named: those that are offered, and those that the store kept.

use super::super::setup::Setup;
use super::find::{self, Named};
use crate::board::Memory;
use crate::domain::checklist::{ChecklistId, Walk, WalkId};
use crate::store::Store;

/// What can be named.
pub(super) struct Kept<'a> {
    lists: Vec<Named>,
    memory: &'a Memory,
}

impl<'a> Kept<'a> {
    /// A list that is not offered any more can be named as long as the store knows of a walk of it.
    pub(super) fn new(setup: &Setup, memory: &'a Memory) -> Self {
        let offered =
            setup.settings.checklists.iter().map(|list| Named { id: list.id.clone(), title: list.title.clone() });
        let mut lists: Vec<Named> = offered.collect();
        let open = memory.walks.iter().map(|walk| (&walk.list.id, &walk.list.title));
        for (id, title) in open.chain(memory.walked.iter().map(|walked| (&walked.checklist, &walked.title))) {
            if lists.iter().all(|list| list.id != *id) {
                lists.push(Named { id: id.clone(), title: title.clone() });
            }
        }
        Self { lists, memory }
    }

    /// The list that is meant.
    pub(super) fn list(&self, text: &str) -> Result<ChecklistId, String> {
        find::list(text, &self.lists)
    }

    /// The walk that is meant, if one is.
    pub(super) fn walk(&self, text: &str) -> Result<Option<WalkId>, String> {
        let open = self.memory.walks.iter().map(|walk| walk.id);
        let known: Vec<WalkId> = open.chain(self.memory.walked.iter().map(|walked| walked.id)).collect();
        // One that is too old to be known in short is found by its whole id.
        Ok(find::walk(text, &known)?.or_else(|| WalkId::parse(&text.trim().to_ascii_lowercase())))
    }

    /// Everything of the walk that is meant.
    pub(super) async fn whole(&self, text: &str, store: &Store) -> Result<Walk, String> {
        let none = || {
            let text = crate::domain::harmless::line(text, 80);
            format!("no walk is called '{text}'; 'midwatch checklist history' lists them")
        };
        let id = self.walk(text)?.ok_or_else(none)?;
        store.walk(id).await.map_err(|error| error.to_string())?.ok_or_else(none)
    }
}
