//! Walks that were made elsewhere, taken over whole.

use super::super::{Store, StoreError, revise};
use super::lists;
use super::{adding, ending, rows};
use crate::domain::Moment;
use crate::domain::checklist::{ChecklistId, Walk};

impl Store {
    /// Takes walks over with everything that was said in them, and notes since when their lists are known. A walk that
    /// is there already stays as it is. They were recorded where they were made: the journal tells nothing of them.
    ///
    /// # Errors
    /// The store cannot be written, or two open walks are of one list.
    pub async fn take_walks(&self, walks: &[Walk], known_since: Moment) -> Result<(), StoreError> {
        let ids: Vec<ChecklistId> = walks.iter().map(|walk| walk.list.id.clone()).collect();
        self.know_lists(&ids, known_since).await?;
        let write = async {
            let mut tx = self.begin().await?;
            for walk in walks {
                if rows::find(&mut tx, walk.id).await?.is_some() {
                    continue;
                }
                let list = lists::keep(&mut tx, &walk.list).await?;
                rows::insert(&mut tx, walk, &list).await?;
                for update in walk.updates() {
                    adding::insert(&mut tx, walk.id, update).await?;
                }
                if let Some(end) = &walk.ended {
                    ending::close(&mut tx, &walk.walked(end)).await?;
                }
            }
            revise(&mut tx).await?;
            tx.commit().await
        };
        self.within("take walks over", write).await
    }
}
