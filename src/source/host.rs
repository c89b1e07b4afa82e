//! This machine as a source: the default when nothing is configured.
//!
//! What lives here: looking at the machine ([`client`]), its readings as signals ([`map`]), and the built-in
//! rules with their holds ([`rules`], [`hold`], [`watch`]). What must not: the store (kept readings are handed
//! in by [`Host::preload`], new ones leave as signals) and the logs themselves (only their [`LogCounts`]).

pub mod client;
pub mod counts;
pub mod hold;
pub mod map;
pub mod rules;
pub mod trend;
pub mod watch;
pub mod wire;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::future::BoxFuture;

pub use counts::LogCounts;

use super::options::{HostOptions, SourceOptions};
use super::{Capabilities, ErrorKind, Observation, Part, Source, SourceError};
use crate::domain::signal::{SignalKey, SignalKind, SignalUpdate};
use crate::domain::{Moment, Reading, SourceName};
use client::{Probe, ThisMachine};
use trend::Trend;
use wire::{Machine, Traffic};

/// How often the machine is looked at unless configured.
pub const EVERY: Duration = Duration::from_secs(5);

/// Two looks further apart than three intervals, and than this, are not one stretch. Readings that are kept
/// for a restart should not lie further apart.
const LEAST_GAP: TimeDelta = TimeDelta::seconds(90);

/// This machine.
pub struct Host {
    name: SourceName,
    options: HostOptions,
    probe: Box<dyn Probe>,
    watch: watch::Watch,
    trends: BTreeMap<String, Trend>,
    network: Option<(Moment, BTreeMap<String, Traffic>)>,
    logs: Arc<LogCounts>,
    kept: Option<BTreeMap<SignalKey, Vec<Reading>>>,
}

impl Host {
    /// Looks at the machine that midwatch runs on.
    #[must_use]
    pub fn new(options: &HostOptions, source: &SourceOptions) -> Self {
        let probe = ThisMachine::new(&options.ignore_mounts, options.rules.units);
        Self::with_probe(options, source, Box::new(probe))
    }

    /// Looks at what `probe` tells.
    #[must_use]
    pub fn with_probe(options: &HostOptions, source: &SourceOptions, probe: Box<dyn Probe>) -> Self {
        let three = TimeDelta::from_std(source.every.saturating_mul(3)).unwrap_or(TimeDelta::MAX);
        Self {
            name: source.name.clone(),
            options: options.clone(),
            probe,
            watch: watch::Watch::new(&options.host, source.severity.clone(), three.max(LEAST_GAP)),
            trends: BTreeMap::new(),
            network: None,
            logs: Arc::default(),
            kept: None,
        }
    }

    /// Reads the counts of this machine's log lines from `logs`. Whoever polls the log sources adds to it;
    /// without anybody who does, the rules about error lines know nothing and stay quiet.
    #[must_use]
    pub fn with_log_counts(mut self, logs: Arc<LogCounts>) -> Self {
        self.logs = logs;
        self
    }

    /// Takes readings that were kept before a restart, each list oldest first, so that trends, holds and
    /// sparklines go on where they were. They come out again, once, with the first observation; readings that
    /// the store has already are told by their key and time.
    pub fn preload(&mut self, kept: Vec<(SignalKey, Vec<Reading>)>) {
        for (key, readings) in &kept {
            for reading in readings {
                if let Some(condition) = rules::of_signal(key, reading.value, &self.options.rules) {
                    self.watch.take(condition, reading.at);
                }
                self.follow(key, *reading);
            }
        }
        self.kept = Some(kept.into_iter().collect());
    }

    /// Adds a reading to the trend of the file system that it is about.
    fn follow(&mut self, key: &SignalKey, reading: Reading) {
        if let (SignalKind::Saturation, Some(mount)) = (&key.kind, key.part.strip_prefix("disk ")) {
            self.trends.entry(mount.to_owned()).or_default().take(reading);
        }
    }

    /// What one look at the machine tells.
    fn observe(&mut self, machine: Machine) -> Observation {
        let logs = self.logs.recent(machine.at);
        let before = self.network.as_ref().map(|(at, network)| (*at, network));
        let seen = map::Seen { machine: &machine, before, logs };
        let about = map::About { host: &self.options.host, source: &self.name, rules: &self.options.rules };
        let mut signals = map::signals(seen, about);
        for update in &signals {
            for reading in &update.readings {
                self.follow(&update.signal.key, *reading);
            }
        }
        if let Some(disks) = &machine.disks {
            self.trends.retain(|mount, _| disks.iter().any(|disk| disk.mount == *mount));
        }
        if let Some(kept) = self.kept.take() {
            self.watch.forget_before(machine.at);
            backfill(&mut signals, kept);
        }
        let facts = map::facts(map::Seen { machine: &machine, before: None, logs }, &self.trends);
        let alerts = self.watch.see(rules::judge(&facts, &self.options.rules), machine.at);
        self.network = machine.network.map(|network| (machine.at, network));
        Observation { alerts: Part::Now(alerts), signals, notes: machine.notes, ..Observation::default() }
    }
}

/// Puts kept readings before the new ones.
fn backfill(signals: &mut [SignalUpdate], mut kept: BTreeMap<SignalKey, Vec<Reading>>) {
    for update in signals {
        let Some(mut readings) = kept.remove(&update.signal.key) else { continue };
        let first = update.readings.first().map(|reading| reading.at);
        readings.retain(|reading| first.is_none_or(|first| reading.at < first));
        readings.append(&mut update.readings);
        update.readings = readings;
    }
}

impl Source for Host {
    fn kind(&self) -> &'static str {
        "host"
    }

    fn poll(&mut self) -> BoxFuture<'_, Result<Observation, SourceError>> {
        Box::pin(async {
            let machine = self.probe.look().await;
            if machine.cpu.is_none() && machine.memory.is_none() && machine.disks.is_none() {
                let error = SourceError::new(ErrorKind::Missing, "nothing of this machine could be read");
                return Err(error.advise("is /proc mounted, and may this user read it?"));
            }
            Ok(self.observe(machine))
        })
    }

    fn tells(&self) -> Capabilities {
        Capabilities { alerts: true, signals: true, ..Capabilities::default() }
    }
}
