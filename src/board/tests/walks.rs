//! Whatever happens in whatever order, these hold after every step.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::prelude::*;

use super::told::{Told, firing, inhibited, minutes, mute, pending, silenced, start};
use crate::board::summary::Tally;
use crate::board::{Answer, Change, Edge, Memory, Snoozed};
use crate::domain::incident::GroupKey;
use crate::domain::mute::MuteKind;
use crate::domain::{Alert, AlertState, Incident};

const SOURCES: [&str; 3] = ["am", "prom", "host"];

/// One thing that happens.
#[derive(Debug, Clone)]
enum Step {
    /// A source answers with these alerts: which, and in what state.
    Answers(usize, Vec<(usize, u8)>),
    Fails(usize),
    SaysTheSame(usize),
    /// The silences at `am`: whether an ack, and for how many minutes from now.
    Mutes(Vec<(bool, i64)>),
    Snooze(usize, i64),
    Pass(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let alerts = prop::collection::vec((0..8_usize, 0..8_u8), 0..6);
    prop_oneof![
        4 => (0..3_usize, alerts).prop_map(|(source, alerts)| Step::Answers(source, alerts)),
        2 => (0..3_usize).prop_map(Step::Fails),
        1 => (0..3_usize).prop_map(Step::SaysTheSame),
        1 => prop::collection::vec((any::<bool>(), 1..30_i64), 0..3).prop_map(Step::Mutes),
        1 => (0..8_usize, 1..30_i64).prop_map(|(incident, lasts)| Step::Snooze(incident, lasts)),
        2 => (1..25_i64).prop_map(Step::Pass),
    ]
}

/// One of eight alerts in four groups, of two severities.
fn one(which: usize, state: u8, told: &Told) -> Alert {
    let pick = |of: [&'static str; 2], bit: usize| of[which >> bit & 1];
    let labels = [
        ("alertname", pick(["Down", "Slow"], 0)),
        ("service", pick(["api", "web"], 1)),
        ("instance", pick(["a", "b"], 2)),
        ("severity", pick(["high", "critical"], 2)),
    ];
    let alert = Alert { since: told.now - minutes(1), ..firing(labels.into()) };
    match state {
        0 => pending(&alert),
        1 => inhibited(&alert),
        2 => silenced(&alert, &["m0"]),
        3 => silenced(&alert, &["m1"]),
        4 => silenced(&alert, &["m0", "m1"]),
        _ => alert,
    }
}

fn take(told: &mut Told, step: &Step) -> crate::board::Change {
    match step {
        Step::Answers(source, alerts) => {
            // Only what can mute says that something is muted.
            let can_mute = *source == 0;
            let alerts: Vec<Alert> = alerts
                .iter()
                .map(|(which, state)| {
                    one(
                        *which,
                        match *state {
                            state if can_mute => state,
                            0 => 0,
                            _ => 7,
                        },
                        told,
                    )
                })
                .collect();
            told.answers_with(SOURCES[*source], alerts, Answer::default())
        }
        Step::Fails(source) => told.fails(SOURCES[*source]),
        Step::SaysTheSame(source) => told.says_the_same(SOURCES[*source]),
        Step::Mutes(mutes) => {
            let made = mutes.iter().enumerate().map(|(at, (ack, lasts))| {
                let kind = if *ack { MuteKind::Ack } else { MuteKind::Silence };
                mute(&format!("m{at}"), kind, told.now, minutes(*lasts))
            });
            let made = made.collect();
            told.mutes("am", made)
        }
        Step::Snooze(which, lasts) => {
            let Some(incident) = told.incidents().get(*which).map(|incident| incident.id) else {
                return crate::board::Change::default();
            };
            let until = told.now + minutes(*lasts);
            let snooze = Snoozed { incident, operator: "ana".into(), starts: told.now, until };
            told.remembers(Memory { snoozes: vec![snooze], ..Memory::default() })
        }
        Step::Pass(span) => told.later(minutes(*span)),
    }
}

/// The groups that fire by what each source last answered, whether or not it failed since.
fn groups_that_fire(told: &Told) -> BTreeSet<GroupKey> {
    let firing = told.held().filter(|(_, alert)| alert.state != AlertState::Pending);
    firing.map(|(_, alert)| told.board.rules().grouping.key(&alert.labels)).collect()
}

fn check_order(told: &Told) {
    let shown = told.incidents();
    let mut sorted = shown.clone();
    sorted.sort_by_key(Incident::rank);
    assert_eq!(shown, sorted);
    let ranks: BTreeSet<_> = shown.iter().map(Incident::rank).collect();
    assert_eq!(ranks.len(), shown.len());
    assert_eq!(told.board.incidents.iter().count(), shown.len());
}

fn check_counts(told: &Told) {
    let mut tally = Tally::default();
    for incident in told.board.incidents() {
        tally.count(incident, 1);
    }
    assert_eq!(told.board.incidents.tally(), &tally);
    let waiting = told.board.incidents().filter(|incident| incident.needs_somebody()).count();
    assert_eq!(told.board.summary(told.now).waiting.iter().sum::<usize>(), waiting);
}

/// What an incident says is what follows from its alerts and mutes at this moment.
fn check_cover(told: &Told) {
    for incident in told.board.incidents() {
        let mut again = told.board.described(incident, told.now);
        again.last_seen = incident.last_seen;
        again.alerts.clone_from(&incident.alerts);
        assert_eq!(&again, incident);
        let known: Vec<_> = told.board.alerts_of(incident).map(|alert| alert.fingerprint).collect();
        assert_eq!(known, incident.alerts);
        assert_eq!(incident.alerts.is_empty(), incident.resolved.is_some());
    }
}

/// Time changes nothing before it was said to, and nothing twice.
fn check_time(told: &Told) {
    let mut idle = told.board.clone();
    assert!(idle.tick(told.now).is_empty());
    if let Some(next) = told.board.next_change(told.now) {
        assert!(next > told.now);
        assert!(idle.tick(next - TimeDelta::milliseconds(1)).is_empty());
    } else {
        assert!(idle.tick(told.now + TimeDelta::days(99)).is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn an_answer_in_parts_comes_to_what_it_comes_to_whole(steps in prop::collection::vec(step(), 1..20), most in 1_usize..4) {
        let (mut whole, mut parted) = (Told::new(&SOURCES), Told::new(&SOURCES));
        parted.parts = Some(most);
        for step in &steps {
            let expected = take(&mut whole, step);
            let told = take(&mut parted, step);
            // What is told and what goes are there together for a moment.
            let shown = |told: &Told| {
                told.incidents().into_iter().map(|incident| Incident { most: 0, last_seen: start(), ..incident }).collect::<Vec<_>>()
            };
            prop_assert_eq!(shown(&whole), shown(&parted));
            prop_assert_eq!(whole.board.summary(whole.now), parted.board.summary(parted.now));
            let count = |change: &Change| {
                let begun = change.edges.iter().filter(|edge| matches!(edge, Edge::Began(_))).count();
                (begun, change.edges.iter().filter(|edge| matches!(edge, Edge::Resolved(_))).count())
            };
            prop_assert_eq!(count(&expected), count(&told), "{:?} and {:?}", expected.edges, told.edges);
        }
    }

    #[test]
    fn the_board_stays_true_to_what_it_was_told(steps in prop::collection::vec(step(), 1..30)) {
        let mut told = Told::new(&SOURCES);
        for step in &steps {
            let open_before: BTreeSet<_> = told.incidents().into_iter().filter(Incident::is_open).map(|one| one.id).collect();
            let change = take(&mut told, step);
            // Time first: the shell lets it pass before it draws.
            let later = told.later(TimeDelta::zero());
            let open: BTreeSet<GroupKey> = told.incidents().into_iter().filter(Incident::is_open).map(|one| one.group).collect();
            prop_assert_eq!(open, groups_that_fire(&told));
            let resolved: Vec<_> = change.edges.iter().chain(&later.edges).filter(|edge| matches!(edge, Edge::Resolved(_))).collect();
            prop_assert!(resolved.is_empty() || matches!(step, Step::Answers(..)), "{:?} by {:?}", resolved, step);
            for edge in resolved {
                prop_assert!(matches!(edge, Edge::Resolved(id) if open_before.contains(id)));
            }
            check_order(&told);
            check_counts(&told);
            check_cover(&told);
            check_time(&told);
        }
    }
}
