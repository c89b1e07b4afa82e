//! Silences: what is sent, what is refused before it is sent, and what other versions answer.

use std::time::Duration;

use serde_json::{Value, json};

use super::tests::{adapter, fixture};
use crate::domain::{Matcher, Moment, MuteId, MuteKind, Operation};
use crate::source::http::test_server::{Canned, TestServer, nobody};
use crate::source::{ErrorKind, Muting, NewSilence, Source as _};

const ID: &str = "9f1c2a34-0000-4000-8000-000000000001";

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

fn silence() -> NewSilence {
    NewSilence {
        matchers: vec![
            Matcher::equal("alertname", "CheckoutErrors"),
            Matcher::new("region", Operation::NotRegex, "us-.*").unwrap(),
        ],
        starts: moment("2026-11-21T03:12:00.250Z"),
        ends: moment("2026-11-21T03:27:00Z"),
        by: "ana".to_owned(),
        comment: "ACK! looking at it".to_owned(),
    }
}

async fn muting() -> (TestServer, std::sync::Arc<dyn Muting>) {
    let server = TestServer::start().await;
    let muting = adapter(&server.url(), Duration::from_secs(5)).muting().unwrap();
    (server, muting)
}

/// The active silence of the 0.28 fixture, alone.
fn stored() -> Value {
    serde_json::from_str::<Value>(fixture!("0.28/silences.json")).unwrap()[0].clone()
}

fn sent(server: &TestServer) -> Value {
    let seen = server.seen();
    let posts: Vec<_> = seen.iter().filter(|seen| seen.method == "POST").collect();
    assert_eq!(posts.len(), 1, "{posts:?}");
    serde_json::from_str(&posts[0].body).unwrap()
}

#[tokio::test]
async fn makes_a_silence() {
    let (server, muting) = muting().await;
    server.always("/api/v2/silences", Canned::json(fixture!("0.25/silence_posted.json")));
    let id = muting.create(silence()).await.unwrap();
    assert_eq!(id, MuteId::new("0f8c8dbd-6573-40ee-8c10-79e8a4c77fe8"));
    assert_eq!(
        sent(&server),
        json!({
            "matchers": [
                {"name": "alertname", "value": "CheckoutErrors", "isRegex": false, "isEqual": true},
                {"name": "region", "value": "us-.*", "isRegex": true, "isEqual": false},
            ],
            "startsAt": "2026-11-21T03:12:00.250Z",
            "endsAt": "2026-11-21T03:27:00.000Z",
            "createdBy": "ana",
            "comment": "ACK! looking at it",
        })
    );
}

#[tokio::test]
async fn refuses_before_anything_is_sent() {
    let (server, muting) = muting().await;
    let anything = Matcher::new("pod", Operation::Regex, ".*").unwrap();
    let absent = Matcher::equal("pod", "");
    let not = Matcher::new("pod", Operation::NotEqual, "x").unwrap();
    let ends = silence().starts;
    for (wrong, why) in [
        (NewSilence { matchers: vec![], ..silence() }, "without matchers"),
        (NewSilence { matchers: vec![anything, absent, not], ..silence() }, "missing label"),
        (NewSilence { ends, ..silence() }, "end is not after"),
        (NewSilence { by: " ".to_owned(), ..silence() }, "who made it"),
        (NewSilence { comment: "\n".to_owned(), ..silence() }, "reason"),
    ] {
        let error = muting.create(wrong).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Refused);
        assert!(error.what.contains(why), "{error}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn the_three_ways_to_say_no_are_understood() {
    for (canned, words) in [
        (Canned::json("\"start time must be before end time\"\n").status(400), "400 Bad Request: start time must"),
        (Canned::json(fixture!("0.25/silence_refused.json")).status(422), "422 Unprocessable Entity: matchers in body"),
        (Canned::text("Limit of concurrent GET requests reached (2)").status(503), "Limit of concurrent"),
    ] {
        let (server, muting) = muting().await;
        server.everything(canned);
        let error = muting.create(silence()).await.unwrap_err();
        assert!(error.what.contains(words), "{error}");
    }
}

#[tokio::test]
async fn what_may_have_been_made_is_said_and_not_made_twice() {
    for canned in [Canned::silence(), Canned::closed(), Canned::json("{}")] {
        let server = TestServer::start().await;
        server.everything(canned);
        let muting = adapter(&server.url(), Duration::from_millis(300)).muting().unwrap();
        let error = muting.create(silence()).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Uncertain, "{error}");
        assert_eq!(server.seen().len(), 1);
    }
    let muting = adapter(&nobody().await, Duration::from_secs(5)).muting().unwrap();
    assert_eq!(muting.create(silence()).await.unwrap_err().kind, ErrorKind::Connect);
}

#[tokio::test]
async fn reads_one_or_learns_that_it_is_unknown() {
    let (server, muting) = muting().await;
    let path = format!("/api/v2/silence/{ID}");
    server.queue(&path, Canned::json(stored().to_string()));
    let mute = muting.read(MuteId::new(ID)).await.unwrap().unwrap();
    assert_eq!((mute.kind, mute.by.as_str(), mute.ends), (MuteKind::Ack, "ana", moment("2026-11-21T03:27:00Z")));
    server.queue(&path, Canned::json("").status(404));
    assert_eq!(muting.read(MuteId::new(ID)).await.unwrap(), None);
    server.queue(&path, Canned::json("\"silence not found\"").status(500));
    assert_eq!(muting.read(MuteId::new(ID)).await.unwrap(), None);
    server.queue(&path, Canned::json("\"disk on fire\"").status(500));
    assert_eq!(muting.read(MuteId::new(ID)).await.unwrap_err().kind, ErrorKind::Server);
}

