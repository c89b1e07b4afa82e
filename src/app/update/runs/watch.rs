//! What the alert did after a run: resolved within the time it is watched, or not.

use chrono::TimeDelta;

use crate::app::toast::Tone;
use crate::app::{App, Effect};
use crate::domain::journal::{Entry, Outcome};
use crate::domain::remediation::run::{Ending, Run, RunId};
use crate::domain::{IncidentId, Moment, age};

impl App {
    /// From now on the alert of a run that did what it should is watched.
    pub(super) fn watch_alert(&mut self, id: RunId, effects: &mut Vec<Effect>) {
        let Some(heard) = self.desk.runs.get(&id) else { return };
        let did = matches!(heard.run.ending, Some(Ending::Ok | Ending::Unverified(_)));
        let ended = heard.run.ended.unwrap_or(self.now);
        let (Some(incident), true) = (heard.run.incident, did && heard.watch > TimeDelta::zero()) else { return };
        let until = ended + heard.watch;
        let resolved = self.board.incident(incident).and_then(|incident| incident.resolved);
        match resolved {
            None => self.desk.watched.push((id, incident, until)),
            // It resolved while the run went on, or between its end and this message.
            Some(at) if at >= heard.run.started => {
                self.desk.watched.push((id, incident, until));
                effects.extend(self.note_worked(incident).map(|fact| Effect::Note(vec![fact])));
            }
            Some(_) => {}
        }
    }

    /// The fact that an incident resolved after a run that was for it: once, for the last such run.
    pub(in crate::app::update) fn note_worked(&mut self, id: IncidentId) -> Option<Entry> {
        let watched: Vec<RunId> =
            self.desk.watched.iter().filter(|(_, incident, _)| *incident == id).map(|(run, ..)| *run).collect();
        self.desk.watched.retain(|(_, incident, _)| *incident != id);
        let run = watched.iter().filter_map(|run| self.run(*run)).max_by_key(|run| run.ended)?;
        let title = self.title_of(id, run);
        let resolved = self.board.incident(id).and_then(|incident| incident.resolved).unwrap_or(self.now);
        let words = match run.ended.filter(|ended| *ended <= resolved) {
            Some(ended) => format!("{title} resolved {} after {}", age::spoken(resolved - ended), run.remedy),
            None => format!("{title} resolved while {} ran", run.remedy),
        };
        self.say(Tone::Done, words.clone());
        Some(self.remedy_fact("remedy.worked", id, words))
    }

    /// Watches that are over: what they were for still fires, or nobody knows.
    pub(in crate::app::update) fn end_watches(&mut self) -> Vec<Entry> {
        let now = self.now;
        let (over, left): (Vec<_>, Vec<_>) = self.desk.watched.iter().copied().partition(|(.., until)| *until <= now);
        self.desk.watched = left;
        over.into_iter().filter_map(|(run, incident, _)| self.end_watch(run, incident)).collect()
    }

    fn end_watch(&mut self, run: RunId, id: IncidentId) -> Option<Entry> {
        let run = self.run(run)?;
        let incident = self.board.incident(id).filter(|incident| incident.is_open())?;
        let after = age::spoken(self.now - run.ended.unwrap_or(run.started));
        let words = if incident.stale {
            format!("whether {} still fires {after} after {} is not known", incident.title, run.remedy)
        } else {
            format!("{} still fires {after} after {}", incident.title, run.remedy)
        };
        let action = if incident.stale { "remedy.not-known" } else { "remedy.no-effect" };
        self.say(Tone::Failed, words.clone());
        Some(self.remedy_fact(action, id, words))
    }

    /// When the next watch is over.
    pub(in crate::app::update) fn next_watch(&self) -> Option<Moment> {
        self.desk.watched.iter().map(|(.., until)| *until).min()
    }

    fn title_of(&self, id: IncidentId, run: &Run) -> String {
        let title = self.board.incident(id).map(|incident| incident.title.clone());
        title.or_else(|| run.subject.clone()).unwrap_or_else(|| format!("incident {}", id.short()))
    }

    fn remedy_fact(&self, action: &str, id: IncidentId, detail: String) -> Entry {
        Entry {
            at: self.now,
            operator: self.profile.operator.clone(),
            action: action.to_owned(),
            target: id.to_string(),
            detail,
            outcome: Outcome::Noted,
        }
    }
}
