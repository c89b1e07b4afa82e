//! Walks: begun by one and joined by others, added to, ended; what is told of them and of declared incidents.

mod declared;
mod forgetting;
mod journal;
pub(super) mod made;
mod processes;
mod races;
mod repeats;
mod taken;
mod tampered;
mod upgrade;

use super::*;
use crate::domain::checklist::{Change, ChecklistId, Outcome, Update, UpdateId, Walk, WalkId};
use crate::store::Said;
use made::{completed, everything, failed, given_up, list, over, update, walk};

async fn store() -> Store {
    Store::open_in_memory().await.unwrap()
}

/// Adds what is to be kept.
async fn add(store: &Store, walk: WalkId, updates: &[Update]) {
    for update in updates {
        assert_eq!(store.add_to_walk(walk, update).await.unwrap(), Said::Kept);
    }
}

/// A number that the file holds.
async fn count(path: &Path, statement: &'static str) -> i64 {
    use sqlx::{ConnectOptions as _, Connection as _};
    let mut connection = sqlx::sqlite::SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    let count = sqlx::query_scalar(statement).fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    count
}

#[tokio::test]
async fn a_walk_reads_back_with_everything_that_was_said() {
    let store = store().await;
    let mut begun = walk(1, "daily", "ana", 0);
    begun.turn = Some(after(-60));
    assert_eq!(store.begin_walk(&begun).await.unwrap(), begun);
    let updates = everything();
    add(&store, begun.id, &updates).await;
    let expected = begun.clone().with(updates);
    assert_eq!(store.walk(begun.id).await.unwrap().as_ref(), Some(&expected));
    let told = store.memory(after(900)).await.unwrap();
    assert_eq!(told.walks.iter().map(|walk| &**walk).collect::<Vec<_>>(), [&expected]);
    assert_eq!(told.walked, []);
    assert_eq!(store.walk(WalkId(2)).await.unwrap(), None);
}

#[tokio::test]
async fn another_operator_joins_the_walk_that_is_open() {
    let store = store().await;
    let ana = walk(1, "daily", "ana", 0);
    store.begin_walk(&ana).await.unwrap();
    add(&store, ana.id, &[failed(1, "ana", "too many")]).await;
    let bo = walk(2, "daily", "bo", 60);
    let joined = store.begin_walk(&bo).await.unwrap();
    assert_eq!(joined, ana.clone().with([failed(1, "ana", "too many")]));
    assert_eq!(store.walk(bo.id).await.unwrap(), None);
    // Another list is another walk.
    let weekly = walk(3, "weekly", "bo", 60);
    assert_eq!(store.begin_walk(&weekly).await.unwrap(), weekly);
    let told = store.memory(noon()).await.unwrap().walks;
    assert_eq!(told.iter().map(|walk| walk.id).collect::<Vec<_>>(), [ana.id, weekly.id]);
}

#[tokio::test]
async fn what_is_handed_over_again_is_kept_once() {
    let store = store().await;
    let daily = walk(1, "daily", "ana", 0);
    store.begin_walk(&daily).await.unwrap();
    let first = failed(1, "ana", "too many");
    add(&store, daily.id, &[first.clone(), first.clone()]).await;
    let other = Update { change: Change::Note { text: "another with its id".into() }, ..first.clone() };
    assert_eq!(store.add_to_walk(daily.id, &other).await.unwrap(), Said::Kept);
    assert_eq!(store.begin_walk(&daily).await.unwrap().updates(), std::slice::from_ref(&first));
    let end = completed("ana", 90);
    for _ in 0..2 {
        assert_eq!(store.end_walk(daily.id, &end).await.unwrap(), Said::Kept);
    }
    // Also after the end: they were kept before it.
    assert_eq!(store.add_to_walk(daily.id, &first).await.unwrap(), Said::Kept);
    let again = store.begin_walk(&daily).await.unwrap();
    assert_eq!((again.ended.as_ref(), again.updates()), (Some(&end), std::slice::from_ref(&first)));
}

#[tokio::test]
async fn a_walk_that_ended_takes_nothing_and_stays_as_it_ended() {
    let store = store().await;
    let daily = walk(1, "daily", "ana", 0);
    store.begin_walk(&daily).await.unwrap();
    let end = given_up("bo", 90, "called away");
    assert_eq!(store.end_walk(daily.id, &end).await.unwrap(), Said::Kept);
    let ended = Said::Ended(end.clone());
    assert_eq!(store.add_to_walk(daily.id, &failed(1, "ana", "late")).await.unwrap(), ended);
    assert_eq!(store.end_walk(daily.id, &completed("ana", 95)).await.unwrap(), ended);
    assert_eq!(store.end_walk(daily.id, &given_up("bo", 91, "called away")).await.unwrap(), ended);
    assert_eq!(store.walk(daily.id).await.unwrap().unwrap(), over(daily, end));
    let nobody = WalkId(9);
    assert_eq!(store.add_to_walk(nobody, &failed(2, "ana", "x")).await.unwrap(), Said::Gone);
    assert_eq!(store.end_walk(nobody, &completed("ana", 95)).await.unwrap(), Said::Gone);
    assert_eq!(store.memory(after(99)).await.unwrap().walks, []);
}

