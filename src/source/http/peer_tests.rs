//! Peers of one cluster: reads go to the first that answers, a write to exactly one.

use super::test_server::{Canned, TestServer, nobody};
use super::tests::{SOON, client, options};
use super::*;

const BRIEF: Duration = Duration::from_secs(1);

async fn pair() -> (TestServer, TestServer) {
    let (first, second) = (TestServer::start().await, TestServer::start().await);
    first.everything(Canned::json("1"));
    second.everything(Canned::json("2"));
    (first, second)
}

fn both(first: &TestServer, second: &TestServer) -> HttpOptions {
    options(&[first.url(), second.url()])
}

async fn read(http: &Http) -> String {
    http.get("/x", &[]).await.unwrap().text().into_owned()
}

#[tokio::test]
async fn the_first_that_answers_is_asked_and_remembered() {
    let (first, second) = pair().await;
    let http = client(&both(&first, &second), SOON);
    assert_eq!(read(&http).await, "1");
    assert!(http.notes().is_empty());
    first.everything(Canned::text("starting").status(503));
    assert_eq!(read(&http).await, "2");
    assert_eq!(read(&http).await, "2");
    assert_eq!(first.seen().len(), 2, "the first is not asked again at once");
    assert_eq!(http.notes(), [format!("{} does not answer; {} is asked instead", first.url(), second.url())]);
}

#[tokio::test]
async fn one_that_hangs_leaves_time_for_the_next() {
    let (first, second) = pair().await;
    first.everything(Canned::silence());
    let began = std::time::Instant::now();
    let http = client(&both(&first, &second), BRIEF);
    assert_eq!(read(&http).await, "2");
    assert!(began.elapsed() < BRIEF, "{:?}", began.elapsed());
}

#[tokio::test]
async fn an_answer_that_another_peer_would_give_too_is_the_answer() {
    let (first, second) = pair().await;
    first.everything(Canned::text("no").status(404));
    let http = client(&both(&first, &second), SOON);
    assert_eq!(http.get("/x", &[]).await.unwrap().status, 404);
    assert!(second.seen().is_empty());
}

#[tokio::test]
async fn where_nobody_answers_all_are_named() {
    let urls = [nobody().await, nobody().await];
    let error = client(&options(&urls), SOON).get("/x", &[]).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Connect);
    assert!(error.what.starts_with("none of 2 peers answers: "), "{error}");
    assert!(urls.iter().all(|url| error.what.contains(url)), "{error}");
}

#[tokio::test]
async fn a_write_goes_to_one_and_to_the_next_only_if_the_first_cannot_have_seen_it() {
    let (first, second) = pair().await;
    let http = client(&both(&first, &second), SOON);
    assert_eq!(http.write_json("/w", b"{}").await.unwrap().text(), "1");
    assert!(second.seen().is_empty());
    let seen = &first.seen()[0];
    assert_eq!((seen.method.as_str(), seen.body.as_str()), ("POST", "{}"));
    assert_eq!(seen.headers["content-type"], "application/json");

    let http = client(&options(&[nobody().await, second.url()]), SOON);
    assert_eq!(http.write_json("/w", b"{}").await.unwrap().text(), "2");
}

#[tokio::test]
async fn a_write_without_an_answer_is_never_repeated_and_not_known() {
    for canned in [Canned::silence(), Canned::closed(), Canned::cut_off("{"), Canned::text("").status(504)] {
        let (first, second) = pair().await;
        first.everything(canned);
        let http = client(&both(&first, &second), BRIEF);
        let error = http.write_json("/w", b"{}").await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Uncertain, "{error}");
        assert!(error.what.starts_with("not known whether it took effect"), "{error}");
        assert_eq!((first.seen().len(), second.seen().len()), (1, 0));
    }
}

#[tokio::test]
async fn a_refused_write_is_an_answer() {
    let (first, second) = pair().await;
    first.everything(Canned::json("\"no\"").status(500));
    let reply = client(&both(&first, &second), SOON).delete("/w").await.unwrap();
    assert_eq!((reply.status, second.seen().len()), (500, 0));
}
