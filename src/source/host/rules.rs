//! The built-in rules of this machine: what is crossed, what it is called, how urgent it is. Pure.

use std::time::Duration;

use chrono::TimeDelta;

use super::counts::{BURST_OVER, Recent, SHARE_OVER};
use super::hold::Seen;
use super::trend::Forecast;
use super::wire::Units;
use crate::domain::Severity;
use crate::domain::signal::{SignalKey, SignalKind};
use crate::source::options::{HostRules, Threshold};

/// One rule. Its severity is fixed: it is a label, so another severity would be another alert.
#[derive(Debug, PartialEq)]
pub struct Rule {
    /// The alert's name.
    pub name: &'static str,
    /// How urgent it is.
    pub severity: Severity,
    /// The label that tells apart what it can fire for more than once.
    pub part: Option<&'static str>,
    /// Values are told in steps of this, so that a number that trembles is not news at every poll.
    pub step: f64,
}

const fn rule(name: &'static str, severity: Severity, part: Option<&'static str>, step: f64) -> Rule {
    Rule { name, severity, part, step }
}

const CPU: Rule = rule("HostCpuHigh", Severity::High, None, 1.0);
const MEMORY: Rule = rule("HostMemoryHigh", Severity::High, None, 1.0);
const SWAP: Rule = rule("HostSwapHigh", Severity::Medium, None, 1.0);
const DISK: Rule = rule("HostDiskFull", Severity::High, Some("mountpoint"), 1.0);
const FILLS: Rule = rule("HostDiskFillsSoon", Severity::High, Some("mountpoint"), 1.0);
const INODES: Rule = rule("HostInodesFull", Severity::High, Some("mountpoint"), 1.0);
const LOAD: Rule = rule("HostLoadHigh", Severity::Medium, None, 0.1);
const LINES: Rule = rule("HostErrorLines", Severity::Medium, None, 1.0);
const BURST: Rule = rule("HostErrorBurst", Severity::High, None, 10.0);
const UNIT: Rule = rule("UnitFailed", Severity::High, Some("unit"), 1.0);

/// A disk must seem to fill for this long: the line through its past is not read once and believed.
const FILLS_HOLD: TimeDelta = TimeDelta::minutes(5);
/// With fewer error lines than this the share says nothing: one error in ten quiet lines is no trouble.
const FEWEST_ERRORS: u64 = 5;

/// The part of the signal `load` that the rule looks at: 5 minutes.
pub const LOAD_PART: &str = "05";

/// What can be read of something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// There is no such thing here: no swap, no fixed number of inodes.
    Absent,
    /// It could not be read.
    Unknown,
    /// It reads this.
    Is(f64),
}

impl Value {
    /// A reading that may have failed.
    #[must_use]
    pub fn read(value: Option<f64>) -> Self {
        value.filter(|value| value.is_finite()).map_or(Self::Unknown, Self::Is)
    }

    fn number(self) -> Option<f64> {
        if let Self::Is(value) = self { Some(value) } else { None }
    }
}

/// What the rules look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts<'a> {
    /// Per cent.
    pub cpu: Value,
    /// Per cent.
    pub memory: Value,
    /// Per cent.
    pub swap: Value,
    /// Load of 5 minutes by core.
    pub load: Value,
    /// `None` if the file systems could not be listed.
    pub disks: Option<Vec<DiskFacts<'a>>>,
    /// `None` if no log is read.
    pub logs: Option<Recent>,
    /// Failed units.
    pub units: &'a Units,
}

/// What the rules look at of one file system.
#[derive(Debug, Clone, PartialEq)]
pub struct DiskFacts<'a> {
    /// Its mount point.
    pub mount: &'a str,
    /// Per cent of space.
    pub space: Value,
    /// Per cent of inodes.
    pub inodes: Value,
    /// When it will be full.
    pub forecast: Forecast,
}

/// One condition at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// Whose.
    pub rule: &'static Rule,
    /// The value of the rule's part label; empty if it has none.
    pub part: String,
    /// Whether it is crossed.
    pub seen: Seen,
    /// The number behind it.
    pub value: Option<f64>,
    /// For how long it must be crossed.
    pub hold: TimeDelta,
    /// The bound in words, without the present value, without the host.
    pub bound: String,
}

/// All conditions of one rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// The rule.
    pub rule: &'static Rule,
    /// Whether conditions that are not listed are known to be clear.
    pub complete: bool,
    /// Those that could be looked at.
    pub conditions: Vec<Condition>,
}

/// Looks at every rule that is switched on.
#[must_use]
pub fn judge(facts: &Facts<'_>, rules: &HostRules) -> Vec<Family> {
    let single = |rule: &'static Rule, threshold: Option<Threshold>, value: Value| {
        threshold.map(|threshold| family(rule, Some(condition(rule, "", value, threshold)), value != Value::Unknown))
    };
    let mut all: Vec<Family> = [
        single(&CPU, rules.cpu, facts.cpu),
        single(&MEMORY, rules.memory, facts.memory),
        single(&SWAP, rules.swap, facts.swap),
        single(&LOAD, rules.load, facts.load),
    ]
    .into_iter()
    .flatten()
    .collect();
    all.extend(disks(facts, rules));
    all.extend(logs(facts.logs, rules));
    all.extend(rules.units.then(|| units(facts.units)));
    all
}

