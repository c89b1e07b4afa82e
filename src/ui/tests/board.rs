//! A board with a bit of everything, and the app over it.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;

use crate::app::guard::Guard;
use crate::app::keys::{KeyRow, KeyTable};
use crate::app::{Action, App, Context, Profile};
use crate::board::{Answer, Board, BoardRules, Episode, LocalAck, Memory, Snoozed, SourceEvent, SourceReport};
use crate::domain::alert::AlertChanges;
use crate::domain::incident::GroupKey;
use crate::domain::journal::{Entry, Outcome, Row};
use crate::domain::signal::{SignalKey, SignalUpdate};
use crate::domain::slo::SloReading;
use crate::domain::{
    Alert, AlertState, Fingerprint, Labels, Level, LogLine, Matcher, Moment, Mute, MuteId, MuteKind, Operator, Rated,
    Reading, Severity, Signal, SignalKind, SourceName, SourceStatus, mute::Cover,
};

/// 21 November 2026, 03:12:44 UTC.
pub(super) fn now() -> Moment {
    Moment::from_timestamp(1_795_230_764, 0).unwrap()
}

pub(super) fn ago(minutes: i64) -> Moment {
    now() - TimeDelta::minutes(minutes)
}

pub(super) fn status(name: &str, kind: &'static str) -> SourceStatus {
    SourceStatus::new(name.into(), kind, Duration::from_secs(15))
}

pub(super) fn alert(
    name: &str,
    service: &str,
    instance: &str,
    severity: Option<Severity>,
    since: Moment,
) -> Arc<Alert> {
    let labels: Labels = [("alertname", name), ("service", service), ("instance", instance), ("region", "eu-1")].into();
    Arc::new(Alert {
        fingerprint: Fingerprint::of(&labels),
        labels,
        annotations: [
            ("summary", "5xx share of checkout over 1 % for 3 minutes: customers cannot pay"),
            ("runbook_url", "https://wiki.example/checkout-errors"),
            ("dashboard", "https://grafana.example/d/chk"),
        ]
        .into(),
        since,
        state: AlertState::Firing,
        rated: severity.map_or_else(Rated::assumed, Rated::known),
        silenced_by: Vec::new(),
        inhibited_by: Vec::new(),
        value: Some(4.7),
        link: Some("https://prom.example/graph?g0.expr=x".into()),
    })
}

pub(super) fn answered(source: &str, at: Moment, answer: Answer) -> SourceReport {
    let took = Duration::from_millis(140);
    SourceReport { source: source.into(), at, took, event: SourceEvent::Answered(Box::new(answer)) }
}

pub(super) fn failed(source: &str, at: Moment) -> SourceReport {
    let cause = format!(
        "{source}: http://{source}:9093 did not answer within 5 s; check that it runs and that this host may reach it"
    );
    let event = SourceEvent::Failed { cause, retry: Some(at + TimeDelta::seconds(30)) };
    SourceReport { source: source.into(), at, took: Duration::from_secs(5), event }
}

pub(super) fn told(alerts: Vec<Arc<Alert>>) -> Answer {
    Answer { alerts: Some(AlertChanges { told: alerts, gone: Vec::new() }), ..Answer::default() }
}

fn silenced(alert: &Arc<Alert>, by: &str) -> Arc<Alert> {
    Arc::new(Alert { state: AlertState::Silenced, silenced_by: vec![by.to_owned()], ..Alert::clone(alert) })
}

fn mute(id: &str, kind: MuteKind, by: &str, name: &str, starts: Moment, ends: Moment) -> Mute {
    Mute {
        id: MuteId::new(id),
        kind,
        source: Some("am-eu".into()),
        cover: Cover::Matchers(vec![Matcher::equal("alertname", name)]),
        by: by.to_owned(),
        comment: "db failover".to_owned(),
        starts,
        ends,
        pending: false,
    }
}

