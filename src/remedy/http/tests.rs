//! Requests against servers that answer as each kind does, well and badly.

use std::collections::VecDeque;

use chrono::TimeDelta;

use super::*;
use crate::domain::remediation::Template;
use crate::domain::remediation::kind::Poll;
use crate::source::http::test_server::{Canned, TestServer};

fn call(dialect: Dialect, url: String) -> HttpCall {
    HttpCall { dialect, method: "POST".into(), url, headers: vec![], body: None, expect: vec![], poll: None }
}

fn access(server: &TestServer) -> HttpOptions {
    HttpOptions { urls: vec![server.url()], ..HttpOptions::default() }
}

/// Follows as `follow` does, without its pauses.
async fn followed(call: &HttpCall, server: &TestServer) -> Followed {
    let (heard, _kept) = mpsc::channel(64);
    let mut teller = Teller { began: Instant::now(), output: Output::default(), heard };
    let mut sent = false;
    let end = begin(call, &access(server), Duration::from_millis(1), &mut teller, &mut sent).await;
    Followed { end, took: Duration::ZERO, output: teller.output }
}

fn object(pairs: &[(&str, &str)]) -> Body {
    let text = |value: &str| Body::Text(Template::parse(value).unwrap());
    Body::Object(pairs.iter().map(|(name, value)| ((*name).to_owned(), text(value))).collect())
}

#[tokio::test]
async fn a_webhook_is_sent_once_and_taken() {
    let server = TestServer::start().await;
    server.always("/hook", Canned::json("{}").status(202));
    let mut hook = call(Dialect::Webhook, format!("{}/hook?x=1", server.url()));
    hook.body = Some(object(&[("text", "say \"hi\"")]));
    assert_eq!(followed(&hook, &server).await.end, End::Ok("taken; a webhook tells no more".to_owned()));
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].body, r#"{"text":"say \"hi\""}"#);
}

