//! Lists, walks and updates for tests.

use std::sync::Arc;

use super::walk::{Change, End};
use super::{Checklist, Item, ItemId, ItemKind, Outcome, Schedule, Section, Update, UpdateId, Walk, WalkId};
use crate::domain::{Moment, Operator};

pub(in crate::domain) fn utc(text: &str) -> Moment {
    text.parse().unwrap()
}

/// A list of ticks with these ids.
pub(in crate::domain) fn list(schedule: Option<&str>, items: &[&str]) -> Checklist {
    Checklist {
        schedule: schedule.map(|text| Schedule::parse(text).unwrap()),
        ..Checklist::new(
            "daily",
            "Daily maintenance",
            vec![Section {
                title: "Logs".to_owned(),
                help: String::new(),
                items: items.iter().map(|id| item(id)).collect(),
            }],
        )
    }
}

pub(in crate::domain) fn item(id: &str) -> Item {
    Item::new(id, &format!("Look at {id}"), ItemKind::Tick)
}

/// A walk of a list that begins at a moment, with what is said in it.
pub(in crate::domain) fn walk(id: u64, list: Checklist, begun: &str, said: &[(&str, Change)]) -> Walk {
    let at = utc(begun);
    let updates = (0..).zip(said).map(|(number, (item, change))| update(id * 100 + number, item, change.clone(), at));
    Walk::new(WalkId(id), Arc::new(list), None, at, Operator::new("ana", "bastion")).with(updates)
}

pub(in crate::domain) fn update(id: u64, item: &str, change: Change, at: Moment) -> Update {
    let item = (!item.is_empty()).then(|| ItemId::new(item));
    Update { id: UpdateId(id), item, change, by: Operator::new("ana", "bastion"), at }
}

/// How an item went, and why.
pub(in crate::domain) fn went(outcome: Outcome, why: &str) -> Change {
    Change::Outcome { outcome, why: why.to_owned() }
}

/// An end by completion, or by giving up.
pub(in crate::domain) fn end(at: Moment, completed: bool) -> End {
    End { at, by: Operator::new("ana", "bastion"), completed, sign: "Ana".to_owned() }
}
