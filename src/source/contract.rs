//! What every adapter must do, whatever its back end: one suite, called by each adapter's tests. [`agrees`] is for
//! all of them; [`holds`] adds what can go wrong over HTTP, given a way to make the adapter and what its back end
//! answers when all is well.

use std::time::{Duration, Instant};

use super::http::test_server::{Canned, TestServer, nobody};
use super::poller::difference::Difference;
use super::{ErrorKind, Observation, Part, Source, SourceError};
use crate::board::{Answer, SourceEvent};

/// How the suite gets an adapter: the name of its source is `contract`.
pub type Factory = fn(url: &str, timeout: Duration) -> Box<dyn Source>;

/// An adapter, and what its back end says.
pub struct Subject {
    /// Makes it.
    pub make: Factory,
    /// Good answers: a path and a body. At least one alert or signal is in them.
    pub good: &'static [(&'static str, &'static str)],
    /// Good answers with hostile text wherever text is shown.
    pub hostile: &'static [(&'static str, &'static str)],
    /// Whether two equal answers are a heartbeat; not so where every poll measures.
    pub can_be_quiet: bool,
}

const SOON: Duration = Duration::from_secs(20);

/// Runs the whole suite.
pub async fn holds(subject: Subject) {
    nobody_listens(&subject).await;
    for canned in refusals() {
        refused(&subject, canned).await;
    }
    hangs(&subject).await;
    hostile_text(&subject).await;
    the_same_twice(&subject).await;
    a_failure_in_between(&subject).await;
    let server = TestServer::start().await;
    for (path, body) in subject.good {
        server.always(path, Canned::json(*body));
    }
    let source = (subject.make)(&server.url(), SOON);
    let word = source.kind();
    agrees(source, word).await;
}

/// What every adapter must do, whatever its back end: it is what its options call it, it tells what it says it can
/// tell and nothing else, it can be muted just when it says so, and its first answer is one that the board hears.
pub async fn agrees(mut source: Box<dyn Source>, word: &str) {
    let tells = source.tells();
    assert_eq!(source.kind(), word);
    assert_eq!(source.muting().is_some(), tells.mutes, "{word}");
    let seen = source.poll().await.unwrap_or_else(|error| panic!("{word}: {error}"));
    assert_eq!(seen.alerts != Part::Absent, tells.alerts, "{word} tells alerts");
    assert_eq!(seen.mutes != Part::Absent, tells.mutes, "{word} tells mutes");
    assert!(tells.signals || seen.signals.is_empty() && seen.slos.is_empty(), "{word} tells signals");
    assert!(tells.logs || seen.logs.is_empty() && seen.logs_dropped == 0, "{word} tells logs");
    let first = Difference::default().take(seen).unwrap_or_else(|error| panic!("{word}: {error}"));
    assert!(matches!(&first, SourceEvent::Answered(answer) if answer.alerts.is_some()), "{word}: {first:?}");
}

/// One bad answer at every path, what must come of it, and words it must hold.
struct Refusal {
    canned: Canned,
    kind: ErrorKind,
    words: &'static str,
    retry_after: Option<Duration>,
}

fn refusals() -> Vec<Refusal> {
    let of = |canned, kind, words| Refusal { canned, kind, words, retry_after: None };
    let page = "<!DOCTYPE html><html><title>Internal</title><body>stack trace</body></html>";
    vec![
        of(Canned::text("who are you").status(401), ErrorKind::Unauthorized, "check auth of source 'contract'"),
        of(Canned::text("no").status(403), ErrorKind::Unauthorized, "auth of source 'contract'"),
        of(Canned::text("").status(404), ErrorKind::NotFound, "check the path in url of source 'contract'"),
        Refusal {
            canned: Canned::text("slow down").status(429).header("Retry-After", "7"),
            kind: ErrorKind::RateLimited,
            words: "slow down",
            retry_after: Some(Duration::from_secs(7)),
        },
        of(Canned::html(page).status(500), ErrorKind::Server, "500 Internal Server Error"),
        of(Canned::html(page), ErrorKind::Malformed, "login page"),
        of(Canned::json("[{\"labels\":{\"a"), ErrorKind::Malformed, "cannot be read"),
        of(Canned::json("null"), ErrorKind::Malformed, "cannot be read"),
        of(Canned::json(""), ErrorKind::Malformed, "cannot be read"),
        of(Canned::cut_off("[{\"labels\":{\"a"), ErrorKind::Connect, "broke off"),
        of(Canned::closed(), ErrorKind::Connect, "broke off"),
        of(Canned::text("").status(302).header("Location", "/login"), ErrorKind::Refused, "/login"),
        of(Canned::endless(vec![b' '; 1 << 20]), ErrorKind::TooLarge, "64 MiB"),
    ]
}

async fn nobody_listens(subject: &Subject) {
    let error = (subject.make)(&nobody().await, SOON).poll().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Connect, "{error}");
    assert!(error.advice.contains("source 'contract'"), "{error}");
}

