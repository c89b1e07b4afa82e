//! Requests for a second person: who may agree, to what, and how often that counts.

use super::made::{end, refused, request, start, warm};
use super::*;
use crate::domain::remediation::run::{Request, Run};
use crate::store::{Begun, Start};

fn somebody(name: &str) -> Operator {
    Operator::new(name, "laptop")
}

/// A run at so many seconds that needs request 1.
fn with_request(id: u64, by: &str, seconds: i64) -> Start {
    Start { request: Some(RunId(1)), ..start(warm(id, by, seconds)) }
}

async fn asked() -> Store {
    let store = Store::open_in_memory().await.unwrap();
    store.put_request(&request(1, "ana")).await.unwrap();
    store
}

async fn refusal(store: &Store, start: &Start) -> String {
    refused(store.begin_run(start).await.unwrap())
}

#[tokio::test]
async fn what_another_agreed_to_runs_once() {
    let store = asked().await;
    assert_eq!(store.memory(noon()).await.unwrap().requests, [request(1, "ana")]);
    assert_eq!(refusal(&store, &with_request(2, "ana", 5)).await, "a second person has not agreed");
    let agreed = store.approve(RunId(1), &somebody("bo"), after(10)).await.unwrap().unwrap();
    assert_eq!(agreed, Request { approved_by: Some(somebody("bo")), ..request(1, "ana") });
    assert_eq!(store.request(RunId(1)).await.unwrap(), Some(agreed.clone()));
    assert_eq!(store.memory(noon()).await.unwrap().requests, [agreed]);

    let begun = with_request(2, "ana", 20);
    assert_eq!(store.begin_run(&begun).await.unwrap(), Begun::Yours);
    let told = store.memory(after(21)).await.unwrap();
    assert_eq!((told.requests, told.runs), (vec![], vec![Run { approved_by: Some("bo".into()), ..begun.run.clone() }]));
    assert!(end(&store, &begun.run, 30).await);
    let words = refusal(&store, &with_request(3, "ana", 40)).await;
    assert_eq!(words, "the request was run, taken back or refused: ask again");
}

#[tokio::test]
async fn nobody_agrees_to_their_own() {
    let store = asked().await;
    for name in ["ana", "Ana", " ana ", "ANA", "an\u{200b}a", "a na"] {
        let refused = store.approve(RunId(1), &somebody(name), noon()).await.unwrap().unwrap_err();
        assert_eq!(refused, "ana asked for it: another operator must agree", "{name:?}");
    }
    for name in ["", " ", "\u{200b}"] {
        let refused = store.approve(RunId(1), &somebody(name), noon()).await.unwrap().unwrap_err();
        assert!(refused.contains("must have a name"), "{refused}");
    }
    // Nor by keeping a request that says that somebody agreed.
    let bold = Request { approved_by: Some(somebody("bo")), ..request(1, "ana") };
    store.put_request(&bold).await.unwrap();
    store.put_request(&Request { id: RunId(2), ..bold }).await.unwrap();
    for id in [1, 2] {
        assert_eq!(store.request(RunId(id)).await.unwrap().unwrap().approved_by, None);
        let start = Start { request: Some(RunId(id)), ..with_request(3, "ana", 5) };
        assert_eq!(refusal(&store, &start).await, "a second person has not agreed");
    }
    // Who agreed does not run it alone either.
    store.approve(RunId(1), &somebody("bo"), noon()).await.unwrap().unwrap();
    let words = refusal(&store, &with_request(3, "Bo", 5)).await;
    assert_eq!(words, "a second person has not agreed: bo cannot agree to what they run");
    // A third person may: two others stand behind it.
    assert_eq!(store.begin_run(&with_request(3, "carol", 5)).await.unwrap(), Begun::Yours);
}

#[tokio::test]
async fn only_what_was_shown_is_agreed_to() {
    let store = asked().await;
    store.approve(RunId(1), &somebody("bo"), noon()).await.unwrap().unwrap();
    // What was agreed to cannot be changed afterwards.
    store.put_request(&Request { plan: "another".to_owned(), ..request(1, "ana") }).await.unwrap();
    let other = Start { plan: "another".to_owned(), ..with_request(2, "ana", 5) };
    assert_eq!(refusal(&store, &other).await, "it is not what bo agreed to any more: ask again");
    assert_eq!(store.begin_run(&with_request(2, "ana", 5)).await.unwrap(), Begun::Yours);
    let unknown = Start { request: Some(RunId(77)), ..start(Run { target: "x".into(), ..warm(3, "ana", 5) }) };
    assert_eq!(refusal(&store, &unknown).await, "nothing is known of the request for a second person: ask again");
}

#[tokio::test]
async fn what_is_over_is_neither_agreed_to_nor_run() {
    let store = asked().await;
    let late = store.approve(RunId(1), &somebody("bo"), after(3_600)).await.unwrap().unwrap_err();
    assert_eq!(late, "it ran out at 13:00: ana must ask again");
    store.approve(RunId(1), &somebody("bo"), after(3_599)).await.unwrap().unwrap();
    let twice = store.approve(RunId(1), &somebody("carol"), after(3_599)).await.unwrap().unwrap_err();
    assert_eq!(twice, "bo agreed to it already");
    let words = refusal(&store, &with_request(2, "ana", 3_600)).await;
    assert_eq!(words, "the request ran out at 13:00: ask again");
    assert_eq!(store.memory(after(3_600)).await.unwrap().requests, []);

    store.put_request(&request(5, "ana")).await.unwrap();
    assert!(store.close_request(RunId(5)).await.unwrap());
    assert!(!store.close_request(RunId(5)).await.unwrap());
    assert!(!store.close_request(RunId(6)).await.unwrap());
    let closed = store.approve(RunId(5), &somebody("bo"), noon()).await.unwrap().unwrap_err();
    assert_eq!(closed, "it was run, taken back or refused already");
    let unknown = store.approve(RunId(6), &somebody("bo"), noon()).await.unwrap().unwrap_err();
    assert_eq!(unknown, "nothing is known of this request");
    assert_eq!(store.request(RunId(6)).await.unwrap(), None);
}

#[tokio::test]
async fn a_run_that_is_refused_uses_no_approval_up() {
    let store = asked().await;
    store.approve(RunId(1), &somebody("bo"), noon()).await.unwrap().unwrap();
    let in_the_way = warm(9, "carol", 0);
    store.begin_run(&start(in_the_way.clone())).await.unwrap();
    assert_eq!(refusal(&store, &with_request(2, "ana", 5)).await, "carol runs it since 12:00");
    assert!(end(&store, &in_the_way, 6).await);
    assert_eq!(store.begin_run(&with_request(2, "ana", 7)).await.unwrap(), Begun::Yours);
}
