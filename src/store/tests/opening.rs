//! Opening: what is made, what is set aside, what is refused.

use std::os::unix::fs::PermissionsExt as _;

use super::*;
use crate::store::{Notice, StoreErrorKind, set_aside};

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn everything_is_for_the_owner_alone() {
    let (_dir, path) = file();
    let store = open(&path).await;
    store.set("a", "b").await.unwrap();
    let folder = path.parent().unwrap();
    assert_eq!(mode(folder), 0o700);
    let mut seen = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        assert_eq!(mode(&file), 0o600, "{}", file.display());
        seen += 1;
    }
    assert_eq!(seen, 4, "the database, its -wal and -shm, the lock");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_kept_aside() {
    let (_dir, path) = file();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let text = "this is not a database, whatever its name says\n".repeat(200);
    std::fs::write(&path, &text).unwrap();
    let opened = Store::open(&path).await.unwrap();
    let [Notice::SetAside { kept, why }] = opened.notices.as_slice() else { panic!("{:?}", opened.notices) };
    assert!(why.contains("not a database"), "{why}");
    assert!(kept.to_str().unwrap().contains("midwatch.db.corrupt-"));
    assert_eq!(std::fs::read_to_string(kept).unwrap(), text);
    opened.store.append(entry("ack", "t", "x")).await.unwrap();
    opened.store.close().await;
    open(&path).await;
}

#[tokio::test]
async fn a_damaged_database_is_kept_aside() {
    let (_dir, path) = file();
    let store = open(&path).await;
    let many: Vec<Episode> = (0..500).map(|at| episode(&format!("A{at}"), after(at))).collect();
    store.save_episodes(&many).await.unwrap();
    store.close().await;
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20_000].fill(0xa5);
    std::fs::write(&path, &bytes).unwrap();
    let opened = Store::open(&path).await.unwrap();
    let [Notice::SetAside { kept, .. }] = opened.notices.as_slice() else { panic!("{:?}", opened.notices) };
    assert_eq!(std::fs::read(kept).unwrap().len(), bytes.len());
    assert_eq!(opened.store.memory(noon()).await.unwrap().episodes, []);
}

#[tokio::test]
async fn an_empty_file_is_a_fresh_store_and_that_is_told() {
    let (_dir, path) = file();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, "").unwrap();
    let opened = Store::open(&path).await.unwrap();
    assert_eq!(opened.notices, [Notice::Empty { path: path.clone() }]);
    opened.store.append(entry("ack", "t", "x")).await.unwrap();
    opened.store.close().await;
    open(&path).await;
}

/// Where the next step fails, what happened before it is still told: here there is no room for a log of changes.
#[tokio::test]
async fn what_was_found_is_told_even_if_the_store_then_cannot_be_opened() {
    let (_dir, path) = file();
    std::fs::create_dir_all(path.with_extension("db-journal")).unwrap();
    std::fs::write(&path, "").unwrap();
    let error = Store::open(&path).await.unwrap_err();
    assert_eq!(error.notices, [Notice::Empty { path: path.clone() }], "{error}");
    assert!(error.to_string().contains("was an empty file"), "{error}");
}

/// A store that a killed process left: what was written last is in the log alone.
async fn left_by_a_kill(path: &Path) -> Vec<u8> {
    let store = open(path).await;
    store.append(entry("ack", "t", "x")).await.unwrap();
    let log = std::fs::read(set_aside::with_suffix(path, "-wal")).unwrap();
    let database = std::fs::read(path).unwrap();
    store.close().await;
    std::fs::write(path, database).unwrap();
    std::fs::write(set_aside::with_suffix(path, "-wal"), &log).unwrap();
    log
}

