//! Readings of signals, and since when they are bad.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::told::{Told, start};
use crate::board::Answer;
use crate::board::signals::{READINGS, Track};
use crate::domain::signal::{SignalKey, SignalUpdate};
use crate::domain::{Moment, Reading, Signal, SignalKind, SignalLevel};

fn at(minute: i64) -> Moment {
    start() + TimeDelta::minutes(minute)
}

fn update(kind: SignalKind, readings: impl IntoIterator<Item = (i64, Option<f64>)>) -> SignalUpdate {
    let signal = Signal {
        key: SignalKey { service: "api".into(), kind, part: String::new() },
        label: "p95".into(),
        unit: "s".into(),
        warn: Some(1.0),
        critical: Some(2.0),
        source: "prom".into(),
    };
    let readings = readings.into_iter().map(|(minute, value)| Reading { at: at(minute), value }).collect();
    SignalUpdate { signal, readings, problem: None }
}

fn tell(told: &mut Told, readings: impl IntoIterator<Item = (i64, Option<f64>)>) {
    tell_update(told, update(SignalKind::Latency, readings));
}

fn tell_update(told: &mut Told, update: SignalUpdate) {
    let change = told.tells("prom", Answer { signals: vec![update], ..Answer::default() });
    assert!(change.parts.signals);
}

fn track(told: &Told) -> Track {
    told.board.signals().iter().next().unwrap().clone()
}

#[test]
fn a_level_counts_from_the_first_reading_of_its_run() {
    let mut told = Told::new(&["prom"]);
    tell(&mut told, [(0, Some(0.5)), (1, Some(1.5)), (2, Some(1.6))]);
    assert_eq!((track(&told).level(), track(&told).level_since), (SignalLevel::Warn, Some(at(1))));
    tell(&mut told, [(3, Some(1.7))]);
    assert_eq!(track(&told).level_since, Some(at(1)));
    tell(&mut told, [(4, Some(2.7))]);
    assert_eq!((track(&told).level(), track(&told).level_since), (SignalLevel::Critical, Some(at(4))));
    tell(&mut told, [(5, None)]);
    assert_eq!((track(&told).level(), track(&told).level_since), (SignalLevel::Unknown, Some(at(5))));
}

#[test]
fn a_run_that_was_broken_within_one_batch_begins_anew() {
    let mut told = Told::new(&["prom"]);
    tell(&mut told, [(0, Some(1.5))]);
    tell(&mut told, [(1, Some(0.1)), (2, Some(1.5))]);
    assert_eq!(track(&told).level_since, Some(at(2)));
}

#[test]
fn older_readings_are_left_out() {
    let mut told = Told::new(&["prom"]);
    tell(&mut told, [(5, Some(0.5))]);
    tell(&mut told, [(3, Some(9.0)), (5, Some(9.0)), (6, Some(0.6))]);
    let readings: Vec<_> = track(&told).readings.iter().map(|reading| reading.value).collect();
    assert_eq!(readings, [Some(0.5), Some(0.6)]);
}

#[test]
fn a_problem_is_unknown_whatever_was_read_before() {
    let mut told = Told::new(&["prom"]);
    tell(&mut told, [(0, Some(0.5))]);
    told.now = at(1);
    let problem = Some("no series".to_owned());
    tell_update(&mut told, SignalUpdate { problem, ..update(SignalKind::Latency, []) });
    assert_eq!((track(&told).level(), track(&told).level_since), (SignalLevel::Unknown, Some(at(1))));
    assert_eq!(track(&told).latest(), Some(Reading { at: at(1), value: None }));
    tell(&mut told, [(2, Some(0.5))]);
    assert_eq!((track(&told).level(), track(&told).level_since), (SignalLevel::Ok, Some(at(2))));
}

#[test]
fn golden_signals_come_first_in_their_order() {
    let mut told = Told::new(&["prom"]);
    for name in ["queue", "saturation", "errors", "traffic", "latency"] {
        tell_update(&mut told, update(SignalKind::named(name), [(0, None)]));
    }
    let names: Vec<_> = told.board.signals().of("api").map(|track| track.signal.key.kind.to_string()).collect();
    assert_eq!(names, ["latency", "traffic", "errors", "saturation", "queue"]);
    assert_eq!(told.board.signals().services(), ["api"]);
}

proptest! {
    #[test]
    fn readings_are_bounded_and_the_level_began_where_its_run_does(
        batches in prop::collection::vec(prop::collection::vec(prop::option::of(0.0_f64..3.0), 0..80), 1..8)
    ) {
        let mut told = Told::new(&["prom"]);
        let mut all = Vec::new();
        for batch in batches {
            let from = i64::try_from(all.len()).unwrap();
            tell(&mut told, (from..).zip(batch.clone()));
            all.extend((from..).zip(batch));
        }
        let track = track(&told);
        prop_assert!(track.readings.len() <= READINGS);
        let level = |value: Option<f64>| crate::domain::threshold::level(value, Some(1.0), Some(2.0));
        let newest = all.last().map(|(_, value)| level(*value));
        let began = all.iter().rev().take_while(|(_, value)| Some(level(*value)) == newest).last();
        prop_assert_eq!(track.level_since, began.map(|(minute, _)| at(*minute)));
    }
}
