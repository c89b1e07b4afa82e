//! The host adapter against made-up machines, and against this one.

use std::collections::VecDeque;

use super::wire::{Disk, Room, Units, Use};
use super::*;
use crate::domain::alert::{Alert, AlertState};
use crate::domain::severity::SeverityTable;
use crate::domain::{Level, LogLine, Severity};
use crate::source::options::{HostRules, KindOptions, Threshold};

/// Machines to look at, one after the other.
struct Script(VecDeque<Machine>);

impl Probe for Script {
    fn look(&mut self) -> BoxFuture<'_, Machine> {
        let next = self.0.pop_front().expect("a machine for every poll");
        Box::pin(async { next })
    }
}

fn at(seconds: i64) -> Moment {
    Moment::from_timestamp(1_700_000_000 + seconds, 0).unwrap()
}

fn machine(seconds: i64) -> Machine {
    let memory = Some(Use { used: 40, total: 100 });
    Machine {
        cpu: Some(10.0),
        cores: Some(4),
        memory,
        swap: Some(Use { used: 0, total: 0 }),
        disks: Some(vec![disk("/", 50), disk("/var", 60)]),
        network: Some(BTreeMap::new()),
        load: Some([4.0, 8.0, 2.0]),
        units: Units::Failed(Vec::new()),
        ..Machine::unread(at(seconds))
    }
}

fn disk(mount: &str, used: u64) -> Disk {
    let inodes = Some(Use { used: 1, total: 100 });
    Disk { mount: mount.to_owned(), room: Ok(Room { space: Use { used, total: 100 }, inodes }) }
}

fn options() -> (HostOptions, SourceOptions) {
    let host = HostOptions { host: "web-1".to_owned(), rules: HostRules::default(), ignore_mounts: Vec::new() };
    let source = SourceOptions {
        name: "host".into(),
        every: EVERY,
        timeout: Duration::from_secs(5),
        off: false,
        severity: SeverityTable::default(),
        kind: KindOptions::Host(host.clone()),
    };
    (host, source)
}

fn host(machines: impl IntoIterator<Item = Machine>) -> Host {
    let (options, source) = options();
    Host::with_probe(&options, &source, Box::new(Script(machines.into_iter().collect())))
}

async fn poll(host: &mut Host) -> (Observation, Vec<Alert>) {
    let observation = host.poll().await.unwrap();
    let Part::Now(alerts) = observation.alerts.clone() else { panic!("the host always tells alerts") };
    (observation, alerts)
}

#[expect(clippy::option_option, reason = "no row, a row without a number, a number")]
fn reads(observation: &Observation, kind: &str, part: &str) -> Option<Option<f64>> {
    let kind = SignalKind::named(kind);
    let found =
        observation.signals.iter().find(|update| update.signal.key.kind == kind && update.signal.key.part == part);
    found.map(|update| update.readings.last().unwrap().value)
}

#[tokio::test]
async fn every_number_has_its_row_and_what_is_not_there_has_none() {
    let (observation, alerts) = poll(&mut host([machine(0)])).await;
    assert_eq!(alerts, []);
    assert_eq!(reads(&observation, "saturation", "cpu"), Some(Some(10.0)));
    assert_eq!(reads(&observation, "saturation", "mem"), Some(Some(40.0)));
    assert_eq!(reads(&observation, "saturation", "disk /var"), Some(Some(60.0)));
    assert_eq!(reads(&observation, "saturation", "swap"), None, "no swap, no row");
    assert_eq!(reads(&observation, "load", "05"), Some(Some(2.0)));
    assert_eq!(reads(&observation, "errors", "failed units"), Some(Some(0.0)));
    assert_eq!(reads(&observation, "errors", "error lines"), None, "no log is read");
    assert_eq!(reads(&observation, "pressure", "io"), Some(None), "not told is unknown");
    assert_eq!(reads(&observation, "latency", ""), None);
    assert_eq!(reads(&observation, "traffic", ""), None, "one look makes no rate");
    let root = observation.signals.iter().find(|update| update.signal.key.part == "disk /").unwrap();
    assert_eq!((root.signal.warn, root.signal.critical), (Some(85.0), Some(95.0)));
}

#[tokio::test]
async fn what_could_not_be_read_is_unknown_and_says_why() {
    let mut blind = machine(0);
    (blind.memory, blind.swap) = (None, None);
    blind.units = Units::Unknown("systemctl did not answer".to_owned());
    blind.disks = Some(vec![Disk { mount: "/nfs".to_owned(), room: Err("does not answer".to_owned()) }]);
    let (observation, alerts) = poll(&mut host([blind])).await;
    assert_eq!(alerts, []);
    for (kind, part) in
        [("saturation", "mem"), ("saturation", "swap"), ("saturation", "disk /nfs"), ("errors", "failed units")]
    {
        assert_eq!(reads(&observation, kind, part), Some(None), "{kind} {part}");
    }
    assert!(observation.signals.iter().all(|update| update.problem.is_some() == update.readings[0].value.is_none()));
}

