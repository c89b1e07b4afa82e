//! Lines of text about an item, opened and entered: values, notes, reasons, owners, and the name at the end.

use super::AtHand;
use crate::app::entry::TextEntry;
use crate::app::overlay::{Prompt, Purpose};
use crate::app::toast::Tone;
use crate::app::{App, Effect, Overlay};
use crate::domain::checklist::{Change, ItemId, Outcome, WalkId};
use crate::domain::harmless;

/// The longest text, in characters.
const LONGEST: usize = 1_000;
/// The longest name.
const NAME: usize = 100;

impl App {
    pub(super) fn ask_line(
        &mut self,
        purpose: Purpose,
        item: (WalkId, Option<ItemId>),
        title: String,
        first: impl Into<String>,
    ) {
        self.walks.hand.agrees = None;
        let entry = TextEntry::new(first);
        let item = Some(item);
        self.overlay = Some(Overlay::Prompt(Prompt { purpose, incident: None, item, title, entry, problem: None }));
    }

    pub(super) fn ask_note(&mut self, at: &AtHand) {
        self.ask_line(Purpose::Note, at.id(), at.item.text.clone(), at.entry.note.clone());
    }

    pub(super) fn ask_skip(&mut self, at: &AtHand) {
        let title = if at.item.blocker { format!("{} · a blocker", at.item.text) } else { at.item.text.clone() };
        self.ask_line(Purpose::Skip, at.id(), title, "");
    }

    pub(super) fn ask_owner(&mut self, at: &AtHand) {
        let known = if at.entry.owner.is_empty() { &at.item.owner } else { &at.entry.owner };
        self.ask_line(Purpose::Owner, at.id(), at.item.text.clone(), known.clone());
    }

    /// Enter in a line about a walk, or about an incident that is declared.
    ///
    /// # Errors
    /// In words, what must be mended.
    pub(in crate::app::update) fn accept_line(
        &mut self,
        prompt: &Prompt,
        text: &str,
        effects: &mut Vec<Effect>,
    ) -> Result<(), String> {
        if prompt.purpose == Purpose::Declare {
            return self.accept_declare(prompt, text, effects);
        }
        let Some((walk, item)) = &prompt.item else { return Ok(()) };
        let text = harmless::line(text, LONGEST).trim().to_owned();
        if !self.walks.open.contains_key(walk) {
            self.say(Tone::Failed, format!("{}: the walk has ended meanwhile; nothing was done", prompt.title));
            return Ok(());
        }
        let Some(item) = item else { return self.accept_end(*walk, prompt.purpose, &text, effects) };
        let Some(at) = self.item_of(*walk, item) else {
            self.say(Tone::Failed, format!("{} is no item of the walk any more; nothing was done", prompt.title));
            return Ok(());
        };
        match prompt.purpose {
            Purpose::Value => self.accept_value(&at, &text, effects),
            Purpose::Note => self.accept_note(&at, text, effects),
            Purpose::Skip => {
                needed(&text, "say why it is left out")?;
                self.say_outcome(&at, Outcome::Skipped, text, effects);
                Ok(())
            }
            Purpose::Fail => self.accept_failure(&at, text, effects),
            Purpose::Owner => {
                let name = harmless::line(&text, NAME).into_owned();
                self.say_in_walk(*walk, Some(item), Change::Owner { name }, effects);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// A note; the one that was asked for before an item is done agrees to it.
    fn accept_note(&mut self, at: &AtHand, text: String, effects: &mut Vec<Effect>) -> Result<(), String> {
        let (walk, item) = (at.walk.id, &at.item.id);
        if self.walks.hand.agrees.as_ref() == Some(&(walk, item.clone())) {
            needed(&text, "say what you saw, or leave with Esc")?;
            self.walks.hand.agrees = None;
            self.say_outcome(at, Outcome::Done, text, effects);
        } else if text != at.entry.note {
            self.say_in_walk(walk, Some(item), Change::Note { text }, effects);
        }
        Ok(())
    }
}

impl AtHand {
    pub(super) fn id(&self) -> (WalkId, Option<ItemId>) {
        (self.walk.id, Some(self.item.id.clone()))
    }
}

/// A text that must be there.
///
/// # Errors
/// In words, what must be written.
pub(super) fn needed(text: &str, words: &str) -> Result<(), String> {
    if text.is_empty() { Err(words.to_owned()) } else { Ok(()) }
}
