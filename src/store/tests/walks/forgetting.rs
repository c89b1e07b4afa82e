//! What is forgotten of walks, and what is not.

use super::*;
use crate::domain::checklist::Walked;

const DAY: i64 = 86_400;

#[tokio::test]
async fn walks_that_ended_long_ago_are_forgotten_with_their_lists() {
    let (_dir, path) = file();
    let store = open(&path).await;
    let other = |id, title: &str, at| {
        let mut list = list("daily");
        list.title = title.to_owned();
        let mut walk = walk(id, "daily", "ana", at);
        walk.list = std::sync::Arc::new(list);
        walk
    };
    let (old, young) = (other(1, "as it was", 0), other(2, "as it is", 60));
    for walk in [&old, &young] {
        store.begin_walk(walk).await.unwrap();
        add(&store, walk.id, &[failed(walk.id.0, "ana", "x")]).await;
        store.end_walk(walk.id, &completed("ana", 90 + i64::try_from(walk.id.0).unwrap())).await.unwrap();
    }
    // Nobody ended it: it stays, however old it is.
    let open_one = walk(3, "weekly", "ana", 0);
    store.begin_walk(&open_one).await.unwrap();
    let ids = |walked: &[Walked]| walked.iter().map(|walked| walked.id.0).collect::<Vec<_>>();
    let told = async |seconds| store.memory(after(seconds)).await.unwrap();

    let last = 400 * DAY + 91;
    store.forget(after(last)).await.unwrap();
    assert_eq!(ids(&told(last).await.walked), [2, 1]);
    assert_eq!(count(&path, "SELECT count(*) FROM lists").await, 3);
    store.forget(after(last + 1)).await.unwrap();
    let now = told(0).await;
    assert_eq!((ids(&now.walked), now.walks.len()), (vec![2], 1));
    assert_eq!(store.walk(old.id).await.unwrap(), None);
    assert_eq!(store.walk(young.id).await.unwrap().unwrap().updates().len(), 1);
    assert_eq!(count(&path, "SELECT count(*) FROM lists").await, 2);
    assert_eq!(count(&path, "SELECT count(*) FROM walk_updates").await, 1);
    // The journal is never shortened, and a list that is walked again is there again.
    assert_eq!(store.begin_walk(&other(4, "as it was", 0)).await.unwrap().list.title, "as it was");
}

#[tokio::test]
async fn walks_are_told_for_as_long_as_they_are_kept() {
    let store = store().await;
    store.begin_walk(&walk(1, "daily", "ana", 0)).await.unwrap();
    store.end_walk(WalkId(1), &completed("ana", 60)).await.unwrap();
    let told = async |seconds| store.memory(after(seconds)).await.unwrap().walked.len();
    assert_eq!((told(400 * DAY + 60).await, told(400 * DAY + 61).await), (1, 0));
}

#[tokio::test]
async fn incidents_that_are_over_are_forgotten_and_open_ones_never() {
    let (_dir, path) = file();
    let store = open(&path).await;
    for id in [1, 2] {
        store.declare(&made::incident(id, 0)).await.unwrap();
    }
    store.declare_over(UpdateId(1), after(60), &Operator::new("ana", "bastion")).await.unwrap();
    store.forget(after(400 * DAY + 60)).await.unwrap();
    assert_eq!(count(&path, "SELECT count(*) FROM declared").await, 2);
    store.forget(after(400 * DAY + 61)).await.unwrap();
    assert_eq!(store.memory(noon()).await.unwrap().declared, [made::incident(2, 0)]);
}
