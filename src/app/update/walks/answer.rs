//! Saying how an item went: done, a value, a word, failed.

use super::AtHand;
use super::lines::needed;
use super::value::{self, is_good, wanted};
use crate::app::overlay::{Menu, MenuChoice, MenuRow, Purpose};
use crate::app::toast::Tone;
use crate::app::{App, Effect, Overlay};
use crate::domain::checklist::item::NoteRule;
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::{Answer, Change, ItemKind, Outcome};

impl App {
    /// Space: it was looked at and is fine. What is entered is asked for; what a probe does not bear out must be told.
    pub(super) fn item_done(&mut self, at: &AtHand, effects: &mut Vec<Effect>) {
        if at.entry.outcome == Some(Outcome::Done) {
            return self.move_on(at.walk.id, &at.item.id);
        }
        if matches!(at.item.kind, ItemKind::Value { .. } | ItemKind::Choice { .. }) && at.entry.answer.is_none() {
            return self.ask_value(at);
        }
        let asking = at.item.kind == ItemKind::Probe && self.is_asked(at);
        match at.doubt().or_else(|| asking.then(|| "the probe is being asked again".to_owned())) {
            Some(doubt) => self.ask_what_was_seen(at, &doubt),
            None if at.wants_note() => self.ask_what_was_seen(at, "it wants a note"),
            None => self.say_outcome(at, Outcome::Done, String::new(), effects),
        }
    }

    /// The note without which an item is not done.
    fn ask_what_was_seen(&mut self, at: &AtHand, why: &str) {
        self.ask_line(Purpose::Note, at.id(), format!("{} · {why}", at.item.text), at.entry.note.clone());
        self.walks.hand.agrees = Some((at.walk.id, at.item.id.clone()));
    }

    pub(super) fn say_outcome(&mut self, at: &AtHand, outcome: Outcome, why: String, effects: &mut Vec<Effect>) {
        self.say_in_walk(at.walk.id, Some(&at.item.id), Change::Outcome { outcome, why }, effects);
        self.move_on(at.walk.id, &at.item.id);
    }

    /// `=`: a number in a line, a word in a menu.
    pub(super) fn ask_value(&mut self, at: &AtHand) {
        match &at.item.kind {
            ItemKind::Value { unit, .. } => {
                let first = value::known(&at.entry, unit);
                let title = format!("{} · {}", at.item.text, wanted(&at.item.kind));
                self.ask_line(Purpose::Value, at.id(), title, first);
            }
            ItemKind::Choice { words, good } => {
                let row = |word: &String| MenuRow {
                    words: word.clone(),
                    info: if good.contains(word) { String::new() } else { "not fine".to_owned() },
                    choice: MenuChoice::Word(at.walk.id, at.item.id.clone(), word.clone()),
                };
                let chosen = words.iter().position(|word| at.entry.choice() == Some(word)).unwrap_or(0);
                let rows = words.iter().map(row).collect();
                self.overlay = Some(Overlay::Menu(Menu { title: at.item.text.clone(), rows, at: chosen }));
            }
            ItemKind::Tick => self.say(Tone::Hint, "nothing is measured here: Space if it is fine, F if not"),
            ItemKind::Probe => self.say(Tone::Hint, "the probe measures here: Space if it is fine, F if not"),
        }
    }

    pub(super) fn accept_value(&mut self, at: &AtHand, text: &str, effects: &mut Vec<Effect>) -> Result<(), String> {
        let ItemKind::Value { unit, .. } = &at.item.kind else { return Ok(()) };
        let number = value::read(text, unit)?;
        self.answer(at, Answer::Number(number), effects);
        Ok(())
    }

    pub(super) fn answer_word(&mut self, at: &AtHand, word: String, effects: &mut Vec<Effect>) {
        self.answer(at, Answer::Choice(word), effects);
    }

    /// What was entered decides how the item went; where a note is wanted first, that is left open.
    fn answer(&mut self, at: &AtHand, answer: Answer, effects: &mut Vec<Effect>) {
        let good = is_good(&at.item.kind, &answer);
        let outcome = match good {
            true if at.wants_note() => None,
            true => Some(Outcome::Done),
            false => Some(Outcome::Failed),
        };
        let (walk, item) = (at.walk.id, at.item.id.clone());
        self.say_in_walk(walk, Some(&item), Change::Answer { answer, outcome }, effects);
        if !good {
            self.after_failure(walk, &item);
        } else if outcome.is_none() {
            self.ask_what_was_seen(at, "it wants a note");
        } else {
            self.move_on(walk, &item);
        }
    }

    /// `F`: what is wrong; in an assessment, what it means.
    pub(super) fn ask_failure(&mut self, at: &AtHand) {
        if at.walk.list.assessment {
            return self.open_form(at);
        }
        self.ask_line(Purpose::Fail, at.id(), at.item.text.clone(), at.entry.note.clone());
    }

    pub(super) fn accept_failure(&mut self, at: &AtHand, why: String, effects: &mut Vec<Effect>) -> Result<(), String> {
        if at.item.note != NoteRule::Optional {
            needed(&why, "say what is wrong: this item wants a note when it fails")?;
        }
        let (walk, item) = (at.walk.id, at.item.id.clone());
        // A value that failed has said so already.
        let change = match at.entry.outcome {
            Some(Outcome::Failed) => Change::Note { text: why },
            _ => Change::Outcome { outcome: Outcome::Failed, why },
        };
        self.say_in_walk(walk, Some(&item), change, effects);
        self.offer(walk, &item);
        Ok(())
    }
}

impl AtHand {
    /// Whether a note must be there and is not.
    fn wants_note(&self) -> bool {
        self.item.note == NoteRule::Always && self.entry.note.is_empty()
    }

    /// Why it cannot simply be fine: what was found or entered says otherwise, or nothing was.
    fn doubt(&self) -> Option<String> {
        if let Some(answer) = &self.entry.answer
            && !is_good(&self.item.kind, answer)
        {
            return Some(format!("fine is {}", wanted(&self.item.kind)));
        }
        if self.item.kind != ItemKind::Probe {
            return None;
        }
        match self.entry.evidence.as_ref().map(|evidence| evidence.held) {
            Some(Held::Good) => None,
            Some(Held::Bad) => Some("the probe says otherwise".to_owned()),
            Some(Held::Unknown) => Some("the probe could not tell".to_owned()),
            None => Some("the probe has not answered".to_owned()),
        }
    }
}
