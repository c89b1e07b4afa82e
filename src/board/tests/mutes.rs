//! What keeps an incident quiet: silences, inhibition, snoozes.

use super::told::{Told, alert, inhibited, minutes, mute, silenced, start};
use crate::board::{Edge, Memory, Snoozed};
use crate::domain::incident::Quiet;
use crate::domain::mute::MuteKind;

fn silence(id: &str, lasts: i64) -> crate::domain::Mute {
    mute(id, MuteKind::Silence, start(), minutes(lasts))
}

#[test]
fn a_silence_and_an_inhibition_are_told_apart() {
    let mut told = Told::new(&["am"]);
    let down = alert("Down", "api", "a");
    told.mutes("am", vec![silence("s1", 30)]);
    told.answers("am", [silenced(&down, &["s1"])]);
    let quiet = Quiet::Silenced { by: "ana".into(), until: Some(start() + minutes(30)) };
    assert_eq!((told.only().quiet, told.only().owner), (Some(quiet), None));
    told.answers("am", [inhibited(&down)]);
    assert_eq!(told.only().quiet, Some(Quiet::Inhibited));
    told.answers("am", [down]);
    assert!(told.only().needs_somebody());
}

#[test]
fn one_alert_that_speaks_is_enough() {
    let mut told = Told::new(&["am"]);
    told.mutes("am", vec![silence("s1", 30)]);
    told.answers("am", [silenced(&alert("Down", "api", "a"), &["s1"]), alert("Down", "api", "b")]);
    assert!(told.only().needs_somebody());
}

#[test]
fn a_silence_ends_by_itself_with_the_first_of_several() {
    let mut told = Told::new(&["am"]);
    told.mutes("am", vec![silence("s1", 10), silence("s2", 30)]);
    told.answers("am", [silenced(&alert("Down", "api", "a"), &["s1"]), silenced(&alert("Down", "api", "b"), &["s2"])]);
    assert!(
        matches!(told.only().quiet, Some(Quiet::Silenced { until: Some(until), .. }) if until == start() + minutes(10))
    );
    let change = told.later(minutes(10));
    assert_eq!(change.edges, [Edge::Uncovered(told.only().id)]);
    assert!(told.only().needs_somebody());
}

#[test]
fn a_silence_that_nobody_listed_yet_is_believed_and_time_does_not_change_it() {
    let mut told = Told::new(&["am"]);
    told.answers("am", [silenced(&alert("Down", "api", "a"), &["s9"])]);
    assert_eq!(told.only().quiet, Some(Quiet::Silenced { by: "?".into(), until: None }));
    assert!(told.later(minutes(1)).is_empty());
    assert!(told.later(minutes(1)).is_empty());
}

#[test]
fn only_what_a_different_silence_covers_is_looked_at_again() {
    let mut told = Told::new(&["am"]);
    let names = ["Same", "Longer", "Ended", "New"];
    told.mutes("am", vec![silence("Same", 10), silence("Longer", 10), silence("Ended", 10)]);
    told.answers("am", names.map(|name| silenced(&alert(name, "api", "a"), &[name])));
    let mut mutes = vec![silence("New", 10), silence("Longer", 30), silence("Same", 10)];
    let mut touched: Vec<_> =
        told.board.replace_mutes(Some(&"am".into()), mutes.clone()).into_iter().map(|one| one.group).collect();
    touched.sort();
    let changed = told.incidents().into_iter().filter(|one| one.title != "Same").map(|one| one.group);
    let mut changed: Vec<_> = changed.collect();
    changed.sort();
    assert_eq!((touched.len(), touched), (3, changed));
    mutes.reverse();
    assert!(told.board.replace_mutes(Some(&"am".into()), mutes).is_empty(), "their order does not matter");
}

#[test]
fn a_source_that_only_says_firing_does_not_undo_a_silence() {
    let mut told = Told::new(&["am", "prom"]);
    let down = alert("Down", "api", "a");
    told.answers("prom", [down.clone()]);
    told.mutes("am", vec![silence("s1", 30)]);
    told.answers("am", [silenced(&down, &["s1"])]);
    assert!(told.only().quiet.is_some());
    told.answers("am", []);
    assert!(told.only().needs_somebody());
}

#[test]
fn a_snooze_hides_from_one_operator_and_ends() {
    let snoozed = |told: &Told, operator: &str| Snoozed {
        incident: told.only().id,
        operator: operator.into(),
        starts: told.now,
        until: told.now + minutes(30),
    };
    let mut told = Told::new(&["am"]);
    told.answers("am", [alert("Down", "api", "a")]);
    let theirs = snoozed(&told, "bo");
    told.remembers(Memory { snoozes: vec![theirs], ..Memory::default() });
    assert!(told.only().needs_somebody());
    let mine = snoozed(&told, "ana");
    told.remembers(Memory { snoozes: vec![mine], ..Memory::default() });
    assert_eq!(told.only().snoozed_until, Some(told.now + minutes(30)));
    let summary = told.board.summary(told.now);
    assert_eq!((summary.snoozed, summary.firing, summary.waiting), (1, [0; 4], [0; 4]));
    let change = told.later(minutes(30));
    assert_eq!(change.edges, [Edge::Uncovered(told.only().id)]);
    assert!(told.only().needs_somebody());
}

#[test]
fn what_is_resolved_is_not_snoozed_any_more() {
    let mut told = Told::new(&["am"]);
    told.answers("am", [alert("Down", "api", "a")]);
    let mine =
        Snoozed { incident: told.only().id, operator: "ana".into(), starts: told.now, until: told.now + minutes(5) };
    told.remembers(Memory { snoozes: vec![mine], ..Memory::default() });
    told.answers("am", []);
    assert_eq!(told.only().snoozed_until, None);
    assert!(told.later(minutes(6)).incidents.is_empty());
}