#[tokio::test]
async fn extends_in_place_with_everything_as_it_was() {
    let (server, muting) = muting().await;
    server.always(&format!("/api/v2/silence/{ID}"), Canned::json(stored().to_string()));
    server.always("/api/v2/silences", Canned::json(r#"{"silenceID":"another"}"#));
    let id = muting.extend(MuteId::new(ID), moment("2026-11-21T03:42:00Z")).await.unwrap();
    assert_eq!(id, MuteId::new("another"), "the server may give it a new id");
    let (mut expected, sent) = (stored(), sent(&server));
    for gone in ["status", "updatedAt"] {
        expected.as_object_mut().unwrap().remove(gone);
    }
    expected["endsAt"] = json!("2026-11-21T03:42:00.000Z");
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn extends_nothing_that_has_ended_or_is_gone() {
    let (server, muting) = muting().await;
    let path = format!("/api/v2/silence/{ID}");
    let mut ended = stored();
    ended["status"]["state"] = json!("expired");
    server.queue(&path, Canned::json(ended.to_string()));
    let later = moment("2026-11-21T03:42:00Z");
    let error = muting.extend(MuteId::new(ID), later).await.unwrap_err();
    assert!(error.what.contains("has ended"), "{error}");
    let error = muting.extend(MuteId::new(ID), later).await.unwrap_err();
    assert!(error.what.contains("is not known"), "{error}");
    server.queue(&path, Canned::json(stored().to_string()));
    let error = muting.extend(MuteId::new(ID), moment("2026-11-21T03:12:00Z")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Refused);
    assert!(server.seen().iter().all(|seen| seen.method == "GET"));
}

#[tokio::test]
async fn ends_a_silence_and_one_that_has_ended_is_no_error() {
    let (server, muting) = muting().await;
    let path = format!("/api/v2/silence/{ID}");
    for canned in [
        Canned::text(""),
        Canned::text("").status(404),
        Canned::json("\"silence not found\"").status(500),
        Canned::json(format!("\"silence {ID} already expired\"")).status(500),
    ] {
        server.queue(&path, canned);
        muting.expire(MuteId::new(ID)).await.unwrap();
    }
    assert!(server.seen().iter().all(|seen| seen.method == "DELETE" && seen.target == path));
    server.queue(&path, Canned::json("\"disk on fire\"").status(500));
    assert_eq!(muting.expire(MuteId::new(ID)).await.unwrap_err().kind, ErrorKind::Server);
}

#[tokio::test]
async fn an_id_cannot_reach_another_path() {
    let (server, muting) = muting().await;
    for id in ["", "../silences", "a/b", "a?x=1", "a%2fb"] {
        assert_eq!(muting.expire(MuteId::new(id)).await.unwrap_err().kind, ErrorKind::Refused);
    }
    assert!(server.seen().is_empty());
}

/// A silence at the source as it came of [`silence`], with these pieces otherwise.
fn like(id: &str, other: &Value) -> Value {
    let mut made = json!({
        "id": id,
        "status": {"state": "active"},
        "matchers": [
            {"name": "region", "value": "us-.*", "isRegex": true, "isEqual": false},
            {"name": "alertname", "value": "CheckoutErrors", "isRegex": false, "isEqual": true},
        ],
        "startsAt": "2026-11-21T03:12:01.700Z",
        "endsAt": "2026-11-21T03:27:00Z",
        "updatedAt": "2026-11-21T03:12:01.700Z",
        "createdBy": "ana",
        "comment": "ACK! looking at it",
    });
    for (name, value) in other.as_object().unwrap() {
        made[name] = value.clone();
    }
    made
}

#[tokio::test]
async fn finds_a_silence_whose_answer_was_lost_and_takes_no_other_for_it() {
    let expired = json!({"state": "expired"});
    let others = [
        json!({"createdBy": "bo"}),
        json!({"comment": "ACK! looking at it too"}),
        json!({"startsAt": "2026-11-21T03:12:00.249Z"}),
        json!({"matchers": [{"name": "alertname", "value": "CheckoutErrors", "isRegex": false, "isEqual": true}]}),
    ];
    let others: Vec<Value> = (0..).zip(others).map(|(at, other)| like(&format!("other-{at}"), &other)).collect();
    let moved = like("moved", &json!({"endsAt": "2026-11-21T04:00:00Z"}));
    let ended = like("ended", &json!({"endsAt": "2026-11-21T03:13:00Z", "status": expired}));
    let itself = like("itself", &json!({}));
    let table = [
        (vec![], None),
        (vec![&ended], Some("ended")),
        (vec![&ended, &moved], Some("moved")),
        (vec![&itself, &moved, &ended], Some("itself")),
    ];
    for (more, expected) in table {
        let (server, muting) = muting().await;
        let all: Vec<&Value> = others.iter().chain(more).collect();
        server.always("/api/v2/silences", Canned::json(serde_json::to_vec(&all).unwrap()));
        let found = muting.find(silence()).await.unwrap();
        assert_eq!(found.map(|mute| mute.id), expected.map(MuteId::new));
        assert!(server.seen().iter().all(|seen| seen.method == "GET"), "looking changes nothing");
    }
}
