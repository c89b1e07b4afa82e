//! Recorded answers of Alertmanager, read through the adapter as it runs.

use std::time::Duration;

use super::*;
use crate::domain::mute::Cover;
use crate::domain::{Alert, AlertState, Mute, MuteKind, Rated, Severity};
use crate::source::contract::{self, Subject};
use crate::source::http::test_server::{Canned, TestServer};
use crate::source::options::{HttpOptions, KindOptions};

macro_rules! fixture {
    ($path:literal) => {
        include_str!(concat!("../../../tests/fixtures/alertmanager/", $path))
    };
}
pub(super) use fixture;

pub(super) fn adapter(url: &str, timeout: Duration) -> Alertmanager {
    let own = AlertmanagerOptions {
        http: HttpOptions { urls: vec![url.to_owned()], ..HttpOptions::default() },
        ..AlertmanagerOptions::default()
    };
    let options = SourceOptions {
        name: SourceName::new("contract"),
        every: Duration::from_secs(15),
        timeout,
        off: false,
        severity: SeverityTable::default(),
        kind: KindOptions::Alertmanager(own.clone()),
    };
    Alertmanager::new(&own, &options).unwrap()
}

async fn serving(alerts: &str, silences: &str, status: &str) -> (TestServer, Alertmanager) {
    let server = TestServer::start().await;
    server.always("/api/v2/alerts", Canned::json(alerts));
    server.always("/api/v2/silences", Canned::json(silences));
    server.always("/api/v2/status", Canned::json(status));
    let adapter = adapter(&server.url(), Duration::from_secs(10));
    (server, adapter)
}

fn now<T>(part: Part<Vec<T>>) -> Vec<T> {
    match part {
        Part::Now(all) => all,
        _ => panic!("nothing new"),
    }
}

const HOSTILE_ALERTS: &str = r#"[{"labels":{"alertname":"MARK\u001b[2J\u001b]0;x\u0007","a\u202eb":"\u0000\u009b31m"},"annotations":{"summary":"x\r\ny\u001bc"},"startsAt":"2026-11-21T00:36:07Z","generatorURL":"https://x/\u001b[2J","status":{"state":"active","silencedBy":["\u001b[1m"],"inhibitedBy":["\u202e"],"mutedBy":["\u0007"]}}]"#;
const HOSTILE_SILENCES: &str = r#"[{"id":"\u001b[2J","status":{"state":"active"},"comment":"MARK\u001b[2J\nx","createdBy":"\u202eana","startsAt":"2026-11-21T00:36:07Z","endsAt":"2026-11-21T01:36:07Z","matchers":[{"name":"a\u001b[m","value":"\u0000","isRegex":false}]}]"#;

#[tokio::test]
async fn keeps_the_contract() {
    contract::holds(Subject {
        make: |url, timeout| Box::new(adapter(url, timeout)),
        good: &[
            ("/api/v2/alerts", fixture!("0.25/alerts.json")),
            ("/api/v2/silences", fixture!("0.25/silences.json")),
            ("/api/v2/status", fixture!("0.25/status.json")),
        ],
        hostile: &[("/api/v2/alerts", HOSTILE_ALERTS), ("/api/v2/silences", HOSTILE_SILENCES)],
        can_be_quiet: true,
    })
    .await;
}

#[tokio::test]
async fn what_debians_0_25_says() {
    let (_server, mut adapter) =
        serving(fixture!("0.25/alerts.json"), fixture!("0.25/silences.json"), fixture!("0.25/status.json")).await;
    let Observation { alerts, mutes, notes, .. } = adapter.poll().await.unwrap();
    let alerts = now(alerts);
    let first = &alerts[0];
    assert_eq!(first.fingerprint.to_string(), "3d11ddfe67b53a23");
    assert_eq!(first.since.to_rfc3339(), "2026-11-21T00:36:07.418+00:00");
    assert_eq!((first.state, first.rated), (AlertState::Silenced, Rated::known(Severity::Critical)));
    assert_eq!(first.silenced_by, ["0f8c8dbd-6573-40ee-8c10-79e8a4c77fe8"]);
    assert_eq!(first.runbook(), Some("http://127.0.0.1/runbook/targetdown"));
    assert_eq!(first.link.as_deref(), Some("http://vm:19090/graph?g0.expr=up+%3D%3D+0&g0.tab=1"));
    assert!(alerts.iter().all(|alert| alert.state == AlertState::Silenced));
    let mutes = now(mutes);
    let [Mute { kind: MuteKind::Silence, by, comment, pending: false, cover: Cover::Matchers(matchers), .. }] =
        &mutes[..]
    else {
        panic!("{mutes:?}")
    };
    assert_eq!(
        (by.as_str(), comment.as_str(), matchers[0].to_string().as_str()),
        ("midwatch", "lab", "alertname=\"TargetDown\"")
    );
    assert!(notes.is_empty(), "{notes:?}");
}