#[tokio::test]
async fn nothing_read_at_all_is_an_error() {
    let error = host([Machine::unread(at(0))]).poll().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Missing);
}

#[tokio::test]
async fn bytes_a_second_of_real_interfaces() {
    let network = |bytes: u64| {
        let one = |received, sent| Traffic { received, sent };
        let all = [("eth0", one(bytes, bytes / 2)), ("lo", one(bytes * 9, bytes * 9)), ("veth1", one(bytes, bytes))];
        Some(all.into_iter().map(|(name, traffic)| (name.to_owned(), traffic)).collect())
    };
    let looks = [(0, 1_000), (10, 3_000), (20, 100)]
        .map(|(second, bytes)| Machine { network: network(bytes), ..machine(second) });
    let mut host = host(looks);
    poll(&mut host).await;
    assert_eq!(reads(&poll(&mut host).await.0, "traffic", ""), Some(Some(300.0)));
    assert_eq!(reads(&poll(&mut host).await.0, "traffic", ""), Some(Some(0.0)), "counters that began anew");
}

#[tokio::test]
async fn cpu_is_pending_then_fires_then_resolves() {
    let busy = |second| Machine { cpu: Some(if second == 345 { 20.0 } else { 93.4 }), ..machine(second) };
    let mut host = host((0..=345).step_by(15).map(busy));
    for second in (0..=345).step_by(15) {
        let (_, alerts) = poll(&mut host).await;
        let Some(alert) = alerts.first() else {
            assert_eq!(second, 345, "it resolves only when clear");
            continue;
        };
        let expected = if second < 300 { AlertState::Pending } else { AlertState::Firing };
        assert_eq!((alert.state, alert.since, alert.value), (expected, at(0), Some(93.0)), "at {second} s");
        assert_eq!(alert.summary(), Some("CPU busy over 70 % for 5 min on web-1"));
        assert_eq!(alert.labels.to_string(), "alertname=HostCpuHigh, host=web-1, service=web-1, severity=high");
        assert_eq!(alert.rated.severity, Severity::High);
    }
}

#[tokio::test]
async fn a_failed_reading_neither_fires_nor_clears() {
    let full = |second| Machine { disks: Some(vec![disk("/", 50), disk("/var", 90)]), ..machine(second) };
    let hung = || Disk { mount: "/var".to_owned(), room: Err("does not answer".to_owned()) };
    let looks = [
        full(0),
        full(60),
        Machine { disks: Some(vec![disk("/", 50), hung()]), ..machine(65) },
        Machine { disks: None, ..machine(70) },
        Machine { disks: Some(vec![disk("/", 50)]), ..machine(75) },
    ];
    let mut host = host(looks);
    let mut states = Vec::new();
    for _ in 0..5 {
        let (_, alerts) = poll(&mut host).await;
        states.push(alerts.first().map(|alert| (alert.state, alert.labels.get("mountpoint").unwrap().to_owned())));
    }
    let firing = Some((AlertState::Firing, "/var".to_owned()));
    let pending = Some((AlertState::Pending, "/var".to_owned()));
    assert_eq!(states, [pending, firing.clone(), firing.clone(), firing, None], "an unmounted disk is gone");
}

#[tokio::test]
async fn failed_units_fire_at_once_and_stay_while_they_are_not_known() {
    let failed = |second, units| Machine { units, ..machine(second) };
    let two = Units::Failed(vec!["a.service".to_owned(), "b.mount".to_owned()]);
    let one = Units::Failed(vec!["b.mount".to_owned()]);
    let mut host = host([failed(0, two), failed(5, Units::Unknown("x".to_owned())), failed(10, one)]);
    for expected in [&["a.service", "b.mount"][..], &["a.service", "b.mount"], &["b.mount"]] {
        let (_, alerts) = poll(&mut host).await;
        let units: Vec<&str> = alerts.iter().filter_map(|alert| alert.labels.get("unit")).collect();
        assert_eq!(units, expected);
        assert!(alerts.iter().all(|alert| alert.state == AlertState::Firing && alert.since == at(0)));
    }
}

#[tokio::test]
async fn a_disk_that_fills_is_foreseen() {
    // 1 % in 2 min from 40 %: full in under two hours.
    let filling = |minute: i64| {
        let used = 4_000 + u64::try_from(minute).unwrap() * 50;
        let room = Room { space: Use { used, total: 10_000 }, inodes: None };
        Machine { disks: Some(vec![Disk { mount: "/".to_owned(), room: Ok(room) }]), ..machine(minute * 60) }
    };
    let mut host = host((0..=16).map(filling));
    for minute in 0..=16 {
        let (_, alerts) = poll(&mut host).await;
        let state = alerts.first().map(|alert| (alert.name(), alert.state));
        let expected = match minute {
            0..10 => None,
            10..15 => Some(("HostDiskFillsSoon", AlertState::Pending)),
            _ => Some(("HostDiskFillsSoon", AlertState::Firing)),
        };
        assert_eq!(state, expected, "after {minute} min");
    }
}

