//! Walks end once.

use sqlx::SqliteConnection;

use super::super::columns::{millis, moment_of};
use super::super::{Store, StoreError, journal, json};
use super::lists::Shelf;
use super::{Said, rows, settle, words};
use crate::domain::checklist::walk::End;
use crate::domain::checklist::{WalkId, Walked};

impl Store {
    /// Ends a walk, and writes to the journal how. One that has ended stays as it is; ended by the same at the same
    /// moment it is [`Said::Kept`].
    ///
    /// # Errors
    /// The store cannot be written, or what it holds of the walk cannot be read.
    pub async fn end_walk(&self, walk: WalkId, end: &End) -> Result<Said, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            let said = finish(&mut tx, walk, end).await?;
            settle(tx, said).await
        };
        self.within("end a walk", write).await
    }
}

/// Writes the end, unless there is an answer without that.
async fn finish(connection: &mut SqliteConnection, walk: WalkId, end: &End) -> Result<Option<Said>, sqlx::Error> {
    // As it will be read back.
    let end = End { at: moment_of(millis(end.at))?, ..end.clone() };
    let Some(row) = rows::find(connection, walk).await? else { return Ok(Some(Said::Gone)) };
    if let Some(before) = rows::end_of(&row)? {
        let same = before.at == end.at && before.by == end.by && before.completed == end.completed;
        return Ok(Some(if same { Said::Kept } else { Said::Ended(before) }));
    }
    let short = rows::whole(connection, &row, &mut Shelf::default()).await?.walked(&end);
    close(connection, &short).await?;
    journal::record(connection, words::ended(&short)).await?;
    Ok(None)
}

pub(super) async fn close(connection: &mut SqliteConnection, short: &Walked) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE walks SET ended = $2, end_name = $3, end_host = $4, completed = $5, sign = $6, short = $7
         WHERE id = $1 AND ended IS NULL",
    )
    .bind(short.id.to_string())
    .bind(millis(short.end.at))
    .bind(&short.end.by.name)
    .bind(&short.end.by.host)
    .bind(short.end.completed)
    .bind(&short.end.sign)
    .bind(json::json(short)?)
    .execute(connection)
    .await
    .map(drop)
}
