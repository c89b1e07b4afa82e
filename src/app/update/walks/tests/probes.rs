//! Probes: asked in time, answered once.

use chrono::TimeDelta;

use super::stage::*;
use crate::app::walks::Probed;
use crate::app::{Action, Msg};
use crate::domain::checklist::probe::{Held, Known};
use crate::domain::checklist::{Checklist, Evidence, Expect, ItemKind, Outcome, Probe};

/// Five items with a probe.
fn probed() -> Checklist {
    let mut list = daily();
    let probe = list.sections[0].items[2].probe.clone();
    for item in &mut list.sections[0].items {
        (item.kind, item.probe) = (ItemKind::Probe, probe.clone());
    }
    list
}

fn asked(stage: &Stage) -> Vec<&str> {
    stage.probes.iter().map(|wish| wish.item.as_str()).collect()
}

#[test]
fn the_probe_at_hand_and_the_next_are_asked_and_no_more_at_a_time() {
    let mut stage = Stage::walking(probed());
    assert_eq!(asked(&stage), ["logs", "errors"]);
    stage.press(Action::WalkNext);
    stage.press(Action::WalkNext);
    assert_eq!((stage.at().as_str(), asked(&stage).len()), ("latency", 2), "two are on their way");
    let wish = stage.probes[0].clone();
    stage.probed(&wish, Held::Good, 0.2);
    assert_eq!(asked(&stage), ["logs", "errors", "latency"], "the one at hand comes first");
    assert_eq!(stage.outcome("logs"), None);
    assert_eq!(stage.entry("logs").evidence.unwrap().value, Some(0.2));
}

#[test]
fn an_answer_counts_once_and_only_to_its_own_question() {
    let mut stage = Stage::walking(probed());
    let wish = stage.probes[0].clone();
    stage.probed(&wish, Held::Good, 0.2);
    stage.probed(&wish, Held::Bad, 9.0);
    assert_eq!(stage.entry("logs").evidence.unwrap().value, Some(0.2));
    stage.press(Action::WalkProbe);
    let again = stage.probes.last().unwrap().clone();
    assert_eq!(again.item.as_str(), "logs");
    stage.probed(&wish, Held::Bad, 9.0);
    stage.probed(&again, Held::Bad, 0.7);
    assert_eq!(stage.entry("logs").evidence.unwrap().value, Some(0.7));
    stage.keep_all();
    assert_eq!(stage.store.only(), stage.walk());
}

#[test]
fn what_is_fresh_or_answered_is_not_asked_again_and_what_is_old_is() {
    let mut stage = Stage::walking(probed());
    for wish in stage.probes.clone() {
        stage.probed(&wish, Held::Good, 0.2);
    }
    stage.press(Action::WalkDone);
    let before = asked(&stage).len();
    stage.wait(TimeDelta::seconds(59));
    stage.press(Action::Top);
    stage.press(Action::Down);
    assert_eq!(asked(&stage).len(), before, "fresh");
    stage.wait(TimeDelta::seconds(2));
    stage.press(Action::Up);
    assert_eq!(stage.outcome("logs"), Some(Outcome::Done));
    assert!(!asked(&stage)[before..].contains(&"logs"), "what an answer was given on stays");
    assert!(asked(&stage)[before..].contains(&"errors"));
}

#[test]
fn what_midwatch_knows_is_answered_at_once() {
    let mut list = daily();
    let known = Probe::Known { what: Known::Unacked, expect: Expect::parse("== 0").unwrap() };
    (list.sections[0].items[0].kind, list.sections[0].items[0].probe) = (ItemKind::Probe, Some(known));
    let stage = Stage::walking(list);
    assert!(stage.probes.is_empty(), "nobody is asked");
    assert_eq!(stage.entry("logs").evidence.unwrap().from, "midwatch");
}

#[test]
fn a_probe_that_nobody_was_asked_is_no_evidence_and_is_not_asked_for_at_once() {
    let mut stage = Stage::walking(probed());
    let wish = stage.probes[0].clone();
    let before = stage.probes.len();
    let evidence = Evidence {
        at: crate::domain::Moment::UNIX_EPOCH,
        took_ms: 0,
        from: String::new(),
        held: Held::Unknown,
        value: None,
        unit: String::new(),
        words: "the store is still being opened".to_owned(),
        lines: Vec::new(),
    };
    let (walk, item, token) = (wish.walk, wish.item.clone(), wish.token);
    stage.tell(Msg::Probed(Box::new(Probed { walk, item, token, evidence })));
    assert_eq!(stage.probes.len(), before);
    assert_eq!(stage.entry(wish.item.as_str()).evidence, None);
}
