//! What this machine is watched for.

use std::time::Duration;

use super::within_secs;
use crate::config::machine::Machine;
use crate::config::reader::{Item, Table};
use crate::source::options::{HostOptions, HostRules, Threshold};

/// The place of one threshold.
type Slot = fn(&mut HostRules) -> &mut Option<Threshold>;

/// Every threshold with its name, place and the largest bound that makes sense.
const THRESHOLDS: [(&str, Slot, f64); 7] = [
    ("cpu", |rules| &mut rules.cpu, 100.0),
    ("memory", |rules| &mut rules.memory, 100.0),
    ("swap", |rules| &mut rules.swap, 100.0),
    ("disk", |rules| &mut rules.disk, 100.0),
    ("inodes", |rules| &mut rules.inodes, 100.0),
    ("load", |rules| &mut rules.load, 1000.0),
    ("error_lines", |rules| &mut rules.error_lines, 100.0),
];

/// How long a bound must be crossed, where neither the file nor the shipped rule says.
const HOLD: Duration = Duration::from_mins(5);

/// A source of kind `host`.
pub(super) fn host(table: &Table<'_>, machine: &Machine) -> HostOptions {
    let mut options =
        HostOptions { host: machine.host.clone(), rules: HostRules::default(), ignore_mounts: Vec::new() };
    table.set("host", Item::word, &mut options.host);
    table.set("ignore_mounts", Item::words, &mut options.ignore_mounts);
    if let Some(table) = table.get("rules", |item| item.table("a table, such as { cpu = { over = 70, for = \"5m\" } }"))
    {
        rules(&table, &mut options.rules);
    }
    options
}

fn rules(table: &Table<'_>, rules: &mut HostRules) {
    for (name, slot, most) in THRESHOLDS {
        let slot = slot(rules);
        let shipped = *slot;
        rule(table, name, slot, |item| threshold(item, shipped, most));
    }
    rule(table, "disk_fills_within", &mut rules.disk_fills_within, |item| item.wait(&within_secs(60, 30 * 86_400)));
    rule(table, "error_burst", &mut rules.error_burst, |item| item.count(1..=1_000_000));
    table.set("units", Item::flag, &mut rules.units);
    table.finish(&["rules"]);
}

/// One rule: `false` switches it off, anything else is read.
fn rule<'a, T>(table: &Table<'a>, name: &str, slot: &mut Option<T>, read: impl FnOnce(&Item<'a>) -> Option<T>) {
    let Some(item) = table.item(name) else { return };
    if item.as_flag() == Some(false) {
        *slot = None;
    } else if let Some(value) = read(&item) {
        *slot = Some(value);
    }
}

/// A threshold; `true` is the shipped one, if there is one.
fn threshold(item: &Item<'_>, shipped: Option<Threshold>, most: f64) -> Option<Threshold> {
    let what = "{ over = 70, for = \"5m\" }, or false to switch it off";
    if item.as_flag() == Some(true) {
        return shipped.or_else(|| item.takes(what));
    }
    let table = item.table(what)?;
    let over = table.need("over", |item| item.number_in(&(0.0..=most), &format!("from 0 to {most}")));
    let mut hold = shipped.map_or(HOLD, |shipped| shipped.hold);
    table.set("for", |item| item.wait(&within_secs(0, 86_400)), &mut hold);
    table.finish(&["threshold"]);
    Some(Threshold::new(over?, hold))
}
