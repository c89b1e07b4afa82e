//! Editing a runbook, and noting that a step of it was wrong.

use super::file_of;
use crate::app::act::Deed;
use crate::app::entry::TextEntry;
use crate::app::overlay::{Prompt, Purpose};
use crate::app::toast::Tone;
use crate::app::{App, Effect, Overlay};
use crate::domain::harmless;
use crate::domain::runbook::{Found, WrongStep};

/// The longest note, in characters.
const LONGEST: usize = 1_000;

impl App {
    pub(super) fn edit_runbook(&mut self, effects: &mut Vec<Effect>) {
        if let Some(words) = self.why_not_edit() {
            return self.say(Tone::Hint, words);
        }
        let path = self.desk.page.as_ref().and_then(|page| file_of(&page.found));
        effects.extend(path.map(|path| Effect::EditFile(path.to_owned())));
    }

    /// Why the runbook that is open cannot be edited, in words that say what to do.
    pub(in crate::app) fn why_not_edit(&self) -> Option<String> {
        if let Err(words) = self.guard.allows(self.now) {
            return Some(words);
        }
        match &self.desk.page.as_ref()?.found {
            Found::File(_) | Found::Mapped(..) => None,
            Found::Web(url) => Some(format!(
                "it comes from {}: edit it there, or map a checkout with [[runbook_root]]",
                harmless::line(url, 200)
            )),
            Found::Shipped(name) => {
                Some(format!("it is shipped with midwatch: runbooks/{name}.md beside the configuration is yours"))
            }
        }
    }

    /// `w`: what was wrong with the step under the cursor, or with the runbook as a whole.
    pub(super) fn open_note(&mut self) {
        if let Err(words) = self.guard.allows(self.now) {
            return self.say(Tone::Failed, words);
        }
        let Some(page) = self.desk.page.as_ref().filter(|page| page.runbook().is_some()) else {
            return self.say(Tone::Hint, "nothing was read that could be wrong");
        };
        let step = page.step();
        let first = step.and_then(|step| step.text.lines().find(|line| !line.trim().is_empty()));
        let title = match step {
            Some(step) => format!("step {} of {}", step.number, page.title()),
            None => page.title(),
        };
        let note = WrongStep {
            runbook: page.found.key(),
            step: step.map(|step| step.key.clone()).unwrap_or_default(),
            says: harmless::line(first.unwrap_or_default().trim(), 200).into_owned(),
            note: String::new(),
            by: self.profile.operator.name.clone(),
            at: self.now,
            incident: page.incident,
        };
        let incident = page.incident;
        if let Some(page) = &mut self.desk.page {
            page.noting = Some(note);
        }
        let (purpose, entry) = (Purpose::WrongStep, TextEntry::default());
        self.overlay = Some(Overlay::Prompt(Prompt { purpose, incident, item: None, title, entry, problem: None }));
    }

    /// The note was written: about the step that was under the cursor when it was begun.
    pub(in crate::app::update) fn note_wrong(
        &mut self,
        title: &str,
        text: &str,
        effects: &mut Vec<Effect>,
    ) -> Result<(), String> {
        self.guard.allows(self.now)?;
        if text.is_empty() {
            return Err("write what was wrong, or leave with Esc".to_owned());
        }
        let Some(note) = self.desk.page.as_mut().and_then(|page| page.noting.take()) else {
            return Err("the runbook is not open any more; nothing was noted".to_owned());
        };
        let note = WrongStep { note: harmless::line(text, LONGEST).into_owned(), at: self.now, ..note };
        let target = note.incident.map_or_else(|| note.runbook.clone(), |id| id.to_string());
        let detail = format!("{title} · {}", note.note);
        let act = self.act("runbook.wrong", note.incident, target, detail, vec![Deed::NoteWrong(note)]);
        self.begin(act, effects);
        Ok(())
    }
}
