//! `x`: which remedy, with which parameters; and what Enter and `x` do in the Remedies view.

mod form;
mod rows;
mod wish;

pub use rows::{RunbookRow, Section, Shelf};

use crate::app::desk::DeskRow;
use crate::app::overlay::{Menu, MenuChoice, MenuRow};
use crate::app::toast::Tone;
use crate::app::{App, Effect, Overlay, Pane, Place, View};
use crate::domain::remediation::run::{Ending, Run};
use crate::domain::remediation::wish::What;
use crate::domain::remediation::{Remedy, RemedyId};
use crate::domain::runbook::Step;
use crate::domain::runbook::document::Runs;
use crate::domain::{IncidentId, age};

impl App {
    /// `x`: the remedies of what is highlighted, or the step of a runbook.
    pub(super) fn open_remedy(&mut self, effects: &mut Vec<Effect>) {
        match self.place() {
            Place::Runbook => self.run_step(effects),
            Place::View(View::Remedies) => self.run_row(effects),
            _ => self.choose_remedy(effects),
        }
    }

    /// The remedies that fit the incident at hand: one is taken, several are a menu.
    fn choose_remedy(&mut self, effects: &mut Vec<Effect>) {
        let Some(incident) = self.subject_id().and_then(|id| self.board.incident(id)) else {
            return self.say(Tone::Hint, "highlight an incident first; 7 lists all remedies");
        };
        let (id, title) = (incident.id, incident.title.clone());
        if !incident.is_open() {
            return self.say(Tone::Hint, format!("{title} has resolved: there is nothing to remedy"));
        }
        let fitting: Vec<RemedyId> = self.remedies_for(id).map(|remedy| remedy.id.clone()).collect();
        match fitting.as_slice() {
            [] => {
                let words = self.none_fits(id);
                self.say(Tone::Hint, words);
            }
            [only] => self.wish_remedy(only, Some(id), Vec::new(), effects),
            _ => {
                let rows = fitting.into_iter().map(|remedy| self.menu_row(remedy, Some(id))).collect();
                self.overlay = Some(Overlay::Menu(Menu { title: format!("Remedies · {title}"), rows, at: 0 }));
            }
        }
    }

    /// The remedies that fit an incident: those that fit any of its alerts, in this environment.
    pub fn remedies_for(&self, incident: IncidentId) -> impl Iterator<Item = &Remedy> {
        self.profile.remedies.iter().filter(move |remedy| self.fits(remedy, incident))
    }

    /// Whether a remedy is for any of an incident's alerts.
    fn fits(&self, remedy: &Remedy, incident: IncidentId) -> bool {
        let here = self.profile.environment.as_deref();
        let incident = self.board.incident(incident);
        incident.is_some_and(|incident| self.board.alerts_of(incident).any(|alert| remedy.fits(&alert.labels, here)))
    }

    /// Why no remedy fits.
    fn none_fits(&self, id: IncidentId) -> String {
        let Some(incident) = self.board.incident(id) else { return "it is gone from the board".to_owned() };
        let elsewhere = self.profile.remedies.iter().find(|remedy| {
            let alerts = &mut self.board.alerts_of(incident);
            alerts.any(|alert| crate::domain::matcher::all_match(&remedy.matchers, &alert.labels))
        });
        match elsewhere {
            Some(remedy) => format!("{} is for this, but may not run{}", remedy.id, self.in_environment()),
            None => "no remedy is declared for this; the runbook (r) says what to do by hand".to_owned(),
        }
    }

    fn menu_row(&self, id: RemedyId, incident: Option<IncidentId>) -> MenuRow {
        let title = self.profile.remedy(&id).map_or("", |remedy| &remedy.title);
        let words = if title.is_empty() { id.to_string() } else { format!("{title} · {id}") };
        MenuRow { words, info: self.remedy_info(&id), choice: MenuChoice::Remedy(id, incident) }
    }

    /// What is said beside a remedy: its last run, and the cool-down that still lasts.
    #[must_use]
    pub fn remedy_info(&self, id: &RemedyId) -> String {
        let now = self.shown_now();
        let runs = || self.shown().memory().runs.iter().filter(|run| run.remedy == *id);
        let Some(last) = runs().max_by_key(|run| run.started) else { return "never ran".to_owned() };
        let mut words = self.run_info(last);
        if let Some(until) = runs().map(|run| run.cooldown_until).filter(|until| *until > now).max() {
            words = format!("{words} · cools down {}", age::coarse(until - now));
        }
        words
    }

