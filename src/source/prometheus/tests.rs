//! Recorded answers of Prometheus, read through the adapter as it runs.

use std::time::Duration;

use super::*;
use crate::domain::{AlertState, Reading, SignalKind};
use crate::source::contract::{self, Subject};
use crate::source::http::test_server::{Canned, Seen, TestServer};
use crate::source::options::{HttpOptions, KindOptions};

macro_rules! fixture {
    ($path:literal) => {
        include_str!(concat!("../../../tests/fixtures/prometheus/", $path))
    };
}

pub(super) fn options(url: &str) -> PrometheusOptions {
    PrometheusOptions {
        http: HttpOptions { urls: vec![url.to_owned()], ..HttpOptions::default() },
        ..PrometheusOptions::default()
    }
}

pub(super) fn adapter(own: &PrometheusOptions, timeout: Duration) -> Prometheus {
    let options = SourceOptions {
        name: SourceName::new("contract"),
        every: Duration::from_secs(15),
        timeout,
        off: false,
        severity: SeverityTable::default(),
        kind: KindOptions::Prometheus(own.clone()),
    };
    Prometheus::new(own, &options).unwrap()
}

fn signal(query: &str) -> SignalQuery {
    SignalQuery {
        service: "checkout".to_owned(),
        kind: SignalKind::Latency,
        query: query.to_owned(),
        label: "p95".to_owned(),
        unit: "s".to_owned(),
        warn: Some(0.4),
        critical: Some(0.5),
    }
}

const SOON: Duration = Duration::from_secs(10);

/// A server that answers instant queries by their text, and an adapter that asks these.
async fn asking(queries: &[&str], answer: impl Fn(&str) -> Canned + Send + 'static) -> (TestServer, Prometheus) {
    let server = TestServer::start().await;
    server.rule(move |seen| (seen.path() == "/api/v1/query").then(|| answer(&asked(seen))));
    let signals = queries.iter().map(|query| signal(query)).collect();
    let adapter = adapter(&PrometheusOptions { signals, ..options(&server.url()) }, SOON);
    (server, adapter)
}

/// The query of a request, from its form or its address.
pub(super) fn asked(seen: &Seen) -> String {
    parameter(seen, "query").unwrap_or_default()
}

