//! The journal against stand-ins for `journalctl`.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::domain::severity::SeverityTable;
use crate::domain::{Level, Moment};
use crate::source::options::KindOptions;

fn clock() -> Clock {
    Clock { now: Moment::UNIX_EPOCH, local: |naive| Some(naive.and_utc()) }
}

fn read(json: &str) -> LogLine {
    map::line(&Entry::read(json.as_bytes()).unwrap(), &mut Reader::default(), clock())
}

#[test]
fn entries_as_journalctl_writes_them() {
    let rows = [
        (
            r#"{"__REALTIME_TIMESTAMP":"1672628645123456","MESSAGE":"Started x.","PRIORITY":"6","_SYSTEMD_UNIT":"init.scope","UNIT":"x.service","SYSLOG_IDENTIFIER":"systemd"}"#,
            Level::Info,
            "x",
            "Started x.",
        ),
        (
            r#"{"MESSAGE":[104,105,255],"PRIORITY":"3","_SYSTEMD_UNIT":"nginx.service"}"#,
            Level::Error,
            "nginx",
            "hi\u{fffd}",
        ),
        (
            r#"{"MESSAGE":null,"PRIORITY":"2","SYSLOG_IDENTIFIER":"dump"}"#,
            Level::Fatal,
            "dump",
            "(an entry without a message)",
        ),
        (
            r#"{"MESSAGE":["one",[116,119,111]],"PRIORITY":["4"],"_SYSTEMD_UNIT":"session-3.scope","SYSLOG_IDENTIFIER":["sudo","x"]}"#,
            Level::Warn,
            "sudo x",
            "one two",
        ),
        (
            r#"{"MESSAGE":"\u001b[31mred\nnext","_SYSTEMD_UNIT":"user@1000.service","_COMM":"bash"}"#,
            Level::Unknown,
            "bash",
            "red next",
        ),
        (
            r#"{"MESSAGE":"{\"level\":\"error\",\"msg\":\"boom\",\"n\":1}","PRIORITY":"6","_TRANSPORT":"stdout","_SYSTEMD_UNIT":"pay.service"}"#,
            Level::Error,
            "pay",
            "boom n=1",
        ),
        (
            r#"{"MESSAGE":"all well","PRIORITY":"6","_TRANSPORT":"stdout","_SYSTEMD_UNIT":"pay.service"}"#,
            Level::Info,
            "pay",
            "all well",
        ),
        (r#"{"MESSAGE":"oops","PRIORITY":"9","_TRANSPORT":"kernel"}"#, Level::Unknown, "kernel", "oops"),
        (r#"{"MESSAGE":"bare"}"#, Level::Unknown, "journal", "bare"),
    ];
    for (json, level, origin, text) in rows {
        let made = read(json);
        assert_eq!((made.level, &*made.origin, &*made.text), (level, origin, text), "{json}");
    }
    let at = read(rows[0].0).at;
    assert_eq!(at.to_rfc3339(), "2023-01-02T03:04:05.123456+00:00");
}

proptest! {
    #[test]
    fn any_values_make_a_harmless_line(message in any::<Vec<u8>>(), text in ".*", priority in any::<i64>()) {
        for message in [serde_json::json!(message), serde_json::json!(text), serde_json::json!([text, message])] {
            let json = serde_json::json!({ "MESSAGE": message, "PRIORITY": priority, "SYSLOG_IDENTIFIER": text, "__REALTIME_TIMESTAMP": text });
            let made = read(&json.to_string());
            prop_assert_eq!(&harmless::line(&made.text, usize::MAX), &*made.text);
            prop_assert_eq!(&harmless::line(&made.origin, usize::MAX), &*made.origin);
        }
    }

    #[test]
    fn any_bytes_are_an_entry_or_none(bytes in any::<Vec<u8>>()) {
        let _ = Entry::read(&bytes);
    }
}

/// A stand-in for `journalctl` that runs these shell lines; its arguments are kept in `calls`.
fn journal(folder: &Path, lines: &str) -> Journald {
    let program = folder.join("journalctl");
    let script = format!("printf '%s\\n' \"$*\" >> '{}'\n{lines}", folder.join("calls").display());
    // Written by another process: a file that this one holds open for writing could not be run.
    let write = r#"printf '#!/bin/sh\n%s\n' "$1" > "$2" && chmod 755 "$2""#;
    let shell = std::process::Command::new("sh").args(["-c", write, "sh", &script]).arg(&program).status();
    assert!(shell.unwrap().success());
    let options = JournaldOptions { units: Vec::new(), backlog: 5 };
    let source = SourceOptions {
        name: "journal".into(),
        every: EVERY,
        timeout: Duration::from_secs(5),
        off: false,
        severity: SeverityTable::default(),
        kind: KindOptions::Journald(options.clone()),
    };
    Journald::new(&options, &source).with_program(program)
}

fn entry(number: usize) -> String {
    format!(r#"echo '{{"__CURSOR":"c={number}","MESSAGE":"line {number}","PRIORITY":"6"}}'"#)
}

/// Polls until so many lines came; a failure in between is left out.
async fn lines(journal: &mut Journald, count: usize) -> Vec<String> {
    let mut all = Vec::new();
    let polling = async {
        while all.len() < count {
            if let Ok(told) = journal.poll().await {
                all.extend(told.logs.iter().map(|line| line.text.to_string()));
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), polling).await.expect("lines come in time");
    all
}

#[tokio::test]
async fn a_child_that_dies_goes_on_behind_the_last_entry() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "case \"$*\" in *--after-cursor=c=2*) {}; exec sleep 60;; *) {}; {}; exit 1;; esac",
        entry(3),
        entry(1),
        entry(2)
    );
    let mut journal = journal(folder.path(), &script);
    assert_eq!(lines(&mut journal, 3).await, ["line 1", "line 2", "line 3"]);
    let calls = std::fs::read_to_string(folder.path().join("calls")).unwrap();
    let calls: Vec<&str> = calls.lines().collect();
    assert!(calls[0].starts_with("-o json -f --all --no-pager -n 5 --output-fields="), "{calls:?}");
    assert!(calls[1].contains("--after-cursor=c=2 -n all"), "{calls:?}");
    assert_eq!(calls.len(), 2);
}

/// The child that goes on behind the last entry finds only one that cannot be read.
#[tokio::test]
async fn an_unreadable_entry_after_a_restart_is_a_note_and_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "case \"$*\" in *--after-cursor=c=1*) echo 'torn entry'; exec sleep 60;; *) {}; exit 1;; esac",
        entry(1)
    );
    let mut journal = journal(folder.path(), &script);
    assert_eq!(lines(&mut journal, 1).await, ["line 1"]);
    let noted = async {
        loop {
            match journal.poll().await {
                Ok(told) if told.notes.iter().any(|note| note.contains("could not be read")) => return,
                Err(error) if error.kind == ErrorKind::Malformed => panic!("{error}"),
                _ => {}
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), noted).await.expect("it is noted in time");
}

#[tokio::test]
async fn a_quiet_journal_is_an_answer_and_comes_soon() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = journal(folder.path(), "exec sleep 60");
    let told = tokio::time::timeout(Duration::from_secs(5), journal.poll()).await.unwrap().unwrap();
    assert_eq!(told, Observation::default());
}

