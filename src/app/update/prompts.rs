//! One line of text for an act: comment, snooze, lifting read-only; and the question after "mitigated".

use crate::app::act::Deed;
use crate::app::entry::TextEntry;
use crate::app::overlay::{Prompt, Purpose, Then};
use crate::app::toast::Tone;
use crate::app::{Action, App, Effect, Overlay};
use crate::board::Snoozed;
use crate::domain::when::When;
use crate::domain::{Incident, IncidentId, duration, harmless};

/// The longest comment, in characters.
const LONGEST_COMMENT: usize = 4_000;

impl App {
    pub(super) fn open_prompt(&mut self, action: Action) {
        let (purpose, first) = match action {
            Action::Snooze => (Purpose::Snooze, "30m"),
            Action::Write => (Purpose::Write, "15m"),
            _ => (Purpose::Comment, ""),
        };
        let unsent = self.subject_id().and_then(|id| self.unsent.get(&id)).and_then(|unsent| unsent.comment.clone());
        let first = unsent.filter(|_| purpose == Purpose::Comment).unwrap_or_else(|| first.to_owned());
        self.prompt_for(purpose, &first);
    }

    pub(super) fn prompt_for(&mut self, purpose: Purpose, first: &str) {
        let incident = self.subject().map(|incident| (incident.id, incident.title.clone()));
        if incident.is_none() && purpose != Purpose::Write {
            return self.say(Tone::Hint, "highlight an incident first");
        }
        if purpose != Purpose::Write
            && let Err(words) = self.guard.allows(self.now)
        {
            return self.say(Tone::Failed, words);
        }
        let (incident, title) = incident.map_or((None, String::new()), |(id, title)| (Some(id), title));
        let entry = TextEntry::new(first);
        self.overlay = Some(Overlay::Prompt(Prompt { purpose, incident, item: None, title, entry, problem: None }));
    }

    pub(super) fn accept_prompt(&mut self, mut prompt: Prompt, effects: &mut Vec<Effect>) {
        let text = prompt.entry.text().trim().to_owned();
        let incident = prompt.incident.and_then(|id| self.board.incident(id));
        let why_not = match (prompt.purpose, incident.map(Incident::is_open)) {
            (purpose, _) if purpose.needs_no_incident() => None,
            (_, Some(true)) | (Purpose::Comment, Some(false)) => None,
            (_, None) => Some("is gone from the board"),
            (_, Some(false)) => Some("has resolved meanwhile"),
        };
        if let Some(why) = why_not {
            self.say(Tone::Failed, format!("{} {why}; nothing was done", prompt.title));
            return;
        }
        let result = self.carry_out_prompt(&prompt, &text, effects);
        if let Err(words) = result {
            prompt.problem = Some(words);
            self.overlay = Some(Overlay::Prompt(prompt));
        }
    }

    fn carry_out_prompt(&mut self, prompt: &Prompt, text: &str, effects: &mut Vec<Effect>) -> Result<(), String> {
        match (prompt.purpose, prompt.incident) {
            (Purpose::Write, _) => {
                self.guard.lift(duration::parse(text)?, self.now)?;
                self.say(Tone::Done, format!("read-only is lifted for {text}"));
            }
            (Purpose::WrongStep, _) => self.note_wrong(&prompt.title, text, effects)?,
            (Purpose::Comment, Some(id)) => {
                if text.is_empty() {
                    return Err("write something, or leave with Esc".to_owned());
                }
                self.comment(id, text, effects);
            }
            (Purpose::Snooze, Some(id)) => {
                let until = When::end(text)?.ahead(self.now, self.profile.timezone)?;
                let operator = self.profile.operator.name.clone();
                let detail = format!("{} · until {}", prompt.title, self.clock(until));
                let snoozed = Snoozed { incident: id, operator, starts: self.now, until };
                let act = self.act("snooze", Some(id), id.to_string(), detail, vec![Deed::Snooze(snoozed)]);
                self.begin(act, effects);
            }
            (Purpose::Comment | Purpose::Snooze, None) => {}
            (_, _) => self.accept_line(prompt, text, effects)?,
        }
        Ok(())
    }

    pub(super) fn comment(&mut self, id: IncidentId, text: &str, effects: &mut Vec<Effect>) {
        let text = harmless::line(text, LONGEST_COMMENT).into_owned();
        if text.is_empty() {
            return self.say(Tone::Hint, "an empty comment was left out");
        }
        let act = self.act("comment", Some(id), id.to_string(), text, vec![Deed::Comment]);
        self.begin(act, effects);
    }

    pub(super) fn ask_mitigated(&mut self) {
        let Some(incident) = self.subject().filter(|incident| incident.is_open()).cloned() else {
            return self.say(Tone::Hint, "highlight an incident that fires");
        };
        let mitigated = !incident.mitigated;
        let words = if mitigated { "Declare the effect of" } else { "Declare as not mitigated after all:" };
        let tail = if mitigated { " gone? It still fires until its alerts resolve." } else { "?" };
        let question = format!("{words} {}{}{tail}", incident.title, self.in_environment());
        let deed = Deed::Mitigate { incident: incident.id, mitigated };
        let action = if mitigated { "mitigated" } else { "not-mitigated" };
        let act = self.act(action, Some(incident.id), incident.id.to_string(), incident.title, vec![deed]);
        self.ask(question, Vec::new(), Then::Act(vec![act]));
    }
}
