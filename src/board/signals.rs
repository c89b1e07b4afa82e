//! The readings of every signal, bounded.

use std::collections::{BTreeMap, VecDeque};

use serde::{Serialize, Serializer};

use crate::domain::signal::{SignalKey, SignalUpdate};
use crate::domain::{Moment, Reading, Signal, SignalLevel, threshold};

/// The most readings kept of one signal: an hour at one in 15 s.
pub const READINGS: usize = 240;

/// All signals, sorted by service, then kind.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Signals(BTreeMap<SignalKey, Track>);

/// One signal over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Track {
    /// What it is.
    pub signal: Signal,
    /// What it read, oldest first.
    pub readings: VecDeque<Reading>,
    /// Why there is no number, if there is none.
    pub problem: Option<String>,
    /// Since when its level has been what it is.
    pub level_since: Option<Moment>,
}

impl Track {
    /// The newest reading.
    #[must_use]
    pub fn latest(&self) -> Option<Reading> {
        self.readings.back().copied()
    }

    /// How the newest reading stands to the thresholds. Without a number it is unknown, never fine.
    #[must_use]
    pub fn level(&self) -> SignalLevel {
        let value = self.latest().and_then(|reading| reading.value).filter(|_| self.problem.is_none());
        threshold::level(value, self.signal.warn, self.signal.critical)
    }

    fn take(&mut self, update: SignalUpdate, at: Moment) {
        let before = self.level();
        self.signal = update.signal;
        self.problem = update.problem;
        let newest = self.readings.back().map(|reading| reading.at);
        let mut newer = update.readings;
        newer.retain(|reading| newest.is_none_or(|newest| reading.at > newest));
        let last = newer.last().or(self.readings.back());
        if self.problem.is_some() && last.is_none_or(|last| last.value.is_some() && last.at < at) {
            newer.push(Reading { at, value: None });
        }
        let broken = newer.iter().any(|reading| self.level_of(reading) != before);
        self.readings.extend(newer);
        while self.readings.len() > READINGS {
            self.readings.pop_front();
        }
        if broken || self.level() != before || self.level_since.is_none() {
            self.level_since = self.level_begin();
        }
    }

    fn level_of(&self, reading: &Reading) -> SignalLevel {
        threshold::level(reading.value, self.signal.warn, self.signal.critical)
    }

    /// When the newest run of readings at the present level began.
    fn level_begin(&self) -> Option<Moment> {
        let level = self.level();
        self.readings
            .iter()
            .rev()
            .take_while(|reading| self.level_of(reading) == level)
            .last()
            .map(|reading| reading.at)
    }
}

impl Signals {
    /// Every signal.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Track> {
        self.0.values()
    }

    /// The signals of one service, the golden ones first.
    pub fn of<'a>(&'a self, service: &'a str) -> impl Iterator<Item = &'a Track> {
        self.0.values().filter(move |track| track.signal.key.service == service)
    }

    /// The services that have signals, in the order of their names.
    #[must_use]
    pub fn services(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.0.keys().map(|key| key.service.as_str()).collect();
        names.dedup();
        names
    }

    /// The clock was set back by so much, to `now`. Readings that were stamped with it move along: else newer ones
    /// would look older, and be left out for as long.
    pub(super) fn step_back(&mut self, by: chrono::TimeDelta, now: Moment) {
        for track in self.0.values_mut().filter(|track| track.latest().is_some_and(|latest| latest.at > now)) {
            track.readings.iter_mut().for_each(|reading| reading.at -= by);
            if let Some(since) = &mut track.level_since {
                *since -= by;
            }
        }
    }

    /// Takes new readings that came at `at`. Those that are not newer than the newest known are left out. A
    /// problem without a reading is a reading without a number.
    pub(super) fn take(&mut self, updates: Vec<SignalUpdate>, at: Moment) {
        for update in updates {
            let track = self.0.entry(update.signal.key.clone()).or_insert_with(|| Track {
                signal: update.signal.clone(),
                readings: VecDeque::new(),
                problem: None,
                level_since: None,
            });
            track.take(update, at);
        }
    }
}

impl Serialize for Signals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.values())
    }
}
