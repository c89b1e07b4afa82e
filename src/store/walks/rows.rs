//! Walks and updates as rows.

use std::sync::Arc;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::super::columns::{
    millis, moment, operator, optional_moment, optional_text, readable, strange, text, update_id,
};
use super::super::json;
use super::lists::Shelf;
use crate::domain::checklist::walk::End;
use crate::domain::checklist::{Checklist, ItemId, Update, Walk, WalkId, Walked};
use crate::domain::{Moment, Operator};

/// The most updates that are told of one walk.
const UPDATES: i64 = 20_000;

/// The most walks that are told although they are open: no two are of one list.
const OPEN: i64 = 200;

/// The most walks that are told in short.
const SHORT: i64 = 5_000;

/// Writes a walk as it begins.
pub(super) async fn insert(connection: &mut SqliteConnection, walk: &Walk, list: &str) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO walks (id, checklist, list, turn, begun, name, host) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(walk.id.to_string())
        .bind(walk.list.id.as_str())
        .bind(list)
        .bind(walk.turn.map(millis))
        .bind(millis(walk.begun))
        .bind(&walk.by.name)
        .bind(&walk.by.host)
        .execute(connection)
        .await
        .map(drop)
}

pub(super) async fn find(connection: &mut SqliteConnection, id: WalkId) -> Result<Option<SqliteRow>, sqlx::Error> {
    sqlx::query("SELECT * FROM walks WHERE id = $1").bind(id.to_string()).fetch_optional(connection).await
}

/// The walk itself if it is kept, else the one of its list that is open.
pub(super) async fn same_or_open(
    connection: &mut SqliteConnection,
    walk: &Walk,
) -> Result<Option<SqliteRow>, sqlx::Error> {
    sqlx::query("SELECT * FROM walks WHERE id = $1 OR checklist = $2 AND ended IS NULL ORDER BY id = $1 DESC LIMIT 1")
        .bind(walk.id.to_string())
        .bind(walk.list.id.as_str())
        .fetch_optional(connection)
        .await
}

/// What is wrong with an id that is none.
pub(super) fn strange_id() -> sqlx::Error {
    strange("an id of a walk has 16 hexadecimal digits")
}

/// A walk with everything that was said in it. What cannot be read is told with the walk's id.
pub(super) async fn whole(
    connection: &mut SqliteConnection,
    row: &SqliteRow,
    shelf: &mut Shelf,
) -> Result<Walk, sqlx::Error> {
    let id = WalkId::parse(row.try_get("id")?).ok_or_else(strange_id)?;
    let read = async {
        let list = list_of(connection, row, shelf).await?;
        let begun = Walk::new(id, list, optional_moment(row, "turn")?, moment(row, "begun")?, operator(row)?);
        let mut walk = begun.with(updates(connection, id).await?);
        walk.ended = end_of(row)?;
        Ok(walk)
    };
    read.await.map_err(|error| match error {
        sqlx::Error::Decode(error) => strange(format!("walk {id}: {error}")),
        error @ sqlx::Error::ColumnDecode { .. } => strange(format!("walk {id}: {error}")),
        other => other,
    })
}

/// The list of a walk, as it was when the walk began.
pub(super) async fn list_of(
    connection: &mut SqliteConnection,
    row: &SqliteRow,
    shelf: &mut Shelf,
) -> Result<Arc<Checklist>, sqlx::Error> {
    let list = shelf.take(connection, row.try_get("list")?).await?;
    if list.id.as_str() == text(row, "checklist")? { Ok(list) } else { Err(strange("its checklist is another one")) }
}

/// How it ended; `None` while it is open.
pub(super) fn end_of(row: &SqliteRow) -> Result<Option<End>, sqlx::Error> {
    let Some(at) = optional_moment(row, "ended")? else { return Ok(None) };
    let told = |column| Ok::<_, sqlx::Error>(optional_text(row, column)?.unwrap_or_default());
    Ok(Some(End {
        at,
        by: Operator { name: told("end_name")?, host: told("end_host")? },
        completed: row.try_get::<Option<bool>, _>("completed")?.unwrap_or_default(),
        sign: told("sign")?,
    }))
}

/// The newest updates of a walk, in the order in which they were kept.
async fn updates(connection: &mut SqliteConnection, walk: WalkId) -> Result<Vec<Update>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT * FROM (SELECT * FROM walk_updates WHERE walk = $1 ORDER BY n DESC LIMIT $2) AS newest ORDER BY n",
    )
    .bind(walk.to_string())
    .bind(UPDATES)
    .fetch_all(connection)
    .await?;
    rows.iter().filter_map(|row| readable(update(row)).transpose()).collect()
}

pub(super) fn update(row: &SqliteRow) -> Result<Update, sqlx::Error> {
    Ok(Update {
        id: update_id(row, "id")?,
        item: optional_text(row, "item")?.map(|item| ItemId::new(&item)),
        change: json::read(row.try_get("change")?, "an update")?,
        by: operator(row)?,
        at: moment(row, "at")?,
    })
}

/// Walks that are open, oldest first.
pub(in crate::store) async fn open(connection: &mut SqliteConnection) -> Result<Vec<Arc<Walk>>, sqlx::Error> {
    let rows = sqlx::query("SELECT * FROM walks WHERE ended IS NULL ORDER BY begun DESC, id DESC LIMIT $1")
        .bind(OPEN)
        .fetch_all(&mut *connection)
        .await?;
    let mut shelf = Shelf::default();
    let mut walks = Vec::with_capacity(rows.len());
    for row in rows.iter().rev() {
        walks.extend(readable(whole(connection, row, &mut shelf).await)?.map(Arc::new));
    }
    Ok(walks)
}

/// Walks that ended since a moment, in short, newest first.
pub(in crate::store) async fn walked(
    connection: &mut SqliteConnection,
    since: Moment,
) -> Result<Vec<Walked>, sqlx::Error> {
    let rows = sqlx::query("SELECT short FROM walks WHERE ended >= $1 ORDER BY ended DESC, id DESC LIMIT $2")
        .bind(millis(since))
        .bind(SHORT)
        .fetch_all(connection)
        .await?;
    let read = |row: &SqliteRow| json::read(row.try_get("short")?, "a walk in short");
    rows.iter().filter_map(|row| readable(read(row)).transpose()).collect()
}
