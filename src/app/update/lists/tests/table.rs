//! The rows of the Checklists view.

use std::sync::Arc;

use super::{Watch, daily, ended, in_short, on_demand, orders, start};
use crate::app::walks::WalkOrder;
use crate::app::{Action, Msg, View};
use crate::board::Memory;
use crate::domain::checklist::{Change, ChecklistId, ItemId, Outcome, Update, UpdateId, Walk, WalkId};

#[test]
fn lists_that_the_store_does_not_know_are_known_from_now_on_and_told_once() {
    let mut watch = Watch::offering_lists(&[daily("b"), on_demand("a")]);
    let known = [(ChecklistId::new("b"), start())].into();
    let update = watch.remember_lists(Memory { lists: known, ..Memory::default() });
    assert_eq!(orders(&update), [&WalkOrder::Know(vec![ChecklistId::new("a")])]);
    assert_eq!(watch.app.walks.rows.len(), 2);
    let update = watch.remember_lists(Memory::default());
    assert!(orders(&update).is_empty());
}

#[test]
fn an_empty_store_is_heard_too_and_nothing_is_made_of_it_before() {
    let mut watch = Watch::offering_lists(&[daily("a")]);
    assert!(watch.app.walks.rows.is_empty() && !watch.app.walks.own.heard);
    assert_eq!(orders(&watch.remember_lists(Memory::default())).len(), 1);
    assert!(watch.app.walks.own.heard);
}

#[test]
fn without_a_store_the_lists_are_there_after_the_first_tick() {
    let mut watch = Watch::offering_lists(&[on_demand("a")]);
    assert_eq!(watch.app.next_change(), Some(start()));
    watch.tell(Msg::Tick);
    assert_eq!(watch.list_ids(), ["a"]);
    assert_ne!(watch.app.next_change(), Some(start()));
}

#[test]
fn what_is_under_way_stands_before_what_is_only_there_and_counts_what_was_looked_at() {
    let list = Arc::new(on_demand("z"));
    let mut watch = Watch::offering_lists(&[on_demand("a"), (*list).clone()]);
    let done = Change::Outcome { outcome: Outcome::Done, why: String::new() };
    let said = Update { id: UpdateId(1), item: Some(ItemId::new("logs")), change: done, by: super::ana(), at: start() };
    let walk = Walk::new(WalkId(1), list, None, start(), super::ana()).with([said]);
    watch.remember_lists(Memory { walks: vec![Arc::new(walk)], ..Memory::default() });
    assert_eq!(watch.list_ids(), ["z", "a"]);
    let row = &watch.app.walks.rows[0];
    assert_eq!((row.open, row.looked_at, row.of), (Some(WalkId(1)), 1, 2));
}

#[test]
fn other_messages_do_not_make_the_rows_anew() {
    let mut watch = Watch::offering_lists(&[daily("a")]);
    watch.remember_lists(Memory::default());
    let before = Arc::clone(&watch.app.walks.rows);
    watch.answer(super::am(), vec![super::errors_on("pod-1")], None);
    watch.press(Action::View(View::Checklists));
    watch.tell(Msg::Resize { columns: 90, rows: 30 });
    assert!(Arc::ptr_eq(&before, &watch.app.walks.rows));
    let walk = ended(1, &daily("a"), 1, Vec::new());
    watch.remember_lists(Memory { walked: vec![in_short(&walk)], ..Memory::default() });
    assert!(!Arc::ptr_eq(&before, &watch.app.walks.rows));
    assert_eq!(watch.app.walks.rows[0].last.as_ref().map(|last| last.id), Some(WalkId(1)));
}

#[test]
fn the_cursor_moves_over_lists_and_y_takes_the_id_along() {
    let mut watch = Watch::offering_lists(&[on_demand("a"), on_demand("b")]);
    watch.remember_lists(Memory::default());
    watch.press(Action::View(View::Checklists));
    watch.press(Action::Down);
    assert_eq!(watch.app.walks.list.key(), Some(&ChecklistId::new("b")));
    let update = watch.press(Action::Copy);
    assert_eq!(update.effects, [crate::app::Effect::Copy("b".to_owned())]);
}
