//! The dead man's switch.

use std::collections::BTreeMap;

use super::told::{Told, alert, firing, minutes, pending, silenced};
use crate::board::watchdog::MISSING;
use crate::board::{BoardRules, Edge, Verdict};
use crate::domain::{Alert, Matcher, Severity, SourceName};

fn watched() -> Told {
    let watchdogs = BTreeMap::from([(SourceName::new("am"), vec![Matcher::equal("alertname", "Watchdog")])]);
    Told::by(BoardRules { watchdogs, ..BoardRules::default() }, &["am", "prom"])
}

fn switch() -> Alert {
    firing([("alertname", "Watchdog"), ("severity", "none")].into())
}

#[test]
fn while_it_fires_it_is_no_incident() {
    let mut told = watched();
    told.answers("prom", []);
    assert!(told.answers("am", [switch()]).edges.is_empty());
    told.answers("am", [switch(), alert("Down", "api", "a")]);
    assert_eq!(told.titles(), ["Down"]);
    told.answers("am", [silenced(&switch(), &["s"])]);
    assert_eq!(told.board.summary(told.now).verdict(), Verdict::Quiet);
}

#[test]
fn missing_from_an_answer_it_is_critical_and_back_it_resolves() {
    let mut told = watched();
    told.answers("am", [switch()]);
    told.now += minutes(1);
    let change = told.answers("am", []);
    assert_eq!(change.edges, [Edge::Began(told.only().id)]);
    assert_eq!((told.only().title.as_str(), told.only().rated.severity), (MISSING, Severity::Critical));
    assert!(told.board.watchdogs.is_missing(&"am".into()));
    assert_eq!(told.board.summary(told.now).verdict(), Verdict::Critical);
    told.now += minutes(1);
    let change = told.answers("am", [switch()]);
    assert_eq!(change.edges, [Edge::Resolved(told.only().id)]);
    assert!(!told.board.watchdogs.is_missing(&"am".into()));
}

#[test]
fn a_first_answer_without_it_is_critical_too() {
    let mut told = watched();
    told.answers("am", []);
    assert_eq!(told.titles(), [MISSING]);
}

#[test]
fn a_source_that_fails_does_not_raise_it() {
    let mut told = watched();
    told.fails("am");
    told.answers("am", [switch()]);
    told.fails("am");
    told.later(minutes(60));
    told.says_the_same("am");
    assert!(told.incidents().is_empty());
}

#[test]
fn a_switch_that_only_pends_does_not_fire() {
    let mut told = watched();
    told.answers("am", [switch()]);
    told.answers("am", [pending(&switch())]);
    assert_eq!(told.titles(), [MISSING]);
}

#[test]
fn another_source_may_tell_of_the_same_alert() {
    let mut told = watched();
    told.answers("am", [switch()]);
    told.answers("prom", [alert("Down", "api", "a")]);
    assert_eq!(told.titles(), ["Down"]);
}