#[tokio::test]
async fn earlier_walks_are_told_newest_first() {
    let store = store().await;
    let mut ended = Vec::new();
    for (round, at) in (1..=4).zip([0, 100, 200, 300]) {
        let daily = walk(round, "daily", "ana", at);
        store.begin_walk(&daily).await.unwrap();
        let said = failed(round, "ana", "too many");
        add(&store, daily.id, std::slice::from_ref(&said)).await;
        let end = completed("ana", at + 60);
        let whole = over(daily.with([said]), end.clone());
        store.end_walk(whole.id, &end).await.unwrap();
        ended.insert(0, whole);
    }
    store.begin_walk(&walk(9, "weekly", "ana", 400)).await.unwrap();
    let open = walk(5, "daily", "bo", 400);
    store.begin_walk(&open).await.unwrap();
    let told = store.memory(after(500)).await.unwrap();
    let short = |walk: &Walk| walk.walked(walk.ended.as_ref().unwrap());
    assert_eq!(told.walked, ended.iter().map(short).collect::<Vec<_>>());
    assert_eq!((told.walked[0].failed, &*told.walked[0].failures), (1, &["Error lines".to_owned()][..]));
    ended.insert(0, open);
    let daily = ChecklistId::new("daily");
    assert_eq!(store.walks_of(&daily, 60).await.unwrap(), ended);
    assert_eq!(store.walks_of(&daily, 2).await.unwrap(), ended[..2]);
    assert_eq!(store.walks_of(&ChecklistId::new("yearly"), 60).await.unwrap(), []);
}

#[tokio::test]
async fn a_walk_keeps_the_list_as_it_was() {
    let (_dir, path) = file();
    let store = open(&path).await;
    let first = walk(1, "daily", "ana", 0);
    store.begin_walk(&first).await.unwrap();
    let mut changed = list("daily");
    changed.title = "Daily, as of today".to_owned();
    let joins = Walk::new(WalkId(2), std::sync::Arc::new(changed), None, after(5), Operator::new("bo", "bastion"));
    assert_eq!(store.begin_walk(&joins).await.unwrap().list, first.list);
    store.end_walk(first.id, &completed("ana", 9)).await.unwrap();
    assert_eq!(store.begin_walk(&joins).await.unwrap(), joins);
    store.end_walk(joins.id, &completed("ana", 10)).await.unwrap();
    store.begin_walk(&walk(3, "daily", "ana", 20)).await.unwrap();
    let titles: Vec<String> =
        store.walks_of(&first.list.id, 9).await.unwrap().iter().map(|walk| walk.list.title.clone()).collect();
    assert_eq!(titles, ["Daily maintenance", "Daily, as of today", "Daily maintenance"]);
    // Each text is there once.
    assert_eq!(count(&path, "SELECT count(*) FROM lists").await, 2);
}

#[tokio::test]
async fn a_list_is_known_since_it_was_first_seen() {
    let store = store().await;
    let ids = ["daily", "weekly", "monthly"].map(ChecklistId::new);
    store.know_lists(&ids[..2], noon()).await.unwrap();
    store.know_lists(&ids, after(60)).await.unwrap();
    store.know_lists(&[], after(60)).await.unwrap();
    let told = store.memory(after(90)).await.unwrap().lists;
    let [daily, weekly, monthly] = ids;
    assert_eq!(told, [(daily, noon()), (weekly, noon()), (monthly, after(60))].into());
}

#[tokio::test]
async fn a_number_that_is_none_is_not_called_kept() {
    let store = store().await;
    let daily = walk(1, "daily", "ana", 0);
    store.begin_walk(&daily).await.unwrap();
    let answer = crate::domain::checklist::Answer::Number(f64::NAN);
    let wrong = update(1, "latency", Change::Answer { answer, outcome: Some(Outcome::Failed) }, "ana", 5);
    let error = store.add_to_walk(daily.id, &wrong).await.unwrap_err();
    assert!(error.what.starts_with("could not add to a walk in the store in memory: "), "{error}");
    assert!(error.what.contains("what was said is not as midwatch writes it"), "{error}");
    assert_eq!(store.walk(daily.id).await.unwrap().unwrap().updates(), []);
    // And nothing about it was written to the journal.
    assert_eq!(store.journal(crate::store::JournalQuery::default()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_update_belongs_to_one_walk() {
    let store = store().await;
    for (id, list) in [(1, "daily"), (2, "weekly")] {
        store.begin_walk(&walk(id, list, "ana", 0)).await.unwrap();
    }
    add(&store, WalkId(1), &[failed(7, "ana", "x")]).await;
    let error = store.add_to_walk(WalkId(2), &failed(7, "ana", "x")).await.unwrap_err();
    assert_eq!(error.kind, crate::store::StoreErrorKind::Refused);
    assert_eq!(store.walk(WalkId(2)).await.unwrap().unwrap().updates(), []);
    assert_eq!(store.walk(WalkId(1)).await.unwrap().unwrap().updates()[0].id, UpdateId(7));
}
