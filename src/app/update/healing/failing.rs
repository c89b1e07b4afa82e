//! Remedies that do not run by themselves any more: they failed too often in a row, or nobody knows what one did.
//! Running one by hand sets it free again.

use crate::app::toast::Tone;
use crate::app::{App, Effect};
use crate::domain::Moment;
use crate::domain::journal::{Entry, Outcome};
use crate::domain::remediation::run::{Ending, Run};
use crate::domain::remediation::{Remedy, RemedyId};

/// The journal's word for a remedy that does not run by itself any more.
const STOPPED: &str = "remedy.stopped";

impl App {
    /// Stops what fails, and says so once; what was run by hand since is free again.
    pub(super) fn stop_failing(&mut self, effects: &mut Vec<Effect>) {
        let failing: Vec<(RemedyId, Moment, String)> =
            self.profile.remedies.iter().filter_map(|remedy| self.fails(remedy)).collect();
        self.desk.stopped.retain(|id, _| failing.iter().any(|(known, ..)| known == id));
        for (id, since, why) in failing {
            if self.desk.stopped.contains_key(&id) {
                continue;
            }
            let words = format!("{id} {why}: it does not run by itself until it was run by hand");
            self.say(Tone::Failed, words.clone());
            if !self.is_noted(&id, since) {
                effects.push(Effect::Note(vec![Entry {
                    at: self.now,
                    operator: self.profile.operator.clone(),
                    action: STOPPED.to_owned(),
                    target: id.to_string(),
                    detail: words.clone(),
                    outcome: Outcome::Noted,
                }]));
            }
            self.desk.stopped.insert(id, words);
        }
    }

    /// Since when a remedy does not do what it should, and in words what went wrong.
    fn fails(&self, remedy: &Remedy) -> Option<(RemedyId, Moment, String)> {
        let auto = remedy.auto.as_ref()?;
        let mut runs = self.runs_by_id(&remedy.id);
        runs.sort_by_key(|run| std::cmp::Reverse((run.started, run.id)));
        let last = runs.iter().find(|run| !run.is_running()).filter(|run| run.auto)?;
        let since = last.ended.unwrap_or(last.started);
        if matches!(last.ending, Some(Ending::Unknown(_))) {
            let words = "ran by itself and nobody knows what came of it".to_owned();
            return Some((remedy.id.clone(), since, words));
        }
        let failed = |run: &&&Run| run.auto && run.ending.as_ref().is_some_and(|ending| !ending.is_ok());
        let failed = runs.iter().filter(|run| !run.is_running()).take_while(failed).count();
        let many = failed >= usize::try_from(auto.failures.max(1)).unwrap_or(usize::MAX);
        many.then(|| (remedy.id.clone(), since, format!("failed {failed} times in a row")))
    }

    /// Whether the journal says so already: another watch, or this one before it was started again.
    fn is_noted(&self, id: &RemedyId, since: Moment) -> bool {
        let target = id.to_string();
        let mut rows = self.board.journal().iter().rev().map(|row| &row.entry);
        rows.any(|entry| entry.action == STOPPED && entry.target == target && entry.at >= since)
    }
}
