//! Reports of small boards built by hand.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::*;
use crate::board::{Answer, Board, BoardRules, LocalAck, Memory, Snoozed, SourceEvent, SourceReport};
use crate::domain::alert::AlertChanges;
use crate::domain::journal::{Entry, Outcome, Row};
use crate::domain::severity::SeverityTable;
use crate::domain::signal::{SignalKey, SignalUpdate};
use crate::domain::{
    Alert, AlertState, Fingerprint, Labels, Moment, MuteId, Operator, Reading, Signal, SignalKind, SourceName,
    SourceStatus,
};

const EVERY: Duration = Duration::from_secs(15);

fn now() -> Moment {
    Moment::UNIX_EPOCH + TimeDelta::seconds(1_795_230_000)
}

fn ago(minutes: i64) -> Moment {
    now() - TimeDelta::minutes(minutes)
}

fn alert(name: &str, service: &str, severity: &str, minutes: i64) -> Alert {
    let labels: Labels = [("alertname", name), ("service", service), ("severity", severity)].into();
    Alert {
        fingerprint: Fingerprint::of(&labels),
        rated: SeverityTable::default().rate(&labels),
        labels,
        annotations: [("summary", "it is \"broken\"")].into(),
        since: ago(minutes),
        state: AlertState::Firing,
        silenced_by: Vec::new(),
        inhibited_by: Vec::new(),
        value: None,
        link: None,
    }
}

