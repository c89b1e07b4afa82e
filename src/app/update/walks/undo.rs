//! `u`: what this operator said last in a walk does not count. Never what another said, nor what a probe found.

use crate::app::checklists::is_by;
use crate::app::toast::Tone;
use crate::app::walks::Stop;
use crate::app::{App, Effect};
use crate::domain::checklist::{Change, Update, Walk, WalkId};

impl App {
    pub(super) fn undo_in_walk(&mut self, id: WalkId, effects: &mut Vec<Effect>) {
        let Some(walk) = self.walks.open.get(&id).cloned() else { return };
        let Some(update) = self.last_of_mine(&walk) else {
            return self.say(Tone::Hint, "you said nothing in this walk that could be taken back");
        };
        let text = update.item.as_ref().and_then(|item| walk.list.item(item)).map_or("", |item| &item.text);
        let (words, item) = (format!("took back: {} · {text}", words_of(&update.change)), update.item.clone());
        self.say_in_walk(id, item.as_ref(), Change::Undo { update: update.id }, effects);
        if let Some(item) = item.filter(|item| walk.list.item(item).is_some()) {
            self.stand_at(id, Stop::Item(item));
        }
        self.say(Tone::Done, words);
    }

    /// What this operator said last in a walk, of what counts and can be taken back.
    pub(in crate::app) fn last_of_mine<'a>(&self, walk: &'a Walk) -> Option<&'a Update> {
        let undone = |update: &Update| {
            let mut later = walk.updates().iter().rev();
            later.any(|other| matches!(other.change, Change::Undo { update: id } if id == update.id))
        };
        let mut mine = walk.updates().iter().rev().filter(|update| is_by(update, &self.profile.operator));
        mine.find(|update| !words_of(&update.change).is_empty() && !undone(update))
    }

    /// Whether this operator said anything in a walk.
    pub(super) fn said_something(&self, walk: &Walk) -> bool {
        let mut mine = walk.updates().iter().filter(|update| is_by(update, &self.profile.operator));
        mine.any(|update| !words_of(&update.change).is_empty())
    }
}

/// A change in a word or two; none for what cannot be taken back.
fn words_of(change: &Change) -> &'static str {
    match change {
        Change::Outcome { outcome, .. } => outcome.word(),
        Change::Answer { .. } => "the answer",
        Change::Note { .. } => "the note",
        Change::Owner { .. } => "the owner",
        Change::Concern { .. } => "the concern",
        Change::Evidence { .. }
        | Change::Followed { .. }
        | Change::Undo { .. }
        | Change::Interrupted { .. }
        | Change::Resumed => "",
    }
}
