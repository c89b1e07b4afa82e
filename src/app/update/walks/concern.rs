//! The form of a concern: what a failed item of an assessment means.

use super::AtHand;
use crate::app::entry::{Edit, TextEntry};
use crate::app::overlay::ConcernForm;
use crate::app::toast::Tone;
use crate::app::{App, Effect, Overlay};
use crate::domain::checklist::concern::{Concern, Priority};
use crate::domain::checklist::{Change, Outcome};
use crate::domain::harmless;

/// The longest text, in characters.
const LONGEST: usize = 1_000;
/// The lines behind the texts.
const BLOCKER: usize = 5;
const PRIORITY: usize = 6;

impl App {
    /// `e`: what a failure means.
    pub(super) fn open_concern(&mut self, at: &AtHand) {
        if !at.walk.list.assessment {
            return self.say(Tone::Hint, "this is no assessment: nothing but a note is kept of a failure");
        }
        if at.entry.outcome != Some(Outcome::Failed) {
            return self.say(Tone::Hint, "a concern is what a failure means: F says that it failed");
        }
        self.open_form(at);
    }

    pub(super) fn open_form(&mut self, at: &AtHand) {
        let concern = at.walk.concern_of(&at.item);
        let texts =
            [concern.sort, concern.description, concern.user_impact, concern.technical_details, concern.recommendation];
        let form = ConcernForm {
            walk: at.walk.id,
            item: at.item.id.clone(),
            title: at.item.text.clone(),
            texts: texts.map(TextEntry::new),
            blocker: concern.deployment_blocker,
            priority: concern.priority,
            field: 1,
            problem: None,
        };
        self.overlay = Some(Overlay::Concern(Box::new(form)));
    }

    /// A step of editing: text, or a choice with the arrows, a space or a letter.
    pub(in crate::app::update) fn edit_concern(&mut self, edit: Edit) {
        let Some(Overlay::Concern(form)) = &mut self.overlay else { return };
        form.problem = None;
        match (form.field, edit) {
            (BLOCKER, Edit::Insert(' ') | Edit::Left | Edit::Right) => form.blocker = !form.blocker,
            (BLOCKER, Edit::Insert('y')) => form.blocker = true,
            (BLOCKER, Edit::Insert('n')) => form.blocker = false,
            (PRIORITY, edit) => form.priority = turned(form.priority, edit),
            (field, edit) => {
                if let Some(entry) = form.texts.get_mut(field) {
                    entry.edit(edit);
                }
            }
        }
    }

    /// Pasted text goes into the line with the cursor, if it is one.
    pub(in crate::app::update) fn paste_concern(&mut self, edit: impl FnOnce(&mut TextEntry)) {
        let Some(Overlay::Concern(form)) = &mut self.overlay else { return };
        form.problem = None;
        if let Some(entry) = form.texts.get_mut(form.field) {
            edit(entry);
        }
    }

    /// Enter in the form: the item failed, and this is what it means.
    pub(in crate::app::update) fn accept_concern(&mut self, mut form: ConcernForm, effects: &mut Vec<Effect>) {
        let missing = |at: usize| form.texts.get(at).is_none_or(|entry| entry.text().trim().is_empty());
        let wanting = [(1, "say what is wrong"), (0, "say of which type it is: reliability, security …")];
        if let Some((field, words)) = wanting.into_iter().find(|(field, _)| missing(*field)) {
            form.field = field;
            form.problem = Some(words.to_owned());
            self.overlay = Some(Overlay::Concern(Box::new(form)));
            return;
        }
        let Some(at) = self.item_of(form.walk, &form.item) else {
            let words = format!("{}: the walk has ended meanwhile; nothing was done", form.title);
            return self.say(Tone::Failed, words);
        };
        let failed = at.entry.outcome == Some(Outcome::Failed);
        let concern = concern_of(&form);
        let description = concern.description.clone();
        // The concern first, so that taking the last one back reopens the item.
        if !(failed && at.entry.concern.as_ref() == Some(&concern)) {
            let concern = Box::new(concern);
            self.say_in_walk(form.walk, Some(&form.item), Change::Concern { concern }, effects);
        }
        if !failed {
            let change = Change::Outcome { outcome: Outcome::Failed, why: description };
            self.say_in_walk(form.walk, Some(&form.item), change, effects);
        }
        if !failed || self.walks.hand.moves_on.is_some() {
            self.offer(form.walk, &form.item);
        }
    }
}

fn concern_of(form: &ConcernForm) -> Concern {
    let [sort, description, user_impact, technical_details, recommendation] =
        form.texts.each_ref().map(|entry| harmless::line(entry.text().trim(), LONGEST).into_owned());
    Concern {
        sort: sort.to_lowercase(),
        description,
        user_impact,
        technical_details,
        recommendation,
        deployment_blocker: form.blocker,
        priority: form.priority,
    }
}

/// The arrows go through the priorities; a letter goes to the one that begins with it.
fn turned(priority: Priority, edit: Edit) -> Priority {
    let words = Priority::WORDS;
    let here = words.iter().position(|(_, known)| *known == priority).unwrap_or(0);
    let there = match edit {
        Edit::Right | Edit::Insert(' ') => (here + 1) % words.len(),
        Edit::Left => (here + words.len() - 1) % words.len(),
        Edit::Insert(letter) => words.iter().position(|(word, _)| word.starts_with(letter)).unwrap_or(here),
        _ => here,
    };
    words.get(there).map_or(priority, |(_, priority)| *priority)
}
