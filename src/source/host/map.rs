//! What was read of the machine, as signals and as facts for the rules. Pure.

use std::collections::BTreeMap;

use super::counts::Recent;
use super::rules::{DiskFacts, Facts, LOAD_PART, Value};
use super::trend::{Forecast, Trend};
use super::wire::{Disk, Machine, Traffic, Units};
use crate::domain::signal::{SignalKey, SignalUpdate};
use crate::domain::{Moment, Reading, Signal, SignalKind, SourceName};
use crate::source::options::{HostRules, Threshold};

/// Above this share of its space a file system is shown as critical, in per cent.
const DISK_CRITICAL: f64 = 95.0;

/// Interfaces whose bytes are counted elsewhere too, or never leave the machine, by the beginning of the name.
const VIRTUAL: [&str; 16] = [
    "lo", "veth", "docker", "br-", "virbr", "cni", "flannel", "cali", "cilium", "lxc", "vnet", "tap", "bond", "team",
    "dummy", "ifb",
];

/// What two looks at the machine, and its logs, say.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The newest look.
    pub machine: &'a Machine,
    /// The network's counters at the look before.
    pub before: Option<(Moment, &'a BTreeMap<String, Traffic>)>,
    /// What the logs say lately.
    pub logs: Option<Recent>,
}

/// Who is told about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The host's name, which is the name of its service.
    pub host: &'a str,
    /// The source.
    pub source: &'a SourceName,
    /// Thresholds.
    pub rules: &'a HostRules,
}

impl About<'_> {
    fn signal(&self, kind: SignalKind, part: &str, unit: &str, warn: Option<f64>) -> Signal {
        let key = SignalKey { service: self.host.to_owned(), kind, part: part.to_owned() };
        let unit = unit.to_owned();
        Signal { key, label: part.to_owned(), unit, warn, critical: None, source: self.source.clone() }
    }
}

/// The signals of the machine. There is no latency: a machine answers no requests.
#[must_use]
pub fn signals(seen: Seen<'_>, about: About<'_>) -> Vec<SignalUpdate> {
    let at = seen.machine.at;
    let told = |signal: Signal, value: Option<f64>, problem: &str| SignalUpdate {
        signal,
        readings: vec![Reading { at, value }],
        problem: value.is_none().then(|| problem.to_owned()),
    };
    let mut all = Vec::new();
    all.extend(traffic(seen, about).map(|(signal, value)| told(signal, value, "the interfaces could not be read")));
    all.extend(errors(seen, about).into_iter().map(|(signal, value)| told(signal, value, "systemctl did not tell")));
    all.extend(saturation(seen.machine, about).into_iter().map(|(signal, value, why)| told(signal, value, &why)));
    all.extend(beside(seen.machine, about).into_iter().map(|(signal, value, why)| told(signal, value, why)));
    all
}

fn over(threshold: Option<Threshold>) -> Option<f64> {
    threshold.map(|threshold| threshold.over)
}

/// Bytes a second in and out. The first look has nothing to compare with, so it tells nothing.
fn traffic(seen: Seen<'_>, about: About<'_>) -> Option<(Signal, Option<f64>)> {
    let mut signal = about.signal(SignalKind::Traffic, "", "B/s", None);
    "network".clone_into(&mut signal.label);
    let Some(now) = &seen.machine.network else { return Some((signal, None)) };
    let (at, before) = seen.before?;
    let elapsed = (seen.machine.at - at).num_milliseconds();
    if elapsed <= 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate needs no more than 52 bits")]
    let rate = grown(before, now).map(|bytes| bytes as f64 / (elapsed as f64 / 1_000.0));
    Some((signal, rate))
}

/// Bytes that went through since; `None` without an interface to count. One that is new, or whose counters
/// began anew, counts from now on.
fn grown(before: &BTreeMap<String, Traffic>, now: &BTreeMap<String, Traffic>) -> Option<u64> {
    let real = now.iter().filter(|(name, _)| {
        // `eth0.10` is a VLAN of `eth0`, which counts it already.
        !name.contains('.') && !VIRTUAL.iter().any(|prefix| name.starts_with(prefix))
    });
    let since = real.filter_map(|(name, now)| before.get(name).map(|before| (before, now)));
    let each = since.map(|(before, now)| {
        now.received.saturating_sub(before.received).saturating_add(now.sent.saturating_sub(before.sent))
    });
    each.reduce(u64::saturating_add)
}

