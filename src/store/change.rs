//! Notices cheaply that somebody wrote, so that it can be asked each second.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use sqlx::{Connection as _, SqliteConnection};

use super::error::{StoreError, StoreErrorKind};
use super::{DEADLINE, Store};

/// A connection that only looks, and what it saw last.
#[derive(Debug)]
pub(super) struct Watch {
    connection: Option<SqliteConnection>,
    /// Which file was opened: device and number on it.
    file: Option<(u64, u64)>,
    /// `SQLite`'s own count, which is different after any other connection wrote.
    version: Option<i64>,
    revision: i64,
}

impl Watch {
    pub(super) fn in_memory() -> Self {
        Self { connection: None, file: None, version: None, revision: 0 }
    }

    pub(super) async fn of_file(connection: SqliteConnection, path: &Path) -> Result<Self, sqlx::Error> {
        Ok(Self { connection: Some(connection), file: Some(identity(path).await?), version: None, revision: 0 })
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

async fn identity(path: &Path) -> std::io::Result<(u64, u64)> {
    let found = tokio::fs::metadata(path).await?;
    Ok((found.dev(), found.ino()))
}

impl Store {
    /// A number that is different after any process changed what [`Store::memory`] or the journal tells.
    /// Costs a look at the file's header unless something was written. Readings, leases and claims do not count.
    ///
    /// # Errors
    /// The file cannot be read, or is not the one that was opened any more: then what this process writes
    /// would be lost.
    pub async fn change_counter(&self) -> Result<i64, StoreError> {
        const DOING: &str = "look for changes";
        let Some(path) = self.path() else {
            let read = sqlx::query_scalar("SELECT n FROM revision").fetch_one(&self.inner.readers);
            return self.within(DOING, read).await;
        };
        let look = async {
            let mut watch = self.inner.watch.lock().await;
            if watch.file != identity(path).await.ok() {
                let what = format!("{} was moved, removed or replaced while it was open", path.display());
                return Err(StoreError::new(StoreErrorKind::Replaced, &what));
            }
            watch.look().await.map_err(|error| StoreError::of(DOING, Some(path), &error))
        };
        match tokio::time::timeout(DEADLINE, look).await {
            Ok(seen) => seen,
            Err(_) => Err(StoreError::late(DOING, Some(path), DEADLINE)),
        }
    }
}
