//! Files.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use chrono::TimeDelta;

use super::*;

/// Writes a file that was last changed so long before `now`.
fn write(folder: &Path, name: &str, bytes: usize, old: Duration) {
    let path = folder.join(name);
    fs::write(&path, vec![b'x'; bytes]).unwrap();
    File::options().write(true).open(&path).unwrap().set_modified(SystemTime::from(now()) - old).unwrap();
}

async fn look(path: &Path, younger_h: Option<i64>, at_least: Option<u64>) -> Evidence {
    let younger = younger_h.map(TimeDelta::hours);
    asked(&ground(vec![]), Probe::File { path: path.to_owned(), younger, at_least }).await
}

const HOUR: Duration = Duration::from_hours(1);

#[tokio::test]
async fn age_and_size_decide() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "db.dump", 2048, 3 * HOUR);
    let dump = folder.path().join("db.dump");
    let fine = look(&dump, Some(26), Some(1024)).await;
    assert_eq!((fine.held, fine.value, fine.unit.as_str()), (Held::Good, Some(10_800.0), "s"));
    assert_eq!(fine.words, "3 h old, 2 KiB · expected younger than 26 h, at least 1 KiB");
    let old = look(&dump, Some(2), None).await;
    assert_eq!((old.held, old.words.as_str()), (Held::Bad, "3 h old, 2 KiB · expected younger than 2 h"));
    let small = look(&dump, None, Some(1 << 20)).await;
    assert_eq!((small.held, small.value, small.unit.as_str()), (Held::Bad, Some(2048.0), "B"));
}

#[tokio::test]
async fn of_a_folder_the_newest_file_counts() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(look(folder.path(), Some(26), None).await.words, "there is no file in this folder");
    write(folder.path(), "old.dump", 10, 50 * HOUR);
    write(folder.path(), "new.dump", 20, 2 * HOUR);
    fs::create_dir(folder.path().join("newest")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("link")).unwrap();
    let newest = look(folder.path(), Some(26), None).await;
    assert_eq!(newest.held, Held::Good);
    assert_eq!(newest.words, "new.dump is 2 h old, 20 B · expected younger than 26 h");
}

#[tokio::test]
async fn what_is_not_there_is_bad_and_what_cannot_be_told_is_not_known() {
    let folder = tempfile::tempdir().unwrap();
    let missing = look(&folder.path().join("x.dump"), Some(26), None).await;
    assert_eq!((missing.held, missing.words.as_str()), (Held::Bad, "there is no such file"));
    assert_eq!(look(Path::new("/dev/null"), Some(26), None).await.held, Held::Unknown);
    write(folder.path(), "ahead", 1, Duration::ZERO);
    let ahead = File::options().write(true).open(folder.path().join("ahead")).unwrap();
    ahead.set_modified(SystemTime::from(now()) + 3 * HOUR).unwrap();
    let ahead = look(&folder.path().join("ahead"), Some(26), None).await;
    assert_eq!(ahead.held, Held::Unknown);
    assert!(ahead.words.starts_with("dated 3 h ahead of this machine's clock"), "{}", ahead.words);
}

#[tokio::test]
async fn without_permission_nobody_can_tell() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    write(&closed, "db.dump", 10, HOUR);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let may = fs::read_dir(&closed).is_ok();
    let evidence = look(&closed.join("db.dump"), Some(26), None).await;
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    // Root may look everywhere.
    let expected = if may { Held::Good } else { Held::Unknown };
    assert_eq!(evidence.held, expected, "{}", evidence.words);
}
