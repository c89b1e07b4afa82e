//! What midwatch itself tells: declared incidents, overdue checklists.

use proptest::prelude::*;

use super::told::{Told, alert, critical, minutes};
use crate::board::own::OWN;
use crate::board::{Edge, Memory};
use crate::domain::mute::AckRules;
use crate::domain::{Alert, IncidentState, SourceName};

#[test]
fn what_is_told_fires_and_what_is_told_no_more_has_resolved() {
    let mut told = Told::new(&["am"]);
    let change = told.board.take_own(vec![critical("PaymentsDown", "payments")], told.now);
    assert!(matches!(change.edges.as_slice(), [Edge::Began(_)]));
    assert!(told.board.is_own(&told.only()) && !told.only().stale);
    assert!(told.board.take_own(vec![critical("PaymentsDown", "payments")], told.now).is_empty());
    told.later(minutes(9));
    let ended = told.now;
    let change = told.board.take_own(Vec::new(), ended);
    assert!(matches!(change.edges.as_slice(), [Edge::Resolved(_)]));
    assert_eq!((told.only().state(), told.only().last_seen), (IncidentState::Resolved, ended));
}

#[test]
fn it_is_no_source_and_cannot_go_missing() {
    let mut told = Told::new(&["am"]);
    told.answers("am", []);
    let before = told.board.summary(told.now);
    told.board.take_own(vec![alert("Down", "api", "a")], told.now);
    let after = told.board.summary(told.now);
    assert_eq!((before.live, before.sources), (after.live, after.sources));
    assert!(told.board.source(&SourceName::new(OWN)).is_none());
    assert!(told.fails(OWN).is_empty(), "nobody can report in its name");
    told.fails("am");
    assert!(!told.only().stale, "the source that is away does not tell of it");
}

#[test]
fn an_ack_of_it_is_kept_in_the_store() {
    let mut told = Told::new(&["am"]);
    told.answers("am", []);
    told.board.take_own(vec![alert("Down", "api", "a")], told.now);
    let plan = told.board.plan_ack(&told.only(), |_| Some(AckRules::default()));
    assert!(plan.in_store && plan.silences.is_empty());
}

#[test]
fn one_that_both_tell_of_ends_when_neither_does() {
    let mut told = Told::new(&["am"]);
    told.answers("am", [alert("Down", "api", "a")]);
    told.board.take_own(vec![alert("Down", "api", "b")], told.now);
    assert!(!told.board.is_own(&told.only()));
    assert_eq!(told.board.own_alerts_of(&told.only()).count(), 1);
    told.answers("am", []);
    assert!(told.only().is_open());
    told.board.take_own(Vec::new(), told.now);
    assert!(!told.only().is_open());
}

#[test]
fn what_ended_while_nobody_watched_is_known_only_once_it_was_told() {
    let mut before = Told::new(&[]);
    before.board.take_own(vec![alert("Down", "api", "a")], before.now);
    let kept = before.board.episode_of(&before.only());
    assert_eq!(kept.sources, [SourceName::new(OWN)]);
    let mut told = Told::new(&["am"]);
    told.remembers(Memory { episodes: vec![kept.clone()], ..Memory::default() });
    assert!(told.board.ended_unseen().0.is_empty(), "nobody has told yet what is declared");
    told.board.take_own(vec![alert("Down", "api", "a")], told.now);
    assert!(told.board.ended_unseen().0.is_empty());
    assert_eq!(told.only().id, kept.id, "the same one as before the restart");
    let mut told = Told::new(&["am"]);
    told.remembers(Memory { episodes: vec![kept], ..Memory::default() });
    told.later(minutes(1));
    told.board.take_own(Vec::new(), told.now);
    assert_eq!(told.board.ended_unseen().0.len(), 1);
}

proptest! {
    /// Whatever sources do, what is told fires, and nothing else of it does.
    #[test]
    fn it_never_resolves_while_it_is_told(steps in prop::collection::vec((0..6_u8, 0..8_u8), 1..30)) {
        let mut told = Told::new(&["am", "prom"]);
        let all = [alert("Down", "api", "a"), alert("Down", "web", "a"), critical("Lost", "db")];
        let mut own: Vec<Alert> = Vec::new();
        for (what, which) in steps {
            let some = || all.iter().enumerate().filter(|(at, _)| which >> at & 1 == 1).map(|(_, alert)| alert.clone());
            match what {
                0 => { told.answers("am", some()); }
                1 => { told.answers("prom", some()); }
                2 => { told.fails("am"); }
                3 => { told.later(minutes(7)); }
                4 => { told.says_the_same("prom"); }
                _ => {
                    own = some().collect();
                    told.board.take_own(own.clone(), told.now);
                }
            }
            for alert in &own {
                let open = told.board.incidents().find(|one| one.alerts.contains(&alert.fingerprint));
                prop_assert!(open.is_some_and(|one| one.is_open() && !one.stale), "{}", alert.labels);
            }
            let of_own = told.board.incidents().flat_map(|one| told.board.own_alerts_of(one)).count();
            prop_assert_eq!(of_own, own.len());
            prop_assert_eq!(told.board.summary(told.now).sources, 2);
        }
    }
}
