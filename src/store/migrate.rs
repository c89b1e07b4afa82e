//! Brings the tables to what this midwatch knows. One process at a time: `SQLite`'s migrations have no lock
//! of their own, so a file beside the database is locked while they run.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{SqlSafeStr as _, SqliteConnection};

use super::error::{StoreError, StoreErrorKind};
use super::permissions;

/// How long to wait for another process that opens the store.
const LOCK_DEADLINE: Duration = Duration::from_secs(15);

/// How often to look whether it is done.
const LOCK_EVERY: Duration = Duration::from_millis(10);

/// Every migration there is, oldest first. One that was released is never changed.
const MIGRATIONS: [(i64, &str, &str); 4] = [
    (1, "store", include_str!("../../migrations/sqlite/0001_store.sql")),
    (2, "hands", include_str!("../../migrations/sqlite/0002_hands.sql")),
    (3, "walks", include_str!("../../migrations/sqlite/0003_walks.sql")),
    (4, "acts", include_str!("../../migrations/sqlite/0004_acts.sql")),
];

/// The newest version that this midwatch knows.
const NEWEST: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// Takes the lock that opening and migrating are done under; it ends when the file is dropped, also when the
/// process dies. Blocks: not for async threads.
pub(super) fn lock(folder: &Path) -> Result<File, StoreError> {
    lock_within(folder, LOCK_DEADLINE)
}

fn lock_within(folder: &Path, deadline: Duration) -> Result<File, StoreError> {
    let path = folder.join("migrate.lock");
    let open = || {
        permissions::own_file(&path)?;
        File::open(&path)
    };
    let file = open().map_err(|error| StoreError::io("open", &path, &error))?;
    let began = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if began.elapsed() < deadline => std::thread::sleep(LOCK_EVERY),
            Err(TryLockError::WouldBlock) => {
                let what = format!("another process has held {} for {} s", path.display(), deadline.as_secs());
                return Err(StoreError::new(StoreErrorKind::Busy, &what));
            }
            Err(TryLockError::Error(error)) => return Err(StoreError::io("lock", &path, &error)),
        }
    }
}

/// Runs what is missing. The caller holds the lock.
pub(super) async fn run(connection: &mut SqliteConnection, path: Option<&Path>) -> Result<(), StoreError> {
    run_to(NEWEST, connection, path).await
}

/// Runs what is missing up to a version, as the midwatch that knew no later one did.
pub(super) async fn run_to(
    newest: i64,
    connection: &mut SqliteConnection,
    path: Option<&Path>,
) -> Result<(), StoreError> {
    let known = MIGRATIONS.iter().filter(|(version, ..)| *version <= newest).map(|(version, name, sql)| {
        Migration::new(*version, (*name).into(), MigrationType::Simple, (*sql).into_sql_str(), false)
    });
    let place = || path.map_or_else(|| "the store in memory".to_owned(), |path| path.display().to_string());
    match Migrator::with_migrations(known.collect()).run_direct(None, connection, false).await {
        Ok(()) => Ok(()),
        Err(MigrateError::VersionMissing(version)) => Err(StoreError::new(
            StoreErrorKind::Newer,
            &format!(
                "{} was written by a newer midwatch (version {version} of its tables; this one knows {newest})",
                place()
            ),
        )),
        Err(MigrateError::VersionMismatch(version)) => Err(StoreError::new(
            StoreErrorKind::Newer,
            &format!("{} was written by another build of midwatch (version {version} of its tables differs)", place()),
        )),
        Err(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => {
            Err(StoreError::of("make the tables", path, &error))
        }
        Err(other) => {
            let what = format!("could not make the tables in {}: {other}", place());
            Err(StoreError::new(StoreErrorKind::Internal, &what))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_is_held_is_waited_for_and_then_told() {
        let dir = tempfile::tempdir().unwrap();
        let held = lock(dir.path()).unwrap();
        let error = lock_within(dir.path(), Duration::from_millis(30)).unwrap_err();
        assert_eq!(error.kind, StoreErrorKind::Busy);
        assert!(error.what.contains("migrate.lock"), "{error}");
        drop(held);
        lock_within(dir.path(), Duration::ZERO).unwrap();
    }

    #[test]
    fn versions_count_up() {
        assert!(MIGRATIONS.iter().zip(1..).all(|((version, ..), expected)| *version == expected));
    }
}
