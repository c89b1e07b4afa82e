//! What an ack would mute.

use proptest::prelude::*;

use super::told::{Told, alert, firing};
use crate::board::BoardRules;
use crate::board::ack_plan::AckPlan;
use crate::domain::correlate::Grouping;
use crate::domain::mute::AckRules;
use crate::domain::{Alert, Labels, SourceName, matcher};

/// `am` and `am2` can mute; nothing else can.
fn rules(source: &SourceName) -> Option<AckRules> {
    source.as_str().starts_with("am").then(AckRules::default)
}

fn plan(told: &Told) -> AckPlan {
    let incident = told.board.incidents().find(|incident| incident.is_open()).unwrap();
    told.board.plan_ack(incident, rules)
}

fn said(plan: &AckPlan) -> Vec<String> {
    let matchers = |silence: &crate::board::ack_plan::PlannedSilence| {
        silence.matchers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    };
    plan.silences
        .iter()
        .map(|silence| format!("{}:{} ({})", silence.source, matchers(silence), silence.covers))
        .collect()
}

#[test]
fn what_the_alerts_share_less_what_is_volatile() {
    let mut told = Told::new(&["am"]);
    let one = |instance: &str, pod: &str| {
        firing([("alertname", "Down"), ("service", "api"), ("instance", instance), ("pod", pod), ("zone", "z")].into())
    };
    told.answers("am", [one("a", "p1"), one("b", "p2")]);
    let plan = plan(&told);
    assert_eq!(said(&plan), [r#"am:alertname="Down",service="api",zone="z" (2)"#]);
    assert!(!plan.in_store);
}

#[test]
fn a_lone_alert_is_muted_without_its_pod() {
    let mut told = Told::new(&["am"]);
    told.answers("am", [firing([("alertname", "Down"), ("service", "api"), ("pod", "p1")].into())]);
    assert_eq!(said(&plan(&told)), [r#"am:alertname="Down",service="api" (1)"#]);
}

#[test]
fn one_silence_for_each_alert_where_the_wide_one_would_reach_outside() {
    let grouping = Grouping { by: vec!["alertname".into(), "team".into()], ..Grouping::default() };
    let mut told = Told::by(BoardRules { grouping, ..BoardRules::default() }, &["am"]);
    let one =
        |team: &str, instance: &str| firing([("alertname", "Down"), ("team", team), ("instance", instance)].into());
    let outside = firing([("alertname", "Down"), ("zone", "z"), ("instance", "c")].into());
    told.answers("am", [one("x", "a"), one("x", "b"), outside]);
    let incident = told.incidents().into_iter().find(|incident| incident.alerts.len() == 2).unwrap();
    assert_eq!(said(&told.board.plan_ack(&incident, rules)), [r#"am:alertname="Down",team="x" (2)"#]);
    let lone = told.incidents().into_iter().find(|incident| incident.alerts.len() == 1).unwrap();
    assert_eq!(said(&told.board.plan_ack(&lone, rules)), [r#"am:alertname="Down",instance="c",zone="z" (1)"#]);
}

#[test]
fn what_an_outside_alert_has_more_is_excluded() {
    // Its labels alone would also match the other alert, which has one label more.
    let grouping = Grouping { by: vec!["alertname".into(), "team".into()], ..Grouping::default() };
    let mut told = Told::by(BoardRules { grouping, ..BoardRules::default() }, &["am"]);
    told.answers(
        "am",
        [
            firing([("alertname", "Down"), ("instance", "a")].into()),
            firing([("alertname", "Down"), ("instance", "a"), ("team", "x")].into()),
        ],
    );
    let bare = told.incidents().into_iter().find(|incident| incident.group.0.get("team").is_none()).unwrap();
    assert_eq!(said(&told.board.plan_ack(&bare, rules)), [r#"am:alertname="Down",instance="a",team="" (1)"#]);
}

#[test]
fn without_a_shared_name_each_alert_has_its_own() {
    let grouping = Grouping { by: vec!["service".into()], ..Grouping::default() };
    let mut told = Told::by(BoardRules { grouping, ..BoardRules::default() }, &["am"]);
    told.answers("am", [alert("Down", "api", "a"), alert("Slow", "api", "a")]);
    let plan = plan(&told);
    assert_eq!(plan.silences.len(), 2);
    assert!(said(&plan).iter().all(|silence| silence.contains("alertname=")), "{:?}", said(&plan));
}

#[test]
fn what_cannot_be_muted_is_kept_in_the_store() {
    let mut told = Told::new(&["am", "host"]);
    told.answers("host", [alert("Down", "api", "a")]);
    assert_eq!((plan(&told).silences.len(), plan(&told).in_store), (0, true));
    told.answers("am", [alert("Down", "api", "b")]);
    assert_eq!((plan(&told).silences.len(), plan(&told).in_store), (1, true), "one is the host's alone");
    told.answers("am", [alert("Down", "api", "a"), alert("Down", "api", "b")]);
    assert_eq!((plan(&told).silences.len(), plan(&told).in_store), (1, false));
}

fn labels() -> impl Strategy<Value = Labels> {
    let value = |values: &'static [&'static str]| prop::sample::select(values);
    (value(&["", "A", "B"]), value(&["", "x", "y"]), value(&["", "1", "2"]), value(&["", "p", "q"])).prop_map(
        |(name, team, instance, pod)| {
            [("alertname", name), ("team", team), ("instance", instance), ("pod", pod)].into()
        },
    )
}

proptest! {
    #[test]
    fn a_plan_covers_the_incident_at_that_source_and_nothing_else(
        at_am in prop::collection::vec(labels(), 0..8),
        at_other in prop::collection::vec(labels(), 0..4),
        by in prop::sample::subsequence(vec!["alertname", "team", "instance"], 0..=3),
    ) {
        let grouping = Grouping { by: by.into_iter().map(str::to_owned).collect(), ..Grouping::default() };
        let mut told = Told::by(BoardRules { grouping, ..BoardRules::default() }, &["am", "host"]);
        let made = |labels: Vec<Labels>| labels.into_iter().map(firing).collect::<Vec<Alert>>();
        told.answers("am", made(at_am));
        told.answers("host", made(at_other));
        let am = SourceName::new("am");
        for incident in told.board.incidents() {
            let plan = told.board.plan_ack(incident, rules);
            let inside = |alert: &&Alert| incident.alerts.contains(&alert.fingerprint);
            for silence in &plan.silences {
                prop_assert_eq!(&silence.source, &am);
                prop_assert!(silence.matchers.iter().any(|matcher| !matcher.value.is_empty()));
                let reached: Vec<&Alert> = told.board.matched(Some(&am), &silence.matchers).collect();
                prop_assert!(reached.iter().all(inside), "{silence:?} reaches {reached:?}");
                prop_assert_eq!(reached.len(), silence.covers);
                let named = |alert: &Alert| alert.labels.get("alertname").is_some();
                let by_name = silence.matchers.iter().any(|matcher| matcher.name == "alertname");
                prop_assert!(by_name || !reached.iter().any(|alert| named(alert)), "{silence:?}");
            }
            let mut in_store = false;
            for alert in told.board.alerts_of(incident) {
                // Nothing can be said of an alert without any label; the store keeps that ack.
                let mutable = told.board.told_by(alert.fingerprint).any(|source| *source == am) && !alert.labels.is_empty();
                let covered = plan.silences.iter().any(|silence| matcher::all_match(&silence.matchers, &alert.labels));
                prop_assert!(covered || !mutable, "{:?} of {plan:?}", alert.labels);
                in_store |= !mutable;
            }
            prop_assert_eq!(plan.in_store, in_store);
        }
    }
}
