//! Walks: begun or joined, added to, ended; and earlier ones read.
//!
//! Everything is kept once, however often it is handed over: a walk and an update by their ids, an end by who and
//! when. Updates are only ever added, in the order in which they came.

mod adding;
mod ending;
pub(super) mod lists;
pub(super) mod rows;
mod taken;
mod words;

use sqlx::{Sqlite, Transaction};

use super::{Store, StoreError, journal, revise};
use crate::domain::checklist::walk::End;
use crate::domain::checklist::{ChecklistId, Walk, WalkId};
use lists::Shelf;

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
    /// Begins a walk, and writes to the journal that it began; or, where one of the same list is open, answers that
    /// one. Of any number of processes one begins it. The walk begins empty, whatever was said in it: only
    /// [`Store::add_to_walk`] adds. One that was begun before is answered as it is now, which may be ended.
    ///
    /// # Errors
    /// The store cannot be written, or holds a walk of this list that cannot be read.
    pub async fn begin_walk(&self, walk: &Walk) -> Result<Walk, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            if let Some(row) = rows::same_or_open(&mut tx, walk).await? {
                let found = rows::whole(&mut tx, &row, &mut Shelf::default()).await?;
                tx.rollback().await?;
                return Ok(found);
            }
            let list = lists::keep(&mut tx, &walk.list).await?;
            rows::insert(&mut tx, walk, &list).await?;
            journal::record(&mut tx, words::began(walk)).await?;
            revise(&mut tx).await?;
            let row = rows::find(&mut tx, walk.id).await?.ok_or(sqlx::Error::RowNotFound)?;
            let kept = rows::whole(&mut tx, &row, &mut Shelf::default()).await?;
            tx.commit().await?;
            Ok(kept)
        };
        self.within("begin a walk", write).await
    }

    /// One walk. Updates that cannot be read are left out: midwatch never wrote them. Of more than 20,000 the newest
    /// are told.
    ///
    /// # Errors
    /// The store cannot be read, or what it holds of the walk or of its list is not as midwatch writes it.
    pub async fn walk(&self, id: WalkId) -> Result<Option<Walk>, StoreError> {
        let read = async {
            let mut tx = self.inner.readers.begin().await?;
            let row = rows::find(&mut tx, id).await?;
            let walk = match &row {
                Some(row) => Some(rows::whole(&mut tx, row, &mut Shelf::default()).await?),
                None => None,
            };
            tx.rollback().await?;
            Ok(walk)
        };
        self.within("read a walk", read).await
    }

    /// Walks of a list, open or ended, newest first.
    ///
    /// # Errors
    /// As [`Store::walk`].
    pub async fn walks_of(&self, list: &ChecklistId, most: usize) -> Result<Vec<Walk>, StoreError> {
        let read = async {
            let mut tx = self.inner.readers.begin().await?;
            let found = sqlx::query("SELECT * FROM walks WHERE checklist = $1 ORDER BY begun DESC, id DESC LIMIT $2")
                .bind(list.as_str())
                .bind(i64::try_from(most).unwrap_or(i64::MAX))
                .fetch_all(&mut *tx)
                .await?;
            let mut shelf = Shelf::default();
            let mut walks = Vec::with_capacity(found.len());
            for row in &found {
                walks.push(rows::whole(&mut tx, row, &mut shelf).await?);
            }
            tx.rollback().await?;
            Ok(walks)
        };
        self.within("read earlier walks", read).await
    }
}

/// Keeps what was written to a walk; where there is an answer already, nothing was.
async fn settle(mut tx: Transaction<'static, Sqlite>, said: Option<Said>) -> Result<Said, sqlx::Error> {
    if let Some(said) = said {
        tx.rollback().await?;
        return Ok(said);
    }
    revise(&mut tx).await?;
    tx.commit().await?;
    Ok(Said::Kept)
}
