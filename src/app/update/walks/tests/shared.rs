//! Two operators on one walk.

use chrono::TimeDelta;

use super::stage::*;
use crate::app::update::tests::start;
use crate::app::walks::WalkOrder;
use crate::app::{Action, Changed, Msg, Overlay, Place};
use crate::domain::Operator;
use crate::domain::checklist::{Outcome, Walk, WalkId};

/// Ben began it four minutes ago.
fn bens() -> Store {
    let mut store = Store::default();
    let by = Operator::new("ben", "laptop");
    let walk = Walk::new(WalkId(7), daily().into(), None, start() - TimeDelta::minutes(4), by);
    store.keep(&WalkOrder::Begin(Box::new(walk)));
    store
}

#[test]
fn a_walk_that_somebody_began_is_shared() {
    let mut stage = Stage::over(daily(), bens());
    stage.watch.app.open_walk_at_start(daily().id);
    let memory = Box::new(stage.store.memory());
    assert_ne!(stage.tell(Msg::Memory(memory)).changed, Changed::No, "it is drawn, whatever the store holds");
    assert!(stage.watch.said().contains("ben began it 4 min ago; you share it"), "{}", stage.watch.said());
    assert!(stage.orders.is_empty(), "nothing is begun");
    stage.store.ben(stage.watch.now, 1, "logs", Outcome::Done);
    stage.read();
    assert!(stage.watch.said().contains("ben: done"), "{}", stage.watch.said());
    assert_eq!(stage.entry("logs").by.unwrap().0.name, "ben");
}

#[test]
fn what_was_said_before_the_store_told_of_theirs_is_said_in_theirs() {
    let mut stage = Stage::of(daily());
    stage.open();
    let mine = stage.walk().id;
    stage.press(Action::WalkDone);
    stage.press(Action::WalkValue);
    stage.watch.type_text("0.4");
    stage.store = bens();
    stage.keep();
    assert_ne!(stage.walk().id, mine);
    assert!(stage.watch.said().contains("you share it"), "{}", stage.watch.said());
    stage.press(Action::Accept);
    stage.keep_all();
    assert_eq!((stage.outcome("logs"), stage.outcome("errors")), (Some(Outcome::Done), Some(Outcome::Done)));
    assert_eq!(stage.store.only(), stage.walk());
}

#[test]
fn giving_up_what_was_just_begun_does_not_end_theirs() {
    let mut stage = Stage::of(daily());
    stage.open();
    stage.press(Action::WalkGiveUp);
    stage.press(Action::Yes);
    stage.enter("wrong list");
    stage.store = bens();
    stage.keep_all();
    assert!(stage.store.only().is_open());
}

#[test]
fn undo_takes_back_only_what_i_said() {
    let mut stage = Stage::begun();
    stage.press(Action::WalkDone);
    stage.keep_all();
    stage.store.ben(stage.watch.now, 1, "errors", Outcome::Done);
    stage.read();
    stage.goes_to("alerts");
    stage.press(Action::WalkUndo);
    assert_eq!((stage.outcome("logs"), stage.outcome("errors")), (None, Some(Outcome::Done)));
    assert_eq!(stage.at(), "logs");
    stage.press(Action::WalkUndo);
    assert!(stage.watch.said().contains("nothing in this walk that could be taken back"), "{}", stage.watch.said());
    stage.keep_all();
    assert_eq!(stage.store.only(), stage.walk());
}

#[test]
fn a_walk_that_another_ended_is_left_and_what_came_too_late_is_said() {
    let mut stage = Stage::begun();
    stage.press(Action::WalkNote);
    stage.watch.type_text("half a th");
    stage.store.ben_ends(stage.watch.now);
    stage.read();
    assert!(stage.watch.app.overlay.is_none() && !matches!(stage.watch.app.place(), Place::Walk(_)));
    assert!(stage.watch.said().contains("ben completed Daily maintenance"), "{}", stage.watch.said());

    let mut stage = Stage::begun();
    stage.press(Action::WalkDone);
    stage.goes_to("backup");
    stage.press(Action::WalkDone);
    stage.store.ben_ends(stage.watch.now);
    stage.keep_all();
    assert!(stage.watch.said().contains("ben ended it; 2 entries came too late"), "{}", stage.watch.said());
    assert!(stage.watch.app.walks.sent.is_empty());
}

#[test]
fn a_question_about_a_walk_that_has_ended_does_nothing() {
    let mut stage = Stage::begun();
    stage.press(Action::WalkComplete);
    stage.press(Action::WalkComplete);
    assert!(matches!(stage.watch.app.overlay, Some(Overlay::Confirm(_))));
    stage.store.ben_ends(stage.watch.now);
    let overlay = stage.watch.app.overlay.clone();
    stage.read();
    stage.watch.app.overlay = overlay;
    let update = stage.press(Action::Yes);
    assert!(update.effects.is_empty() && stage.watch.app.overlay.is_none());
}
