//! What must outlive the process: incidents, acks, snoozes, runs of remedies, walks, the journal, the history of
//! this machine, in one `SQLite` file that several midwatch processes of one host share.
//!
//! What lives here: the [`Store`], one file of static SQL for each topic, and the migrations. What must not:
//! rules about incidents or acks (those are `domain`'s and `board`'s), a decision about what to do when the
//! store cannot be used (that is the caller's), and any other user of the database.
//!
//! How durable it is: WAL with `synchronous = NORMAL`. What a method answered as done is in the file even if
//! the process is killed right after; it may be lost if the machine loses power within the next moments. The
//! file is then still whole. That something is about to reach others ([`Store::begin_deed`], [`Store::begin_run`]) is on
//! the disk before it is answered, and with it everything before. The file must be on a local disk: WAL does not work
//! between hosts.

pub mod acks;
pub mod acts;
pub mod change;
pub mod claims;
mod columns;
mod declared;
pub mod episodes;
pub mod error;
pub mod history;
mod inspect;
pub mod journal;
mod json;
pub mod memory;
pub mod meta;
mod migrate;
pub mod open;
mod outputs;
mod permissions;
mod refusals;
mod requests;
pub mod rollup;
mod run_rows;
mod runbooks;
pub mod runs;
mod set_aside;
pub mod snoozes;
pub mod walks;
mod windows;

#[cfg(test)]
mod tests;

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::sqlite::SqlitePool;
use sqlx::{Sqlite, SqliteConnection, Transaction};

pub use acts::OpenAct;
pub use claims::Claim;
pub use episodes::Kept;
pub use error::{StoreError, StoreErrorKind};
pub use history::Band;
pub use journal::{JournalQuery, Proof};
pub use open::{Notice, Opened};
pub use runs::{Begun, Start};
pub use walks::Said;

/// No single call waits longer than this, whatever the disk does.
const DEADLINE: Duration = Duration::from_secs(20);

/// What outlives the process. Cheap to clone; every method may be called from any task at any time.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// The file by its name and by what it is; `None` in memory.
    file: Option<(PathBuf, change::Identity)>,
    /// One connection that writes: writers of one process queue here instead of at the file's lock.
    writer: SqlitePool,
    /// Connections that read. In memory it is the writer.
    readers: SqlitePool,
    watch: tokio::sync::Mutex<change::Watch>,
}

impl Store {
    /// The file; `None` for a store in memory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.inner.file.as_ref().map(|(path, _)| path.as_path())
    }

    /// Ends all connections after the calls in flight. Later calls fail.
    pub async fn close(&self) {
        self.inner.watch.lock().await.close().await;
        self.inner.readers.close().await;
        self.inner.writer.close().await;
    }

    /// Runs one call within its deadline and puts its error into words: `doing` completes "could not …".
    async fn within<T>(
        &self,
        doing: &'static str,
        work: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, StoreError> {
        match tokio::time::timeout(DEADLINE, work).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(StoreError::of(doing, self.path(), &error)),
            Err(_) => Err(StoreError::late(doing, self.path(), DEADLINE)),
        }
    }

    /// The connection that writes, such that what it commits is on the disk. [`relax`] it after the commit; if that is
    /// missed, it is only slower.
    async fn lasting(&self) -> Result<PoolConnection<Sqlite>, sqlx::Error> {
        self.still_there().await?;
        let mut writer = self.inner.writer.acquire().await?;
        sqlx::query("PRAGMA synchronous = FULL").execute(&mut *writer).await?;
        Ok(writer)
    }

    /// A transaction that holds the write lock from its beginning: one that reads first and writes later
    /// could be refused at once, without waiting its turn. Refused if the file is not the one that was opened
    /// any more: another process set it aside, and what is called done here would be lost.
    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        self.still_there().await?;
        match self.inner.writer.begin_with("BEGIN IMMEDIATE").await {
            // A failure of the disk ended the transaction before, and the connection did not notice: it would refuse
            // for ever. Another one takes its place.
            Err(sqlx::Error::InvalidSavePointStatement) if self.inner.file.is_some() => {
                self.inner.writer.acquire().await?.close().await?;
                self.inner.writer.begin_with("BEGIN IMMEDIATE").await
            }
            begun => begun,
        }
    }
}

/// What is committed from now on may be lost with the machine's power, and costs no wait for the disk.
async fn relax(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query("PRAGMA synchronous = NORMAL").execute(connection).await.map(drop)
}

/// Notes that something which [`Store::memory`] or the journal tells is different now.
async fn revise(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE revision SET n = n + 1").execute(connection).await.map(drop)
}

/// Reads a text as the JSON of each column that holds some.
#[cfg(any(test, fuzzing))]
pub(crate) fn taken_apart(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = json::read::<crate::domain::checklist::Change>(&text, "an update");
    let _ = json::read::<crate::domain::checklist::Checklist>(&text, "a list");
    let _ = outputs::taken_apart(&text);
    let Ok(value) = json::read::<serde_json::Value>(&text, "a value") else { return };
    let again = json::json(&value).and_then(|text| json::read::<serde_json::Value>(&text, "a value"));
    assert!(again.is_ok_and(|again| is_same(&again, &value)), "{value} is another one when it is read again");
}

/// The same but for the last bit of a number, which a quick reading may miss.
#[cfg(any(test, fuzzing))]
fn is_same(one: &serde_json::Value, other: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Number, Object};
    match (one, other) {
        (Array(one), Array(other)) => one.len() == other.len() && one.iter().zip(other).all(|(a, b)| is_same(a, b)),
        (Object(one), Object(other)) => {
            one.len() == other.len() && one.iter().all(|(name, a)| other.get(name).is_some_and(|b| is_same(a, b)))
        }
        (Number(one), Number(other)) if one != other => {
            let pair = one.as_f64().zip(other.as_f64());
            pair.is_some_and(|(a, b)| (a - b).abs() <= a.abs() * f64::EPSILON)
        }
        _ => one == other,
    }
}