#[tokio::test]
async fn what_0_28_says() {
    let (_server, mut adapter) =
        serving(fixture!("0.28/alerts.json"), fixture!("0.28/silences.json"), fixture!("0.28/status.json")).await;
    let Observation { alerts, mutes, notes, .. } = adapter.poll().await.unwrap();
    let alerts = now(alerts);
    let states: Vec<_> = alerts.iter().map(|alert| (alert.name(), alert.state)).collect();
    assert_eq!(
        states,
        [
            ("CheckoutSlow", AlertState::Firing),
            ("BackupLate", AlertState::Inhibited),
            ("CheckoutErrors", AlertState::Silenced),
            ("CartErrors", AlertState::Inhibited),
        ]
    );
    assert_eq!(alerts[1].inhibited_by, ["time interval out-of-hours", "time interval weekends"]);
    assert_eq!(alerts[3].inhibited_by, ["0000000000000001", "time interval weekends"]);
    assert_eq!(alerts[2].silenced_by[0], "9f1c2a34-0000-4000-8000-000000000001");
    assert_eq!(alerts[0].annotations.get("description"), Some("p95 is 612 ms, over 500 ms"));
    let links: Vec<_> = alerts.iter().map(|alert: &Alert| alert.link.is_some()).collect();
    assert_eq!(links, [true, false, false, true], "no empty link, none of another scheme");

    let mutes = now(mutes);
    assert_eq!(mutes.len(), 2, "an expired silence is left out");
    assert_eq!((mutes[0].kind, mutes[0].comment.as_str(), mutes[0].pending), (MuteKind::Ack, "looking at it", false));
    assert_eq!(
        (mutes[1].kind, mutes[1].comment.as_str(), mutes[1].pending),
        (MuteKind::Silence, "database move", true)
    );
    let matchers = |mute: &Mute| match &mute.cover {
        Cover::Matchers(matchers) => matchers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        Cover::Incident(_) => panic!("a source knows no incident"),
    };
    assert_eq!(matchers(&mutes[0]), r#"alertname="CheckoutErrors" region!~"us-.*""#);
    assert_eq!(matchers(&mutes[1]), r#"service=~"db-(1|2)""#);
    assert_eq!(notes.len(), 1);
    assert!(notes[0].contains("settling"), "{notes:?}");
}

#[tokio::test]
async fn the_same_bytes_are_not_decoded_again_and_a_resend_is_no_news() {
    let (server, mut adapter) = serving(fixture!("0.28/alerts.json"), "[]", fixture!("0.25/status.json")).await;
    let first = adapter.poll().await.unwrap();
    let second = adapter.poll().await.unwrap();
    assert_eq!((second.alerts, second.mutes), (Part::Same, Part::Same));
    let resent = fixture!("0.28/alerts.json").replace("03:16:00", "03:17:00").replace("03:12:00.000", "03:13:00.000");
    server.always("/api/v2/alerts", Canned::json(resent));
    assert_eq!(adapter.poll().await.unwrap().alerts, first.alerts);
}

#[tokio::test]
async fn a_poll_that_failed_halfway_does_not_make_the_next_one_the_same() {
    let (server, mut adapter) = serving(fixture!("0.25/alerts.json"), "[]", fixture!("0.25/status.json")).await;
    server.queue("/api/v2/silences", Canned::json("[{").status(200));
    adapter.poll().await.unwrap_err();
    assert_eq!(now(adapter.poll().await.unwrap().alerts).len(), 4);
}

#[tokio::test]
async fn a_status_that_cannot_be_read_is_a_note_and_asked_again() {
    let (server, mut adapter) = serving("[]", "[]", fixture!("0.25/status.json")).await;
    server.queue("/api/v2/status", Canned::text("no").status(403));
    let first = adapter.poll().await.unwrap();
    assert!(first.notes[0].starts_with("the cluster's state is not known"), "{:?}", first.notes);
    assert!(adapter.poll().await.unwrap().notes.is_empty());
    adapter.poll().await.unwrap();
    let asked = server.seen().iter().filter(|seen| seen.path() == "/api/v2/status").count();
    assert_eq!(asked, 2, "the state is not asked for at every poll");
}

#[tokio::test]
async fn a_silence_that_cannot_be_read_is_told_and_hides_no_other() {
    let odd = fixture!("0.28/silences.json").replace("db-(1|2)", "db-(1");
    let (_server, mut adapter) = serving("[]", &odd, fixture!("0.25/status.json")).await;
    for _ in 0..2 {
        let observation = adapter.poll().await.unwrap();
        assert!(observation.notes[0].contains("000000000002 is not shown"), "{:?}", observation.notes);
        if let Part::Now(mutes) = observation.mutes {
            assert_eq!(mutes.len(), 1);
        }
    }
}

#[test]
fn ten_thousand_alerts_are_read() {
    let one = fixture!("0.28/alerts.json").lines().next().unwrap().trim_start_matches('[').trim_end_matches(',');
    let many: Vec<_> = (0..10_000).map(|at| one.replace("CheckoutSlow", &format!("CheckoutSlow{at}"))).collect();
    let text = format!("[{}]", many.join(","));
    let alerts = map::alerts(&text, "test", &SeverityTable::default()).unwrap();
    let distinct: std::collections::HashSet<_> = alerts.iter().map(|alert| alert.fingerprint).collect();
    assert_eq!(distinct.len(), 10_000);
}

/// What a server says of itself that began at a time.
fn began(at: crate::domain::Moment) -> String {
    let mut status: serde_json::Value = serde_json::from_str(fixture!("0.25/status.json")).unwrap();
    status["uptime"] = at.to_rfc3339().into();
    status.to_string()
}

#[tokio::test]
async fn a_server_that_has_restarted_is_not_believed_to_have_resolved_everything() {
    let now = chrono::Utc::now();
    let old = began(now - chrono::TimeDelta::hours(1));
    let (server, mut adapter) = serving(fixture!("0.25/alerts.json"), "[]", &old).await;
    assert!(!adapter.poll().await.unwrap().forgetful);
    server.always("/api/v2/alerts", Canned::json("[]"));
    server.always("/api/v2/status", Canned::json(began(chrono::Utc::now())));
    let young = adapter.poll().await.unwrap();
    assert!(young.forgetful && young.notes.iter().any(|note| note.contains("restarted")), "{:?}", young.notes);
    assert!(matches!(adapter.poll().await.unwrap().alerts, Part::Now(_)), "the same answer is looked at again");
}

#[tokio::test]
async fn fewer_alerts_of_a_server_that_went_on_are_fewer_alerts() {
    let (server, mut adapter) = serving(fixture!("0.25/alerts.json"), "[]", fixture!("0.25/status.json")).await;
    adapter.poll().await.unwrap();
    server.always("/api/v2/alerts", Canned::json("[]"));
    assert!(!adapter.poll().await.unwrap().forgetful);
}

#[tokio::test]
async fn a_restart_is_seen_although_its_clock_is_an_hour_off() {
    for (skew, what) in [(1, "ahead"), (-1, "behind")] {
        let theirs = || chrono::Utc::now() + chrono::TimeDelta::hours(skew);
        let old = began(theirs() - chrono::TimeDelta::minutes(5));
        let (server, mut adapter) = serving(fixture!("0.25/alerts.json"), "[]", &old).await;
        adapter.poll().await.unwrap();
        server.always("/api/v2/alerts", Canned::json("[]"));
        assert!(!adapter.poll().await.unwrap().forgetful, "{what}: it went on, so they are gone");
        server.always("/api/v2/alerts", Canned::json(fixture!("0.25/alerts.json")));
        adapter.poll().await.unwrap();
        server.always("/api/v2/alerts", Canned::json("[]"));
        server.always("/api/v2/status", Canned::json(began(theirs())));
        assert!(adapter.poll().await.unwrap().forgetful, "{what}: it has restarted");
    }
}

#[tokio::test]
async fn what_is_missing_stays_while_nobody_knows_whether_the_server_has_restarted() {
    let (server, mut adapter) =
        serving(fixture!("0.25/alerts.json"), "[]", &began(chrono::Utc::now() - chrono::TimeDelta::hours(1))).await;
    assert!(!adapter.poll().await.unwrap().forgetful);
    server.always("/api/v2/alerts", Canned::json("[]"));
    server.queue("/api/v2/status", Canned::text("no").status(503));
    let unknown = adapter.poll().await.unwrap();
    assert!(unknown.forgetful && unknown.notes.iter().any(|note| note.contains("may have")), "{:?}", unknown.notes);
    let known = adapter.poll().await.unwrap();
    assert!(!known.forgetful && matches!(known.alerts, Part::Now(_)), "it has not: they are gone");
}

#[tokio::test]
async fn after_a_failure_what_is_missing_stays_while_nothing_is_known_of_the_server() {
    let (server, mut adapter) = serving(fixture!("0.25/alerts.json"), "[]", "[]").await;
    server.always("/api/v2/status", Canned::text("no").status(403));
    assert!(!adapter.poll().await.unwrap().forgetful);
    assert!(!adapter.poll().await.unwrap().forgetful, "it never says, and nothing is unusual");
    server.queue("/api/v2/alerts", Canned::text("no").status(503));
    adapter.poll().await.unwrap_err();
    // As many as before may be others.
    assert!(adapter.poll().await.unwrap().forgetful);
}
