//! Notices cheaply that somebody wrote, so that it can be asked each second.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use sqlx::{Connection as _, SqliteConnection};

use super::{Store, StoreError};

/// A connection that only looks, and what it saw last.
#[derive(Debug)]
pub(super) struct Watch {
    connection: Option<SqliteConnection>,
    /// `SQLite`'s own count, which is different after any other connection wrote.
    version: Option<i64>,
    revision: i64,
}

impl Watch {
    pub(super) fn in_memory() -> Self {
        Self { connection: None, version: None, revision: 0 }
    }

    pub(super) fn of_file(connection: SqliteConnection) -> Self {
        Self { connection: Some(connection), version: None, revision: 0 }
    }

    pub(super) async fn close(&mut self) {
        if let Some(connection) = self.connection.take() {
            // It never wrote: there is nothing that an error could lose.
            let _ = connection.close().await;
        }
    }

    async fn look(&mut self) -> Result<i64, sqlx::Error> {
        let Some(connection) = &mut self.connection else { return Err(sqlx::Error::PoolClosed) };
        let version: i64 = sqlx::query_scalar("PRAGMA data_version").fetch_one(&mut *connection).await?;
        if self.version != Some(version) {
            self.revision = sqlx::query_scalar("SELECT n FROM revision").fetch_one(connection).await?;
            self.version = Some(version);
        }
        Ok(self.revision)
    }
}

/// Which file it is: device and number on it. A name can come to mean another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity(u64, u64);

impl Identity {
    pub(super) async fn of(path: &Path) -> std::io::Result<Self> {
        let found = tokio::fs::metadata(path).await?;
        Ok(Self(found.dev(), found.ino()))
    }
}

/// The file was moved, removed or replaced while it was open: what is written now would be lost.
#[derive(Debug, thiserror::Error)]
#[error("the file was moved, removed or replaced while it was open")]
pub(super) struct Replaced;

impl Store {
    /// A number that is different after any process changed what [`Store::memory`] or the journal tells.
    /// Costs a look at the file's header unless something was written. Readings, leases and claims do not count.
    ///
    /// # Errors
    /// The file cannot be read, or is not the one that was opened any more: then what this process writes
    /// would be lost.
    pub async fn change_counter(&self) -> Result<i64, StoreError> {
        let look = async {
            if self.path().is_none() {
                return sqlx::query_scalar("SELECT n FROM revision").fetch_one(&self.inner.readers).await;
            }
            self.still_there().await?;
            self.inner.watch.lock().await.look().await
        };
        self.within("look for changes", look).await
    }

    /// Whether the name still means the file that is open.
    pub(super) async fn still_there(&self) -> Result<(), sqlx::Error> {
        let Some((path, file)) = &self.inner.file else { return Ok(()) };
        match Identity::of(path).await {
            Ok(found) if found == *file => Ok(()),
            _ => Err(sqlx::Error::Configuration(Box::new(Replaced))),
        }
    }
}
