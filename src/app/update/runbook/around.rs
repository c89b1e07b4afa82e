//! What stands around the runbook that is open: its room, ticks, runs and notes. Where that changed, it is laid out
//! anew; so `view` only paints.

use std::collections::BTreeMap;

use crate::app::desk::Page;
use crate::app::page::{name_of, text_columns};
use crate::app::{Action, App, Context, Place};
use crate::domain::remediation::run::Run;
use crate::domain::runbook::Runbook;
use crate::domain::runbook::laid::{Around, Ink, Layout, Ran, lay};
use crate::domain::{Moment, harmless};

/// The most runs of an incident that steps are compared with.
const RUNS: usize = 100;

impl App {
    /// After every message: the page is laid out anew if what stands around it changed. Costs as much as the ticks,
    /// notes and runs that are known, and the document only when it must.
    pub(in crate::app::update) fn settle_page(&mut self) {
        if !self.places.contains(&Place::Runbook) {
            return;
        }
        self.forget_ticks();
        let Some(page) = &self.desk.page else { return };
        let around = page.runbook().map(|runbook| self.around(page, runbook));
        if around.as_ref() == Some(&page.around) || (around.is_none() && page.laid.lines.is_empty()) {
            return;
        }
        let laid = match (page.runbook(), &around) {
            (Some(runbook), Some(around)) => lay(&runbook.document, around),
            _ => Layout::default(),
        };
        if let Some(page) = &mut self.desk.page {
            page.lay(laid);
            page.around = around.unwrap_or_default();
        }
    }

    fn around(&self, page: &Page, runbook: &Runbook) -> Around {
        let mut notes = Vec::new();
        if let Some(why) = &runbook.untrusted {
            notes.push(format!("its steps cannot be run: {why}"));
        }
        if let Some(why) = &runbook.kept {
            let dated = runbook.dated.map(|at| format!(" of {}", self.clock_and_day(at))).unwrap_or_default();
            notes.push(format!("a kept copy{dated}: {why}"));
        }
        if let Some(why) = &page.not_again {
            notes.push(format!("it could not be read again, this is what it said before: {why}"));
        }
        let key =
            || self.keys.keys_for(&[Context::Runbook, Context::Incidents], Action::Remedy).unwrap_or("x").to_owned();
        Around {
            width: usize::from(text_columns(self.size.columns, self.full || page.is_alone())),
            name: name_of(&page.found),
            notes,
            ticks: self.ticks(page),
            runs: self.runs_of(page),
            wrong: self.wrong_of(page),
            key: runbook.untrusted.is_none().then(key),
        }
    }

    fn ticks(&self, page: &Page) -> BTreeMap<String, String> {
        let runbook = page.found.key();
        let of = self.board.memory().ticks.iter();
        let of = of.filter(|tick| Some(tick.incident) == page.incident && tick.runbook == runbook);
        let mut ticks: BTreeMap<String, String> = of
            .map(|tick| {
                (tick.task.clone(), format!("{} {}", harmless::line(&tick.by, 40), self.clock_and_day(tick.at)))
            })
            .collect();
        for (task, ticked) in &page.ticked {
            if *ticked {
                ticks.entry(task.clone()).or_insert_with(|| self.profile.operator.name.clone());
            } else {
                ticks.remove(task);
            }
        }
        ticks
    }

    fn wrong_of(&self, page: &Page) -> BTreeMap<String, usize> {
        let mut wrong = BTreeMap::new();
        let runbook = page.found.key();
        for note in self.board.memory().wrong_steps.iter().filter(|note| note.runbook == runbook) {
            *wrong.entry(note.step.clone()).or_default() += 1;
        }
        wrong
    }

    /// Runs of the page's incident: those that this watch hears, and those that the store keeps.
    fn runs_of(&self, page: &Page) -> Vec<Ran> {
        let Some(incident) = page.incident else { return Vec::new() };
        let heard = self.desk.runs.values().map(|heard| &heard.run);
        let kept = self.board.memory().runs.iter().filter(|run| !self.desk.runs.contains_key(&run.id));
        let mut runs: Vec<&Run> = heard.chain(kept).filter(|run| run.incident == Some(incident)).collect();
        runs.sort_by_key(|run| std::cmp::Reverse((run.started, run.id)));
        runs.into_iter().take(RUNS).map(|run| self.ran(run)).collect()
    }

    fn ran(&self, run: &Run) -> Ran {
        let by = harmless::line(&run.operator.name, 40).into_owned();
        let (ink, words) = match (&run.ending, run.ended) {
            (Some(ending), Some(ended)) => {
                let ink = if ending.is_ok() { Ink::Good } else { Ink::Bad };
                let sign = if ending.is_ok() { "✓" } else { "✗" };
                (ink, format!("{sign} {} · {} by {by}", ending.words(), self.clock_and_day(ended)))
            }
            _ => (Ink::Accent, format!("● runs since {} by {by}", self.clock_and_day(run.started))),
        };
        Ran { id: run.remedy.to_string(), ink, words: harmless::line(&words, 400).into_owned() }
    }

    /// A moment that does not depend on what time it is now.
    fn clock_and_day(&self, at: Moment) -> String {
        let same_day = at.date_naive() == self.now.date_naive();
        at.format(if same_day { "%H:%M" } else { "%-d %b %H:%M" }).to_string()
    }
}
