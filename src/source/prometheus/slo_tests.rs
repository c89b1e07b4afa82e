//! Promises: which spans are asked when, and when a share is not known.

use std::time::Duration;

use chrono::TimeDelta;

use super::tests::{adapter, asked, options};
use super::*;
use crate::domain::slo::SloReading;
use crate::source::http::test_server::{Canned, TestServer};
use crate::source::options::SloQuery;

fn vector(values: &[&str]) -> Canned {
    let series: Vec<_> =
        values.iter().map(|value| format!(r#"{{"metric":{{}},"value":[1795176000,"{value}"]}}"#)).collect();
    let body = format!(r#"{{"status":"success","data":{{"resultType":"vector","result":[{}]}}}}"#, series.join(","));
    Canned::json(body)
}

/// A server that answers the errors and the total, and an adapter that measures one promise of them.
async fn measuring(errors: Canned, total: Canned) -> (TestServer, Prometheus) {
    let server = TestServer::start().await;
    server.rule(move |seen| Some(if asked(seen).starts_with("bad") { errors.clone() } else { total.clone() }));
    let slo = SloQuery {
        service: "checkout".to_owned(),
        objective: 99.9,
        window: TimeDelta::days(30),
        errors: "bad[$window]".to_owned(),
        total: "all[$window]".to_owned(),
    };
    let own = PrometheusOptions { slos: vec![slo], ..options(&server.url()) };
    let adapter = adapter(&own, Duration::from_secs(10));
    (server, adapter)
}

async fn reading(errors: Canned, total: Canned) -> (SloReading, Vec<String>) {
    let (_server, mut adapter) = measuring(errors, total).await;
    let mut observation = adapter.poll().await.unwrap();
    (observation.slos.remove(0), observation.notes)
}

#[tokio::test]
async fn the_share_of_three_spans() {
    let (server, mut adapter) = measuring(vector(&["3"]), vector(&["200"])).await;
    let observation = adapter.poll().await.unwrap();
    let reading = &observation.slos[0];
    let shares = [reading.errors_1h, reading.errors_6h, reading.errors_window];
    assert_eq!(shares, [Some(0.015); 3]);
    assert!(observation.notes.is_empty());
    let queries: Vec<_> = server.seen().iter().map(asked).collect();
    assert_eq!(queries, ["bad[1h]", "all[1h]", "bad[6h]", "all[6h]", "bad[30d]", "all[30d]"]);
}

#[tokio::test]
async fn a_share_that_is_not_known_is_none_with_a_reason() {
    for (errors, total, why) in [
        (vector(&["0"]), vector(&["0"]), "there were no events"),
        (vector(&["NaN"]), vector(&["5"]), "errors: the query answers NaN"),
        (vector(&["1"]), vector(&["NaN"]), "total: the query answers NaN"),
        (vector(&[]), vector(&["5"]), "errors: the query answers no series"),
        (vector(&["1"]), vector(&["5", "6"]), "total: the query answers 2 series"),
        (vector(&["9"]), vector(&["5"]), "do not fit"),
        (
            Canned::json(r#"{"status":"error","errorType":"bad_data","error":"parse error"}"#).status(400),
            vector(&["5"]),
            "errors: bad_data: parse error",
        ),
    ] {
        let (reading, notes) = reading(errors, total).await;
        assert_eq!([reading.errors_1h, reading.errors_6h, reading.errors_window], [None; 3]);
        assert_eq!(notes.len(), 1);
        assert!(notes[0].starts_with("slo of checkout: ") && notes[0].contains(why), "{notes:?}");
    }
    let (reading, _) = reading(vector(&["0"]), vector(&["5"])).await;
    assert_eq!(reading.errors_1h, Some(0.0), "no errors among events is a known zero");
}

#[tokio::test]
async fn a_long_span_is_measured_less_often() {
    let (server, mut adapter) = measuring(vector(&["1"]), vector(&["2"])).await;
    adapter.poll().await.unwrap();
    assert!(adapter.poll().await.unwrap().slos.is_empty(), "nothing is due yet");
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(16)).await;
    tokio::time::resume();
    let reading = adapter.poll().await.unwrap().slos.remove(0);
    assert_eq!(reading.errors_window, Some(0.5), "what is not due stays known");
    let queries: Vec<_> = server.seen().iter().map(asked).collect();
    assert_eq!(queries[6..], ["bad[1h]", "all[1h]"]);
}

#[tokio::test]
async fn a_promise_that_is_not_measured_in_time_costs_only_itself() {
    let server = TestServer::start().await;
    server.rule(|seen| Some(if asked(seen) == "bad[6h]" { Canned::silence() } else { vector(&["1"]) }));
    let slo = |service: &str, errors: &str| SloQuery {
        service: service.to_owned(),
        objective: 99.0,
        window: TimeDelta::days(7),
        errors: errors.to_owned(),
        total: "all[$window]".to_owned(),
    };
    let slos = vec![slo("slow", "bad[$window]"), slo("quick", "good[$window]")];
    let mut adapter = adapter(&PrometheusOptions { slos, ..options(&server.url()) }, Duration::from_millis(1500));
    let observation = tokio::time::timeout(Duration::from_millis(1500), adapter.poll()).await.unwrap().unwrap();
    let shares = |at: usize| {
        let SloReading { errors_1h, errors_6h, errors_window, .. } = &observation.slos[at];
        [*errors_1h, *errors_6h, *errors_window]
    };
    assert_eq!(shares(0), [Some(1.0), None, None]);
    assert_eq!(shares(1), [Some(1.0); 3]);
    assert_eq!(observation.notes, ["slo of slow: no answer in time"]);
}

#[tokio::test]
async fn a_source_that_cannot_be_asked_fails_the_poll() {
    let (_server, mut adapter) = measuring(Canned::text("").status(401), vector(&["5"])).await;
    assert_eq!(adapter.poll().await.unwrap_err().kind, ErrorKind::Unauthorized);
}
