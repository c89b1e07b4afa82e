//! The filter language against incidents that the board built.

use std::collections::BTreeSet;

use super::told::{Told, alert, critical, minutes};
use crate::domain::filter::{Filter, IncidentSubject};

fn found(told: &Told, filter: &str) -> Vec<String> {
    let filter = Filter::parse(filter).unwrap();
    let holds = |incident: &&crate::domain::Incident| {
        let alerts: Vec<_> = told.board.alerts_of(incident).collect();
        let sources: BTreeSet<_> = alerts.iter().flat_map(|alert| told.board.told_by(alert.fingerprint)).collect();
        filter.matches(&IncidentSubject { incident, alerts: &alerts, sources: &sources }, told.now)
    };
    told.board.incidents().filter(holds).map(|incident| incident.title.clone()).collect()
}

#[test]
fn incidents_are_found_by_what_their_alerts_say() {
    let mut told = Told::new(&["am", "prom"]);
    told.answers("am", [critical("Down", "api"), alert("Slow", "api", "a")]);
    told.answers("prom", [alert("Slow", "web", "b")]);
    assert_eq!(found(&told, "severity=critical"), ["Down"]);
    assert_eq!(found(&told, "service=web @source=prom"), ["Slow"]);
    assert_eq!(found(&told, "slow").len(), 2);
    told.now += minutes(11);
    assert_eq!(found(&told, "@age>10m @acked=no").len(), 3);
    told.fails("prom");
    assert_eq!(found(&told, "@stale"), ["Slow"]);
    told.answers("am", []);
    assert_eq!(found(&told, "@state=resolved alertname=Down service=api"), ["Down"]);
}