/// The condition that a kept reading of a signal speaks of, so that a restart does not forget how long
/// something has been crossed.
#[must_use]
pub fn of_signal(key: &SignalKey, value: Option<f64>, rules: &HostRules) -> Option<Condition> {
    let value = Value::read(value);
    let made = |rule, threshold: Option<Threshold>, part| Some(condition(rule, part, value, threshold?));
    match (&key.kind, key.part.as_str()) {
        (SignalKind::Saturation, "cpu") => made(&CPU, rules.cpu, ""),
        (SignalKind::Saturation, "mem") => made(&MEMORY, rules.memory, ""),
        (SignalKind::Saturation, "swap") => made(&SWAP, rules.swap, ""),
        (SignalKind::Saturation, part) => made(&DISK, rules.disk, part.strip_prefix("disk ")?),
        (SignalKind::Named(name), LOAD_PART) if name == "load" => made(&LOAD, rules.load, ""),
        _ => None,
    }
}

fn family(rule: &'static Rule, conditions: impl IntoIterator<Item = Condition>, complete: bool) -> Family {
    Family { rule, complete, conditions: conditions.into_iter().collect() }
}

fn condition(rule: &'static Rule, part: &str, value: Value, threshold: Threshold) -> Condition {
    let seen = match value {
        Value::Unknown => Seen::Unknown,
        Value::Is(value) if value > threshold.over => Seen::Crossed,
        Value::Absent | Value::Is(_) => Seen::Clear,
    };
    let over = threshold.over;
    let bound = match rule.name {
        "HostCpuHigh" => format!("CPU busy over {over} %"),
        "HostMemoryHigh" => format!("memory in use over {over} %"),
        "HostSwapHigh" => format!("swap in use over {over} %"),
        "HostDiskFull" => format!("{part} over {over} % full"),
        "HostInodesFull" => format!("inodes of {part} over {over} % in use"),
        "HostLoadHigh" => format!("load of 5 min over {over} a core"),
        _ => format!("error lines over {over} % of the last {} min", SHARE_OVER.num_minutes()),
    };
    let hold = span(threshold.hold);
    Condition { rule, part: part.to_owned(), seen, value: value.number(), hold, bound }
}

fn disks(facts: &Facts<'_>, rules: &HostRules) -> Vec<Family> {
    let complete = facts.disks.is_some();
    let all = facts.disks.as_deref().unwrap_or_default();
    let each = |rule: &'static Rule, threshold: Threshold, value: fn(&DiskFacts<'_>) -> Value| {
        family(rule, all.iter().map(|disk| condition(rule, disk.mount, value(disk), threshold)), complete)
    };
    let fills = |within: Duration| family(&FILLS, all.iter().map(|disk| fills_soon(disk, span(within))), complete);
    [
        rules.disk.map(|threshold| each(&DISK, threshold, |disk| disk.space)),
        rules.inodes.map(|threshold| each(&INODES, threshold, |disk| disk.inodes)),
        rules.disk_fills_within.map(fills),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn fills_soon(disk: &DiskFacts<'_>, within: TimeDelta) -> Condition {
    let (seen, value) = match (disk.space, disk.forecast) {
        (Value::Unknown, _) | (_, Forecast::Unknown) => (Seen::Unknown, None),
        (_, Forecast::FullIn(left)) if left <= within => {
            #[expect(clippy::cast_precision_loss, reason = "at most the span of the rule")]
            let hours = left.num_minutes() as f64 / 60.0;
            (Seen::Crossed, Some(hours))
        }
        _ => (Seen::Clear, None),
    };
    let bound = format!("{} is full within {} by its trend", disk.mount, in_words(within));
    Condition { rule: &FILLS, part: disk.mount.to_owned(), seen, value, hold: FILLS_HOLD, bound }
}

fn logs(recent: Option<Recent>, rules: &HostRules) -> Vec<Family> {
    let lines = rules.error_lines.map(|threshold| {
        let share = match recent.map(|recent| recent.share) {
            None => Value::Unknown,
            Some(share) if share.errors < FEWEST_ERRORS => Value::Absent,
            Some(share) => Value::Is(share.error_percent()),
        };
        family(&LINES, Some(condition(&LINES, "", share, threshold)), recent.is_some())
    });
    let burst = rules.error_burst.map(|over| {
        let errors = recent.map(|recent| recent.burst.errors);
        let seen = errors.map_or(Seen::Unknown, |errors| if errors >= over { Seen::Crossed } else { Seen::Clear });
        let bound = format!("{over} or more error lines in {} s", BURST_OVER.num_seconds());
        #[expect(clippy::cast_precision_loss, reason = "lines of one minute")]
        let value = errors.map(|errors| errors as f64);
        let condition = Condition { rule: &BURST, part: String::new(), seen, value, hold: TimeDelta::zero(), bound };
        family(&BURST, Some(condition), errors.is_some())
    });
    lines.into_iter().chain(burst).collect()
}

fn units(units: &Units) -> Family {
    let Units::Failed(names) = units else { return family(&UNIT, None, *units == Units::Absent) };
    let failed = names.iter().map(|name| Condition {
        rule: &UNIT,
        part: name.clone(),
        seen: Seen::Crossed,
        value: None,
        hold: TimeDelta::zero(),
        bound: format!("the unit {name} failed"),
    });
    family(&UNIT, failed, true)
}

fn span(span: Duration) -> TimeDelta {
    TimeDelta::from_std(span).unwrap_or(TimeDelta::MAX)
}

/// A span in its largest whole unit.
#[must_use]
pub fn in_words(span: TimeDelta) -> String {
    match span.num_seconds() {
        seconds if seconds % 3_600 == 0 => format!("{} h", seconds / 3_600),
        seconds if seconds % 60 == 0 => format!("{} min", seconds / 60),
        seconds => format!("{seconds} s"),
    }
}
