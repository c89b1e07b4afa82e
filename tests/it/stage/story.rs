//! The story that the watch tells: 21 November 2026, 03:12:44 UTC, somewhere in an outage. Two critical incidents,
//! three high, one medium, one low; one acked, one silenced, one inhibited, one snoozed; one source late.

mod measured;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use midwatch::app::Msg;
use midwatch::board::{Answer, Episode, LocalAck, Memory, Snoozed, SourceEvent, SourceReport};
use midwatch::domain::alert::AlertChanges;
use midwatch::domain::incident::GroupKey;
use midwatch::domain::journal::{Entry, Outcome, Row};
use midwatch::domain::mute::Cover;
use midwatch::domain::{
    Alert, AlertState, Fingerprint, IncidentId, Labels, Matcher, Moment, Mute, MuteId, MuteKind, Operator, Rated,
    Severity, SourceStatus,
};

/// When it is told.
pub fn now() -> Moment {
    "2026-11-21T03:12:44Z".parse().unwrap()
}

/// So many minutes before.
pub fn ago(minutes: i64) -> Moment {
    now() - TimeDelta::minutes(minutes)
}

/// The four sources.
pub fn sources() -> Vec<SourceStatus> {
    let status = |name: &str, kind, every| SourceStatus::new(name.into(), kind, Duration::from_secs(every));
    vec![
        status("prom-eu", "prometheus", 15),
        status("am-eu", "alertmanager", 10),
        status("loki", "loki", 15),
        status("host", "host", 2),
    ]
}

/// Who watches.
pub fn ana() -> Operator {
    Operator::new("ana", "bastion")
}

/// An alert of `am-eu` that fires since so many minutes.
pub fn alert(name: &str, service: &str, instance: &str, severity: Severity, minutes: i64) -> Alert {
    let labels: Labels =
        [("alertname", name), ("service", service), ("instance", instance), ("region", "eu-1"), ("version", "v812")]
            .into();
    Alert {
        fingerprint: Fingerprint::of(&labels),
        labels,
        annotations: annotations(name),
        since: ago(minutes),
        state: AlertState::Firing,
        rated: Rated::known(severity),
        silenced_by: Vec::new(),
        inhibited_by: Vec::new(),
        value: Some(4.7),
        link: Some("https://prom.example/graph?g0.expr=x".into()),
    }
}

fn annotations(name: &str) -> Labels {
    if name == "CheckoutErrorsHigh" {
        return [
            ("summary", "5xx share of checkout over 1 % for 3 minutes: customers cannot pay"),
            ("runbook_url", "https://wiki.example/checkout-errors"),
            ("dashboard", "https://grafana.example/d/chk"),
        ]
        .into();
    }
    [("summary", "over its bound for 5 minutes")].into()
}

fn silenced(alert: Alert, by: &str) -> Alert {
    Alert { state: AlertState::Silenced, silenced_by: vec![by.to_owned()], ..alert }
}

fn inhibited(alert: Alert, by: Fingerprint) -> Alert {
    Alert { state: AlertState::Inhibited, inhibited_by: vec![by.to_string()], ..alert }
}

/// What a source told at a moment.
pub fn report(source: &str, at: Moment, answer: Answer) -> Msg {
    let event = SourceEvent::Answered(Box::new(answer));
    Msg::Source(SourceReport { source: source.into(), at, took: Duration::from_millis(140), event })
}

/// That a source answered as before.
pub fn heartbeat(source: &str, at: Moment) -> Msg {
    let took = Duration::from_millis(140);
    Msg::Source(SourceReport { source: source.into(), at, took, event: SourceEvent::Heartbeat })
}

/// That a source did not answer.
pub fn failure(source: &str, at: Moment) -> Msg {
    let cause = format!(
        "{source}: http://{source}.example:9093 did not answer within 5 s; check that it runs and that this host may reach it"
    );
    let event = SourceEvent::Failed { cause, retry: Some(at + TimeDelta::seconds(30)) };
    Msg::Source(SourceReport { source: source.into(), at, took: Duration::from_secs(5), event })
}

/// An answer that tells of these alerts and that those are gone.
pub fn telling(told: Vec<Alert>, gone: Vec<Fingerprint>) -> Answer {
    let told = told.into_iter().map(Arc::new).collect();
    Answer { alerts: Some(AlertChanges { told, gone }), ..Answer::default() }
}

/// The alerts of the story.
pub fn alerts() -> Vec<Alert> {
    use Severity::{Critical, High, Low, Medium};
    let checkout = |instance| alert("CheckoutErrorsHigh", "checkout", instance, Critical, 4);
    let latency = alert("LatencyP95", "search", "search-1", High, 12);
    vec![
        checkout("checkout-2"),
        checkout("checkout-5"),
        checkout("checkout-7"),
        silenced(alert("PaymentsDown", "payments", "payments-1", Critical, 2), "s-ack"),
        alert("DiskFillsIn4h", "db-2", "db-2", High, 31),
        inhibited(latency, checkout("checkout-2").fingerprint),
        silenced(alert("QueueDepth", "mailer", "mailer-1", High, 63), "s-deploy"),
        alert("CostPerUserRising", "billing", "billing-1", Medium, 2 * 1440),
        alert("MonthlyAuditOverdue", "audit", "audit-1", Low, 3 * 1440),
    ]
}

