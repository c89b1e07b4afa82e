//! What is known of runs and runbooks: what did not end well, what was wrong.

use chrono::TimeDelta;

use super::Counted;
use crate::app::App;
use crate::domain::age;
use crate::domain::remediation::run::{Ending, Run};

/// How far back runs are counted.
const WEEK: TimeDelta = TimeDelta::days(7);

impl App {
    /// Runs that ended otherwise than well, and those whose end nobody knows.
    pub(super) fn known_runs_failed(&self) -> Counted {
        let recent = self.board.memory().runs.iter().filter(|run| self.now - run.started < WEEK);
        let failed = |run: &&Run| match &run.ending {
            Some(ending) => !ending.is_ok(),
            None => !self.is_under_way(run),
        };
        let lines = recent.filter(failed).map(|run| {
            let ending = run.ending.as_ref().map_or_else(|| "outcome unknown".to_owned(), Ending::words);
            format!("{} on {} · {} ago · {ending}", run.remedy, run.target, age::coarse(self.now - run.started))
        });
        let words = ["run that did not end well", "runs that did not end well"];
        Counted { lines: lines.collect(), words, missing: self.store_away() }
    }

    pub(super) fn known_wrong_steps(&self) -> Counted {
        let notes = self.board.memory().wrong_steps.iter();
        let lines = notes.map(|note| format!("{} · {} · {} ({})", note.runbook, note.says, note.note, note.by));
        let words = ["note about a wrong step", "notes about wrong steps"];
        Counted { lines: lines.collect(), words, missing: self.store_away() }
    }
}