#[tokio::test]
async fn a_database_that_was_emptied_beside_its_log_is_kept_aside() {
    let (_dir, path) = file();
    let log = left_by_a_kill(&path).await;
    std::fs::write(&path, "").unwrap();
    let opened = Store::open(&path).await.unwrap();
    let [Notice::SetAside { kept, why }] = opened.notices.as_slice() else { panic!("{:?}", opened.notices) };
    assert!(why.contains("empty"), "{why}");
    assert_eq!(std::fs::read(set_aside::with_suffix(kept, "-wal")).unwrap(), log, "the log is not lost");
}

#[tokio::test]
async fn a_log_that_is_none_is_told_and_kept_and_the_rest_is_there() {
    let (_dir, path) = file();
    let store = open(&path).await;
    store.append(entry("ack", "t", "before")).await.unwrap();
    store.close().await;
    let log = set_aside::with_suffix(&path, "-wal");
    std::fs::write(&log, "no log at all".repeat(500)).unwrap();
    let opened = Store::open(&path).await.unwrap();
    let [Notice::LogLost { kept }] = opened.notices.as_slice() else { panic!("{:?}", opened.notices) };
    assert!(std::fs::read_to_string(kept).unwrap().starts_with("no log at all"));
    assert_eq!(opened.store.journal(crate::store::JournalQuery::default()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_log_of_another_database_is_kept_aside_with_what_it_spoilt() {
    let (_dir, path) = file();
    let (_other, other) = file();
    let foreign = open(&other).await;
    let many: Vec<Episode> = (0..300).map(|at| episode(&format!("B{at}"), after(at))).collect();
    foreign.save_episodes(&many).await.unwrap();
    let log = std::fs::read(set_aside::with_suffix(&other, "-wal")).unwrap();
    let store = open(&path).await;
    store.append(entry("ack", "t", "before")).await.unwrap();
    store.close().await;
    past_midwatch(&path, "CREATE TABLE filler AS SELECT zeroblob(900000) AS x").await.unwrap();
    std::fs::write(set_aside::with_suffix(&path, "-wal"), &log).unwrap();
    let opened = Store::open(&path).await.unwrap();
    opened.store.append(entry("ack", "t", "x")).await.unwrap();
    // Whatever SQLite makes of it: either the log is whole by itself and is taken for the store, or it is told.
    let rows = opened.store.journal(crate::store::JournalQuery::default()).await.unwrap();
    assert!(matches!(opened.store.verify().await.unwrap(), crate::store::Proof::Sound { .. }), "{rows:?}");
}

#[tokio::test]
async fn a_truncated_database_is_kept_aside() {
    let (_dir, path) = file();
    let store = open(&path).await;
    let many: Vec<Episode> = (0..500).map(|at| episode(&format!("A{at}"), after(at))).collect();
    store.save_episodes(&many).await.unwrap();
    store.close().await;
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 3]).unwrap();
    let opened = Store::open(&path).await.unwrap();
    let [Notice::SetAside { kept, .. }] = opened.notices.as_slice() else { panic!("{:?}", opened.notices) };
    assert!(opened.notices[0].to_string().contains(kept.to_str().unwrap()), "the message names the file");
}

#[tokio::test]
async fn of_many_that_open_a_damaged_file_at_once_one_sets_it_aside() {
    let (_dir, path) = file();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, "garbage ".repeat(900)).unwrap();
    let opening = (0..6).map(|_| {
        let path = path.clone();
        tokio::spawn(async move { Store::open(&path).await.unwrap() })
    });
    let mut told = 0;
    let mut all = Vec::new();
    for opened in opening.collect::<Vec<_>>() {
        let opened = opened.await.unwrap();
        told += opened.notices.len();
        all.push(opened.store);
    }
    assert_eq!(told, 1);
    let aside = std::fs::read_dir(path.parent().unwrap()).unwrap();
    let aside = aside.filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().contains(".corrupt-"));
    assert_eq!(aside.count(), 1);
    for store in &all {
        store.append(entry("ack", "t", "x")).await.unwrap();
    }
    assert_eq!(all[0].journal(crate::store::JournalQuery::default()).await.unwrap().len(), 6);
}