fn alerts() -> Answer {
    use Severity::{Critical, High, Low, Medium};
    let high = |name, service, minutes| alert(name, service, "i-1", Some(High), ago(minutes));
    let checkout = |instance| alert("CheckoutErrorsHigh", "checkout", instance, Some(Critical), ago(4));
    let alerts = vec![
        checkout("checkout-2"),
        checkout("checkout-5"),
        checkout("checkout-7"),
        silenced(&alert("PaymentsDown", "payments", "pay-1", Some(Critical), ago(2)), "s1"),
        high("DiskFillsIn4h", "db-2", 31),
        high("LatencyP95", "search", 12),
        silenced(&high("QueueDepth", "mailer", 63), "s2"),
        alert("CostPerUserRising", "billing", "b", Some(Medium), ago(2 * 1441)),
        alert("Ổ đĩa đầy 磁盘已满", "storage", "s", None, ago(7)),
        silenced(&alert("NightlyBackup", "backup", "b", Some(Low), ago(300)), "s3"),
        alert("MonthlyAuditOverdue", "audit", "a", Some(Low), ago(2 * 1440)),
    ];
    let mutes = vec![
        mute("s1", MuteKind::Ack, "ana", "PaymentsDown", ago(2), ago(-14)),
        mute("s2", MuteKind::Ack, "bo", "QueueDepth", ago(80), ago(-41)),
        mute("s3", MuteKind::Silence, "bo", "NightlyBackup", ago(200), ago(-58)),
    ];
    Answer { mutes: Some(mutes), ..told(alerts) }
}

pub(super) fn signal(
    service: &str,
    kind: SignalKind,
    label: &str,
    unit: &str,
    bounds: [Option<f64>; 2],
    values: &[Option<f64>],
) -> SignalUpdate {
    let key = SignalKey { service: service.to_owned(), kind, part: String::new() };
    let [warn, critical] = bounds;
    let (label, unit) = (label.to_owned(), unit.to_owned());
    let signal = Signal { key, label, unit, warn, critical, source: "prom-eu".into() };
    let count = i64::try_from(values.len()).unwrap();
    let at = |at: i64| now() - TimeDelta::seconds(15 * (count - 1 - at)) - TimeDelta::seconds(4);
    let readings = (0..).zip(values).map(|(place, value)| Reading { at: at(place), value: *value }).collect();
    SignalUpdate { signal, readings, problem: None }
}

/// A step up, 16 readings before the end.
fn step(from: f64, to: f64) -> Vec<Option<f64>> {
    let wave = |at: i32| f64::from(at * 7 % 5) / 40.0 + 1.0;
    (0..80).map(|at| Some(if at < 60 { from } else { to } * wave(at))).collect()
}

fn measured() -> Answer {
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
    Answer { signals, slos: vec![slo], ..told(Vec::new()) }
}

fn lines() -> Answer {
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
    for round in 0..30 {
        logs.push(line(1 + round * 7, Level::Error, "checkout-2", "pool exhausted: 50 of 50 in use"));
        logs.push(line(2 + round * 7, Level::Error, "checkout-7", "upstream timeout after 5000 ms"));
        logs.push(line(3 + round * 7, Level::Info, "search-1", "GET /q 200 12 ms"));
    }
    Answer { logs, logs_dropped: 3, ..Answer::default() }
}

fn entry(minutes: i64, action: &str, target: String, detail: &str, outcome: Outcome) -> Entry {
    let (operator, detail) = (Operator::new("ana", "bastion"), detail.to_owned());
    Entry { at: ago(minutes), operator, action: action.to_owned(), target, detail, outcome }
}

fn group(name: &str, service: &str) -> GroupKey {
    GroupKey([("alertname", name), ("service", service)].into())
}

fn remember(board: &mut Board) {
    let id = |board: &Board, title: &str| board.incidents().find(|incident| incident.title == title).unwrap().id;
    let (checkout, audit) = (id(board, "CheckoutErrorsHigh"), id(board, "MonthlyAuditOverdue"));
    let (latency, payments) = (id(board, "LatencyP95"), id(board, "PaymentsDown"));
    let group = group("CheckoutErrorsHigh", "checkout");
    let episode = |days: i64, minutes: i64| Episode {
        id: crate::domain::IncidentId::of(&group, ago(days * 1440)),
        group: group.clone(),
        title: "CheckoutErrorsHigh".to_owned(),
        service: Some("checkout".to_owned()),
        severity: Severity::Critical,
        since: ago(days * 1440),
        first_seen: ago(days * 1440),
        last_seen: ago(days * 1440 - minutes),
        mitigated: false,
        resolved: Some(ago(days * 1440 - minutes)),
        sources: vec!["am-eu".into()],
    };
    let ack = LocalAck {
        id: MuteId::new("own-1"),
        source: None,
        incident: latency,
        by: Operator::new("ana", "bastion"),
        comment: String::new(),
        starts: ago(3),
        ends: ago(-12),
        limit: ago(-600),
        renews: true,
    };
    let snooze = Snoozed { incident: audit, operator: "ana".to_owned(), starts: ago(60), until: ago(-348) };
    let memory = Memory {
        episodes: vec![episode(9, 22), episode(23, 8)],
        acks: vec![ack],
        snoozes: vec![snooze],
        ..Memory::default()
    };
    board.remember(memory, now());
    let entries = vec![
        entry(4, "incident.began", checkout.to_string(), "3 alerts", Outcome::Noted),
        entry(2, "ack", payments.to_string(), "db failover", Outcome::Intent),
        entry(2, "ack", payments.to_string(), "db failover", Outcome::Done),
        entry(1, "comment", checkout.to_string(), "pool is full on 2 and 7", Outcome::Done),
        entry(0, "silence", "s9".to_owned(), "maintenance", Outcome::Failed("am-eu answered 500".to_owned())),
    ];
    let row = |(id, entry)| Row { id, entry, hash: String::new() };
    board.take_journal((1..).zip(entries).map(row).collect());
}