#[tokio::test]
async fn a_refusal_tells_why_and_is_not_repeated() {
    let server = TestServer::start().await;
    let words = r#"{"message":"Unexpected inputs provided: [\"x\"]"}"#;
    server.always("/repos/o/r/actions/workflows/w.yml/dispatches", Canned::json(words).status(422));
    let url = format!("{}/repos/o/r/actions/workflows/w.yml/dispatches", server.url());
    let End::Failed(told) = followed(&call(Dialect::Github, url), &server).await.end else { panic!() };
    assert!(told.contains("Unexpected inputs provided"), "{told}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn github_is_asked_which_run_it_began_and_followed_to_its_conclusion() {
    let server = TestServer::start().await;
    let run = format!("{}/repos/o/r/actions/runs/7", server.url());
    server.always("/repos/o/r/actions/workflows/w.yml/dispatches", Canned::json(format!(r#"{{"run_url":"{run}"}}"#)));
    for state in [r#"{"status":"queued","conclusion":null}"#, r#"{"status":"completed","conclusion":"failure"}"#] {
        server.queue("/repos/o/r/actions/runs/7", Canned::json(state));
    }
    let mut dispatch = call(Dialect::Github, format!("{}/repos/o/r/actions/workflows/w.yml/dispatches", server.url()));
    dispatch.body = Some(object(&[("ref", "main")]));
    assert_eq!(followed(&dispatch, &server).await.end, End::Failed("failure".to_owned()));
    assert!(server.seen()[0].body.contains(r#""return_run_details":true"#));
}

#[tokio::test]
async fn github_that_does_not_tell_the_run_leaves_its_end_unknown() {
    let server = TestServer::start().await;
    server.everything(Canned::json("").status(204));
    let end = followed(&call(Dialect::Github, format!("{}/x/dispatches", server.url())), &server).await.end;
    assert!(matches!(end, End::Unknown(words) if words.contains("look at the repository's Actions")));
}

#[tokio::test]
async fn jenkins_is_followed_from_the_queue_to_the_build() {
    let server = TestServer::start().await;
    let base = server.url();
    server.always("/job/rollback/build", Canned::text("").status(201).header("Location", "/queue/item/77/"));
    server.queue("/queue/item/77/api/json", Canned::json(r#"{"why":"Waiting for next available executor"}"#));
    server.queue(
        "/queue/item/77/api/json",
        Canned::json(format!(r#"{{"cancelled":false,"executable":{{"url":"{base}/job/rollback/12/"}}}}"#)),
    );
    server.queue("/job/rollback/12/api/json", Canned::json(r#"{"building":true,"result":null}"#));
    server.queue("/job/rollback/12/api/json", Canned::json(r#"{"building":false,"result":"SUCCESS"}"#));
    let done = followed(&call(Dialect::Jenkins, format!("{base}/job/rollback/build")), &server).await;
    assert_eq!(done.end, End::Ok("SUCCESS".to_owned()));
    let said: Vec<String> = done.output.first().iter().map(OutputLine::text).collect();
    assert!(said.iter().any(|line| line == "Waiting for next available executor"), "{said:?}");
}

#[tokio::test]
async fn rundeck_and_awx_end_as_they_say() {
    let server = TestServer::start().await;
    let base = server.url();
    let execution = format!(r#"{{"id":301,"href":"{base}/api/45/execution/301","status":"running"}}"#);
    server.always("/api/45/job/u-1/run", Canned::json(execution));
    server.always("/api/45/execution/301", Canned::json(r#"{"status":"aborted"}"#));
    let end = followed(&call(Dialect::Rundeck, format!("{base}/api/45/job/u-1/run")), &server).await.end;
    assert_eq!(end, End::Failed("aborted".to_owned()));
    let launched = r#"{"job":9,"ignored_fields":{"limit":"db-2"}}"#;
    server.always("/api/v2/job_templates/3/launch/", Canned::json(launched).status(201));
    server.always("/api/v2/jobs/9/", Canned::json(r#"{"status":"successful"}"#));
    let done = followed(&call(Dialect::Awx, format!("{base}/api/v2/job_templates/3/launch/")), &server).await;
    assert_eq!(done.end, End::Ok("successful".to_owned()));
    let said: Vec<String> = done.output.first().iter().map(OutputLine::text).collect();
    assert!(said.iter().any(|line| line.contains("AWX ignored limit")), "{said:?}");
}

#[tokio::test]
async fn a_declared_poll_reads_the_field_it_names() {
    let server = TestServer::start().await;
    let base = server.url();
    server.always("/start", Canned::text("").status(202).header("Location", "/jobs/4?token=s3cret"));
    let answers: VecDeque<&str> = [r#"{"job":{"state":"running"}}"#, r#"{"job":{"state":"done"}}"#].into();
    for answer in answers {
        server.queue("/jobs/4", Canned::json(answer));
    }
    let mut start = call(Dialect::Webhook, format!("{base}/start"));
    start.poll = Some(Poll {
        url: None,
        every: TimeDelta::milliseconds(1),
        pointer: "/job/state".into(),
        done: vec!["done".into()],
        failed: vec!["broken".into()],
    });
    let done = followed(&start, &server).await;
    assert_eq!(done.end, End::Ok("done".to_owned()));
    assert!(!format!("{done:?}").contains("s3cret"));
}

#[tokio::test]
async fn nothing_is_asked_of_another_host() {
    let server = TestServer::start().await;
    let elsewhere = TestServer::start().await;
    server.always("/start", Canned::json(format!(r#"{{"href":"{}/api/1/execution/1"}}"#, elsewhere.url())));
    let end = followed(&call(Dialect::Rundeck, format!("{}/start", server.url())), &server).await.end;
    assert!(matches!(end, End::Unknown(words) if words.contains("another host")));
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn a_lost_answer_is_unknown_and_an_unreachable_server_a_failure() {
    let server = TestServer::start().await;
    server.everything(Canned::closed());
    let end = followed(&call(Dialect::Webhook, format!("{}/hook", server.url())), &server).await.end;
    assert!(matches!(end, End::Unknown(_)), "{end:?}");
    let nobody = crate::source::http::test_server::nobody().await;
    let (heard, _kept) = mpsc::channel(8);
    let (_stop, cancel) = watch::channel(false);
    let access = HttpOptions { urls: vec![nobody.clone()], ..HttpOptions::default() };
    let done = follow(&call(Dialect::Webhook, format!("{nobody}/x")), &access, PATIENCE, heard, cancel).await;
    assert!(matches!(done.end, End::Failed(_)), "{:?}", done.end);
}

#[tokio::test]
async fn stopping_stops_the_following_and_says_that_it_may_go_on() {
    let server = TestServer::start().await;
    server.always("/start", Canned::text("").status(202).header("Location", "/jobs/4"));
    server.always("/jobs/4", Canned::json(r#"{"state":"running"}"#));
    let mut start = call(Dialect::Webhook, format!("{}/start", server.url()));
    let poll =
        Poll { url: None, every: TimeDelta::milliseconds(1), pointer: "/state".into(), done: vec![], failed: vec![] };
    start.poll = Some(poll);
    let (heard, mut told) = mpsc::channel(8);
    let (stop, cancel) = watch::channel(false);
    let access = access(&server);
    let following = tokio::spawn(async move { follow(&start, &access, PATIENCE, heard, cancel).await });
    while let Some(Heard::Said { lines, .. }) = told.recv().await {
        if lines.iter().any(|line| line.text() == "running") {
            break;
        }
    }
    stop.send(true).unwrap();
    let end = following.await.unwrap().end;
    assert_eq!(end, End::Unknown("nobody follows it any more; it was taken and may go on there".to_owned()));
}
