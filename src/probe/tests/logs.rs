//! Log lines, in files as they lie on a disk.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use chrono::{TimeDelta, Utc};

use super::*;
use crate::domain::Level;
use crate::source::options::FileOptions;

fn files(path: &Path) -> SourceOptions {
    let paths = vec![path.to_string_lossy().into_owned()];
    source("app-log", KindOptions::File(FileOptions { paths, ..FileOptions::default() }))
}

/// A log whose lines were written so many minutes ago.
fn log(lines: &[(i64, &str)]) -> String {
    let mut text = String::new();
    for (ago, line) in lines {
        let at = Utc::now() - TimeDelta::minutes(*ago);
        writeln!(text, "{} {line}", at.format("%Y-%m-%dT%H:%M:%SZ")).unwrap();
    }
    text
}

async fn counted(sources: Vec<SourceOptions>, contains: &str, expected: &str) -> Evidence {
    let probe = Probe::Logs {
        source: None,
        contains: contains.to_owned(),
        level: Level::Error,
        within: TimeDelta::hours(24),
        expect: expect(expected),
    };
    bounded(ask(&ground(sources), &probe, Utc::now(), Ok(())).await)
}

#[tokio::test]
async fn lines_of_the_time_the_level_and_the_text_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.log");
    let lines = log(&[
        (3_000, "ERROR Upstream Timeout of long ago"),
        (600, "ERROR Upstream Timeout after 5 s"),
        (500, "INFO upstream timeout was mended"),
        (400, "FATAL no more timeouts\u{1b}]0;x\u{7}"),
        (1, "ERROR disk"),
    ]);
    // The last line has no end yet and counts too.
    fs::write(&path, lines.trim_end()).unwrap();
    let two = counted(vec![files(&path)], "timeout", "<= 1").await;
    assert_eq!((two.held, two.value, two.from.as_str()), (Held::Bad, Some(2.0), "app-log"));
    assert_eq!(two.words, "2 lines in 1 d · expected <= 1");
    assert!(two.lines[0].ends_with("FATAL app.log no more timeouts"), "{:?}", two.lines);
    assert!(two.lines[1].ends_with("ERROR app.log Upstream Timeout after 5 s"), "{:?}", two.lines);
    let all = counted(vec![files(&path)], "", "<= 3").await;
    assert_eq!((all.held, all.value), (Held::Good, Some(3.0)), "{}", all.words);
    let none = counted(vec![files(&path)], "panic", "== 0").await;
    assert_eq!((none.held, none.words.as_str()), (Held::Good, "0 lines in 1 d · expected == 0"));
}

#[tokio::test]
async fn a_source_that_cannot_be_read_leaves_only_what_is_certain() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.log");
    fs::write(&path, log(&[(5, "ERROR one"), (4, "ERROR two")])).unwrap();
    let sources = || vec![files(&path), files(&folder.path().join("missing.log"))];
    let unknown = counted(sources(), "", "<= 10").await;
    assert_eq!(unknown.held, Held::Unknown);
    assert!(
        unknown.words.starts_with("at least 2 lines in 1 d · expected <= 10 · app-log: no log file is there"),
        "{}",
        unknown.words
    );
    assert_eq!(counted(sources(), "", "<= 1").await.held, Held::Bad, "two are too many already");
    assert_eq!(counted(sources(), "", ">= 2").await.held, Held::Good, "two are enough already");
}

#[tokio::test]
async fn who_tells_no_lines_is_told() {
    let none = counted(vec![], "", "== 0").await;
    assert_eq!(none.held, Held::Unknown);
    assert_eq!(none.words, "no source tells log lines; add one of kind \"file\" or \"journald\"");
}
