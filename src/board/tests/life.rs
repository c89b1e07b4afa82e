//! An incident's life: resolved, back again, and over restarts.

use super::told::{Told, alert, episode, minutes};
use crate::board::{Edge, Episode, Memory};
use crate::domain::{Alert, Incident, IncidentState};

#[test]
fn a_resolved_incident_stays_in_sight_for_twenty_minutes() {
    let mut told = Told::new(&["am"]);
    told.answers("am", [alert("Down", "api", "a")]);
    told.now += minutes(5);
    told.answers("am", []);
    let ended = told.now;
    assert_eq!((told.only().state(), told.only().resolved), (IncidentState::Resolved, Some(ended)));
    assert_eq!(told.board.summary(told.now).firing, [0; 4]);
    told.says_the_same("am");
    assert!(told.later(minutes(19)).is_empty());
    assert_eq!(told.board.next_change(told.now), Some(ended + minutes(20)));
    let change = told.later(minutes(1));
    assert_eq!(change.incidents.len(), 1);
    assert!(told.incidents().is_empty());
    assert_eq!(told.board.next_change(told.now), None);
}

#[test]
fn the_last_sight_of_a_resolved_incident_is_the_last_answer_that_held_it() {
    let mut told = Told::new(&["am"]);
    told.answers("am", [alert("Down", "api", "a")]);
    told.now += minutes(5);
    told.says_the_same("am");
    assert_eq!(told.board.last_seen(&told.only()), told.now);
    let seen = told.now;
    told.now += minutes(1);
    told.answers("am", []);
    assert_eq!(told.board.last_seen(&told.only()), seen);
}

#[test]
fn one_answer_is_told_in_the_same_order_every_time() {
    let edges = || {
        let mut told = Told::new(&["am"]);
        let names: Vec<String> = (0..40).map(|number| format!("Alert{number}")).collect();
        told.answers("am", names.iter().map(|name| alert(name, "api", "a")).collect::<Vec<_>>()).edges
    };
    assert_eq!(edges(), edges());
}

#[test]
fn what_fires_again_within_twenty_minutes_says_so() {
    let mut told = Told::new(&["am"]);
    let down = alert("Down", "api", "a");
    told.answers("am", [down.clone()]);
    let first = told.only().id;
    told.answers("am", []);
    told.later(minutes(3));
    let change = told.answers("am", [Alert { since: told.now, ..down.clone() }]);
    let again = told.incidents().into_iter().find(Incident::is_open).unwrap();
    assert_eq!(change.edges, [Edge::Refired(again.id)]);
    assert_ne!(again.id, first);
    assert_eq!(again.refired, 1);
    told.answers("am", []);
    told.later(minutes(30));
    let change = told.answers("am", [Alert { since: told.now, ..down }]);
    assert_eq!((change.edges, told.only().refired), (vec![Edge::Began(told.only().id)], 0));
}

#[test]
fn the_same_episode_seen_again_keeps_its_id_and_its_first_sight() {
    let mut told = Told::new(&["am"]);
    let down = alert("Down", "api", "a");
    told.answers("am", [down.clone()]);
    let first = told.only();
    told.later(minutes(1));
    told.answers("am", []);
    told.later(minutes(1));
    told.answers("am", [down]);
    assert_eq!((told.only().id, told.only().first_seen, told.only().refired), (first.id, first.first_seen, 1));
}

#[test]
fn ids_survive_a_restart() {
    let mut told = Told::new(&["am"]);
    told.answers("am", [alert("Down", "api", "a")]);
    let before = told.only();
    let mut told = Told::new(&["am"]);
    told.now += minutes(60);
    told.remembers(Memory { episodes: vec![episode(&before)], ..Memory::default() });
    // Another alert of the group began the episode; that one is over.
    let later = Alert { since: told.now, ..alert("Down", "api", "b") };
    told.answers("am", [later]);
    assert_eq!((told.only().id, told.only().first_seen), (before.id, before.first_seen));
}

#[test]
fn an_episode_that_ended_is_not_taken_up_again() {
    let mut told = Told::new(&["am"]);
    let down = alert("Down", "api", "a");
    told.answers("am", [down.clone()]);
    let kept = Episode { mitigated: true, ..episode(&told.only()) };
    told.remembers(Memory { episodes: vec![kept], ..Memory::default() });
    assert_eq!(told.only().state(), IncidentState::Mitigated);
    told.answers("am", []);
    told.later(minutes(60));
    // The store has not been read again since.
    told.answers("am", [Alert { since: told.now, ..down }]);
    assert_eq!(told.only().state(), IncidentState::Open, "nobody has declared this one mitigated");
    assert_eq!(told.only().first_seen, told.now);
}

#[test]
fn what_another_midwatch_has_just_seen_begin_has_not_ended_here() {
    let mut told = Told::new(&["am", "prom"]);
    told.answers("am", []);
    told.later(minutes(1));
    let mut other = Told::new(&["am"]);
    other.now = told.now;
    other.answers("am", [alert("Down", "api", "a")]);
    let begun = Episode { sources: vec!["am".into()], ..episode(&other.only()) };
    told.remembers(Memory { episodes: vec![begun.clone()], ..Memory::default() });
    told.later(minutes(1));
    told.answers("prom", []);
    assert!(told.board.ended_unseen().0.is_empty(), "the last answer of am here is older than what was seen there");
    told.says_the_same("am");
    assert_eq!(told.board.ended_unseen().0, [begun]);
}

#[test]
fn what_resolved_is_kept_with_the_sources_that_told_of_it() {
    let mut told = Told::new(&["am"]);
    told.answers("am", [alert("Down", "api", "a"), alert("Slow", "api", "a")]);
    let kept: Vec<Episode> = told.incidents().iter().map(|incident| told.board.episode_of(incident)).collect();
    told.remembers(Memory { episodes: kept, ..Memory::default() });
    told.answers("am", []);
    for incident in told.incidents() {
        let ended = told.board.episode_of(&incident);
        assert_eq!((ended.resolved, ended.sources), (Some(told.now), vec!["am".into()]), "{}", incident.title);
    }
}

#[test]
fn mitigated_is_owned_and_can_be_taken_back() {
    let mut told = Told::new(&["am"]);
    told.answers("am", [alert("Down", "api", "a")]);
    let open = episode(&told.only());
    let mitigated = Episode { mitigated: true, ..open.clone() };
    let change = told.remembers(Memory { episodes: vec![mitigated], ..Memory::default() });
    assert!(change.incidents.contains(&open.id));
    assert!(!told.only().needs_somebody());
    told.remembers(Memory { episodes: vec![open], ..Memory::default() });
    assert!(told.only().needs_somebody());
}
