//! The end of a walk is a step of its own.

use super::stage::*;
use crate::app::overlay::Purpose;
use crate::app::{Action, Overlay};
use crate::domain::checklist::Outcome;

/// Everything is done but the backup.
fn nearly() -> Stage {
    let mut stage = Stage::begun();
    stage.press(Action::WalkDone);
    stage.press(Action::WalkValue);
    stage.enter("0.3");
    stage.press(Action::WalkDone);
    stage.enter("looked at the dashboard");
    stage.press(Action::WalkDone);
    stage.press(Action::Accept);
    assert_eq!(stage.at(), "backup");
    stage
}

fn question(stage: &Stage) -> String {
    let Some(Overlay::Confirm(confirm)) = &stage.watch.app.overlay else { panic!("a question") };
    format!("{}\n{}", confirm.question, confirm.consequences.join("\n"))
}

#[test]
fn answering_everything_does_not_end_a_walk_and_signing_does() {
    let mut stage = nearly();
    stage.press(Action::WalkDone);
    assert_eq!((stage.at().as_str(), stage.walk().is_open()), ("", true));
    stage.press(Action::WalkNext);
    let Some(Overlay::Prompt(prompt)) = &stage.watch.app.overlay else { panic!("a line") };
    assert_eq!((prompt.purpose, prompt.entry.text()), (Purpose::SignOff, "ana"));
    stage.press(Action::Accept);
    assert!(!stage.watch.said().contains("is completed"), "the store does not have it yet: {}", stage.watch.said());
    stage.keep_all();
    let end = stage.store.only().ended.clone().unwrap();
    assert_eq!((end.completed, end.sign.as_str(), end.by.name.as_str()), (true, "ana", "ana"));
    assert!(stage.watch.app.walks.open.is_empty());
    assert!(stage.watch.said().contains("Daily maintenance is completed: 5 done"), "{}", stage.watch.said());
    stage.read();
    assert!(stage.watch.app.walks.open.is_empty() && stage.watch.app.walks.kept.is_empty());
}

#[test]
fn what_was_not_looked_at_is_named_first_and_no_is_the_default() {
    let mut stage = nearly();
    stage.press(Action::WalkComplete);
    assert_eq!(stage.at(), "", "first to the completion");
    stage.press(Action::WalkComplete);
    assert!(question(&stage).contains("1 item was not looked at"), "{}", question(&stage));
    assert!(question(&stage).contains("blocker, not looked at: backup"), "{}", question(&stage));
    stage.press(Action::Accept);
    assert!(stage.walk().is_open() && stage.watch.app.overlay.is_none());
    stage.press(Action::WalkComplete);
    stage.press(Action::Yes);
    stage.press(Action::Accept);
    stage.keep_all();
    assert!(!stage.store.only().is_open());
}

#[test]
fn a_blocker_that_was_left_out_is_named_too() {
    let mut stage = nearly();
    stage.press(Action::WalkSkip);
    stage.enter("no time");
    assert_eq!(stage.outcome("backup"), Some(Outcome::Skipped));
    stage.press(Action::WalkComplete);
    assert!(question(&stage).contains("blocker, skipped: backup"), "{}", question(&stage));
}

#[test]
fn giving_up_asks_and_wants_a_reason() {
    let mut stage = nearly();
    stage.press(Action::WalkGiveUp);
    assert!(question(&stage).contains("Give up Daily maintenance in prod-eu?"), "{}", question(&stage));
    stage.press(Action::Yes);
    stage.press(Action::Accept);
    assert!(stage.walk().is_open(), "not without a reason");
    stage.enter("freeze");
    stage.keep_all();
    let end = stage.store.only().ended.clone().unwrap();
    assert_eq!((end.completed, end.sign.as_str()), (false, "freeze"));
}

#[test]
fn a_new_walk_begins_behind_the_end_of_the_last() {
    let mut stage = nearly();
    stage.press(Action::WalkDone);
    stage.press(Action::WalkComplete);
    stage.press(Action::Accept);
    stage.open();
    stage.keep_all();
    assert_eq!(stage.store.walks.len(), 2);
    assert!(!stage.store.walks[0].is_open() && stage.store.walks[1].is_open());
    assert_eq!(stage.walk().id, stage.store.walks[1].id);
}
