//! Called away, and back to where it was.

use chrono::TimeDelta;

use super::stage::*;
use crate::app::update::tests::{am, errors_on};
use crate::app::{Action, Place, View};
use crate::domain::checklist::{Change, Outcome};

#[test]
fn a_page_interrupts_and_the_walk_goes_on_where_it_stood() {
    let mut stage = Stage::begun();
    stage.press(Action::WalkDone);
    stage.wait(TimeDelta::seconds(20));
    stage.watch.answer(am(), vec![errors_on("pod-1")], None);
    let incident = stage.watch.the_incident();
    stage.press(Action::View(View::Watch));
    let walk = stage.watch.app.walks.open.values().next().unwrap();
    let told = &stage.watch.app.interruptions(walk)[0];
    assert_eq!((told.by.as_str(), told.incident, told.until), ("CheckoutErrorsHigh", Some(incident), None));
    stage.wait(TimeDelta::minutes(14));
    stage.open();
    assert_eq!(stage.at(), "errors");
    assert!(!stage.watch.said().contains("interrupted"), "the page says it: {}", stage.watch.said());
    let told = stage.watch.app.interruptions(stage.walk())[0].clone();
    assert_eq!(told.until.unwrap() - told.from, TimeDelta::minutes(14));
    stage.keep_all();
    assert_eq!(stage.store.only(), stage.walk());
}

#[test]
fn who_said_nothing_yet_or_is_at_the_end_is_not_interrupted() {
    let mut stage = Stage::begun();
    stage.press(Action::Back);
    stage.open();
    stage.press(Action::WalkDone);
    stage.press(Action::Bottom);
    stage.press(Action::Quit);
    stage.open();
    let rows = stage.walk().updates().iter().filter(|update| update.item.is_none()).count();
    assert_eq!(rows, 0);
}

#[test]
fn opening_the_incident_from_a_view_over_the_walk_is_going_away() {
    let mut list = daily();
    list.sections[0].items[1].open = Some(crate::domain::checklist::item::Opens::Incidents);
    let mut stage = Stage::walking(list);
    stage.press(Action::WalkDone);
    stage.watch.answer(am(), vec![errors_on("pod-1")], None);
    stage.press(Action::WalkOpen);
    assert_eq!(stage.watch.app.place(), Place::View(View::Incidents));
    stage.press(Action::Open);
    assert!(matches!(stage.watch.app.place(), Place::Incident(_)));
    stage.press(Action::Back);
    stage.press(Action::Back);
    let told = stage.watch.app.interruptions(stage.walk());
    assert_eq!((told.len(), told[0].by.as_str(), told[0].until.is_some()), (1, "CheckoutErrorsHigh", true));
}

#[test]
fn killed_in_the_middle_it_goes_on_behind_what_was_answered_last() {
    let mut stage = Stage::begun();
    stage.goes_to("errors");
    stage.press(Action::WalkValue);
    stage.enter("0.2");
    stage.keep_all();
    stage.wait(TimeDelta::minutes(20));
    stage.restart();
    assert_eq!(stage.at(), "latency", "behind the last answer, not at the first open one");
    let told = stage.watch.app.interruptions(stage.walk());
    assert_eq!((told.len(), told[0].by.as_str()), (1, ""));
    assert_eq!(told[0].until.unwrap() - told[0].from, TimeDelta::minutes(20));
}

#[test]
fn taking_long_over_an_item_is_no_interruption() {
    let mut stage = Stage::begun();
    stage.press(Action::WalkDone);
    stage.wait(TimeDelta::minutes(40));
    stage.press(Action::WalkValue);
    stage.enter("0.2");
    assert!(stage.watch.app.interruptions(stage.walk()).is_empty());
}

#[test]
fn leaving_midwatch_is_written_down_and_everything_that_waits_is_handed_over() {
    let mut stage = Stage::begun();
    stage.press(Action::WalkDone);
    stage.goes_to("backup");
    stage.press(Action::WalkDone);
    stage.press(Action::Leave);
    assert_eq!(stage.orders.len(), 2, "the second behind the first, and that it was left is not said at the end");
    stage.restart();
    assert_eq!((stage.outcome("logs"), stage.outcome("backup")), (Some(Outcome::Done), Some(Outcome::Done)));
    stage.goes_to("alerts");
    stage.press(Action::Leave);
    let left = &stage.orders.back().unwrap();
    let crate::app::walks::WalkOrder::Update(_, update) = left else { panic!("an update: {left:?}") };
    assert!(matches!(update.change, Change::Interrupted { .. }));
}
