//! Opens the store: folder, file, tables, and what to do about a file that is no database.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use super::change::{Identity, Watch};
use super::error::{StoreError, StoreErrorKind};
use super::{DEADLINE, Inner, Store, inspect, migrate, permissions, revise, set_aside};

/// How long a connection waits for the lock of another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a call waits for a connection of this process.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// How many rows `SQLite`'s thread reads ahead: a hand-over for each few rows costs more than reading them.
const ROW_BUFFER: usize = 1_000;

/// What each connection keeps of the file in memory, in KiB (told to `SQLite` as a negative number): the system keeps
/// the rest, and there are four connections.
const CACHE: &str = "-512";

/// How many connections read at a time.
const READERS: u32 = 2;

/// An open store, and what happened on the way that an operator should know.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// What happened.
    pub notices: Vec<Notice>,
}

/// Something that happened while the store was opened and that an operator should know.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// The file could not be read as a database. It was moved, and a new one was begun: nothing of what was
    /// in it (acks, snoozes, the journal) is known now.
    SetAside {
        /// Where the old file is now.
        kept: PathBuf,
        /// What was wrong with it; harmless.
        why: String,
    },
    /// The file stood there without a byte in it: what was in it before, if anything was, is lost.
    Empty {
        /// Which file.
        path: PathBuf,
    },
    /// The log of the last changes could not be read. They are lost; all that was written before them is there.
    LogLost {
        /// Where a copy of it is.
        kept: PathBuf,
    },
}

impl std::fmt::Display for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown = |path: &Path| crate::domain::harmless::line(&path.display().to_string(), 300).into_owned();
        match self {
            Self::SetAside { kept, why } => {
                let kept = shown(kept);
                let begun = if f.alternate() { "" } else { " and a new, empty one was begun" };
                write!(f, "the store was damaged ({why}); it was kept as {kept}{begun}")
            }
            Self::Empty { path } => {
                let path = shown(path);
                write!(f, "the store {path} was an empty file: what was in it before, if anything, is lost")
            }
            Self::LogLost { kept } => {
                let kept = shown(kept);
                write!(f, "the store's newest changes could not be read and are lost; a copy was kept as {kept}")
            }
        }
    }
}

impl Notice {
    /// It in words, while no store could be opened after it.
    pub(super) fn so_far(&self) -> String {
        format!("{self:#}")
    }
}

impl Store {
    /// Opens the database at `path`, makes what is missing (folder 0700, file 0600, tables), and sets a file
    /// aside that is no database.
    ///
    /// # Errors
    /// The folder or file cannot be used, the disk is full, or the database is not one that this midwatch
    /// knows. Nothing was changed then but what the error's notices tell.
    pub async fn open(path: &Path) -> Result<Opened, StoreError> {
        let path = std::path::absolute(path).map_err(|error| StoreError::io("find", path, &error))?;
        let mut notices = Vec::new();
        let opening = open(&path, &mut notices);
        // Four waits can follow each other: the lock, two tries, and the connections.
        let opened = tokio::time::timeout(DEADLINE * 2, opening).await;
        match opened.unwrap_or_else(|_| Err(StoreError::late("open the store", Some(&path), DEADLINE * 2))) {
            Ok(store) => Ok(Opened { store, notices }),
            Err(error) => Err(StoreError { notices, ..error }),
        }
    }

    /// A store that ends with the process.
    ///
    /// # Errors
    /// Only a fault of midwatch itself, or no memory.
    pub async fn open_in_memory() -> Result<Self, StoreError> {
        let options = options().in_memory(true);
        let told = |error: sqlx::Error| StoreError::of("open the store", None, &error);
        let pool = pool(1).connect_with(options).await.map_err(told)?;
        let mut connection = pool.acquire().await.map_err(told)?;
        migrate::run(&mut connection, None).await?;
        drop(connection);
        let watch = tokio::sync::Mutex::new(Watch::in_memory());
        Ok(Self { inner: Arc::new(Inner { file: None, writer: pool.clone(), readers: pool, watch }) })
    }
}

