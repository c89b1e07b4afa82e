//! What a source's silence means: nothing resolves, nothing is calm.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::told::{Told, alert, critical, minutes, silenced};
use crate::board::{Edge, Verdict};
use crate::domain::{Health, SourceName};

#[test]
fn a_failure_greys_what_the_source_told_and_an_answer_brings_it_back() {
    let mut told = Told::new(&["am", "prom"]);
    let (down, slow) = (alert("Down", "api", "a"), alert("Slow", "api", "a"));
    told.answers("am", [down.clone(), slow.clone()]);
    told.answers("prom", [slow]);
    let seen = told.now;
    told.later(minutes(1));
    let change = told.fails("am");
    assert_eq!(change.edges, [Edge::SourceLost("am".into())]);
    let stale: Vec<_> = told.incidents().into_iter().map(|one| (one.title.clone(), one.is_open(), one.stale)).collect();
    assert!(stale.contains(&("Down".into(), true, true)), "{stale:?}");
    assert!(stale.contains(&("Slow".into(), true, false)), "prom still tells of it: {stale:?}");
    let down_now = told.incidents().into_iter().find(|one| one.stale).unwrap();
    assert_eq!(down_now.last_seen, seen);
    assert!(told.fails("am").is_empty(), "the same failure again");
    let change = told.says_the_same("am");
    assert_eq!(change.edges, [Edge::SourceBack("am".into())]);
    assert!(told.incidents().iter().all(|one| !one.stale));
    assert!(change.incidents.contains(&down_now.id));
}

#[test]
fn what_a_source_that_is_back_holds_no_longer_is_resolved_and_not_stale() {
    let mut told = Told::new(&["am"]);
    told.answers("am", [alert("Down", "api", "a")]);
    told.fails("am");
    assert!(told.incidents()[0].stale);
    told.answers("am", []);
    let down = told.incidents()[0].clone();
    assert_eq!((down.resolved, down.stale), (Some(told.now), false));
}

#[test]
fn a_source_that_never_answered_is_not_lost_and_not_back() {
    let mut told = Told::new(&["am"]);
    let change = told.fails("am");
    assert!(change.edges.is_empty(), "{change:?}");
    assert!(change.parts.sources);
    assert!(told.answers("am", []).edges.is_empty());
}

#[test]
fn an_answer_after_a_late_one_can_be_seen() {
    let mut told = Told::new(&["am"]);
    told.answers("am", []);
    assert!(told.says_the_same("am").is_empty(), "a heartbeat in time changes nothing");
    told.later(minutes(5));
    assert_eq!(told.board.source(&SourceName::new("am")).unwrap().health(told.now), Health::Late);
    assert!(told.says_the_same("am").parts.sources);
}

#[test]
fn zero_is_told_truthfully() {
    assert!(!Told::new(&[]).board.summary(super::told::start()).is_calm(), "nobody was asked");
    assert_eq!(Told::new(&[]).board.summary(super::told::start()).verdict(), Verdict::Unknown);
    let mut told = Told::new(&["am", "prom"]);
    let verdict = |told: &Told| told.board.summary(told.now).verdict();
    assert_eq!(verdict(&told), Verdict::Unknown);
    told.answers("am", []);
    assert_eq!(verdict(&told), Verdict::Unknown, "one has not answered yet");
    told.answers("prom", []);
    assert_eq!(verdict(&told), Verdict::Quiet);
    assert!(told.board.summary(told.now).is_calm());
    told.fails("am");
    assert_eq!(verdict(&told), Verdict::Unknown);
    assert!(!told.board.summary(told.now).is_calm());
    told.answers("prom", [alert("Slow", "api", "a")]);
    assert_eq!(verdict(&told), Verdict::Unknown, "unknown goes before firing");
    told.answers("prom", [critical("Down", "api")]);
    assert_eq!(verdict(&told), Verdict::Critical, "a known critical goes before unknown");
    told.says_the_same("am");
    told.answers("prom", [alert("Slow", "api", "a")]);
    assert_eq!(verdict(&told), Verdict::Firing);
    told.answers("prom", [silenced(&alert("Slow", "api", "a"), &["s"])]);
    assert_eq!(verdict(&told), Verdict::Quiet);
    assert_eq!(told.board.summary(told.now).quiet, 1);
    told.later(minutes(1));
    assert_eq!(verdict(&told), Verdict::Unknown, "late");
}

proptest! {
    #[test]
    fn one_missing_source_is_never_quiet(alive in prop::collection::vec(any::<bool>(), 1..5), late in any::<bool>()) {
        let names = ["a", "b", "c", "d"];
        let names = &names[..alive.len().min(4)];
        let mut told = Told::new(names);
        for (name, alive) in names.iter().zip(&alive) {
            told.answers(name, []);
            if !alive {
                told.fails(name);
            }
        }
        if late {
            told.later(TimeDelta::minutes(2));
        }
        let summary = told.board.summary(told.now);
        let all = names.iter().zip(&alive).all(|(_, alive)| *alive) && !late;
        prop_assert_eq!(summary.verdict() == Verdict::Quiet, all);
        prop_assert_eq!(summary.is_calm(), all);
    }
}
