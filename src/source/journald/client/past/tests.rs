//! A stand-in for `journalctl` that says what a test wants.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use super::*;
use crate::domain::{Level, Moment};

const FAR: Duration = Duration::from_mins(1);

fn since() -> Moment {
    "2026-11-20T03:12:00Z".parse().unwrap()
}

fn sought(contains: &str) -> Sought {
    Sought { contains: contains.to_owned(), level: Level::Error, since: since() }
}

/// A program of this text.
fn program(folder: &tempfile::TempDir, text: &str) -> PathBuf {
    let path = folder.path().join("journalctl");
    std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

async fn told(text: &str, contains: &str, patience: Duration) -> Result<Found, SourceError> {
    let folder = tempfile::tempdir().unwrap();
    let options = JournaldOptions { units: vec!["checkout.service".to_owned()], backlog: 7 };
    // The path to its own text may be busy for a moment, when another test starts a process just then.
    loop {
        let found = read(&program(&folder, text), &options, &sought(contains), patience).await;
        match found {
            Err(error) if error.what.contains("Text file busy") => {}
            other => return other,
        }
    }
}

fn entry(minute: i64, priority: u8, message: &str) -> String {
    let micros = since().timestamp_micros() + minute * 60_000_000;
    format!(r#"{{"__REALTIME_TIMESTAMP":"{micros}","PRIORITY":"{priority}","MESSAGE":"{message}","_COMM":"checkout"}}"#)
}

#[tokio::test]
async fn entries_of_the_time_are_counted() {
    let entries =
        [entry(-5, 3, "timeout of before"), entry(5, 3, "Timeout"), entry(6, 6, "timeout"), entry(7, 2, "disk")];
    let found = told(&format!("cat <<'EOF'\n{}\nEOF", entries.join("\n")), "timeout", FAR).await.unwrap();
    assert_eq!((found.count, found.since, found.problems.len()), (1, None, 0), "{found:?}");
    assert_eq!(&*found.newest[0].text, "Timeout");
}

#[tokio::test]
async fn it_is_asked_for_that_time_and_no_more_than_is_read() {
    let found = told("echo \"$@\" >&2", "", FAR).await.unwrap();
    let begin = since().timestamp();
    let told = &found.notes[0];
    assert!(told.starts_with(&format!("journalctl: -o json --all --no-pager -n 50000 --since=@{begin} ")), "{told}");
    assert!(told.ends_with("--unit=checkout.service"), "{told}");
}

#[tokio::test]
async fn what_is_not_seen_is_told() {
    let partly = "echo 'Hint: You are currently not seeing messages from other users and the system.' >&2";
    assert!(told(partly, "", FAR).await.unwrap().problems[0].starts_with("only this user's part"));
    let nothing = told("echo 'No journal files were found.' >&2", "", FAR).await.unwrap();
    assert_eq!(nothing.problems, ["journalctl: No journal files were found."], "none seen is not none there");
    let broken = format!("echo '{}'; echo '{{\"MESS'", entry(5, 3, "x"));
    assert_eq!(told(&broken, "", FAR).await.unwrap().problems, ["1 entries of the journal could not be read"]);
    let full = format!("yes '{}' | head -n 50000", entry(30, 3, "x"));
    let found = told(&full, "", FAR).await.unwrap();
    assert_eq!((found.count, found.since), (50_000, Some(since() + chrono::TimeDelta::minutes(30))));
    let slow = told(&format!("echo '{}'; exec sleep 1000", entry(5, 3, "x")), "", Duration::from_millis(500)).await;
    assert_eq!(slow.unwrap().problems, ["there was more than could be read in time"]);
}

#[tokio::test]
async fn a_failure_is_an_error_and_an_old_one_is_asked_again_without_fields() {
    let error = told("echo 'No journal files were opened due to insufficient permissions.' >&2; exit 1", "", FAR).await;
    assert!(error.unwrap_err().advice.contains("systemd-journal"));
    let old = format!(
        "case \"$*\" in *output-fields*) echo \"unrecognized option '--output-fields'\" >&2; exit 1;; esac; echo '{}'",
        entry(5, 3, "x")
    );
    assert_eq!(told(&old, "", FAR).await.unwrap().count, 1);
    let nowhere = read(Path::new("/nowhere/journalctl"), &JournaldOptions::default(), &sought(""), FAR).await;
    assert_eq!(nowhere.unwrap_err().kind, ErrorKind::Missing);
}

#[tokio::test]
async fn a_journal_without_any_entry_of_a_long_time_is_not_one_without_errors() {
    let folder = tempfile::tempdir().unwrap();
    let program = program(&folder, "exit 0");
    let asked = async |units: &[&str]| {
        let options = JournaldOptions { units: units.iter().map(|unit| (*unit).to_owned()).collect(), backlog: 7 };
        loop {
            match read(&program, &options, &sought(""), FAR).await {
                Err(error) if error.what.contains("Text file busy") => {}
                other => return other.unwrap().problems,
            }
        }
    };
    assert_eq!(asked(&[]).await, ["the journal holds no entry of any kind of that time"]);
    assert!(asked(&["checkout.service"]).await.is_empty(), "a unit may have nothing to say");
}
