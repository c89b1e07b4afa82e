//! What midwatch itself knows, as evidence.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::{Watch, am, daily, errors_on, start};
use crate::app::App;
use crate::board::{Episode, LocalAck, Memory};
use crate::domain::checklist::probe::{Evidence, Held, Known};
use crate::domain::checklist::{Expect, standing::State};
use crate::domain::incident::GroupKey;
use crate::domain::{IncidentId, Labels, MuteId, Operator, Severity, SourceName};

fn none(app: &App, what: Known) -> Evidence {
    app.known(what, Expect::parse("== 0").unwrap())
}

fn watching() -> Watch {
    let mut watch = Watch::offering_lists(&[daily("a")]);
    watch.answer(am(), Vec::new(), Some(Vec::new()));
    watch.answer(SourceName::new("prom"), Vec::new(), None);
    watch.remember_lists(Memory::default());
    watch
}

#[test]
fn nothing_is_good_when_everybody_answered_and_counts_have_names() {
    let mut watch = watching();
    let found = none(&watch.app, Known::Unacked);
    assert_eq!(
        (found.held, found.value, found.words.as_str()),
        (Held::Good, Some(0.0), "0 incidents wait for somebody, expected == 0")
    );
    watch.answer(am(), vec![errors_on("pod-1")], None);
    let found = none(&watch.app, Known::Critical);
    assert_eq!(
        (found.held, found.value, found.words.as_str()),
        (Held::Bad, Some(1.0), "1 critical incident, expected == 0")
    );
    assert_eq!(found.lines, ["C CheckoutErrorsHigh · checkout · 4 min"]);
    assert_eq!(none(&watch.app, Known::RunbookGaps).value, Some(1.0));
}

#[test]
fn with_a_source_missing_none_is_not_known_and_some_is_bad() {
    let mut watch = watching();
    watch.fail(SourceName::new("prom"));
    let found = none(&watch.app, Known::Unacked);
    assert_eq!((found.held, found.value), (Held::Unknown, None));
    assert_eq!(found.words, "0 incidents wait for somebody known · 1 source unreachable (prom), expected == 0");
    watch.answer(am(), vec![errors_on("pod-1")], None);
    assert_eq!(none(&watch.app, Known::Unacked).held, Held::Bad);
    let some = watch.app.known(Known::Open, Expect::parse(">= 2").unwrap());
    assert_eq!(some.held, Held::Unknown, "there may be more");
    assert_eq!(none(&watch.app, Known::SourcesMissing).lines.len(), 1);
}

#[test]
fn acks_and_mutes_that_were_forgotten() {
    let mut watch = watching();
    watch.answer(SourceName::new("prom"), vec![errors_on("pod-1")], None);
    let ack = |id: &str, incident| LocalAck {
        id: MuteId::new(id),
        source: None,
        incident,
        by: Operator::new("ana", "bastion"),
        comment: String::new(),
        starts: start() - TimeDelta::hours(25),
        ends: start() + TimeDelta::hours(1),
        limit: start() + TimeDelta::hours(1),
        renews: false,
    };
    let young = LocalAck { starts: start(), ..ack("b", IncidentId(9)) };
    let acks = vec![ack("a", watch.the_incident()), young];
    watch.remember_lists(Memory { acks, ..Memory::default() });
    assert_eq!(none(&watch.app, Known::AckedLong).lines, ["C CheckoutErrorsHigh · checkout · 4 min · ana"]);
    let forgotten = none(&watch.app, Known::MutesForgotten);
    assert_eq!(forgotten.value, Some(2.0));
    assert!(forgotten.lines[0].ends_with("25 h old"), "{:?}", forgotten.lines);
    assert!(forgotten.lines[1].ends_with("covers nothing that fires"), "{:?}", forgotten.lines);
    assert_eq!(none(&watch.app, Known::Mutes).value, Some(0.0), "acks hide nothing");
}

#[test]
fn noisy_is_what_began_five_times_in_a_week_and_no_reminder_of_ours() {
    let mut watch = watching();
    let episode = |title: &str, days, source: &str| Episode {
        id: IncidentId(days),
        group: GroupKey(Labels::default()),
        title: title.to_owned(),
        service: None,
        severity: Severity::Low,
        since: start() - TimeDelta::days(i64::try_from(days).unwrap()),
        first_seen: start(),
        last_seen: start(),
        mitigated: false,
        resolved: Some(start()),
        sources: vec![SourceName::new(source)],
    };
    let mut episodes: Vec<Episode> = (1..=5).map(|days| episode("Flaps", days, "am")).collect();
    episodes.extend((1..=5).map(|days| episode("List a overdue", days, "(midwatch)")));
    episodes.extend((3..=8).map(|days| episode("Old", days, "am")));
    watch.remember_lists(Memory { episodes, ..Memory::default() });
    assert_eq!(none(&watch.app, Known::Noisy).lines, ["Flaps began 5 times in 7 days"]);
}

#[test]
fn signals_that_nobody_watches_are_not_fine() {
    let watch = watching();
    let found = none(&watch.app, Known::SignalsOver);
    assert_eq!((found.held, found.value), (Held::Unknown, None));
    assert!(found.words.contains("no signal is watched"), "{}", found.words);
}

#[test]
fn a_reminder_is_no_gap_in_the_runbooks() {
    let mut watch = watching();
    watch.list_stands("a", State::Overdue);
    assert_eq!(none(&watch.app, Known::Open).value, Some(1.0));
    assert_eq!(none(&watch.app, Known::RunbookGaps).value, Some(0.0));
}

proptest! {
    /// Nothing is asked and nothing is known: whatever is expected, it does not hold.
    #[test]
    fn what_is_not_known_is_never_good(what in 0..Known::WORDS.len(), bound in -3_i8..4, sign in 0..6_usize) {
        use crate::domain::checklist::expect::Comparison;
        let expect = Expect { comparison: Comparison::SIGNS[sign].1, bound: f64::from(bound) };
        let (_, what) = Known::WORDS[what];
        let mut watch = Watch::new();
        watch.fail(am());
        let found = watch.app.known(what, expect);
        let counted = what == Known::SourcesMissing;
        prop_assert!(counted || found.held != Held::Good, "{:?}", found);
        prop_assert_eq!(found.held == Held::Unknown, found.value.is_none());
    }
}
