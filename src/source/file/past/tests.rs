//! Files as they lie on a disk: whole, rotated, too long.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;
use std::time::SystemTime;

use chrono::TimeDelta;

use super::*;
use crate::domain::Level;

fn now() -> Moment {
    "2026-11-21T03:12:00Z".parse().unwrap()
}

fn options(path: &Path) -> FileOptions {
    FileOptions { paths: vec![path.to_string_lossy().into_owned()], ..FileOptions::default() }
}

fn day() -> Sought {
    Sought { contains: String::new(), level: Level::Error, since: now() - TimeDelta::hours(24) }
}

/// Writes a file last changed so many hours before `now`.
fn write(path: &Path, text: &str, hours: i64) {
    fs::write(path, text).unwrap();
    let at = SystemTime::from(now() - TimeDelta::hours(hours));
    File::options().write(true).open(path).unwrap().set_modified(at).unwrap();
}

/// Error lines, the first so many minutes before `now`, one each minute.
fn errors(first: i64, count: i64) -> String {
    let mut text = String::new();
    for at in 0..count {
        let at = now() - TimeDelta::minutes(first - at);
        writeln!(text, "{} ERROR upstream timeout", at.format("%Y-%m-%dT%H:%M:%SZ")).unwrap();
    }
    text
}

fn found(options: &FileOptions, sought: &Sought, backlog: u64) -> Found {
    Reading::new(options, sought).all(backlog, Instant::now() + Duration::from_mins(1)).unwrap()
}

#[test]
fn a_file_that_was_rotated_is_read_too_and_a_compressed_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.log");
    write(&path, &errors(100, 10), 0);
    write(&folder.path().join("app.log.1"), &errors(1_300, 20), 2);
    write(&folder.path().join("app.log-20261119"), &errors(4_000, 20), 48);
    write(&folder.path().join("app.log.2.gz"), "\u{1f}", 48);
    write(&folder.path().join("app.log.bak"), &errors(50, 5), 0);
    let all = found(&options(&path), &day(), BACKLOG);
    assert_eq!((all.count, all.since, all.problems.as_slice()), (30, None, [].as_slice()));
    write(&folder.path().join("app.log.2.gz"), "\u{1f}", 3);
    let part = found(&options(&path), &day(), BACKLOG);
    assert_eq!(part.count, 30);
    assert!(part.problems[0].ends_with("app.log.2.gz is compressed and not read"), "{:?}", part.problems);
}

#[test]
fn files_whose_names_are_no_text_are_not_read_and_told() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("app.log"), &errors(100, 10), 0);
    let strange = |name: &[u8]| folder.path().join(std::ffi::OsStr::from_bytes(name));
    write(&strange(b"caf\xe9.txt"), &errors(100, 10), 0);
    let options = options(&folder.path().join("*.log"));
    assert_eq!(found(&options, &day(), BACKLOG).problems, [""; 0], "no log of ours");
    write(&strange(b"caf\xe9.log"), &errors(100, 10), 0);
    let part = found(&options, &day(), BACKLOG);
    assert_eq!((part.count, part.problems), (10, vec!["1 log file is not read: its name is not in UTF-8".to_owned()]));
    write(&strange(b"caf\xe9.log.1"), &errors(100, 10), 2);
    let part = found(&options, &day(), BACKLOG);
    assert_eq!(
        (part.count, part.problems),
        (10, vec!["2 log files are not read: their names are not in UTF-8".to_owned()])
    );
}

#[test]
fn a_file_that_is_too_long_is_read_from_its_end_and_says_since_when() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.log");
    let text = errors(1_000, 900);
    write(&path, &text, 0);
    let line = u64::try_from(text.len() / 900).unwrap();
    let part = found(&options(&path), &day(), 100 * line);
    assert_eq!((part.count, part.since), (100, Some(now() - TimeDelta::minutes(200))));
    let enough = Sought { since: now() - TimeDelta::minutes(150), ..day() };
    assert_eq!(found(&options(&path), &enough, 100 * line).since, None, "all of that time was read");
    assert_eq!(found(&options(&path), &day(), BACKLOG).since, None);
}

#[test]
fn many_lines_are_counted_and_only_the_newest_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.log");
    write(&path, &errors(1_400, 1_400).repeat(10), 0);
    let mut all = found(&options(&path), &day(), BACKLOG);
    all.join(Found::default());
    assert_eq!((all.count, all.newest.len()), (14_000, crate::source::past::NEWEST));
    assert_eq!(all.newest.last().map(|line| line.at), Some(now() - TimeDelta::minutes(1)));
}

#[test]
fn time_that_runs_out_is_told_and_no_file_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.log");
    write(&path, &"x".repeat(3 << 20), 0);
    let late = Reading::new(&options(&path), &day()).all(BACKLOG, Instant::now()).unwrap();
    assert_eq!(late.problems, ["there was more than could be read in time"]);
    let nowhere = options(&folder.path().join("nothing.log"));
    let error = Reading::new(&nowhere, &day()).all(BACKLOG, Instant::now()).unwrap_err();
    assert!(error.to_string().contains("no log file is there"), "{error}");
}

#[test]
fn names_of_rotated_files_are_known() {
    for (rest, expected) in [
        (".1", Some(Turn::Plain)),
        ("-20261121", Some(Turn::Plain)),
        (".2026-11-21", Some(Turn::Plain)),
        (".2.gz", Some(Turn::Compressed)),
        ("-20261121.zst", Some(Turn::Compressed)),
        ("", None),
        (".bak", None),
        (".gz", None),
        ("2", None),
    ] {
        assert_eq!(turn(rest), expected, "{rest}");
    }
}
