//! What was measured and written in the story.

use chrono::TimeDelta;
use midwatch::board::Answer;
use midwatch::domain::signal::{SignalKey, SignalUpdate};
use midwatch::domain::slo::SloReading;
use midwatch::domain::{Level, LogLine, Reading, Signal, SignalKind};

use super::{ago, now, telling};

/// The signals of two services and what is promised to the users of one.
pub(super) fn signals() -> Answer {
    let unknown = signal("search", SignalKind::Errors, "", "ratio", [Some(0.01), None], &[None]);
    let signals = vec![
        signal("checkout", SignalKind::Latency, "p95", "s", [Some(0.4), Some(0.5)], &step(0.12, 0.58)),
        signal("checkout", SignalKind::Traffic, "", "/s", [None, None], &step(2900.0, 1200.0)),
        signal("checkout", SignalKind::Errors, "", "%", [Some(0.5), Some(1.0)], &step(0.1, 4.5)),
        signal("checkout", SignalKind::Saturation, "cpu", "%", [Some(70.0), Some(90.0)], &step(50.0, 69.0)),
        signal("search", SignalKind::Latency, "p95", "s", [Some(0.4), Some(0.9)], &step(0.2, 0.5)),
        SignalUpdate { problem: Some("the query answered nothing".to_owned()), ..unknown },
    ];
    let slo = SloReading {
        service: "checkout".to_owned(),
        source: "prom-eu".into(),
        at: now(),
        objective: 99.9,
        window: TimeDelta::days(30),
        errors_1h: Some(0.0142),
        errors_6h: Some(0.0068),
        errors_window: Some(0.00062),
    };
    Answer { signals, slos: vec![slo], ..telling(Vec::new(), Vec::new()) }
}

fn signal(
    service: &str,
    kind: SignalKind,
    label: &str,
    unit: &str,
    [warn, critical]: [Option<f64>; 2],
    values: &[Option<f64>],
) -> SignalUpdate {
    let key = SignalKey { service: service.to_owned(), kind, part: String::new() };
    let (label, unit) = (label.to_owned(), unit.to_owned());
    let signal = Signal { key, label, unit, warn, critical, source: "prom-eu".into() };
    let count = i64::try_from(values.len()).unwrap();
    let at = |place: i64| now() - TimeDelta::seconds(15 * (count - 1 - place) + 4);
    let readings = (0..).zip(values).map(|(place, value)| Reading { at: at(place), value: *value }).collect();
    SignalUpdate { signal, readings, problem: None }
}

/// Eighty readings with a step 16 before the end: four minutes ago.
fn step(from: f64, to: f64) -> Vec<Option<f64>> {
    let wave = |at: i32| f64::from(at * 7 % 5) / 40.0 + 1.0;
    (0..80).map(|at| Some(if at < 64 { from } else { to } * wave(at))).collect()
}

/// Log lines of three services, a burst of errors in one of them.
pub(super) fn lines() -> Answer {
    let line = |seconds: i64, level, origin: &str, text: &str| LogLine {
        at: ago(4) + TimeDelta::seconds(seconds),
        level,
        origin: origin.into(),
        text: text.into(),
    };
    let mut logs = vec![
        line(-9, Level::Info, "checkout-1", "GET /cart 200 41 ms"),
        line(-3, Level::Warn, "checkout-7", "pool 48 of 50 in use"),
        line(-1, Level::Error, "checkout-7", "pool exhausted: 50 of 50 in use"),
    ];
    for round in 0..27 {
        logs.push(line(1 + round * 7, Level::Error, "checkout-2", "pool exhausted: 50 of 50 in use"));
        logs.push(line(2 + round * 7, Level::Error, "checkout-7", "upstream timeout after 5000 ms"));
        logs.push(line(3 + round * 7, Level::Info, "search-1", "GET /q 200 12 ms"));
    }
    Answer { logs, logs_dropped: 3, ..Answer::default() }
}
