//! Queries, at a stand-in for a Prometheus.

use super::*;
use crate::source::http::test_server::{Canned, TestServer, nobody};
use crate::source::options::{FileOptions, HttpOptions, PrometheusOptions};

fn prometheus(url: String) -> SourceOptions {
    let http = HttpOptions { urls: vec![url], ..HttpOptions::default() };
    source("prom-eu", KindOptions::Prometheus(PrometheusOptions { http, ..PrometheusOptions::default() }))
}

fn query(text: &str, unit: &str) -> Probe {
    Probe::Query { source: None, query: "q".to_owned(), unit: unit.to_owned(), expect: expect(text) }
}

/// What comes of this answer of the server.
async fn judged(answer: Canned, text: &str, unit: &str) -> Evidence {
    let server = TestServer::start().await;
    server.everything(answer);
    asked(&ground(vec![prometheus(server.url())]), query(text, unit)).await
}

fn vector(values: &[(&str, &str)], more: &str) -> Canned {
    let series: Vec<String> = values
        .iter()
        .map(|(mount, value)| format!(r#"{{"metric":{{"mount":"{mount}"}},"value":[1763694720,"{value}"]}}"#))
        .collect();
    Canned::json(format!(
        r#"{{"status":"success","data":{{"resultType":"vector","result":[{}]}}{more}}}"#,
        series.join(",")
    ))
}

#[tokio::test]
async fn one_series_and_a_plain_number_are_told_with_what_was_expected() {
    let one = judged(vector(&[("/", "38.2")], ""), ">= 20", "%").await;
    assert_eq!((one.held, one.value, one.from.as_str()), (Held::Good, Some(38.2), "prom-eu"));
    assert_eq!(one.words, "38.2 % · expected >= 20 %");
    assert_eq!(one.lines, ["mount=/  38.2 %"]);
    let scalar = Canned::json(r#"{"status":"success","data":{"resultType":"scalar","result":[1763694720,"0.2"]}}"#);
    let scalar = judged(scalar, "< 0.1", "s").await;
    assert_eq!((scalar.held, scalar.words.as_str()), (Held::Bad, "200 ms · expected < 100 ms"));
}

#[tokio::test]
async fn every_series_must_hold_and_the_worst_is_told_first() {
    let bad = judged(vector(&[("/", "70"), ("/a", "85"), ("/b", "92"), ("/c", "81")], ""), "< 80", "%").await;
    assert_eq!((bad.held, bad.value), (Held::Bad, Some(92.0)));
    assert_eq!(bad.words, "3 of 4 series are not: 92 % · expected < 80 % · mount=/b");
    assert_eq!(bad.lines, ["mount=/b  92 %", "mount=/a  85 %", "mount=/c  81 %", "mount=/  70 %"]);
    let good = judged(vector(&[("/", "10"), ("/a", "79"), ("/b", "20")], ""), "< 80", "%").await;
    assert_eq!((good.held, good.value), (Held::Good, Some(79.0)));
    assert_eq!(good.words, "all 3 series, the nearest 79 % · expected < 80 %");
}

#[tokio::test]
async fn no_series_and_no_number_are_not_known() {
    let none = judged(vector(&[], ""), "== 0", "").await;
    assert_eq!((none.held, none.value), (Held::Unknown, None));
    assert!(none.words.starts_with("no series answers; "), "{}", none.words);
    for text in ["NaN", "+Inf", "-Inf", "x"] {
        let strange = judged(vector(&[("/", text)], ""), ">= 0", "").await;
        assert_eq!((strange.held, strange.value), (Held::Unknown, None), "{text}: {}", strange.words);
    }
    let mixed = judged(vector(&[("/", "5"), ("/a", "NaN")], ""), ">= 0", "").await;
    assert_eq!(
        (mixed.held, mixed.lines.as_slice()),
        (Held::Unknown, ["mount=/a  —".to_owned(), "mount=/  5".to_owned()].as_slice())
    );
    assert!(mixed.words.starts_with("1 of 2 series have no number: "), "{}", mixed.words);
    let certain = judged(vector(&[("/", "-5"), ("/a", "NaN")], ""), ">= 0", "").await;
    assert_eq!(certain.held, Held::Bad, "one that is not as expected is enough");
}

#[tokio::test]
async fn a_part_is_never_good_and_may_be_bad() {
    let warned = r#","warnings":["store gateway-2: unavailable"]"#;
    let part = judged(vector(&[("/", "5")], warned), "< 80", "%").await;
    assert_eq!((part.held, part.value), (Held::Unknown, Some(5.0)));
    assert!(part.words.starts_with("only a part answered: 5 %"), "{}", part.words);
    assert_eq!(part.lines[1], "told by the server: store gateway-2: unavailable");
    assert_eq!(judged(vector(&[("/", "90")], warned), "< 80", "%").await.held, Held::Bad);
    let partial = r#","isPartial":true"#;
    assert_eq!(judged(vector(&[("/", "5")], partial), "< 80", "%").await.held, Held::Unknown);
    let about_the_query = r#","infos":["PromQL info: metric might not be a counter"]"#;
    assert_eq!(judged(vector(&[("/", "5")], about_the_query), "< 80", "%").await.held, Held::Good);
}

#[tokio::test]
async fn of_many_series_the_worst_are_kept() {
    let values: Vec<(String, String)> = (0..118).map(|at| (format!("/{at}"), at.to_string())).collect();
    let values: Vec<(&str, &str)> = values.iter().map(|(mount, value)| (mount.as_str(), value.as_str())).collect();
    let many = judged(vector(&values, ""), "< 115", "").await;
    assert_eq!(many.words, "3 of 118 series are not: 117 · expected < 115 · mount=/117");
    assert_eq!(many.lines.len(), LINES);
    assert_eq!(many.lines[0], "mount=/117  117");
    assert_eq!(many.lines[LINES - 1], "… and 79 more series");
}

#[tokio::test]
async fn a_source_that_cannot_tell_makes_nothing_good() {
    let answers = [
        Canned::html("<!doctype html><title>Sign in</title>"),
        Canned::json(r#"{"status":"error","errorType":"bad_data","error":"parse \u001b[31merror"}"#).status(400),
        Canned::json(r#"{"status":"success","data":{"resultType":"string","result":[1,"5"]}}"#),
        Canned::json("{\"status\":\"success\""),
        Canned::endless(vec![b' '; 1 << 16]),
        Canned::closed(),
        Canned::text("no").status(500),
    ];
    for answer in answers {
        let shown = format!("{answer:?}");
        let evidence = judged(answer, ">= 0", "").await;
        assert_eq!((evidence.held, evidence.value), (Held::Unknown, None), "{shown:.80}: {}", evidence.words);
    }
    let gone = asked(&ground(vec![prometheus(nobody().await)]), query(">= 0", "")).await;
    assert_eq!(gone.held, Held::Unknown);
    assert!(gone.words.contains("cannot connect"), "{}", gone.words);
}

#[tokio::test]
async fn who_cannot_be_asked_is_told() {
    let logs = source("syslog", KindOptions::File(FileOptions::default()));
    let off = SourceOptions { off: true, ..prometheus("http://127.0.0.1:9".to_owned()) };
    let ground = ground(vec![logs, off]);
    let words = async |name: Option<&str>| {
        let source = name.map(SourceName::new);
        let probe = Probe::Query { source, query: "q".to_owned(), unit: String::new(), expect: expect("== 0") };
        let evidence = asked(&ground, probe).await;
        assert_eq!(evidence.held, Held::Unknown);
        evidence.words
    };
    assert_eq!(words(None).await, "no source answers queries; add one of kind \"prometheus\"");
    assert_eq!(words(Some("prom-eu")).await, "source 'prom-eu' is off");
    assert_eq!(words(Some("syslog")).await, "source 'syslog' is of kind file and answers no queries");
    assert_eq!(words(Some("x")).await, "there is no source 'x'; correct the source of the probe");
}
