//! Whose turn it is: what was said first in a walk is kept first, however often the store fails in between.

use std::collections::BTreeMap;

use crate::app::walks::WalkOrder;
use crate::domain::checklist::{UpdateId, WalkId};

/// The first order of each walk that could not be kept. Until it is, the walk's later ones wait.
#[derive(Debug, Default)]
pub(super) struct Turns {
    first: BTreeMap<WalkId, Key>,
}

/// Which order of a walk it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Begin,
    Update(UpdateId),
    End,
}

impl Turns {
    /// Whether an order may be tried.
    pub(super) fn may(&self, order: &WalkOrder) -> bool {
        key(order).is_none_or(|(walk, key)| self.first.get(&walk).is_none_or(|first| *first == key))
    }

    /// An order was not kept.
    pub(super) fn failed(&mut self, order: &WalkOrder) {
        if let Some((walk, key)) = key(order) {
            self.first.entry(walk).or_insert(key);
        }
    }

    /// An order was kept, or never will be.
    pub(super) fn kept(&mut self, order: &WalkOrder) {
        if let Some((walk, _)) = key(order) {
            self.first.remove(&walk);
        }
    }
}

/// Orders that belong to no walk stand in nobody's way.
fn key(order: &WalkOrder) -> Option<(WalkId, Key)> {
    match order {
        WalkOrder::Begin(walk) => Some((walk.id, Key::Begin)),
        WalkOrder::Update(walk, update) => Some((*walk, Key::Update(update.id))),
        WalkOrder::End(walk, _) => Some((*walk, Key::End)),
        WalkOrder::Know(_) | WalkOrder::Declare(_) | WalkOrder::Over { .. } => None,
    }
}
