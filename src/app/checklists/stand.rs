//! Where the operator stands in a walk, and when they were away from it.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::Interruption;
use crate::app::App;
use crate::app::walks::Stop;
use crate::domain::checklist::{Change, Item, ItemId, Update, Walk, WalkId};
use crate::domain::{Moment, Operator};

/// Who said nothing for longer than this, and comes back to a walk, was away.
pub const GAP: TimeDelta = TimeDelta::minutes(5);

impl App {
    /// Where the operator stands in a walk: where they were last, else at the first item after what they answered
    /// last that nobody has looked at, else at the first such item, else at the completion.
    #[must_use]
    pub fn stop_of(&self, id: WalkId) -> Stop {
        let Some(walk) = self.walk(id) else { return Stop::Completion };
        match self.walks.at.get(&id) {
            Some(Stop::Completion) => return Stop::Completion,
            Some(Stop::Item(item)) if walk.list.item(item).is_some() => return Stop::Item(item.clone()),
            _ => {}
        }
        let me = &self.profile.operator;
        let mine = walk.updates().iter().rev().filter(|update| is_by(update, me));
        let answered = mine.filter(|update| is_answer(&update.change)).find_map(|update| update.item.clone());
        let after = answered.and_then(|item| self.open_after(walk, &item));
        let first = || self.open_items(walk).next();
        after.or_else(first).map_or(Stop::Completion, |item| Stop::Item(item.id.clone()))
    }

    /// The items that apply and that nobody has said anything about yet.
    pub fn open_items<'a>(&'a self, walk: &'a Walk) -> impl Iterator<Item = &'a Item> {
        walk.list.items().filter(move |item| self.applies(walk, item) && is_open(walk, &item.id))
    }

    /// The first of them behind an item.
    #[must_use]
    pub fn open_after<'a>(&'a self, walk: &'a Walk, item: &ItemId) -> Option<&'a Item> {
        let mut behind = walk.list.items().skip_while(|other| other.id != *item).skip(1);
        behind.find(|item| self.applies(walk, item) && is_open(walk, &item.id))
    }

    /// The interruptions of a walk, oldest first. One that nobody wrote down, because midwatch was ended in the middle
    /// of it, is told from the time between what its operator said last and when they came back.
    #[must_use]
    pub fn interruptions(&self, walk: &Walk) -> Vec<Interruption> {
        let mut told: Vec<Interruption> = Vec::new();
        // Each operator is away and comes back for themselves.
        let mut away: BTreeMap<&str, usize> = BTreeMap::new();
        let mut last: BTreeMap<&str, Moment> = BTreeMap::new();
        for update in walk.updates().iter().filter(|update| is_by_hand(&update.change)) {
            let name = update.by.name.as_str();
            match (&update.change, away.remove(name).and_then(|at| told.get_mut(at))) {
                (Change::Interrupted { incident, by }, _) => {
                    away.insert(name, told.len());
                    told.push(Interruption { from: update.at, until: None, by: by.clone(), incident: *incident });
                }
                (_, Some(earlier)) => earlier.until = Some(update.at),
                (Change::Resumed, None) => {
                    let from = last.get(name).copied().filter(|from| update.at - *from > GAP);
                    let until = Some(update.at);
                    told.extend(from.map(|from| Interruption { from, until, by: String::new(), incident: None }));
                }
                _ => {}
            }
            last.insert(name, update.at);
        }
        told
    }

    /// Since when this operator is away from a walk that they come back to, and what called them away.
    #[must_use]
    pub fn away_from(&self, walk: &Walk) -> Option<(Moment, String)> {
        let me = &self.profile.operator;
        let last = walk.updates().iter().rfind(|update| is_by(update, me) && is_by_hand(&update.change))?;
        match &last.change {
            Change::Interrupted { by, .. } => Some((last.at, by.clone())),
            _ => (self.now - last.at > GAP).then(|| (last.at, String::new())),
        }
    }
}

/// Whether nobody has said yet how an item went.
fn is_open(walk: &Walk, item: &ItemId) -> bool {
    walk.entry(item).is_none_or(|entry| entry.outcome.is_none())
}

/// Whether an operator said it, on whichever host.
pub(in crate::app) fn is_by(update: &Update, operator: &Operator) -> bool {
    update.by.name == operator.name
}

/// Whether it says how an item went.
fn is_answer(change: &Change) -> bool {
    matches!(change, Change::Outcome { .. } | Change::Answer { outcome: Some(_), .. })
}

/// Whether an operator said it, not a probe.
pub(in crate::app) fn is_by_hand(change: &Change) -> bool {
    !matches!(change, Change::Evidence { .. })
}