    /// A run in a few words: `4 min ago by ana: ok`.
    #[must_use]
    pub fn run_info(&self, run: &Run) -> String {
        let now = self.shown_now();
        if self.is_under_way(run) {
            return format!("running for {} by {}", age::coarse(now - run.started), run.operator.name);
        }
        let ending = run.ending.as_ref().map_or_else(|| "outcome unknown".to_owned(), Ending::words);
        let by = if run.auto { "itself" } else { &run.operator.name };
        format!("{} ago by {by}: {ending}", age::coarse(now - run.ended.unwrap_or(run.started)))
    }

    /// Whether a run goes on as far as anybody vouches for it.
    #[must_use]
    pub fn is_under_way(&self, run: &Run) -> bool {
        let ours = self.desk.runs.get(&run.id).is_some_and(crate::app::desk::Heard::is_live);
        ours || run.is_running() && run.lease > self.shown_now()
    }

    /// Enter in a menu.
    pub(super) fn choose(&mut self, menu: Menu, effects: &mut Vec<Effect>) {
        let Some(row) = menu.rows.into_iter().nth(menu.at) else { return };
        match row.choice {
            MenuChoice::Remedy(remedy, incident) => self.wish_remedy(&remedy, incident, Vec::new(), effects),
            MenuChoice::Line(line) => {
                if let Some(page) = &mut self.desk.page {
                    page.at = line;
                }
            }
            other => self.choose_for_item(other, effects),
        }
    }

    /// `x` on a runbook's page: the step under the cursor.
    fn run_step(&mut self, effects: &mut Vec<Effect>) {
        let Some((runbook, step)) = self.step_here() else {
            return self.say(Tone::Hint, "no step is under the cursor; ']' goes to the next one");
        };
        let incident = self.subject_id();
        match step.runs.clone() {
            Runs::Shell(_) => self.wish_step(What::Step(runbook, Box::new(step)), incident, effects),
            Runs::Remedy { id, values } => {
                // A runbook is followed past the end of its incident; a remedy is then wished for without one.
                let open = |id: &IncidentId| self.board.incident(*id).is_some_and(crate::domain::Incident::is_open);
                let incident = incident.filter(open);
                self.wish_remedy(&RemedyId::new(&id), incident, values, effects);
            }
        }
    }

    /// The step under the cursor of the runbook that is open, with the runbook's key.
    fn step_here(&self) -> Option<(String, Step)> {
        self.step_under_cursor().map(|(runbook, step)| (runbook.found.key(), step.clone()))
    }

    /// Enter in the Remedies view: it only looks, or opens a prompt.
    pub(super) fn open_row(&mut self, effects: &mut Vec<Effect>) {
        if self.focus == Pane::Runbooks {
            let mut rows = self.shelf().rows.into_iter();
            let row = rows.find(|row| Some(&row.found.key()) == self.desk.runbooks.key());
            return match row {
                Some(row) => self.open_runbook_at(row.found, row.incident, effects),
                None => self.say(Tone::Hint, "no runbook is highlighted"),
            };
        }
        match self.desk_row() {
            Some(DeskRow::Request(id)) => self.look_at_request(id),
            Some(DeskRow::Run(id)) => self.open_run(id, effects),
            Some(DeskRow::Remedy(_)) => self.run_row(effects),
            None => self.say(Tone::Hint, "nothing is highlighted"),
        }
    }

    /// `x` in the Remedies view.
    fn run_row(&mut self, effects: &mut Vec<Effect>) {
        match self.desk_row() {
            Some(DeskRow::Remedy(id)) => {
                let selected = self.incidents.selected();
                let fits = |incident: &IncidentId| self.remedies_for(*incident).any(|remedy| remedy.id == id);
                let incident = selected.filter(fits);
                self.wish_remedy(&id, incident, Vec::new(), effects);
            }
            Some(DeskRow::Request(id)) => self.run_approved(id, effects),
            Some(DeskRow::Run(_)) => self.say(Tone::Hint, "this is a run; highlight a remedy to run one"),
            None => self.say(Tone::Hint, "highlight a remedy first"),
        }
    }
}