/// What happens on the way is put into `notices`, which are told however it ends.
async fn open(path: &Path, notices: &mut Vec<Notice>) -> Result<Store, StoreError> {
    let place = path.to_owned();
    // The lock ends when this function does: until then no other process opens, migrates or sets aside.
    let _lock = off_thread(path, move || {
        let folder = place.parent().unwrap_or(Path::new("/"));
        permissions::own_folder(folder).map_err(|error| StoreError::io("make the folder", folder, &error))?;
        migrate::lock(folder)
    })
    .await?;
    let place = path.to_owned();
    let found = off_thread(path, move || {
        inspect::inspect(&place, chrono::Utc::now()).map_err(|error| StoreError::io("look at", &place, &error))
    });
    notices.extend(found.await?);
    let (first, writer) = match connect(path).await {
        Err(error) if error.kind == StoreErrorKind::Corrupt => {
            let place = path.to_owned();
            let kept = off_thread(path, move || {
                set_aside::set_aside(&place, chrono::Utc::now())
                    .map_err(|error| StoreError::io("set aside the damaged", &place, &error))
            })
            .await?;
            notices.push(Notice::SetAside { kept, why: error.what });
            connect(path).await?
        }
        other => other?,
    };
    let told = |error: sqlx::Error| StoreError::of("open the store", Some(path), &error);
    let readers = pool(READERS).connect_with(file_options(path)).await.map_err(told)?;
    let file = Some((path.to_owned(), Identity::of(path).await.map_err(|error| told(error.into()))?));
    let watch = tokio::sync::Mutex::new(Watch::of_file(first));
    Ok(Store { inner: Arc::new(Inner { file, writer, readers, watch }) })
}

/// Connects, makes sure that the file is a whole database of ours, and brings its tables up to date.
async fn connect(path: &Path) -> Result<(SqliteConnection, SqlitePool), StoreError> {
    let place = path.to_owned();
    off_thread(path, move || {
        let told = |error: std::io::Error| StoreError::io("open", &place, &error);
        permissions::own_file(&place).map_err(told)?;
        for suffix in ["-wal", "-shm"] {
            permissions::follow(&place, &set_aside::with_suffix(&place, suffix)).map_err(told)?;
        }
        Ok(())
    })
    .await?;
    let told = |error: sqlx::Error| StoreError::of("open the store", Some(path), &error);
    // Only here, under the lock: changing the journal mode does not wait its turn.
    let options = file_options(path).journal_mode(SqliteJournalMode::Wal);
    let mut first = options.connect().await.map_err(told)?;
    if let Err(error) = prepare(&mut first, path).await {
        // What cannot be closed any more is dropped with its connection.
        let _ = first.close().await;
        return Err(error);
    }
    let writer = pool(1).connect_with(file_options(path)).await.map_err(told)?;
    Ok((first, writer))
}

async fn prepare(connection: &mut SqliteConnection, path: &Path) -> Result<(), StoreError> {
    let told = |error: sqlx::Error| StoreError::of("read the store", Some(path), &error);
    let found: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&mut *connection).await.map_err(told)?;
    if found != "ok" {
        let what = format!("could not read the store in {}: {found}", path.display());
        return Err(StoreError::new(StoreErrorKind::Corrupt, &what));
    }
    let (tables, ours): (i64, i64) = sqlx::query_as(
        "SELECT count(*), count(*) FILTER (WHERE name = '_sqlx_migrations') FROM sqlite_schema WHERE type = 'table'",
    )
    .fetch_one(&mut *connection)
    .await
    .map_err(told)?;
    if tables > 0 && ours == 0 {
        let what = format!("{} is a database of another program", path.display());
        return Err(StoreError::new(StoreErrorKind::Foreign, &what));
    }
    migrate::run(connection, Some(path)).await?;
    // A file that may only be read can be opened, and even begins a transaction to write: found out here.
    let told = |error: sqlx::Error| StoreError::of("write the store", Some(path), &error);
    let mut trial = connection.begin_with("BEGIN IMMEDIATE").await.map_err(told)?;
    revise(&mut trial).await.map_err(told)?;
    trial.rollback().await.map_err(told)
}

fn options() -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .create_if_missing(false)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(BUSY_TIMEOUT)
        .foreign_keys(true)
        .row_buffer_size(ROW_BUFFER)
        .pragma("cache_size", CACHE)
        .disable_statement_logging()
}

fn file_options(path: &Path) -> SqliteConnectOptions {
    options().filename(path)
}

/// A pool that keeps what it has: connecting anew costs more than an idle connection, and a store in memory
/// would be lost with it.
fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

/// Runs what blocks where it may.
async fn off_thread<T: Send + 'static>(
    path: &Path,
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => {
            let what = format!("could not open the store {}: {error}", path.display());
            Err(StoreError::new(StoreErrorKind::Internal, &what))
        }
    }
}
