//! The end of a walk: the completion with what was left, the name it is signed off with; or giving it up.

use crate::app::overlay::{Purpose, Then};
use crate::app::toast::Tone;
use crate::app::walks::{Stop, WalkOrder};
use crate::app::{App, Effect};
use crate::domain::checklist::walk::End;
use crate::domain::checklist::{Item, Outcome, Walk, WalkId};

use super::lines::needed;

/// How many items are named one by one in a question.
const NAMED: usize = 8;

impl App {
    /// `C`: to the completion; there, the end. What was not looked at is named first.
    pub(super) fn complete_walk(&mut self, id: WalkId) {
        if self.stop_of(id) != Stop::Completion {
            return self.stand_at(id, Stop::Completion);
        }
        let Some(walk) = self.walks.open.get(&id).cloned() else { return };
        let left = self.left_over(&walk);
        if left.is_empty() {
            return self.sign_off(id);
        }
        let open = self.open_items(&walk).count();
        let question = match open {
            0 => format!("Complete {} although a blocker is not fine?", walk.list.title),
            1 => format!("Complete {} although 1 item was not looked at?", walk.list.title),
            _ => format!("Complete {} although {open} items were not looked at?", walk.list.title),
        };
        self.ask(question, left, Then::Complete(id));
    }

    /// What speaks against the end, in lines: blockers that are not fine, then what was not looked at.
    fn left_over(&self, walk: &Walk) -> Vec<String> {
        let outcome = |item: &Item| walk.entry(&item.id).and_then(|entry| entry.outcome);
        let words = |item: &Item| match (outcome(item), item.blocker) {
            (Some(Outcome::Done), _) | (Some(_), false) => None,
            (None, false) => Some(format!("not looked at: {}", item.text)),
            (None, true) => Some(format!("blocker, not looked at: {}", item.text)),
            (Some(outcome), true) => Some(format!("blocker, {}: {}", outcome.word(), item.text)),
        };
        let mut items: Vec<&Item> = walk.list.items().filter(|item| self.applies(walk, item)).collect();
        items.sort_by_key(|item| !item.blocker);
        let mut lines: Vec<String> = items.into_iter().filter_map(words).collect();
        let more = lines.len().saturating_sub(NAMED);
        lines.truncate(NAMED);
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        lines
    }

    /// Yes, the walk is completed: with which name is asked.
    pub(in crate::app::update) fn sign_off(&mut self, walk: WalkId) {
        let Some(open) = self.walks.open.get(&walk) else {
            return self.say(Tone::Failed, "the walk has ended meanwhile; nothing was done");
        };
        let counts = counts(open);
        let title = format!("{} · {counts}", open.list.title);
        let name = self.profile.operator.name.clone();
        self.ask_line(Purpose::SignOff, (walk, None), title, name);
    }

    /// `D`: whether it is given up.
    pub(in crate::app::update) fn ask_give_up(&mut self, id: WalkId) {
        let Some(walk) = self.walks.open.get(&id) else {
            return self.say(Tone::Hint, "no walk of this list is open");
        };
        let question = format!("Give up {}{}?", walk.list.title, self.in_environment());
        let begun = format!("begun by {} at {}: {}", walk.by.name, self.clock(walk.begun), counts(walk));
        let turn = "its turn is not taken by that; what was said in it stays in the history".to_owned();
        self.ask(question, vec![begun, turn], Then::GiveUp(id));
    }

    /// Yes, the walk is given up: why is asked.
    pub(in crate::app::update) fn give_up(&mut self, walk: WalkId, effects: &mut Vec<Effect>) {
        let _ = &effects;
        let Some(open) = self.walks.open.get(&walk) else {
            return self.say(Tone::Failed, "the walk has ended meanwhile; nothing was done");
        };
        let title = format!("{} · the whole walk", open.list.title);
        self.ask_line(Purpose::Skip, (walk, None), title, "");
    }

    /// Enter in the line that ends a walk.
    ///
    /// # Errors
    /// In words, what must be written.
    pub(super) fn accept_end(
        &mut self,
        id: WalkId,
        purpose: Purpose,
        text: &str,
        effects: &mut Vec<Effect>,
    ) -> Result<(), String> {
        let completed = purpose == Purpose::SignOff;
        needed(text, if completed { "sign with your name" } else { "say why it is given up" })?;
        let Some(walk) = self.walks.open.get(&id).cloned() else { return Ok(()) };
        let (at, by) = (self.now, self.profile.operator.clone());
        let end = End { at, by, completed, sign: text.to_owned() };
        let (how, tone) = if completed { ("completed", Tone::Done) } else { ("given up", Tone::Hint) };
        let words = format!("{} is {how}: {}", walk.list.title, counts(&walk));
        self.drop_walk(id);
        self.walks.open.remove(&id);
        self.walks.rows_change = Some(self.now);
        self.send_and_say(WalkOrder::End(id, Box::new(end)), (tone, words), effects);
        Ok(())
    }
}

/// How the items went, in numbers.
fn counts(walk: &Walk) -> String {
    let counts = Outcome::ALL.into_iter().map(|outcome| (walk.count(outcome), outcome.word()));
    let told: Vec<String> =
        counts.filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if told.is_empty() { "nothing was said yet".to_owned() } else { told.join(" · ") }
}
