//! What updates come to.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Update, UpdateId};
use crate::domain::checklist::{Entry, ItemId};

/// What updates come to, item by item: those that were undone do not count, the others each add what they say.
///
/// An undo counts wherever it stands, for it may be kept before what it is about. It cannot be undone itself: what it took
/// away is said again.
pub(super) fn fold(updates: &[Update]) -> BTreeMap<ItemId, Entry> {
    let undone: BTreeSet<UpdateId> = updates
        .iter()
        .filter_map(|update| match update.change {
            Change::Undo { update } => Some(update),
            _ => None,
        })
        .collect();
    let mut entries: BTreeMap<ItemId, Entry> = BTreeMap::new();
    for update in updates.iter().filter(|update| !undone.contains(&update.id)) {
        if let Some(item) = &update.item
            && !matches!(update.change, Change::Undo { .. } | Change::Interrupted { .. } | Change::Resumed)
        {
            add(entries.entry(item.clone()).or_default(), update);
        }
    }
    entries
}

fn add(entry: &mut Entry, update: &Update) {
    let mut said = None;
    match &update.change {
        Change::Outcome { outcome, why } => {
            said = Some(*outcome);
            if !why.is_empty() {
                entry.note.clone_from(why);
            }
        }
        Change::Answer { answer, outcome } => {
            entry.answer = Some(answer.clone());
            said = *outcome;
        }
        Change::Note { text } => entry.note.clone_from(text),
        Change::Evidence { evidence } => entry.evidence = Some((**evidence).clone()),
        Change::Owner { name } => entry.owner.clone_from(name),
        Change::Concern { concern } => entry.concern = Some((**concern).clone()),
        Change::Followed { words } => entry.followed.push(words.clone()),
        Change::Undo { .. } | Change::Interrupted { .. } | Change::Resumed => {}
    }
    if let Some(outcome) = said {
        entry.outcome = Some(outcome);
        entry.by = Some((update.by.clone(), update.at));
    }
}
