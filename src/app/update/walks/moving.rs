//! Going from item to item.

use crate::app::cursor::{Cursor, Step};
use crate::app::toast::Tone;
use crate::app::walks::Stop;
use crate::app::{App, Place};
use crate::domain::checklist::{Item, ItemId, Mode, Walk, WalkId};

impl App {
    /// Enter: the next item that applies; behind the last one the completion; there, the end.
    pub(super) fn walk_next(&mut self) {
        let Place::Walk(id) = self.place() else { return };
        let Some(at) = self.item_at_hand() else { return self.complete_walk(id) };
        if at.walk.list.mode == Mode::ReadDo && at.entry.outcome.is_none() {
            self.say(Tone::Hint, format!("left open: {}", at.item.text));
        }
        let next = self.next_item(&at.walk, &at.item.id).map(|item| item.id.clone());
        self.stand_at(id, next.map_or(Stop::Completion, Stop::Item));
    }

    /// The next item that applies, whether anybody said something about it or not.
    pub(super) fn next_item<'a>(&'a self, walk: &'a Walk, item: &ItemId) -> Option<&'a Item> {
        let mut behind = walk.list.items().skip_while(|other| other.id != *item).skip(1);
        behind.find(|item| self.applies(walk, item))
    }

    /// The cursor in the list of items: over those that apply, and the completion behind them.
    pub(in crate::app::update) fn step_walk(&mut self, id: WalkId, step: Step) {
        let Some(walk) = self.walk(id) else { return };
        let items = walk.list.items().filter(|item| self.applies(walk, item));
        let mut stops: Vec<Stop> = items.map(|item| Stop::Item(item.id.clone())).collect();
        stops.push(Stop::Completion);
        let mut cursor = Cursor::default();
        cursor.set(self.stop_of(id));
        cursor.step(&stops, step);
        if let Some(stop) = cursor.key() {
            self.stand_at(id, stop.clone());
        }
    }

    pub(super) fn stand_at(&mut self, id: WalkId, stop: Stop) {
        self.walks.at.insert(id, stop);
    }

    /// Something was said about an item: on to the next one that is open, once nothing lies over the screen.
    pub(super) fn move_on(&mut self, walk: WalkId, item: &ItemId) {
        self.walks.hand.moves_on = Some((walk, item.clone()));
    }

    /// Now it is time for it. Who went elsewhere meanwhile is left there.
    pub(super) fn moved_on(&mut self) {
        if self.overlay.is_some() {
            return;
        }
        let Some((id, item)) = self.walks.hand.moves_on.take() else { return };
        if self.stop_of(id) != Stop::Item(item.clone()) {
            return;
        }
        let Some(walk) = self.walks.open.get(&id) else { return };
        let next = self.open_after(walk, &item).map(|item| item.id.clone());
        self.stand_at(id, next.map_or(Stop::Completion, Stop::Item));
    }
}