#[tokio::test]
async fn error_lines_are_counted_when_a_log_is_read() {
    let logs = Arc::new(LogCounts::default());
    let mut host = host([machine(0), machine(60), machine(400)]).with_log_counts(Arc::clone(&logs));
    let line = |second, level| LogLine { at: at(second), level, origin: "app".into(), text: "x".into() };
    let lines: Vec<LogLine> = (0..100).map(|n| line(0, if n < 80 { Level::Error } else { Level::Info })).collect();
    logs.add(&lines, at(0));
    let (observation, alerts) = poll(&mut host).await;
    assert_eq!(reads(&observation, "errors", "error lines"), Some(Some(80.0)));
    let told: Vec<_> = alerts.iter().map(|alert| (alert.name(), alert.state)).collect();
    assert_eq!(told, [("HostErrorBurst", AlertState::Firing), ("HostErrorLines", AlertState::Pending)]);
    logs.add(&[], at(60));
    let (_, alerts) = poll(&mut host).await;
    assert_eq!(alerts.iter().map(Alert::name).collect::<Vec<_>>(), ["HostErrorLines"]);
    assert_eq!(alerts[0].state, AlertState::Firing);
    logs.add(&[], at(400));
    assert_eq!(poll(&mut host).await.1, []);
}

#[tokio::test]
async fn a_restart_goes_on_where_it_was() {
    let busy = |second| Machine { cpu: Some(99.0), ..machine(second) };
    let mut first = host((0..=290).step_by(10).map(busy));
    let mut kept: BTreeMap<SignalKey, Vec<Reading>> = BTreeMap::new();
    for _ in (0..=290).step_by(10) {
        for update in poll(&mut first).await.0.signals {
            kept.entry(update.signal.key).or_default().extend(update.readings);
        }
    }
    let mut second = host([busy(300), busy(310)]);
    second.preload(kept.clone().into_iter().collect());
    let (observation, alerts) = poll(&mut second).await;
    assert_eq!((alerts[0].state, alerts[0].since), (AlertState::Firing, at(0)));
    let cpu = observation.signals.iter().find(|update| update.signal.key.part == "cpu").unwrap();
    assert_eq!(cpu.readings.len(), 31);
    assert!(poll(&mut second).await.0.signals.iter().all(|update| update.readings.len() == 1));

    let mut late = host([busy(9_000)]);
    late.preload(kept.into_iter().collect());
    assert_eq!(poll(&mut late).await.1[0].state, AlertState::Pending, "too long ago to have held");
}

#[tokio::test]
async fn a_rule_that_is_off_or_has_another_bound() {
    let (mut options, source) = options();
    options.rules = HostRules { cpu: None, memory: Some(Threshold::new(30.0, Duration::ZERO)), ..HostRules::default() };
    let look = Machine { cpu: Some(100.0), ..machine(0) };
    let mut host = Host::with_probe(&options, &source, Box::new(Script([look].into())));
    let (observation, alerts) = poll(&mut host).await;
    assert_eq!(
        alerts.iter().map(|alert| (alert.name(), alert.state)).collect::<Vec<_>>(),
        [("HostMemoryHigh", AlertState::Firing)]
    );
    assert_eq!(alerts[0].summary(), Some("memory in use over 30 % on web-1"));
    let cpu = observation.signals.iter().find(|update| update.signal.key.part == "cpu").unwrap();
    assert_eq!(cpu.signal.warn, None);
}

/// The one test that looks at the machine it runs on.
#[tokio::test]
async fn this_machine_has_a_cpu_memory_and_a_disk() {
    let (options, source) = options();
    let mut host = Host::new(&options, &source);
    for _ in 0..2 {
        let (observation, _) = poll(&mut host).await;
        let cpu = reads(&observation, "saturation", "cpu").unwrap().unwrap();
        assert!((0.0..=100.0).contains(&cpu), "{cpu}");
        assert!(reads(&observation, "saturation", "mem").unwrap().unwrap() > 0.0);
        let disks = observation.signals.iter().filter(|update| update.signal.key.part.starts_with("disk "));
        assert!(disks.filter(|update| update.readings[0].value.is_some()).count() >= 1);
    }
}

#[tokio::test]
async fn it_does_what_every_adapter_must() {
    crate::source::contract::agrees(Box::new(host([machine(0)])), "host").await;
}