#[tokio::test]
async fn what_it_complains_about_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let hint = "Hint: You are currently not seeing messages from other users and the system.";
    let mut some = journal(folder.path(), &format!("echo '{hint}' >&2; {}; exec sleep 60", entry(1)));
    let polling = async {
        loop {
            if let Some(note) = some.poll().await.unwrap().notes.pop() {
                break note;
            }
        }
    };
    let note = tokio::time::timeout(Duration::from_secs(20), polling).await.unwrap();
    assert!(note.contains("systemd-journal"), "{note}");

    let refusal = "No journal files were opened due to insufficient permissions.";
    let mut refused = journal(folder.path(), &format!("echo '{refusal}' >&2; exit 1"));
    let error = refused.poll().await;
    let error = if let Err(error) = error { error } else { refused.poll().await.unwrap_err() };
    assert_eq!(error.kind, ErrorKind::Missing);
    assert!(error.to_string().contains("insufficient permissions"), "{error}");
}

#[tokio::test]
async fn a_missing_program_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = journal(folder.path(), "").with_program(folder.path().join("none"));
    let error = journal.poll().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Missing);
    assert!(error.advice.contains("kind = \"file\""), "{error}");
}

#[tokio::test]
async fn an_old_program_and_a_lost_place() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "case \"$*\" in *--output-fields*) echo 'journalctl: unrecognized option' >&2; exit 1;; \
         *--after-cursor=c=1*) echo 'Failed to seek to cursor: Invalid argument' >&2; exit 1;; \
         *'-n 0'*) {}; echo garbage; exec sleep 60;; *) {}; exit 0;; esac",
        entry(9),
        entry(1)
    );
    let mut journal = journal(folder.path(), &script);
    assert_eq!(lines(&mut journal, 1).await, ["line 1"]);
    let mut notes = Vec::new();
    let polling = async {
        while !notes.iter().any(|note: &String| note.contains("place in the journal")) {
            notes.extend(journal.poll().await.map(|told| told.notes).unwrap_or_default());
        }
    };
    tokio::time::timeout(Duration::from_secs(20), polling).await.unwrap();
}

#[tokio::test]
async fn the_child_ends_with_its_source() {
    let folder = tempfile::tempdir().unwrap();
    let pid = folder.path().join("pid");
    let mut journal = journal(folder.path(), &format!("echo $$ > '{}'; {}; exec sleep 60", pid.display(), entry(1)));
    lines(&mut journal, 1).await;
    let pid: i32 = std::fs::read_to_string(&pid).unwrap().trim().parse().unwrap();
    drop(journal);
    let gone = async {
        while nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), None).is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), gone).await.expect("the child is killed and collected");
}

#[tokio::test]
async fn it_does_what_every_adapter_must() {
    let folder = tempfile::tempdir().unwrap();
    let journal = journal(folder.path(), &format!("{}\nexec cat", entry(1)));
    crate::source::contract::agrees(Box::new(journal), "journald").await;
}

#[tokio::test]
async fn what_was_no_journal_and_is_a_quiet_one_now_is_believed() {
    let folder = tempfile::tempdir().unwrap();
    let script =
        format!("mkdir '{0}' 2>/dev/null && echo 'no entry'; exec sleep 60", folder.path().join("once").display());
    let mut journal = journal(folder.path(), &script);
    let mended = async {
        let mut failed = false;
        loop {
            match journal.poll().await {
                Err(error) => failed |= error.kind == ErrorKind::Malformed,
                Ok(_) if failed => return,
                Ok(_) => {}
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), mended).await.expect("a quiet journal is no failure for ever");
}