/// The mutes of the story.
pub fn mutes() -> Vec<Mute> {
    let mute = |id: &str, kind, by: &str, comment: &str, name: &str, starts: i64, ends: i64| Mute {
        id: MuteId::new(id),
        kind,
        source: Some("am-eu".into()),
        cover: Cover::Matchers(vec![Matcher::equal("alertname", name)]),
        by: by.to_owned(),
        comment: comment.to_owned(),
        starts: ago(starts),
        ends: ago(ends),
        pending: false,
    };
    vec![
        mute("s-ack", MuteKind::Ack, "ana", "db failover", "PaymentsDown", 1, -14),
        mute("s-deploy", MuteKind::Silence, "bo", "deploy of mailer v44", "QueueDepth", 80, -41),
    ]
}

/// Everything that was told, in its order, each with its moment.
pub fn told() -> Vec<(Moment, Msg)> {
    let cart = alert("CartDown", "cart", "cart-1", Severity::Critical, 21);
    let gone = vec![cart.fingerprint];
    let old = alerts().into_iter().filter(|alert| alert.since < ago(9)).collect();
    let new = alerts().into_iter().filter(|alert| alert.since >= ago(9)).collect();
    let at = |seconds: i64| now() - TimeDelta::seconds(seconds);
    let mut told = vec![
        (ago(20), report("am-eu", ago(20), telling(vec![cart], Vec::new()))),
        (ago(9), report("am-eu", ago(9), telling(old, gone))),
        (at(52), report("am-eu", at(52), Answer { mutes: Some(mutes()), ..telling(new, Vec::new()) })),
        (at(41), report("loki", at(41), measured::lines())),
        (at(4), report("prom-eu", at(4), measured::signals())),
        (at(3), heartbeat("am-eu", at(3))),
        (at(1), report("host", at(1), telling(Vec::new(), Vec::new()))),
    ];
    told.push((now(), Msg::Memory(Box::new(memory()))));
    told.push((now(), Msg::Journal(journal())));
    told
}

/// The group of an incident of the story.
fn group(name: &str, service: &str) -> GroupKey {
    GroupKey([("alertname", name), ("service", service)].into())
}

fn id(name: &str, service: &str, minutes: i64) -> IncidentId {
    IncidentId::of(&group(name, service), ago(minutes))
}

fn memory() -> Memory {
    let episode = |days: i64, minutes: i64| Episode {
        id: id("CheckoutErrorsHigh", "checkout", days * 1440),
        group: group("CheckoutErrorsHigh", "checkout"),
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
    let audit = id("MonthlyAuditOverdue", "audit", 3 * 1440);
    let snooze = Snoozed { incident: audit, operator: "ana".to_owned(), starts: ago(60), until: ago(-348) };
    let ack = LocalAck {
        id: MuteId::new("s-ack"),
        source: Some("am-eu".into()),
        incident: id("PaymentsDown", "payments", 2),
        by: ana(),
        comment: "db failover".to_owned(),
        starts: ago(1),
        ends: ago(-14),
        limit: ago(-719),
        renews: true,
    };
    Memory {
        episodes: vec![episode(9, 22), episode(23, 8)],
        snoozes: vec![snooze],
        acks: vec![ack],
        ..Memory::default()
    }
}

const ACKED: &str =
    "PaymentsDown · db failover · until 03:26 UTC (04:26 your time) · alertname=PaymentsDown service=payments at am-eu";
const SILENCED: &str = "CheckoutErrorsHigh · maintenance · until 04:12 UTC (05:12 your time) · alertname=CheckoutErrorsHigh service=checkout at am-eu";

fn journal() -> Vec<Row> {
    let entry = |minutes: i64, action: &str, target: String, detail: &str, outcome| Entry {
        at: ago(minutes),
        operator: ana(),
        action: action.to_owned(),
        target,
        detail: detail.to_owned(),
        outcome,
    };
    let checkout = || id("CheckoutErrorsHigh", "checkout", 4).to_string();
    let payments = || id("PaymentsDown", "payments", 2).to_string();
    let entries = vec![
        entry(4, "incident.began", checkout(), "CheckoutErrorsHigh", Outcome::Noted),
        entry(2, "incident.began", payments(), "PaymentsDown", Outcome::Noted),
        entry(1, "ack", payments(), ACKED, Outcome::Intent),
        entry(1, "ack", payments(), ACKED, Outcome::Done),
        entry(1, "comment", checkout(), "pool is full on 2 and 7", Outcome::Done),
        entry(0, "silence", checkout(), SILENCED, Outcome::Failed("am-eu answered 500".to_owned())),
        entry(0, "source.lost", "loki".to_owned(), "connection refused", Outcome::Noted),
    ];
    (1..).zip(entries).map(|(id, entry)| Row { id, entry, hash: String::new() }).collect()
}
