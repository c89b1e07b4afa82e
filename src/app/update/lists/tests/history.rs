//! The history of a list.

use super::{Watch, daily, ended, in_short};
use crate::app::walks::Shows;
use crate::app::{Action, Effect, Msg, Pane, Place, View};
use crate::board::Memory;
use crate::domain::IncidentId;
use crate::domain::checklist::{Change, ChecklistId, Outcome, Walk, WalkId};

fn three() -> Vec<Walk> {
    let failed = Change::Outcome { outcome: Outcome::Failed, why: "disk *full*".to_owned() };
    vec![
        ended(3, &daily("a"), 1, vec![failed]),
        ended(2, &daily("a"), 2, Vec::new()),
        ended(1, &daily("a"), 3, Vec::new()),
    ]
}

fn memory(walks: &[Walk]) -> Memory {
    Memory { walked: walks.iter().map(in_short).collect(), ..Memory::default() }
}

fn looking_back() -> Watch {
    let mut watch = Watch::offering_lists(&[daily("a")]);
    watch.remember_lists(memory(&three()));
    watch.press(Action::View(View::Checklists));
    let update = watch.press(Action::WalkHistory);
    assert_eq!(update.effects, [Effect::LoadWalks(ChecklistId::new("a"))]);
    assert_eq!(watch.app.place(), Place::History);
    watch.tell(Msg::Walks(ChecklistId::new("a"), Ok(three())));
    watch
}

fn shows(watch: &Watch) -> Shows {
    watch.app.walks.history.as_ref().unwrap().shows
}

#[test]
fn the_cursor_is_on_the_newest_and_holds_on_while_walks_come() {
    let mut watch = looking_back();
    assert_eq!(watch.app.past_walk().map(|walk| walk.id), Some(WalkId(3)));
    watch.press(Action::Down);
    let newer = ended(4, &daily("a"), 0, Vec::new());
    let walks: Vec<Walk> = std::iter::once(newer).chain(three()).collect();
    let update = watch.remember_lists(memory(&walks));
    assert!(update.effects.contains(&Effect::LoadWalks(ChecklistId::new("a"))), "there is one more");
    watch.tell(Msg::Walks(ChecklistId::new("a"), Ok(walks.clone())));
    assert_eq!(watch.app.past_walk().map(|walk| walk.id), Some(WalkId(2)));
    let again = Memory { comments: [(IncidentId(7), Vec::new())].into(), ..memory(&walks) };
    assert!(watch.remember_lists(again).effects.is_empty(), "nothing about walks is different");
}

#[test]
fn two_marked_ones_are_compared_the_older_first() {
    let mut watch = looking_back();
    watch.press(Action::WalkCompare);
    assert!(watch.said().contains("mark two walks"), "{}", watch.said());
    watch.press(Action::Mark);
    watch.press(Action::Mark);
    watch.press(Action::Mark);
    assert_eq!(watch.app.walks.history.as_ref().unwrap().marked, [WalkId(3), WalkId(2)], "two at most");
    watch.press(Action::WalkCompare);
    assert_eq!(shows(&watch), Shows::Comparison);
    let (older, newer) = watch.app.compared().unwrap();
    assert_eq!((older.id, newer.id), (WalkId(2), WalkId(3)));
    watch.tell(Msg::Walks(ChecklistId::new("a"), Ok(vec![ended(2, &daily("a"), 2, Vec::new())])));
    assert_eq!(shows(&watch), Shows::Trend, "one of the two is gone");
}

#[test]
fn one_marked_one_is_compared_with_the_one_under_the_cursor() {
    let mut watch = looking_back();
    watch.press(Action::Mark);
    watch.press(Action::Down);
    watch.press(Action::WalkCompare);
    let (older, newer) = watch.app.compared().unwrap();
    assert_eq!((older.id, newer.id), (WalkId(1), WalkId(3)));
}

#[test]
fn enter_shows_the_walk_whole_and_esc_leaves() {
    let mut watch = looking_back();
    watch.press(Action::Open);
    assert_eq!(shows(&watch), Shows::Walk);
    watch.press(Action::PaneNext);
    assert_eq!(watch.app.focus, Pane::Beside);
    watch.press(Action::Open);
    assert_eq!(shows(&watch), Shows::Trend);
    watch.press(Action::Back);
    assert_eq!(watch.app.place(), Place::View(View::Checklists));
}

#[test]
fn y_takes_the_walk_along_as_a_task_list() {
    let mut watch = looking_back();
    let update = watch.press(Action::Copy);
    let [Effect::Copy(text)] = update.effects.as_slice() else { panic!("{:?}", update.effects) };
    assert!(text.contains("- [ ] Look at logs — FAILED: disk \\*full\\* (by ana 03:12)"), "{text}");
    assert!(text.contains("- [ ] Look at disk\n"), "{text}");
}

#[test]
fn what_cannot_be_read_is_empty_and_says_why() {
    let mut watch = looking_back();
    watch.tell(Msg::Walks(ChecklistId::new("a"), Err("the store is locked".to_owned())));
    assert!(watch.app.past_walks().is_empty() && watch.app.past_walk().is_none());
    assert_eq!(watch.app.walks.past[&ChecklistId::new("a")], Err("the store is locked".to_owned()));
    watch.press(Action::Open);
    watch.press(Action::Mark);
    assert_eq!(shows(&watch), Shows::Trend);
}

/// Who comes to a walk while the store is still being opened sees what earlier ones said as soon as it is.
#[test]
fn what_could_not_be_read_is_read_again_with_the_store() {
    let list = ChecklistId::new("a");
    let mut watch = Watch::offering_lists(&[daily("a")]);
    watch.tell(Msg::Walks(list.clone(), Err("the store is still being opened".to_owned())));
    let update = watch.remember_lists(Memory::default());
    assert!(update.effects.contains(&Effect::LoadWalks(list.clone())), "{update:?}");
    watch.tell(Msg::Walks(list, Ok(Vec::new())));
    assert!(watch.remember_lists(memory(&[])).effects.is_empty(), "an empty answer is one");
}
