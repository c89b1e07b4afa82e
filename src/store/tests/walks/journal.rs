//! What the journal tells of walks.

use super::made::went;
use super::*;
use crate::store::{JournalQuery, Proof};

/// Who, what, and the words, oldest first.
async fn told(store: &Store) -> Vec<(String, String, String)> {
    let rows = store.journal(JournalQuery { newest_first: false, ..JournalQuery::default() }).await.unwrap();
    let told = |entry: Entry| (entry.operator.name, entry.action, entry.detail);
    rows.into_iter().map(|row| told(row.entry)).collect()
}

fn row(by: &str, action: &str, detail: &str) -> (String, String, String) {
    (by.to_owned(), action.to_owned(), detail.to_owned())
}

#[tokio::test]
async fn what_went_wrong_is_told_and_what_is_fine_is_not() {
    let store = store().await;
    let daily = walk(1, "daily", "ana", 0);
    store.begin_walk(&daily).await.unwrap();
    add(&store, daily.id, &everything()).await;
    add(&store, daily.id, &everything()).await;
    store.end_walk(daily.id, &completed("bo", 90)).await.unwrap();
    store.end_walk(daily.id, &completed("bo", 90)).await.unwrap();
    assert_eq!(
        told(&store).await,
        [
            row("ana", "walk.began", "Daily maintenance"),
            row("ana", "walk.failed", "Daily maintenance · Error lines: too many\nof them"),
            row("bo", "walk.failed", "Daily maintenance · Độ trễ 延迟: -412.5"),
            row("ana", "walk.undone", "Daily maintenance · Độ trễ 延迟: answer (-412.5), by bo"),
            row("bo", "walk.skipped", "Daily maintenance · Disks"),
            row("bo", "walk.completed", "Daily maintenance: 1 done, 1 failed, 1 skipped of 4, signed off by bo"),
        ]
    );
    assert!(matches!(store.verify().await.unwrap(), Proof::Sound { rows: 6, .. }));
    let of_walk = JournalQuery { target: Some(daily.id.to_string()), ..JournalQuery::default() };
    assert_eq!(store.journal(of_walk).await.unwrap().len(), 6);
}

#[tokio::test]
async fn what_is_not_there_is_told_by_its_id() {
    let store = store().await;
    let daily = walk(1, "daily", "ana", 0);
    store.begin_walk(&daily).await.unwrap();
    let skipped = Change::Outcome { outcome: Outcome::Skipped, why: "not ours".to_owned() };
    let tick = went(3, Outcome::Done, "ana", "");
    let undo = |id, of| update(id, "", Change::Undo { update: UpdateId(of) }, "bo", 9);
    add(&store, daily.id, &[update(1, "gone", skipped, "ana", 5), undo(2, 99), tick, undo(4, 3)]).await;
    store.end_walk(daily.id, &given_up("bo", 90, "called away")).await.unwrap();
    assert_eq!(
        told(&store).await[1..],
        [
            row("ana", "walk.skipped", "Daily maintenance · gone: not ours"),
            row("bo", "walk.undone", "Daily maintenance"),
            row("bo", "walk.undone", "Daily maintenance · Error lines: done, by ana"),
            row("bo", "walk.given-up", "Daily maintenance: 0 done, 0 failed, 0 skipped of 4, given up: called away"),
        ]
    );
}

#[tokio::test]
async fn everything_that_is_told_moves_the_counter() {
    let (_dir, path) = file();
    let (one, two) = (open(&path).await, open(&path).await);
    let daily = walk(1, "daily", "ana", 0);
    let mut last = two.change_counter().await.unwrap();
    let mut moved = async |what: &str, expected: bool| {
        let now = two.change_counter().await.unwrap();
        assert_eq!(now != last, expected, "{what}");
        last = now;
    };
    for new in [true, false] {
        one.know_lists(std::slice::from_ref(&daily.list.id), noon()).await.unwrap();
        moved("a list", new).await;
    }
    for new in [true, false] {
        one.begin_walk(&daily).await.unwrap();
        moved("begin", new).await;
    }
    for new in [true, false] {
        one.add_to_walk(daily.id, &went(1, Outcome::Done, "ana", "")).await.unwrap();
        moved("an update", new).await;
    }
    for new in [true, false] {
        one.end_walk(daily.id, &completed("ana", 9)).await.unwrap();
        moved("end", new).await;
    }
    one.add_to_walk(daily.id, &went(2, Outcome::Done, "ana", "")).await.unwrap();
    moved("too late", false).await;
    for new in [true, false] {
        one.declare(&made::incident(1, 0)).await.unwrap();
        moved("an incident", new).await;
    }
    for new in [true, false] {
        assert_eq!(one.declare_over(UpdateId(1), after(9), &daily.by).await.unwrap(), new);
        moved("over", new).await;
    }
}