async fn refused(subject: &Subject, refusal: Refusal) {
    let server = TestServer::start().await;
    server.everything(refusal.canned);
    let error = (subject.make)(&server.url(), SOON).poll().await.unwrap_err();
    assert_eq!(error.kind, refusal.kind, "{error}");
    assert!(error.to_string().contains(refusal.words), "{error} lacks '{}'", refusal.words);
    assert!(!error.to_string().contains('<'), "markup in {error}");
    assert_eq!(error.retry_after, refusal.retry_after, "{error}");
}

async fn hangs(subject: &Subject) {
    let server = TestServer::start().await;
    server.everything(Canned::silence());
    let began = Instant::now();
    let error = (subject.make)(&server.url(), Duration::from_millis(300)).poll().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Timeout, "{error}");
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

/// A server that answers as told, and the adapter aimed at it.
async fn well(subject: &Subject, answers: &[(&str, &str)]) -> (TestServer, Box<dyn Source>) {
    let server = TestServer::start().await;
    for (path, body) in answers {
        server.always(path, Canned::json(*body));
    }
    let adapter = (subject.make)(&server.url(), SOON);
    (server, adapter)
}

async fn hostile_text(subject: &Subject) {
    let (_server, mut adapter) = well(subject, subject.hostile).await;
    let observation = adapter.poll().await.unwrap();
    let text = format!("{:?}", shown(&observation));
    assert!(text.contains("MARK"), "nothing hostile was read: {text}");
    let mut texts = Vec::new();
    collect(&serde_json::to_value(shown(&observation)).unwrap(), &mut texts);
    for text in texts {
        let acts = |character: char| character.is_control() || ('\u{202a}'..='\u{202e}').contains(&character);
        assert!(!text.chars().any(acts), "{text:?}");
    }
}

/// What of an observation is shown somewhere. Notes are made harmless by the difference, for all adapters.
#[derive(Debug, serde::Serialize)]
struct Everything<'a> {
    alerts: Option<&'a [crate::domain::Alert]>,
    mutes: Option<&'a [crate::domain::Mute]>,
    signals: &'a [crate::domain::signal::SignalUpdate],
    logs: &'a [crate::domain::LogLine],
}

fn shown(observation: &Observation) -> Everything<'_> {
    fn now<T>(part: &Part<Vec<T>>) -> Option<&[T]> {
        if let Part::Now(all) = part { Some(all) } else { None }
    }
    Everything {
        alerts: now(&observation.alerts),
        mutes: now(&observation.mutes),
        signals: &observation.signals,
        logs: &observation.logs,
    }
}

/// Every text in a value, names of fields and labels included.
fn collect(value: &serde_json::Value, texts: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => texts.push(text.clone()),
        serde_json::Value::Array(all) => all.iter().for_each(|value| collect(value, texts)),
        serde_json::Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            texts.push(name.clone());
            collect(value, texts);
        }),
        _ => {}
    }
}

async fn difference(adapter: &mut dyn Source, known: &mut Difference) -> Result<SourceEvent, SourceError> {
    adapter.poll().await.and_then(|observation| known.take(observation))
}

fn answer(event: SourceEvent) -> Answer {
    match event {
        SourceEvent::Answered(answer) => *answer,
        other => panic!("no answer: {other:?}"),
    }
}

async fn the_same_twice(subject: &Subject) {
    let (_server, mut adapter) = well(subject, subject.good).await;
    let mut known = Difference::default();
    let first = answer(difference(&mut *adapter, &mut known).await.unwrap());
    let told = first.alerts.as_ref().map_or(0, |changes| changes.told.len());
    assert!(told + first.signals.len() > 0, "the good answers hold nothing: {first:?}");
    let second = difference(&mut *adapter, &mut known).await.unwrap();
    if subject.can_be_quiet {
        assert_eq!(second, SourceEvent::Heartbeat);
    } else {
        let second = answer(second);
        assert!(second.alerts.is_none() && second.mutes.is_none(), "{second:?}");
    }
}

/// A failure tells nothing about alerts, and what was known before it is known after it.
async fn a_failure_in_between(subject: &Subject) {
    let (server, mut adapter) = well(subject, subject.good).await;
    let mut known = Difference::default();
    difference(&mut *adapter, &mut known).await.unwrap();
    for canned in [Canned::json("{").status(500), Canned::html("<html>"), Canned::json("{\"status\":\"error\"}")] {
        server.everything(canned);
        difference(&mut *adapter, &mut known).await.unwrap_err();
    }
    server.everything(None);
    let event = difference(&mut *adapter, &mut known).await.unwrap();
    if let SourceEvent::Answered(answer) = event {
        assert!(!subject.can_be_quiet && answer.alerts.is_none() && answer.mutes.is_none(), "{answer:?}");
    }
}
