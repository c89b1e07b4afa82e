//! Lists as they were when they were walked, each kept once; and since when lists are known.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use super::super::columns::{millis, moment, readable, strange, text};
use super::super::{Store, StoreError, json, revise};
use crate::domain::Moment;
use crate::domain::checklist::{Checklist, ChecklistId, Declared};

/// The most lists of which it is told since when they are known.
const KNOWN: i64 = 5_000;

impl Store {
    /// Notes since when lists are known; those that are known already stay as they are.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn know_lists(&self, lists: &[ChecklistId], now: Moment) -> Result<(), StoreError> {
        if lists.is_empty() {
            return Ok(());
        }
        let write = async {
            let mut tx = self.begin().await?;
            let new = sqlx::query(
                "INSERT INTO known_lists (checklist, since) SELECT value, $2 FROM json_each($1) WHERE true
                 ON CONFLICT (checklist) DO NOTHING",
            )
            .bind(json::json(&lists)?)
            .bind(millis(now))
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if new > 0 {
                revise(&mut tx).await?;
            }
            tx.commit().await
        };
        self.within("note which checklists there are", write).await
    }
}

/// Since when each list is known.
pub(in crate::store) async fn known(
    connection: &mut SqliteConnection,
) -> Result<BTreeMap<ChecklistId, Moment>, sqlx::Error> {
    let rows = sqlx::query("SELECT * FROM known_lists ORDER BY since, checklist LIMIT $1")
        .bind(KNOWN)
        .fetch_all(connection)
        .await?;
    let read = |row: &SqliteRow| Ok((ChecklistId::new(&text(row, "checklist")?), moment(row, "since")?));
    rows.iter().filter_map(|row| readable(read(row)).transpose()).collect()
}

/// Keeps a list as it is now; returns its hash.
pub(super) async fn keep(connection: &mut SqliteConnection, list: &Checklist) -> Result<String, sqlx::Error> {
    let told = json::sure(&*in_words(list), &format!("the checklist {}", list.id))?;
    let hash = format!("{:x}", Sha256::digest(&told));
    sqlx::query("INSERT INTO lists (hash, list) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING")
        .bind(&hash)
        .bind(&told)
        .execute(connection)
        .await?;
    Ok(hash)
}

/// Forgets lists that no walk names any more.
pub(in crate::store) async fn drop_unused(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM lists WHERE NOT EXISTS (SELECT 1 FROM walks WHERE walks.list = lists.hash)")
        .execute(connection)
        .await
        .map(drop)
}

/// The list with the name of its file as text: a name may be any bytes, JSON may not.
fn in_words(list: &Checklist) -> std::borrow::Cow<'_, Checklist> {
    match &list.origin {
        Declared::File(file) if file.to_str().is_none() => {
            let file = PathBuf::from(file.to_string_lossy().into_owned());
            std::borrow::Cow::Owned(Checklist { origin: Declared::File(file), ..list.clone() })
        }
        _ => std::borrow::Cow::Borrowed(list),
    }
}

/// Lists that were read in one look: many walks share one.
#[derive(Default)]
pub(in crate::store) struct Shelf {
    read: HashMap<String, Arc<Checklist>>,
}

impl Shelf {
    /// The list with this hash.
    pub(super) async fn take(
        &mut self,
        connection: &mut SqliteConnection,
        hash: &str,
    ) -> Result<Arc<Checklist>, sqlx::Error> {
        if let Some(list) = self.read.get(hash) {
            return Ok(Arc::clone(list));
        }
        let found: Option<String> =
            sqlx::query_scalar("SELECT list FROM lists WHERE hash = $1").bind(hash).fetch_optional(connection).await?;
        let told = found.ok_or_else(|| strange("the checklist is not there"))?;
        let list: Checklist = json::read(&told, "the checklist")?;
        if list.sections.is_empty() || list.sections.iter().any(|section| section.items.is_empty()) {
            return Err(strange("the checklist has a section without items"));
        }
        let list = Arc::new(list);
        self.read.insert(hash.to_owned(), Arc::clone(&list));
        Ok(list)
    }
}