/// Failed units, and the share of log lines that are errors if a log is read.
fn errors(seen: Seen<'_>, about: About<'_>) -> Vec<(Signal, Option<f64>)> {
    let mut all = Vec::new();
    let units = about.signal(SignalKind::Errors, "failed units", "", Some(0.0));
    match &seen.machine.units {
        Units::Failed(names) => {
            #[expect(clippy::cast_precision_loss, reason = "a few hundred at most")]
            let count = names.len() as f64;
            all.push((units, Some(count)));
        }
        Units::Unknown(_) => all.push((units, None)),
        Units::Absent => {}
    }
    if let Some(recent) = seen.logs {
        let lines = about.signal(SignalKind::Errors, "error lines", "%", over(about.rules.error_lines));
        all.push((lines, Some(recent.share.error_percent())));
    }
    all
}

/// How full each part is. Nothing is told of what does not exist (no swap).
fn saturation(machine: &Machine, about: About<'_>) -> Vec<(Signal, Option<f64>, String)> {
    let rules = about.rules;
    let row = |part: &str, threshold| about.signal(SignalKind::Saturation, part, "%", over(threshold));
    let failed = || "it could not be read".to_owned();
    let memory = machine.memory.and_then(super::wire::Use::percent);
    let mut all = vec![(row("cpu", rules.cpu), machine.cpu, failed()), (row("mem", rules.memory), memory, failed())];
    match value(machine.swap) {
        Value::Absent => {}
        Value::Unknown => all.push((row("swap", rules.swap), None, failed())),
        Value::Is(used) => all.push((row("swap", rules.swap), Some(used), failed())),
    }
    for Disk { mount, room } in machine.disks.iter().flatten() {
        let mut signal = row(&disk_part(mount), rules.disk);
        signal.critical = Some(DISK_CRITICAL).filter(|critical| signal.warn.is_none_or(|warn| warn < *critical));
        match room {
            Ok(room) => all.push((signal, room.space.percent(), failed())),
            Err(why) => all.push((signal, None, why.clone())),
        }
    }
    all
}

/// Load by core, and pressure.
fn beside(machine: &Machine, about: About<'_>) -> Vec<(Signal, Option<f64>, &'static str)> {
    let per_core = load_per_core(machine);
    // Parts that sort as the spans do.
    let spans = [("01", "1m", 0), (LOAD_PART, "5m", 1), ("15", "15m", 2)];
    let load = spans.into_iter().map(|(part, label, at)| {
        let warn = if part == LOAD_PART { over(about.rules.load) } else { None };
        let mut signal = about.signal(SignalKind::named("load"), part, "", warn);
        format!("{label} a core").clone_into(&mut signal.label);
        (signal, per_core.and_then(|all| all.get(at).copied()), "it could not be read")
    });
    let parts = machine.pressure.unwrap_or_default();
    let none = "the kernel does not tell it (no /proc/pressure)";
    let pressure = [("cpu", parts.cpu), ("memory", parts.memory), ("io", parts.io)]
        .map(|(part, share)| (about.signal(SignalKind::named("pressure"), part, "%", None), share, none));
    load.chain(pressure).collect()
}

/// The part of a file system's signal.
#[must_use]
pub fn disk_part(mount: &str) -> String {
    format!("disk {mount}")
}

fn load_per_core(machine: &Machine) -> Option<[f64; 3]> {
    #[expect(clippy::cast_precision_loss, reason = "no machine has 2^52 cores")]
    let cores = machine.cores? as f64;
    machine.load.map(|load| load.map(|load| load / cores))
}

fn value(used: Option<super::wire::Use>) -> Value {
    used.map_or(Value::Unknown, |used| used.percent().map_or(Value::Absent, Value::Is))
}

/// What the rules look at.
#[must_use]
pub fn facts<'a>(seen: Seen<'a>, trends: &BTreeMap<String, Trend>) -> Facts<'a> {
    let machine = seen.machine;
    let disk = |disk: &'a Disk| DiskFacts {
        mount: &disk.mount,
        space: disk.room.as_ref().map_or(Value::Unknown, |room| value(Some(room.space))),
        inodes: disk
            .room
            .as_ref()
            .map_or(Value::Unknown, |room| room.inodes.map_or(Value::Absent, |of| value(Some(of)))),
        forecast: trends.get(&disk.mount).map_or(Forecast::Unknown, Trend::forecast),
    };
    Facts {
        cpu: Value::read(machine.cpu),
        memory: value(machine.memory),
        swap: value(machine.swap),
        load: Value::read(load_per_core(machine).map(|[_, five, _]| five)),
        disks: machine.disks.as_ref().map(|disks| disks.iter().map(disk).collect()),
        logs: seen.logs,
        units: &machine.units,
    }
}
