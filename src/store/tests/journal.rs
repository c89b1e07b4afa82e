//! The journal: what is written, what is found out.

use super::*;
use crate::domain::journal::Row;
use crate::store::{JournalQuery, Proof, StoreErrorKind};

async fn filled(path: &Path, rows: usize) -> Store {
    let store = open(path).await;
    let entries = (0..rows).map(|at| entry("ack", &format!("t{}", at % 3), &format!("row {at}")));
    store.append_all(entries.collect()).await.unwrap();
    store
}

fn ids(rows: &[Row]) -> Vec<i64> {
    rows.iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn rows_are_told_as_they_were_written() {
    let (_dir, path) = file();
    let store = filled(&path, 9).await;
    let odd = Entry {
        at: after(60) + TimeDelta::nanoseconds(1_500_000),
        detail: "two\nlines \u{1b}[31mred\u{202e}\n\n".into(),
        outcome: Outcome::Unknown("timed out\n".into()),
        ..entry("silence", "x", "")
    };
    let row = store.append(odd).await.unwrap();
    assert_eq!((row.id, row.entry.detail.as_str()), (10, "two\nlines red·"));
    assert_eq!(row.entry.outcome, Outcome::Unknown("timed out".into()));
    assert_eq!(row.entry.at, after(60) + TimeDelta::milliseconds(1));

    let all = store.journal(JournalQuery { newest_first: false, ..JournalQuery::default() }).await.unwrap();
    assert_eq!(ids(&all), (1..=10).collect::<Vec<_>>());
    assert_eq!(all.last(), Some(&row));
    assert_eq!(crate::domain::journal::verify(&all), Ok(10));
    let newest = JournalQuery { limit: 2, ..JournalQuery::default() };
    assert_eq!(ids(&store.journal(newest).await.unwrap()), [10, 9]);
    let target = JournalQuery { target: Some("t1".into()), ..JournalQuery::default() };
    assert_eq!(ids(&store.journal(target).await.unwrap()), [8, 5, 2]);
    let since = JournalQuery { since: Some(after(1)), ..JournalQuery::default() };
    assert_eq!(ids(&store.journal(since).await.unwrap()), [10]);
    let later = JournalQuery { after: Some(7), newest_first: false, ..JournalQuery::default() };
    assert_eq!(ids(&store.journal(later).await.unwrap()), [8, 9, 10]);
}

#[tokio::test]
async fn a_long_journal_is_proved_in_pieces() {
    let store = Store::open_in_memory().await.unwrap();
    assert!(matches!(store.verify().await.unwrap(), Proof::Sound { rows: 0, .. }));
    let entries = (0..2_500).map(|at| entry("ack", "t", &format!("row {at}"))).collect();
    let last = store.append_all(entries).await.unwrap().pop().unwrap();
    assert_eq!(store.verify().await.unwrap(), Proof::Sound { rows: 2_500, last_hash: last.hash });
}

#[tokio::test]
async fn sql_cannot_change_it_by_mistake() {
    let (_dir, path) = file();
    let store = filled(&path, 3).await;
    for statement in [
        "UPDATE journal SET detail = 'x' WHERE id = 2",
        "DELETE FROM journal WHERE id = 3",
        "INSERT OR REPLACE INTO journal SELECT id, at, operator, host, action, target, 'x', outcome, why, hash FROM journal WHERE id = 2",
        "UPDATE journal_head SET rows = 2",
        "DELETE FROM journal_head",
    ] {
        let error = past_midwatch(&path, statement).await.unwrap_err();
        assert!(error.to_string().contains("journal"), "{statement}: {error}");
    }
    assert!(matches!(store.verify().await.unwrap(), Proof::Sound { rows: 3, .. }));
}

#[tokio::test]
async fn whatever_is_done_to_it_past_the_triggers_is_found() {
    const OPEN: &str = "DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete;
        DROP TRIGGER journal_in_order; DROP TRIGGER journal_head_stays; DROP TRIGGER journal_head_grows;";
    for (statement, at) in [
        ("UPDATE journal SET detail = 'x' WHERE id = 3", 3),
        ("UPDATE journal SET operator = 'bo' WHERE id = 3", 3),
        ("UPDATE journal SET at = at + 1 WHERE id = 5", 5),
        ("UPDATE journal SET outcome = 'noted' WHERE id = 5", 5),
        ("UPDATE journal SET why = 'x' WHERE id = 5", 5),
        ("UPDATE journal SET outcome = 'fine' WHERE id = 5", 5),
        ("UPDATE journal SET detail = x'ff' WHERE id = 4", 4),
        ("DELETE FROM journal WHERE id = 1", 1),
        ("DELETE FROM journal WHERE id = 4", 4),
        ("DELETE FROM journal WHERE id > 4", 5),
        ("DELETE FROM journal", 1),
        (
            "INSERT INTO journal SELECT 7, at, operator, host, action, target, detail, outcome, why, hash FROM journal WHERE id = 6",
            7,
        ),
        (
            "INSERT INTO journal SELECT -1, at, operator, host, action, target, detail, outcome, why, hash FROM journal WHERE id = 6",
            1,
        ),
        ("DELETE FROM journal_head", 7),
        ("UPDATE journal_head SET hash = 'x'", 7),
        ("DELETE FROM journal WHERE id = 6; UPDATE journal_head SET rows = 5", 6),
    ] {
        let (_dir, path) = file();
        let store = filled(&path, 6).await;
        past_midwatch(&path, OPEN).await.unwrap();
        past_midwatch(&path, statement).await.unwrap();
        match store.verify().await.unwrap() {
            Proof::Broken(found) => assert_eq!(found.id, at, "{statement}: {}", found.what),
            Proof::Sound { .. } => panic!("not found: {statement}"),
        }
    }
}

#[tokio::test]
async fn a_row_that_midwatch_never_writes_is_told_not_skipped() {
    let (_dir, path) = file();
    let store = filled(&path, 2).await;
    past_midwatch(&path, "DROP TRIGGER journal_no_update; UPDATE journal SET outcome = 'fine'").await.unwrap();
    let error = store.journal(JournalQuery::default()).await.unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::Unreadable);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_is_given_up_leaves_the_store_working() {
    let (_dir, path) = file();
    let store = filled(&path, 1).await;
    for round in 0..50_u32 {
        let (mine, told) = (store.clone(), entry("ack", "t", &format!("given up {round}")));
        let call = tokio::spawn(async move { mine.append(told).await });
        for _ in 0..round % 10 {
            tokio::task::yield_now().await;
        }
        call.abort();
        // Whether it was written depends on when it was given up; the next one is written in any case.
        let _ = call.await;
        let row = store.append(entry("ack", "t", "next")).await.unwrap();
        assert!(row.id > i64::from(round) + 1);
    }
    assert!(matches!(store.verify().await.unwrap(), Proof::Sound { rows: 51.., .. }));
}
