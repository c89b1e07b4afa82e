//! Stands in for the walk until it is there.

use crate::app::walks::WalkOrder;
use crate::app::{App, Effect};
use crate::domain::checklist::{Change, ChecklistId, ItemId, WalkId};

impl App {
    /// Goes on with the walk of a list that is open, or begins one.
    pub(super) fn begin_or_resume(&mut self, list: &ChecklistId, effects: &mut Vec<Effect>) {
        let _ = (self, list, effects);
    }

    /// Hands something to the store, again and again until it is kept.
    pub(super) fn send_order(&mut self, order: WalkOrder, effects: &mut Vec<Effect>) {
        let _ = &self;
        effects.push(Effect::Walk(Box::new(order)));
    }

    /// Says something in a walk.
    pub(super) fn say_in_walk(
        &mut self,
        walk: WalkId,
        item: Option<&ItemId>,
        change: Change,
        effects: &mut Vec<Effect>,
    ) {
        let _ = (self, walk, item, change, effects);
    }
}
