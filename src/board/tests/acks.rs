//! Who is on an incident: acks at a source and in the store.

use super::told::{Told, alert, minutes, mute, silenced, start};
use crate::board::{Answer, Edge, LocalAck, Memory};
use crate::domain::incident::Ownership;
use crate::domain::mute::MuteKind;
use crate::domain::{Alert, IncidentState, MuteId, Operator};

fn ack(id: &str, lasts: i64) -> crate::domain::Mute {
    mute(id, MuteKind::Ack, start(), minutes(lasts))
}

#[test]
fn an_ack_at_the_source_owns_the_incident_until_it_lapses() {
    let mut told = Told::new(&["am"]);
    let down = alert("Down", "api", "a");
    told.answers("am", [down.clone()]);
    let beside = Answer { mutes: Some(vec![ack("s1", 15)]), ..Answer::default() };
    told.answers_with("am", [silenced(&down, &["s1"])], beside);
    let owner = Ownership { by: "ana".into(), until: start() + minutes(15), joined_since: 0 };
    assert_eq!((told.only().state(), told.only().owner), (IncidentState::Acked, Some(owner)));
    assert_eq!((told.board.summary(told.now).acked, told.board.summary(told.now).waiting), (1, [0; 4]));
    assert!(told.later(minutes(14)).is_empty());
    let change = told.later(minutes(1));
    assert_eq!(change.edges, [Edge::Uncovered(told.only().id)]);
    assert!(told.only().needs_somebody(), "whatever the last answer said, the ack ran out");
}

#[test]
fn a_renewed_ack_lasts_and_an_expired_one_does_not() {
    let mut told = Told::new(&["am"]);
    let down = alert("Down", "api", "a");
    told.mutes("am", vec![ack("s1", 15)]);
    told.answers("am", [silenced(&down, &["s1"])]);
    told.mutes("am", vec![ack("s1", 30)]);
    assert_eq!(told.only().owner.unwrap().until, start() + minutes(30));
    told.later(minutes(16));
    assert!(told.only().owner.is_some());
    told.mutes("am", vec![ack("s1", 16)]);
    assert!(told.only().owner.is_none());
}

#[test]
fn who_joins_after_the_ack_is_counted_if_covered_and_opens_it_if_not() {
    let mut told = Told::new(&["am"]);
    let first = silenced(&alert("Down", "api", "a"), &["s1"]);
    told.mutes("am", vec![ack("s1", 15)]);
    told.answers("am", [first.clone()]);
    told.later(minutes(2));
    let second = Alert { since: told.now, ..alert("Down", "api", "b") };
    told.answers("am", [first.clone(), silenced(&second, &["s1"])]);
    assert_eq!(told.only().owner.unwrap().joined_since, 1);
    let change = told.answers("am", [first, second]);
    assert!(change.edges.contains(&Edge::Uncovered(told.only().id)));
    assert!(told.only().needs_somebody());
}

#[test]
fn the_ack_of_an_incident_lapses_with_the_first_of_its_acks() {
    let mut told = Told::new(&["am"]);
    let (a, b) = (alert("Down", "api", "a"), alert("Down", "api", "b"));
    told.mutes("am", vec![ack("s1", 10), ack("s2", 20)]);
    told.answers("am", [silenced(&a, &["s1"]), silenced(&b, &["s2"])]);
    assert_eq!(told.only().owner.unwrap().until, start() + minutes(10));
    let change = told.later(minutes(10));
    assert_eq!(change.edges, [Edge::Uncovered(told.only().id)]);
    assert!(told.only().needs_somebody());
}

#[test]
fn the_longest_of_the_acks_of_one_alert_counts() {
    let mut told = Told::new(&["am"]);
    told.mutes("am", vec![ack("s1", 10), ack("s2", 20)]);
    told.answers("am", [silenced(&alert("Down", "api", "a"), &["s1", "s2"])]);
    assert_eq!(told.only().owner.unwrap().until, start() + minutes(20));
    assert!(told.later(minutes(12)).is_empty());
}

#[test]
fn the_store_keeps_acks_for_sources_that_cannot() {
    let mut told = Told::new(&["host"]);
    told.answers("host", [alert("Cpu", "box", "a")]);
    let kept = LocalAck {
        id: MuteId::new("k1"),
        source: None,
        incident: told.only().id,
        by: Operator::new("bo", "bastion"),
        comment: String::new(),
        starts: told.now,
        ends: told.now + minutes(15),
        limit: told.now + minutes(60),
        renews: false,
    };
    let change = told.remembers(Memory { acks: vec![kept.clone()], ..Memory::default() });
    assert!(change.incidents.contains(&told.only().id) && change.parts.mutes);
    assert_eq!(told.only().owner.unwrap().by, "bo");
    told.fails("host");
    assert_eq!(told.board.next_change(told.now), Some(told.now + minutes(15)), "a source that is away cannot be late");
    told.later(minutes(15));
    assert!(told.only().needs_somebody());
    // An ack that lives at a source is that source's to tell.
    let elsewhere = LocalAck { source: Some("am".into()), ends: told.now + minutes(99), ..kept };
    told.remembers(Memory { acks: vec![elsewhere], ..Memory::default() });
    assert!(told.only().needs_somebody());
}

#[test]
fn un_ack_in_the_store_takes_effect_at_once() {
    let mut told = Told::new(&["host"]);
    told.answers("host", [alert("Cpu", "box", "a")]);
    let kept = LocalAck {
        id: MuteId::new("k1"),
        source: None,
        incident: told.only().id,
        by: Operator::new("ana", "bastion"),
        comment: String::new(),
        starts: told.now,
        ends: told.now + minutes(15),
        limit: told.now + minutes(60),
        renews: true,
    };
    told.remembers(Memory { acks: vec![kept], ..Memory::default() });
    let change = told.remembers(Memory::default());
    assert_eq!(change.edges, [Edge::Uncovered(told.only().id)]);
    assert!(told.remembers(Memory::default()).is_empty());
}
