//! What is said is handed over until it is kept, in order, and what is said is seen at once.

use chrono::TimeDelta;

use super::stage::*;
use crate::app::walks::AGAIN;
use crate::app::{Action, Effect, Overlay, View};
use crate::domain::checklist::Outcome;

fn banners(stage: &Stage) -> String {
    stage.watch.app.toasts.banners().collect::<Vec<_>>().join("\n")
}

#[test]
fn what_failed_is_handed_over_again_and_nothing_overtakes_it() {
    let mut stage = Stage::begun();
    stage.press(Action::WalkDone);
    stage.goes_to("backup");
    stage.press(Action::WalkDone);
    assert_eq!(stage.orders.len(), 1, "one at a time");
    stage.fail();
    assert!(banners(&stage).contains("2 entries of walks are not kept yet"), "{}", banners(&stage));
    assert!(banners(&stage).contains("the disk is full"));
    assert!(stage.orders.is_empty());
    assert_eq!(stage.watch.app.next_walk_change().map(|at| at - stage.watch.now), Some(AGAIN));
    assert_eq!((stage.outcome("logs"), stage.outcome("backup")), (Some(Outcome::Done), Some(Outcome::Done)));
    stage.wait(AGAIN);
    stage.keep_all();
    assert_eq!((banners(&stage).as_str(), stage.watch.app.walks.sent.len()), ("", 0));
    assert_eq!(stage.store.only(), stage.walk());
}

#[test]
fn an_answer_to_what_was_answered_already_changes_nothing() {
    let mut stage = Stage::begun();
    stage.press(Action::WalkDone);
    let order = stage.orders[0].clone();
    stage.fail();
    stage.wait(AGAIN);
    stage.orders.push_back(order);
    stage.keep_all();
    assert_eq!((stage.store.only(), stage.store.only().updates().len()), (stage.walk(), 1));
}

#[test]
fn what_is_kept_stays_on_the_screen_while_an_older_look_at_the_store_arrives() {
    let mut stage = Stage::of(daily());
    let old = stage.store.memory();
    stage.open();
    stage.press(Action::WalkDone);
    stage.keep_all();
    stage.tell(crate::app::Msg::Memory(Box::new(old)));
    assert_eq!(stage.outcome("logs"), Some(Outcome::Done));
    stage.read();
    assert_eq!((stage.outcome("logs"), stage.watch.app.walks.kept.len()), (Some(Outcome::Done), 0));
}

#[test]
fn quitting_asks_while_something_is_not_kept() {
    let mut stage = Stage::begun();
    stage.press(Action::WalkDone);
    stage.fail();
    stage.press(Action::View(View::Watch));
    let update = stage.press(Action::Quit);
    assert!(!update.effects.contains(&Effect::Quit));
    let Some(Overlay::Confirm(confirm)) = &stage.watch.app.overlay else { panic!("a question") };
    assert!(confirm.question.contains("not kept yet") && !confirm.yes, "{}", confirm.question);
    stage.press(Action::Cancel);
    stage.wait(TimeDelta::seconds(3));
    stage.keep_all();
    assert!(stage.press(Action::Quit).effects.contains(&Effect::Quit));
}

#[test]
fn read_only_forbids_no_entry_but_declaring_and_giving_up() {
    let mut stage = Stage::begun();
    stage.watch.app.guard = crate::app::guard::Guard { read_only: true, may_write: true, write_until: None };
    stage.press(Action::WalkDone);
    assert_eq!(stage.outcome("logs"), Some(Outcome::Done));
    stage.press(Action::WalkGiveUp);
    assert!(stage.watch.app.overlay.is_none() && stage.watch.said().contains("read-only"));
    assert_eq!(stage.watch.app.why_not(Action::WalkGiveUp).as_deref(), Some("read-only"));
}

#[test]
fn a_store_that_is_never_read_does_not_keep_one_from_walking() {
    let mut stage = Stage::of(daily());
    let list = daily().id;
    stage.watch.app.open_walk_at_start(list);
    stage.wait(TimeDelta::seconds(2));
    assert!(stage.orders.is_empty());
    stage.wait(TimeDelta::seconds(1));
    assert_eq!((stage.at().as_str(), stage.orders.len()), ("logs", 1));
}

#[test]
fn what_cannot_be_kept_of_one_walk_holds_up_nothing_else() {
    let mut stage = Stage::begun();
    stage.press(Action::WalkDone);
    stage.fail();
    stage.press(Action::Declare);
    stage.enter("C payments are down");
    assert!(matches!(stage.orders.front(), Some(crate::app::walks::WalkOrder::Declare(_))), "{:?}", stage.orders);
    stage.keep();
    assert_eq!(stage.watch.app.unkept().count(), 1);
    assert!(banners(&stage).contains("1 entry of a walk is not kept yet"), "{}", banners(&stage));
}
