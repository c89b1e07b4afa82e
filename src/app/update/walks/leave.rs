//! Coming to a walk and going away from it, whatever the key was: seen in one place, after each message.

use crate::app::toast::Tone;
use crate::app::walks::Stop;
use crate::app::{App, Changed, Effect, Pane, Place};
use crate::domain::age;
use crate::domain::checklist::{Change, Walk, WalkId};

/// A walk, and where the operator stands in it.
pub(in crate::app::update) type Standing = (WalkId, Stop);

impl App {
    /// The walk that the operator is at, and where in it. Who looks from it at a view or a history is still at it; who
    /// opens an incident is not.
    pub(in crate::app::update) fn stands_at(&self) -> Option<Standing> {
        let mut above = self.places.iter().rev().take_while(|place| !matches!(place, Place::Incident(_)));
        let id = above.find_map(|place| match place {
            Place::Walk(id) => Some(*id),
            _ => None,
        })?;
        Some((id, self.stop_of(id)))
    }

    /// After each message: what follows from being at another place than before it.
    pub(in crate::app::update) fn settle_walk(
        &mut self,
        before: Option<Standing>,
        effects: &mut Vec<Effect>,
    ) -> Changed {
        self.follow_remedy(effects);
        self.moved_on();
        let after = self.stands_at();
        if before == after {
            return Changed::No;
        }
        let (was, is) = (before.as_ref().map(|(id, _)| *id), after.as_ref().map(|(id, _)| *id));
        if was != is {
            if let Some((id, stop)) = before {
                self.went_away(id, &stop, effects);
            }
            if let Some((id, stop)) = after {
                self.came_to(id, &stop, effects);
            }
        }
        self.scroll_to_top(Pane::Item);
        self.ask_probes(effects);
        Changed::Data
    }

    /// The operator leaves midwatch: from a walk too.
    pub(in crate::app::update) fn leave_walks(&mut self, effects: &mut Vec<Effect>) {
        if let Some((id, stop)) = self.stands_at() {
            self.went_away(id, &stop, effects);
        }
        self.hand_over_all(effects);
    }

    fn went_away(&mut self, id: WalkId, stop: &Stop, effects: &mut Vec<Effect>) {
        let Some(walk) = self.walks.open.get(&id) else { return };
        if *stop == Stop::Completion || !self.said_something(walk) {
            return;
        }
        let entered = self.walks.entered.get(&id).copied().unwrap_or(walk.begun);
        let calls = self.board.incidents().filter(|incident| incident.needs_somebody());
        let called = calls.filter(|incident| incident.first_seen >= entered).min_by_key(|incident| incident.rank());
        let (incident, by) =
            called.map_or((None, String::new()), |incident| (Some(incident.id), incident.title.clone()));
        self.say_in_walk(id, None, Change::Interrupted { incident, by }, effects);
    }

    /// Who began a walk, where it was somebody else.
    pub(super) fn tell_shared(&mut self, walk: &Walk) {
        if walk.by.name != self.profile.operator.name {
            let ago = age::coarse(self.now - walk.begun);
            self.say(Tone::Hint, format!("{} began it {ago} ago; you share it", walk.by.name));
        }
    }

    fn came_to(&mut self, id: WalkId, stop: &Stop, effects: &mut Vec<Effect>) {
        let Some(walk) = self.walks.open.get(&id).cloned() else { return };
        self.stand_at(id, stop.clone());
        self.walks.entered.insert(id, self.now);
        effects.push(Effect::LoadWalks(walk.list.id.clone()));
        if !self.said_something(&walk) {
            return self.tell_shared(&walk);
        }
        // The page of the item tells what called away, for as long as it is looked at.
        if self.away_from(&walk).is_some() {
            self.say_in_walk(id, None, Change::Resumed, effects);
        }
    }
}
