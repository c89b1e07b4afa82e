//! What is said in a walk is added to it.

use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use super::super::columns::{millis, readable, text};
use super::super::{Store, StoreError, journal, json};
use super::lists::Shelf;
use super::{Said, rows, settle, words};
use crate::domain::checklist::{Change, Update, UpdateId, WalkId};

impl Store {
    /// Adds to a walk that is open. The same update is kept once, however often it is handed over. What failed, was
    /// left out or undone is also written to the journal.
    ///
    /// # Errors
    /// The store cannot be written, or the update holds what is not kept: a number that is none or infinite, more than
    /// a megabyte.
    pub async fn add_to_walk(&self, walk: WalkId, update: &Update) -> Result<Said, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            let said = add(&mut tx, walk, update).await?;
            settle(tx, said).await
        };
        self.within("add to a walk", write).await
    }
}

/// Writes an update, unless there is an answer without that.
async fn add(connection: &mut SqliteConnection, walk: WalkId, update: &Update) -> Result<Option<Said>, sqlx::Error> {
    if find(connection, walk, update.id).await?.is_some() {
        return Ok(Some(Said::Kept));
    }
    let Some(row) = rows::find(connection, walk).await? else { return Ok(Some(Said::Gone)) };
    if let Some(end) = rows::end_of(&row)? {
        return Ok(Some(Said::Ended(end)));
    }
    insert(connection, walk, update).await?;
    if words::is_told_of(&update.change) {
        tell(connection, walk, &row, update).await?;
    }
    Ok(None)
}

/// Writes to the journal what was said. What of the walk cannot be read is told by its id, or not at all: that is no
/// reason to lose what is said now.
async fn tell(
    connection: &mut SqliteConnection,
    walk: WalkId,
    row: &SqliteRow,
    update: &Update,
) -> Result<(), sqlx::Error> {
    let undone = match update.change {
        Change::Undo { update } => find(connection, walk, update).await?,
        _ => None,
    };
    let undone = readable(undone.as_ref().map(rows::update).transpose())?.flatten();
    let list = readable(rows::list_of(connection, row, &mut Shelf::default()).await)?;
    let title = list.as_ref().map_or_else(|| text(row, "checklist"), |list| Ok(list.title.clone()))?;
    let item = update.item.as_ref().or(undone.as_ref().and_then(|undone| undone.item.as_ref()));
    let item = item.map(|id| list.as_ref().and_then(|list| list.item(id)).map_or(id.as_str(), |item| &item.text));
    journal::record(connection, words::said(walk, &title, item, update, undone.as_ref())).await.map(drop)
}

/// The row of an update of this walk. One of another walk is not found, and the table refuses its id.
async fn find(connection: &mut SqliteConnection, walk: WalkId, id: UpdateId) -> Result<Option<SqliteRow>, sqlx::Error> {
    sqlx::query("SELECT * FROM walk_updates WHERE id = $1 AND walk = $2")
        .bind(id.to_string())
        .bind(walk.to_string())
        .fetch_optional(connection)
        .await
}

pub(super) async fn insert(
    connection: &mut SqliteConnection,
    walk: WalkId,
    update: &Update,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO walk_updates (id, walk, item, change, name, host, at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(update.id.to_string())
        .bind(walk.to_string())
        .bind(update.item.as_ref().map(|item| item.as_str()))
        .bind(json::sure(&update.change, "what was said")?)
        .bind(&update.by.name)
        .bind(&update.by.host)
        .bind(millis(update.at))
        .execute(connection)
        .await
        .map(drop)
}
