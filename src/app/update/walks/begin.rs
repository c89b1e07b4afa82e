//! Beginning a walk, or going on with the one that is open.

use std::sync::Arc;

use chrono::TimeDelta;

use crate::app::toast::Tone;
use crate::app::walks::WalkOrder;
use crate::app::{App, Effect, Pane, Place};
use crate::domain::checklist::{ChecklistId, Walk, WalkId};
use crate::domain::{Moment, recurrence};

/// How long the store is waited for before a walk is begun without knowing whether one is open.
const STORE: TimeDelta = TimeDelta::seconds(3);

impl App {
    /// Opens the walk of a list as soon as the store was read, or a few seconds later where it is not: what
    /// `midwatch checklist walk ID` begins with, before the first message.
    pub fn open_walk_at_start(&mut self, list: ChecklistId) {
        self.walks.hand.wanted = Some((list, self.now + STORE));
    }

    /// Goes on with the walk of a list that is open, or begins one.
    pub(in crate::app::update) fn begin_or_resume(&mut self, list: &ChecklistId, effects: &mut Vec<Effect>) {
        let open = self.walks.open.values().filter(|walk| walk.list.id == *list).min_by_key(|walk| walk.begun);
        if let Some(id) = open.map(|walk| walk.id) {
            return self.go_to_walk(id);
        }
        let Some(list) = self.profile.checklist(list).cloned() else {
            return self.say(Tone::Failed, format!("no checklist '{list}' is known; 5 lists them"));
        };
        let turn = list.schedule.and_then(|schedule| recurrence::turn_at(schedule, self.profile.timezone, self.now));
        let (id, by) = (WalkId(self.fresh_id()), self.profile.operator.clone());
        let walk = Walk::new(id, list, turn.map(|turn| turn.due), self.now, by);
        self.walks.open.insert(id, Arc::new(walk.clone()));
        self.send_order(WalkOrder::Begin(Box::new(walk)), effects);
        self.go_to_walk(id);
    }

    fn go_to_walk(&mut self, id: WalkId) {
        self.overlay = None;
        match self.places.iter().position(|place| *place == Place::Walk(id)) {
            Some(at) => {
                self.places.truncate(at + 1);
                self.focus = Pane::Items;
            }
            None => self.enter(Place::Walk(id)),
        }
    }

    /// What time alone changes: an order is handed over again, and the store is waited for no longer.
    pub(in crate::app::update) fn tick_walks(&mut self, effects: &mut Vec<Effect>) {
        self.hand_over(effects);
        if let Some((list, _)) = self.walks.hand.wanted.take_if(|(_, until)| *until <= self.now) {
            self.begin_or_resume(&list, effects);
        }
    }

    /// When that is next.
    pub(in crate::app::update) fn next_walk_change(&self) -> Option<Moment> {
        let wanted = self.walks.hand.wanted.as_ref().map(|(_, until)| *until);
        [self.next_hand_over(), wanted].into_iter().flatten().min()
    }
}