#[tokio::test]
async fn the_database_of_a_newer_midwatch_is_left_alone() {
    let (_dir, path) = file();
    open(&path).await.close().await;
    past_midwatch(
        &path,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (99, 'later', TRUE, x'00', 1)",
    )
    .await
    .unwrap();
    let before = std::fs::read(&path).unwrap();
    let error = Store::open(&path).await.unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::Newer);
    assert!(error.what.contains("newer midwatch (version 99"), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn the_database_of_another_program_is_left_alone() {
    let (_dir, path) = file();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, "").unwrap();
    past_midwatch(&path, "CREATE TABLE bookmarks (id INTEGER)").await.unwrap();
    let error = Store::open(&path).await.unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::Foreign);
    past_midwatch(&path, "INSERT INTO bookmarks VALUES (1)").await.unwrap();
}

#[tokio::test]
async fn a_folder_that_cannot_be_is_told_with_its_name() {
    let (dir, _) = file();
    let file = dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    let error = Store::open(&file.join("state/midwatch.db")).await.unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::NoAccess);
    assert!(error.what.contains(file.to_str().unwrap()) && error.advice.contains("[store] url"), "{error}");
    let error = Store::open(dir.path()).await.unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::NoAccess, "{error}");
}

#[tokio::test]
async fn what_may_only_be_read_is_told_at_the_start() {
    let (_dir, path) = file();
    open(&path).await.close().await;
    let folder = path.parent().unwrap().to_owned();
    let restrict = |folder_mode, file_mode| {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(file_mode)).unwrap();
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(folder_mode)).unwrap();
    };
    if nix::unistd::geteuid().is_root() {
        println!("skipped: root may write everything");
        return;
    }
    restrict(0o700, 0o400);
    let error = Store::open(&path).await.unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::NoAccess, "{error}");
    std::fs::remove_file(folder.join("migrate.lock")).unwrap();
    restrict(0o500, 0o600);
    let error = Store::open(&path).await.unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::NoAccess, "{error}");
    assert!(error.what.contains("migrate.lock"), "{error}");
    restrict(0o700, 0o600);
    open(&path).await;
}

#[tokio::test]
async fn a_full_disk_is_told_and_nothing_is_half_written() {
    let (_dir, path) = file();
    let store = open(&path).await;
    store.append(entry("ack", "t", "before")).await.unwrap();
    // The bound on the file's pages is what SQLite treats like a full disk; it holds for one connection.
    let mut writer = store.inner.writer.acquire().await.unwrap();
    sqlx::query("PRAGMA max_page_count = 1").execute(&mut *writer).await.unwrap();
    drop(writer);
    let big = (0..500).map(|at| entry("ack", "t", &format!("{at} {}", "x".repeat(1_500)))).collect();
    let error = store.append_all(big).await.unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::Full, "{error}");
    assert!(error.advice.contains("free space"));
    assert_eq!(store.journal(crate::store::JournalQuery::default()).await.unwrap().len(), 1);
    assert!(matches!(store.verify().await.unwrap(), crate::store::Proof::Sound { rows: 1, .. }));
}

#[tokio::test]
async fn a_file_that_is_replaced_under_us_is_noticed() {
    let (_dir, path) = file();
    let store = open(&path).await;
    store.change_counter().await.unwrap();
    std::fs::rename(&path, path.with_extension("moved")).unwrap();
    assert_eq!(store.change_counter().await.unwrap_err().kind, StoreErrorKind::Replaced);
    std::fs::write(&path, "").unwrap();
    let error = store.append(entry("ack", "t", "x")).await.unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::Replaced, "{error}");
    assert_eq!(store.change_counter().await.unwrap_err().kind, StoreErrorKind::Replaced);
}

#[tokio::test]
async fn a_closed_store_answers_with_an_error() {
    let (_dir, path) = file();
    let store = open(&path).await;
    store.close().await;
    assert!(store.memory(noon()).await.is_err());
    assert!(store.change_counter().await.is_err());
}
