//! What the benchmarks run on: boards of any size, alerts each an incident of its own or all of one, and the text
//! of an answer that tells them.

#![expect(dead_code, reason = "no benchmark needs all of it")]

pub mod screen;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use midwatch::app::guard::Guard;
use midwatch::app::keys::KeyTable;
use midwatch::app::{App, Msg, Profile};
use midwatch::board::{Answer, Board, BoardRules, SourceEvent, SourceReport};
use midwatch::domain::alert::AlertChanges;
use midwatch::domain::{
    Alert, AlertState, Fingerprint, Labels, Level, LogLine, Moment, Rated, Severity, SourceName, SourceStatus,
};

/// How many alerts a benchmark is run with.
pub const COUNTS: [usize; 3] = [10, 1_000, 10_000];

/// Who tells them.
pub const SOURCE: &str = "am";

/// The moment of every benchmark.
pub fn now() -> Moment {
    Moment::UNIX_EPOCH + TimeDelta::days(20_000)
}

/// How alerts are spread over incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Each is its own incident.
    Each,
    /// All are one incident.
    One,
}

/// An alert by its number; with another `version` it says something else.
pub fn alert(number: usize, spread: Spread, version: usize) -> Alert {
    let (name, instance) = match spread {
        Spread::Each => (format!("Alert{number:05}"), "i-0".to_owned()),
        Spread::One => ("AlertOfAll".to_owned(), format!("i-{number:05}")),
    };
    let severity = Severity::ALL[number % Severity::ALL.len()];
    let labels: Labels = [
        ("alertname", name.as_str()),
        ("service", "checkout"),
        ("instance", instance.as_str()),
        ("region", "eu-1"),
        ("severity", severity.word()),
    ]
    .into();
    let summary = format!("5xx share over 1 % for {version} minutes: customers cannot pay");
    Alert {
        fingerprint: Fingerprint::of(&labels),
        labels,
        annotations: [("summary", summary.as_str()), ("runbook_url", "https://wiki.example/checkout")].into(),
        since: now() - TimeDelta::minutes(i64::try_from(number % 600).unwrap_or_default()),
        state: AlertState::Firing,
        rated: Rated::known(severity),
        silenced_by: Vec::new(),
        inhibited_by: Vec::new(),
        value: None,
        link: None,
    }
}

/// What a source reports when it tells of these.
pub fn telling(alerts: impl IntoIterator<Item = Alert>) -> Msg {
    let told = alerts.into_iter().map(Arc::new).collect();
    answered(Answer { alerts: Some(AlertChanges { told, gone: Vec::new() }), ..Answer::default() })
}

/// An answer as a message.
pub fn answered(answer: Answer) -> Msg {
    report(SourceEvent::Answered(Box::new(answer)))
}

/// An event as a message.
pub fn report(event: SourceEvent) -> Msg {
    Msg::Source(SourceReport { source: SourceName::new(SOURCE), at: now(), took: Duration::ZERO, event })
}

/// A watch that knows nothing yet.
pub fn empty() -> App {
    let source = SourceStatus::new(SourceName::new(SOURCE), "alertmanager", Duration::from_secs(10));
    let rules = BoardRules { log_lines: 100_000, ..BoardRules::default() };
    let board = Board::new(rules, vec![source]);
    App::new(board, Profile::default(), Guard::default(), Arc::new(KeyTable::default()), now())
}

/// A watch that knows so many alerts.
pub fn app(count: usize, spread: Spread) -> App {
    let mut app = empty();
    app.update(now(), telling((0..count).map(|number| alert(number, spread, 0))));
    app
}

/// So many log lines of three services.
pub fn lines(count: usize) -> Vec<LogLine> {
    let line = |number: usize| LogLine {
        at: now() - TimeDelta::milliseconds(i64::try_from(count - number).unwrap_or_default()),
        level: if number.is_multiple_of(7) { Level::Error } else { Level::Info },
        origin: ["checkout-1", "checkout-2", "search-1"][number % 3].into(),
        text: format!("upstream timeout after {number} ms").into(),
    };
    (0..count).map(line).collect()
}

/// The text of an Alertmanager's answer with so many alerts; `changed` of them say something else than before.
pub fn json(count: usize, changed: usize) -> String {
    let alert = |number: usize| {
        let minutes = if number < changed { 4 } else { 3 };
        format!(
            r#"{{"annotations":{{"runbook_url":"https://wiki.example/checkout","summary":"5xx share over 1 % for {minutes} minutes: customers cannot pay"}},"endsAt":"2026-11-21T03:16:44.000Z","fingerprint":"{number:016x}","receivers":[{{"name":"team"}}],"startsAt":"2026-11-21T03:08:44.000Z","status":{{"inhibitedBy":[],"silencedBy":[],"state":"active"}},"updatedAt":"2026-11-21T03:12:44.000Z","generatorURL":"https://prom.example/graph?g0.expr=x","labels":{{"alertname":"Alert{number:05}","instance":"i-{number}","region":"eu-1","service":"checkout","severity":"critical"}}}}"#
        )
    };
    format!("[{}]", (0..count).map(alert).collect::<Vec<_>>().join(","))
}