fn resolve_one(board: &mut Board) {
    let gone = alert("CartDown", "cart", "c", Some(Severity::Critical), ago(20));
    let fingerprint = gone.fingerprint;
    board.apply(answered("am-eu", ago(19), told(vec![gone])));
    let changes = AlertChanges { told: Vec::new(), gone: vec![fingerprint] };
    board.apply(answered("am-eu", ago(9), Answer { alerts: Some(changes), ..Answer::default() }));
}

/// Everything at once; `loki` has not answered for a while if `late`.
pub(super) fn board(late: bool) -> Board {
    let sources = vec![
        status("prom-eu", "prometheus"),
        status("am-eu", "alertmanager"),
        status("loki", "loki"),
        status("host", "host"),
    ];
    let rules = BoardRules { operator: "ana".to_owned(), ..BoardRules::default() };
    let mut board = Board::new(rules, sources);
    resolve_one(&mut board);
    let just = now() - TimeDelta::seconds(4);
    board.apply(answered("am-eu", just, alerts()));
    board.apply(answered("prom-eu", just, measured()));
    board.apply(answered("loki", if late { now() - TimeDelta::seconds(41) } else { just }, lines()));
    board.apply(answered("host", just, told(Vec::new())));
    remember(&mut board);
    board
}

/// Keys as a keymap would bind them.
pub(super) fn keys() -> KeyTable {
    use Context::{Confirm, Global, Help, Incidents, List, Prompt};
    let rows = [
        (Incidents, "a", Action::Ack),
        (Incidents, "A", Action::AckMarked),
        (Incidents, "r", Action::Runbook),
        (Incidents, "o", Action::Link),
        (Incidents, "L", Action::Logs),
        (Incidents, "m", Action::Signals),
        (Incidents, "s", Action::Silence),
        (Incidents, "z", Action::Snooze),
        (Incidents, "c", Action::Comment),
        (Incidents, "E", Action::Escalate),
        (List, "j", Action::Down),
        (List, "k", Action::Up),
        (List, "Enter", Action::Open),
        (List, "Space", Action::Mark),
        (Global, "/", Action::Filter),
        (Global, "Tab", Action::PaneNext),
        (Global, "Esc", Action::Back),
        (Global, ":", Action::Palette),
        (Global, "?", Action::Help),
        (Prompt, "Enter", Action::Accept),
        (Prompt, "Esc", Action::Cancel),
        (Confirm, "n", Action::No),
        (Confirm, "y", Action::Yes),
        (Help, "j", Action::Down),
        (Help, "Esc", Action::Back),
    ];
    let row = |(context, keys, action): (Context, &str, Action)| KeyRow {
        context,
        keys: keys.to_owned(),
        action,
        words: action.spec().words.to_owned(),
    };
    KeyTable { rows: rows.into_iter().map(row).collect() }
}

/// An app over a board.
pub(super) fn app_over(board: Board) -> App {
    let profile = Profile {
        environment: Some("prod-eu".to_owned()),
        operator: Operator::new("ana", "bastion"),
        timezone: chrono_tz::Europe::Berlin,
        service_logs: [("checkout".to_owned(), SourceName::new("loki"))].into(),
        ..Profile::default()
    };
    let mut app = App::new(board, profile, Guard::default(), Arc::new(keys()), now());
    app.incidents.rebuild(&app.board, now());
    app
}

pub(super) fn app() -> App {
    app_over(board(true))
}
