//! Grouping, and one alert told by several sources.

use proptest::prelude::*;

use super::told::{Told, alert, critical, firing, minutes, pending, silenced, start};
use crate::board::{BoardRules, Edge};
use crate::domain::correlate::Grouping;
use crate::domain::{Alert, Incident, Rated, Severity, SourceName};

#[test]
fn alerts_of_one_service_and_name_are_one_incident() {
    let mut told = Told::new(&["am"]);
    let change = told.answers("am", [alert("Down", "api", "a"), alert("Down", "api", "b"), alert("Slow", "api", "a")]);
    assert_eq!(told.titles().len(), 2);
    let down = told.incidents().into_iter().find(|incident| incident.title == "Down").unwrap();
    assert_eq!((down.service.as_deref(), down.alerts.len(), down.most), (Some("api"), 2, 2));
    assert!(change.edges.contains(&Edge::Began(down.id)));
}

#[test]
fn an_alert_that_joins_is_an_edge_and_makes_it_as_bad_as_its_worst() {
    let mut told = Told::new(&["am"]);
    let first = alert("Down", "api", "a");
    told.answers("am", [first.clone()]);
    let id = told.only().id;
    let older = Alert { since: start() - minutes(9), ..critical("Down", "api") };
    let change = told.answers("am", [first.clone(), older]);
    assert_eq!(change.edges, [Edge::Joined { incident: id, alerts: 2 }, Edge::Rated(id)]);
    assert_eq!((told.only().rated, told.only().since), (Rated::known(Severity::Critical), start() - minutes(9)));
    let change = told.answers("am", [first]);
    assert_eq!(change.edges, [Edge::Rated(id)]);
    assert_eq!((told.only().rated.severity, told.only().most, told.only().alerts.len()), (Severity::High, 2, 1));
}

#[test]
fn other_groupings_have_other_titles() {
    let grouped = |by: &[&str]| {
        let by = by.iter().map(|name| (*name).to_owned()).collect();
        let grouping = Grouping { by, ..Grouping::default() };
        let mut told = Told::by(BoardRules { grouping, ..BoardRules::default() }, &["am"]);
        told.answers("am", [alert("Down", "api", "a"), alert("Slow", "api", "a")]);
        told.titles()
    };
    assert_eq!(grouped(&["service", "instance"]), ["a api"]);
    assert_eq!(grouped(&[]), ["all alerts"]);
}

#[test]
fn pending_alerts_are_no_incident_yet() {
    let mut told = Told::new(&["prom"]);
    let down = alert("Down", "api", "a");
    assert!(told.answers("prom", [pending(&down)]).incidents.is_empty());
    assert!(told.incidents().is_empty());
    told.answers("prom", [down.clone()]);
    assert!(told.only().is_open());
    let change = told.answers("prom", [pending(&down)]);
    assert_eq!(change.edges, [Edge::Resolved(told.only().id)]);
}

#[test]
fn one_alert_of_two_sources_is_one_until_both_let_go() {
    let mut told = Told::new(&["am", "prom"]);
    let down = alert("Down", "api", "a");
    told.answers("am", [down.clone()]);
    let change = told.answers("prom", [Alert { since: start() - minutes(1), ..down.clone() }]);
    assert!(change.edges.is_empty(), "{change:?}");
    assert_eq!((told.only().alerts.len(), told.only().since), (1, start() - minutes(1)));
    assert_eq!(told.board.told_by(down.fingerprint).map(SourceName::as_str).collect::<Vec<_>>(), ["am", "prom"]);
    told.answers("am", []);
    assert!(told.only().is_open());
    let change = told.answers("prom", []);
    assert_eq!(change.edges, [Edge::Resolved(told.only().id)]);
}

#[test]
fn a_source_that_was_removed_is_not_heard() {
    let mut told = Told::new(&["am"]);
    assert!(told.answers("gone", [alert("Down", "api", "a")]).is_empty());
    assert!(told.incidents().is_empty());
}

/// A few alerts in a few groups, and what each of three sources says of them.
fn reports() -> impl Strategy<Value = Vec<(&'static str, Vec<Alert>)>> {
    let one = |source: &'static str| {
        prop::collection::vec((0..3_usize, 0..3_usize, 0..4_u8, 0..5_i64), 0..6).prop_map(move |alerts| {
            let made = alerts.into_iter().map(|(name, instance, state, since)| {
                let labels = [("alertname", ["A", "B", "C"][name]), ("instance", ["x", "y", "z"][instance])];
                let alert = Alert { since: start() + minutes(since), ..firing(labels.into()) };
                match state {
                    0 => pending(&alert),
                    1 => silenced(&alert, &["unknown"]),
                    _ => alert,
                }
            });
            (source, made.collect())
        })
    };
    (one("a"), one("b"), one("c")).prop_map(|(a, b, c)| vec![a, b, c])
}

/// What does not depend on who spoke first: an id is made when an episode is first seen, and kept.
fn without_history(incident: Incident) -> Incident {
    Incident { id: crate::domain::IncidentId(0), ..incident }
}

proptest! {
    #[test]
    fn the_order_of_reports_does_not_matter(
        (reports, shuffled) in reports().prop_flat_map(|reports| (Just(reports.clone()), Just(reports).prop_shuffle()))
    ) {
        let tell = |reports: Vec<(&str, Vec<Alert>)>| {
            let mut told = Told::new(&["a", "b", "c"]);
            for (source, alerts) in reports {
                told.answers(source, alerts);
            }
            let mut all: Vec<Incident> = told.incidents().into_iter().filter(Incident::is_open).map(without_history).collect();
            all.sort_by(|a, b| a.group.cmp(&b.group));
            all
        };
        prop_assert_eq!(tell(reports), tell(shuffled));
    }
}