fn parameter(seen: &Seen, name: &str) -> Option<String> {
    let text = if seen.method == "POST" { &seen.body } else { seen.target.split_once('?')?.1 };
    let pairs = pairs(text);
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// The pairs of a form, decoded.
fn pairs(text: &str) -> Vec<(String, String)> {
    let decode = |part: &str| {
        let mut bytes = Vec::new();
        let mut rest = part.bytes();
        while let Some(byte) = rest.next() {
            match byte {
                b'+' => bytes.push(b' '),
                b'%' => {
                    let hex: String = rest.by_ref().take(2).map(char::from).collect();
                    bytes.push(u8::from_str_radix(&hex, 16).unwrap());
                }
                other => bytes.push(other),
            }
        }
        String::from_utf8(bytes).unwrap()
    };
    text.split('&').filter_map(|pair| pair.split_once('=')).map(|(key, value)| (decode(key), decode(value))).collect()
}

async fn one(canned: Canned) -> (SignalUpdate, Vec<String>) {
    let (_server, mut adapter) = asking(&["q"], move |_| canned.clone()).await;
    let mut observation = adapter.poll().await.unwrap();
    assert_eq!(observation.signals.len(), 1);
    (observation.signals.remove(0), observation.notes)
}

#[tokio::test]
async fn keeps_the_contract() {
    contract::holds(Subject {
        make: |url, timeout| {
            let own = PrometheusOptions { alerts: true, signals: vec![signal("q")], ..options(url) };
            Box::new(adapter(&own, timeout))
        },
        good: &[
            ("/api/v1/query", fixture!("2.42/query_scalar.json")),
            ("/api/v1/alerts", fixture!("2.42/alerts.json")),
            ("/api/v1/rules", fixture!("2.42/rules.json")),
        ],
        hostile: &[
            ("/api/v1/query", fixture!("2.42/query_scalar.json")),
            (
                "/api/v1/alerts",
                r#"{"status":"success","data":{"alerts":[{"labels":{"alertname":"MARK\u001b[2J","\u202ea":"\u0000"},"annotations":{"summary":"\u001b]0;x\u0007"},"state":"\u001b[1mfiring","activeAt":"2026-11-21T03:00:00Z","value":"1"}]}}"#,
            ),
        ],
        can_be_quiet: false,
    })
    .await;
}

#[tokio::test]
async fn keeps_the_contract_with_alerts_alone() {
    contract::holds(Subject {
        make: |url, timeout| Box::new(adapter(&PrometheusOptions { alerts: true, ..options(url) }, timeout)),
        good: &[("/api/v1/alerts", fixture!("3/alerts.json")), ("/api/v1/rules", fixture!("3/rules.json"))],
        hostile: &[(
            "/api/v1/alerts",
            r#"{"status":"success","data":{"alerts":[{"labels":{"alertname":"MARK\u001b[2J"},"state":"pending","activeAt":"2026-11-21T03:00:00Z"}]}}"#,
        )],
        can_be_quiet: true,
    })
    .await;
}

#[tokio::test]
async fn numbers_and_why_there_is_none() {
    let value = async |body: &str| {
        let (update, _) = one(Canned::json(body)).await;
        let Reading { value, .. } = update.readings.last().copied().unwrap();
        (value, update.problem.unwrap_or_default())
    };
    assert_eq!(value(fixture!("2.42/query_scalar.json")).await, (Some(1.0), String::new()));
    assert_eq!(value(fixture!("3/infos_and_warnings.json")).await, (Some(0.9731), String::new()));
    for (body, words) in [
        (fixture!("2.42/nan.json"), "NaN"),
        (fixture!("3/infinite.json"), "+Inf"),
        (fixture!("3/empty.json"), "the query answers no series"),
        (fixture!("2.42/query.json"), "answers 5 series; make it one with sum"),
        (fixture!("3/float_le.json"), "answers 2 series"),
        (fixture!("3/native_histogram.json"), "native histogram; take a number of it with histogram_quantile"),
        (r#"{"status":"success","data":{"resultType":"string","result":[1795176000,"x"]}}"#, "a text, not a number"),
    ] {
        let (value, problem) = value(body).await;
        assert_eq!(value, None);
        assert!(problem.contains(words), "{problem}");
    }
}

#[tokio::test]
async fn the_moment_is_the_servers() {
    let (update, _) = one(Canned::json(fixture!("2.42/nan.json"))).await;
    assert_eq!(update.readings.last().unwrap().at.timestamp_millis(), 1_795_221_375_581);
}

#[tokio::test]
async fn warnings_and_a_partial_answer_are_notes() {
    let (_, notes) = one(Canned::json(fixture!("3/infos_and_warnings.json"))).await;
    assert_eq!(notes.len(), 2);
    assert_eq!(notes[0], "results truncated due to limit");
    let partial = fixture!("3/empty.json").replace("\"data\"", "\"isPartial\":true,\"data\"");
    let (_, notes) = one(Canned::json(partial)).await;
    assert_eq!(notes, ["the answer is partial"]);
}

#[tokio::test]
async fn a_query_that_cannot_be_is_its_signals_problem_alone() {
    let (_server, mut adapter) = asking(&["good", "bad", "heavy", "slow"], |query| match query {
        "bad" => Canned::json(fixture!("2.42/bad.json")).status(400),
        "heavy" => Canned::json(fixture!("3/execution_error.json")).status(422),
        "slow" => Canned::json(r#"{"status":"error","errorType":"timeout","error":"query timed out"}"#).status(503),
        _ => Canned::json(fixture!("2.42/query_scalar.json")),
    })
    .await;
    let observation = adapter.poll().await.unwrap();
    let problems: Vec<_> = observation.signals.iter().map(|update| update.problem.as_deref().unwrap_or("")).collect();
    assert_eq!(problems[0], "");
    assert!(problems[1].starts_with("bad_data: invalid parameter"), "{problems:?}");
    assert!(problems[2].starts_with("execution: query processing would load too many"), "{problems:?}");
    assert_eq!(problems[3], "timeout: query timed out");
}

#[tokio::test]
async fn a_server_that_is_not_ready_fails_the_poll() {
    let (_server, mut adapter) = asking(&["q"], |_| Canned::text("Service Unavailable").status(503)).await;
    let error = adapter.poll().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Server);
    let internal = Canned::json(r#"{"status":"error","errorType":"internal","error":"disk is full"}"#).status(500);
    let (_server, mut adapter) = asking(&["q"], move |_| internal.clone()).await;
    let error = adapter.poll().await.unwrap_err();
    assert!(error.what.contains("internal: disk is full"), "{error}");
}

#[tokio::test]
async fn asks_with_get_where_post_is_not_allowed() {
    for status in [403, 405] {
        let server = TestServer::start().await;
        server.rule(move |seen| {
            let allowed = seen.method == "GET" && seen.path() == "/api/v1/query";
            let scalar = Canned::json(fixture!("2.42/query_scalar.json"));
            Some(if allowed { scalar } else { Canned::text("").status(status) })
        });
        let signals = vec![signal("sum(rate(x{a=\"b\"}[5m])) > 0")];
        let mut adapter = adapter(&PrometheusOptions { signals, ..options(&server.url()) }, SOON);
        adapter.poll().await.unwrap();
        adapter.poll().await.unwrap();
        let seen = server.seen();
        let posts = seen.iter().filter(|seen| seen.method == "POST").count();
        assert_eq!(posts, 1, "remembered after the first time");
        assert_eq!(asked(seen.last().unwrap()), "sum(rate(x{a=\"b\"}[5m])) > 0");
    }
}

#[tokio::test]
async fn the_last_hour_comes_with_the_first_answer_only() {
    let (server, mut adapter) = asking(&["q"], |_| Canned::json(fixture!("2.42/query_scalar.json"))).await;
    let past = r#"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1795221345,"0.5"],[1795221360,"NaN"],[1795221376,"9"]]}]}}"#;
    server.always("/api/v1/query_range", Canned::json(past));
    let first = adapter.poll().await.unwrap();
    let readings: Vec<_> =
        first.signals[0].readings.iter().map(|reading| (reading.at.timestamp(), reading.value)).collect();
    // What is not before the reading of now is left out.
    assert_eq!(readings, [(1_795_221_345, Some(0.5)), (1_795_221_360, None), (1_795_221_375, Some(1.0))]);
    assert_eq!(adapter.poll().await.unwrap().signals[0].readings.len(), 1);
    let seen = server.seen();
    let ranges: Vec<_> = seen.iter().filter(|seen| seen.path() == "/api/v1/query_range").collect();
    let [range] = ranges[..] else { panic!("{ranges:?}") };
    let number = |name| parameter(range, name).unwrap().parse::<i64>().unwrap();
    assert_eq!((number("end") - number("start")) / number("step") + 1, 240);
    assert_eq!(number("end"), 1_795_221_375);
}

#[tokio::test]
async fn a_past_is_filled_in_again_after_a_long_outage() {
    let (server, mut adapter) = asking(&["q"], |_| Canned::json(fixture!("2.42/query_scalar.json"))).await;
    adapter.poll().await.unwrap();
    tokio::time::pause();
    tokio::time::advance(signals::LONG_OUTAGE + Duration::from_secs(1)).await;
    tokio::time::resume();
    adapter.poll().await.unwrap();
    adapter.poll().await.unwrap();
    assert_eq!(server.seen().iter().filter(|seen| seen.path() == "/api/v1/query_range").count(), 2);
}

#[tokio::test]
async fn a_past_that_does_not_come_costs_nothing_but_the_past() {
    let server = TestServer::start().await;
    server.always("/api/v1/query", Canned::json(fixture!("2.42/query_scalar.json")));
    server.always("/api/v1/query_range", Canned::silence());
    let own = PrometheusOptions { signals: vec![signal("q")], ..options(&server.url()) };
    let mut adapter = adapter(&own, Duration::from_millis(1500));
    let observation = tokio::time::timeout(Duration::from_millis(1500), adapter.poll()).await.unwrap().unwrap();
    assert_eq!(observation.signals[0].readings.len(), 1);
}

#[tokio::test]
async fn alerts_of_its_own_and_rules_that_are_broken() {
    let server = TestServer::start().await;
    server.always("/api/v1/alerts", Canned::json(fixture!("3/alerts.json")));
    server.always("/api/v1/rules", Canned::json(fixture!("3/rules.json")));
    let mut adapter = adapter(&PrometheusOptions { alerts: true, ..options(&server.url()) }, SOON);
    let observation = adapter.poll().await.unwrap();
    let Part::Now(alerts) = observation.alerts else { panic!() };
    let told: Vec<_> = alerts.iter().map(|alert| (alert.name(), alert.state, alert.value)).collect();
    assert_eq!(told, [("DiskFills", AlertState::Pending, Some(91.0)), ("CheckoutErrors", AlertState::Firing, None)]);
    assert_eq!(alerts[1].since.to_rfc3339(), "2026-11-21T02:50:00.250+00:00");
    let broken = "rule CheckoutErrors cannot be evaluated: vector cannot contain metrics with the same labelset";
    assert_eq!(observation.notes, [broken]);
    let again = adapter.poll().await.unwrap();
    assert_eq!((again.alerts, again.notes), (Part::Same, vec![broken.to_owned()]));
    let asked = server.seen().iter().filter(|seen| seen.path() == "/api/v1/rules").count();
    assert_eq!(asked, 1, "rules are not asked for at every poll");
}

#[tokio::test]
async fn a_server_without_rules_is_not_complained_of() {
    let server = TestServer::start().await;
    server.always("/api/v1/alerts", Canned::json(fixture!("2.42/alerts.json")));
    let mut adapter = adapter(&PrometheusOptions { alerts: true, ..options(&server.url()) }, SOON);
    let observation = adapter.poll().await.unwrap();
    assert!(observation.notes.is_empty(), "{:?}", observation.notes);
    let Part::Now(alerts) = observation.alerts else { panic!() };
    assert_eq!(alerts[0].fingerprint.to_string(), "3d11ddfe67b53a23", "the same as Alertmanager's");
}

#[tokio::test]
async fn with_nothing_to_ask_it_is_still_asked_whether_it_is_there() {
    let server = TestServer::start().await;
    let mut adapter = adapter(&options(&server.url()), SOON);
    assert_eq!(adapter.poll().await.unwrap_err().kind, ErrorKind::NotFound);
    server.always("/api/v1/query", Canned::json(fixture!("2.42/query_scalar.json")));
    assert_eq!(adapter.poll().await.unwrap(), Observation::default());
}

#[test]
fn real_range_answers_are_read() {
    let read = |text: &str| -> (usize, Option<String>) {
        let envelope: wire::Envelope<'_> = serde_json::from_str(text).unwrap();
        let outcome: wire::Outcome<'_> = serde_json::from_str(envelope.data.unwrap().get()).unwrap();
        (map::readings(&outcome).len(), map::number(&outcome).problem)
    };
    let (readings, problem) = read(fixture!("2.42/range.json"));
    assert_eq!(readings, 0, "five series are no history of one signal");
    assert!(problem.unwrap().contains("5 series"));
    let text = fixture!("2.42/range_toomany.json");
    let envelope: wire::Envelope<'_> = serde_json::from_str(text).unwrap();
    assert!(envelope.error.unwrap().contains("11,000 points"));
}