fn board(sources: &[(&str, &'static str)]) -> Board {
    let sources = sources.iter().map(|(name, kind)| SourceStatus::new(SourceName::new(name), kind, EVERY)).collect();
    Board::new(BoardRules { operator: "ana".to_owned(), ..BoardRules::default() }, sources)
}

fn tell(board: &mut Board, source: &str, at: Moment, event: SourceEvent) {
    board.apply(SourceReport { source: source.into(), at, took: Duration::from_millis(20), event });
}

fn answer(board: &mut Board, source: &str, told: Vec<Alert>) {
    let changes = AlertChanges { told: told.into_iter().map(Arc::new).collect(), gone: Vec::new() };
    let answer = Answer { alerts: Some(changes), ..Answer::default() };
    tell(board, source, now() - TimeDelta::seconds(4), SourceEvent::Answered(Box::new(answer)));
}

fn fail(board: &mut Board, source: &str, minutes: i64) {
    tell(
        board,
        source,
        ago(minutes),
        SourceEvent::Failed { cause: "connection refused; is it up?".into(), retry: None },
    );
}

fn written(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn line_of(board: &Board) -> String {
    written(|out| line::write(board, &[], now(), out)).trim_end().to_owned()
}

fn status_json(board: &Board) -> Value {
    serde_json::from_str(&written(|out| status::json(board, &[], now(), out))).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// A critical one, an acked one, one whose severity is not known; one source away.
fn outage() -> Board {
    let mut board = board(&[("am-eu", "alertmanager"), ("prom-eu", "prometheus")]);
    answer(
        &mut board,
        "am-eu",
        vec![
            alert("CheckoutErrorsHigh", "checkout", "critical", 4),
            alert("QueueDepth", "mailer", "warning", 61),
            alert("Strange", "billing", "purple", 3000),
        ],
    );
    fail(&mut board, "prom-eu", 2);
    let mailer = board.incidents().find(|incident| incident.title == "QueueDepth").unwrap().id;
    let ack = LocalAck {
        id: MuteId::new("1"),
        source: None,
        incident: mailer,
        by: Operator::new("bo", "bastion"),
        comment: "on it".into(),
        starts: ago(5),
        ends: now() + TimeDelta::minutes(41),
        limit: now() + TimeDelta::hours(1),
        renews: false,
    };
    board.remember(Memory { acks: vec![ack], ..Memory::default() }, now());
    board
}

#[test]
fn every_verdict_has_its_exit_code() {
    let of = |board: &Board| exit_code(board.summary(now()).verdict());
    let with = |told: Vec<Alert>, lost: bool| {
        let mut board = board(&[("am", "alertmanager"), ("other", "alertmanager")]);
        answer(&mut board, "am", told);
        if lost {
            fail(&mut board, "other", 1);
        } else {
            answer(&mut board, "other", Vec::new());
        }
        board
    };
    let (critical, high) = (|| vec![alert("A", "s", "critical", 1)], || vec![alert("B", "s", "high", 1)]);
    assert_eq!(of(&with(Vec::new(), false)), 0);
    assert_eq!(of(&with(high(), false)), 1);
    assert_eq!(of(&with(critical(), false)), 2);
    assert_eq!(of(&with(Vec::new(), true)), 3);
    assert_eq!(of(&with(high(), true)), 3, "unknown wins over firing");
    assert_eq!(of(&with(critical(), true)), 2, "critical wins over unknown");
    assert_eq!(of(&board(&[])), 3, "without a source nothing is known");
}

#[test]
fn status_json_has_just_the_fields_of_the_contract() {
    let status = status_json(&outage());
    assert_eq!(keys(&status), ["at", "checklists", "incidents", "signals", "sources", "verdict", "version"]);
    assert_eq!((&status["version"], &status["verdict"]), (&json!(1), &json!("critical")));
    assert_eq!(status["at"], "2026-11-21T03:00:00Z");
    let first = &status["incidents"][0];
    assert_eq!(
        keys(first),
        ["acked_by", "acked_until", "alerts", "id", "service", "severity", "since", "state", "title"]
    );
    assert_eq!(
        (&first["title"], &first["severity"], &first["state"], &first["acked_by"], &first["acked_until"]),
        (&json!("CheckoutErrorsHigh"), &json!("critical"), &json!("open"), &Value::Null, &Value::Null)
    );
    let told = &first["alerts"][0];
    assert_eq!(keys(told), ["annotations", "fingerprint", "labels", "since", "source", "state"]);
    assert_eq!((&told["source"], &told["state"]), (&json!("am-eu"), &json!("firing")));
    assert_eq!(told["annotations"]["summary"], "it is \"broken\"");
    let acked = status["incidents"].as_array().unwrap().iter().find(|row| row["title"] == "QueueDepth").unwrap();
    assert_eq!(
        (&acked["state"], &acked["acked_by"], &acked["acked_until"]),
        (&json!("acked"), &json!("bo"), &json!("2026-11-21T03:41:00Z"))
    );
    assert_eq!(
        status["sources"],
        json!([
            {"name": "am-eu", "kind": "alertmanager", "state": "live", "age_s": 4, "error": null},
            {"name": "prom-eu", "kind": "prometheus", "state": "unreachable", "age_s": null, "error": "connection refused; is it up?"},
        ])
    );
}

fn with_signal(value: Option<f64>, lost: bool) -> Value {
    let mut board = board(&[("prom", "prometheus")]);
    let key = SignalKey { service: "checkout".into(), kind: SignalKind::Latency, part: String::new() };
    let (label, unit, source) = ("p95".into(), "s".into(), "prom".into());
    let signal = Signal { key, label, unit, warn: Some(0.4), critical: Some(0.5), source };
    let readings = vec![Reading { at: ago(0), value }];
    let update = SignalUpdate { signal, readings, problem: value.is_none().then(|| "no series".to_owned()) };
    let answer = Answer { signals: vec![update], ..Answer::default() };
    tell(&mut board, "prom", now(), SourceEvent::Answered(Box::new(answer)));
    if lost {
        fail(&mut board, "prom", 0);
    }
    if value.is_none() {
        let text = written(|out| status::text(&board, &[], now(), table::WIDTH, out));
        assert!(text.ends_with("\nNot known\ncheckout latency: no series\n"), "{text}");
    }
    status_json(&board)["signals"][0].clone()
}

#[test]
fn a_signal_without_a_number_is_null_and_unknown() {
    let row = with_signal(Some(0.612), false);
    let at = "2026-11-21T03:00:00Z";
    let expected = json!({"service": "checkout", "signal": "latency", "name": "p95", "value": 0.612, "unit": "s",
        "level": "critical", "source": "prom", "at": at});
    assert_eq!(row, expected);
    let row = with_signal(None, false);
    assert_eq!((&row["value"], &row["level"]), (&Value::Null, &json!("unknown")));
    let row = with_signal(Some(f64::NAN), false);
    assert_eq!((&row["value"], &row["level"]), (&Value::Null, &json!("unknown")));
    let row = with_signal(Some(0.1), true);
    assert_eq!((&row["value"], &row["level"]), (&json!(0.1), &json!("unknown")), "an old value is not fine now");
}

#[test]
fn status_text_is_a_calm_summary() {
    let board = outage();
    let text = written(|out| status::text(&board, &[], now(), table::WIDTH, out));
    let ids: Vec<String> = board.incidents().map(|incident| incident.id.short()).collect();
    let expected = format!(
        "CRITICAL  1 critical, 1 high unacked · 1 acked · 1/2 sources live
2026-11-21 03:00:00 UTC

Incidents
▲ C   {}  CheckoutErrorsHigh  checkout  4m  1 alert  unacked
◆ H?  {}  Strange             billing   2d  1 alert  unacked
◆ H   {}  QueueDepth          mailer    1h  1 alert  bo 41m

Sources
●  am-eu    alertmanager  live 4s
✗  prom-eu  prometheus    unreachable 2m

Not known
prom-eu unreachable 2m, no answer yet: connection refused; is it up?
",
        ids[0], ids[1], ids[2]
    );
    assert_eq!(text, expected);
}

#[test]
fn the_line_for_a_prompt() {
    assert_eq!(line_of(&outage()), "▲1 ◆2 · prom-eu unreachable");
    let mut quiet = board(&[("am", "alertmanager")]);
    assert_eq!(line_of(&quiet), "0 known · am never answered");
    answer(&mut quiet, "am", Vec::new());
    assert_eq!(line_of(&quiet), "0 firing");
    assert_eq!(line_of(&board(&[])), "0 known · no source");
    let many = board(&[("a", "file"), ("b", "file"), ("c", "file")]);
    assert_eq!(line_of(&many), "0 known · 3 sources missing");
}

#[test]
fn a_snoozed_incident_is_counted_and_a_resolved_one_is_apart() {
    let mut board = board(&[("am", "alertmanager")]);
    let gone = alert("CartDown", "cart", "critical", 22);
    let fingerprint = gone.fingerprint;
    answer(&mut board, "am", vec![gone, alert("Noise", "mailer", "low", 30)]);
    let changes = AlertChanges { told: Vec::new(), gone: vec![fingerprint] };
    let answer = Answer { alerts: Some(changes), ..Answer::default() };
    tell(&mut board, "am", now(), SourceEvent::Answered(Box::new(answer)));
    let noise = board.incidents().find(|incident| incident.title == "Noise").unwrap().id;
    let snooze =
        Snoozed { incident: noise, operator: "ana".into(), starts: ago(1), until: now() + TimeDelta::hours(3) };
    board.remember(Memory { snoozes: vec![snooze], ..Memory::default() }, now());
    let text = written(|out| status::text(&board, &[], now(), table::WIDTH, out));
    assert!(text.starts_with("QUIET  0 firing · 1 snoozed · 1/1 sources live\n"), "{text}");
    let resolved = text.split_once("\nResolved\n").unwrap().1;
    assert!(resolved.starts_with("✓ C") && resolved.contains("resolved 0s ago"), "{text}");
}

#[test]
fn the_list_of_incidents_and_ten_thousand_alerts() {
    let mut board = board(&[("am", "alertmanager")]);
    let told = (0..10_000).map(|at| alert(&format!("A{at}"), "s\u{7f}\"\\", "high", 1)).collect();
    answer(&mut board, "am", told);
    let all: Vec<_> = board.incidents().collect();
    let text = written(|out| incidents::text(&board, &all, now(), table::WIDTH, out));
    let ids: std::collections::HashSet<&str> = text.lines().filter_map(|line| line.split_whitespace().nth(2)).collect();
    assert_eq!(ids.len(), 10_000, "every beginning of an id names one incident");
    let made = written(|out| incidents::json(&board, all, now(), out));
    let made: Value = serde_json::from_str(&made).unwrap();
    assert_eq!(keys(&made), ["at", "incidents", "version"]);
    let rows = made["incidents"].as_array().unwrap();
    assert_eq!(rows.len(), 10_000);
    assert!(rows.iter().all(|row| row["alerts"][0]["labels"]["service"] == "s\u{7f}\"\\"));
}

#[test]
fn the_journal() {
    let entry = |outcome| Entry {
        at: now(),
        operator: Operator::new("ana", "bastion"),
        action: "ack".into(),
        target: "CheckoutErrorsHigh".into(),
        detail: "db failover".into(),
        outcome,
    };
    let rows = [
        Row { id: 1, entry: entry(Outcome::Intent), hash: "aa".into() },
        Row { id: 2, entry: entry(Outcome::Failed("am-eu answered 503".into())), hash: "bb".into() },
    ];
    let rows: Vec<&Row> = rows.iter().collect();
    let made: Value = serde_json::from_str(&written(|out| journal::json(&rows, out))).unwrap();
    assert_eq!(
        made["rows"][1],
        json!({"id": 2, "at": "2026-11-21T03:00:00Z", "operator": "ana", "host": "bastion", "what": "ack",
            "target": "CheckoutErrorsHigh", "detail": "db failover", "outcome": "failed", "why": "am-eu answered 503",
            "hash": "bb"})
    );
    assert_eq!(made["rows"][0]["why"], Value::Null);
    let text = written(|out| journal::text(&rows, 120, out));
    let expected = "\
1  2026-11-21 03:00:00  ana@bastion  ack  CheckoutErrorsHigh  db failover  intent
2  2026-11-21 03:00:00  ana@bastion  ack  CheckoutErrorsHigh  db failover  failed: am-eu answered 503
";
    assert_eq!(text, expected);
}
