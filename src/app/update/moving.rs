//! Moving over rows and panes. Keys act on the identity under the cursor, never on a row number.

use crate::app::cursor::Step;
use crate::app::model::ScrollKey;
use crate::app::update::rows::mute_key;
use crate::app::{Action, App, Overlay, Pane, Place, View};
use crate::domain::SourceName;
use crate::domain::signal::SignalKey;

impl App {
    pub(super) fn arrow(&mut self, action: Action) {
        match (action, self.place()) {
            (Action::Down, _) => self.step(Step::By(1)),
            (Action::Up, _) => self.step(Step::By(-1)),
            (Action::Right, Place::Incident(_)) => self.turn_page(1),
            (Action::Left, Place::Incident(_)) => self.turn_page(-1),
            (Action::Right, _) => self.change_pane(true),
            _ => self.change_pane(false),
        }
    }

    pub(super) fn leap(&mut self, action: Action) {
        let half = isize::try_from(self.size.rows / 2).unwrap_or(1).max(1);
        self.step(match action {
            Action::Top => Step::First,
            Action::Bottom => Step::Last,
            Action::HalfDown => Step::By(half),
            _ => Step::By(-half),
        });
    }

    /// The next or the previous row that passes the filter; goes around at the ends.
    pub(super) fn find(&mut self, forward: bool) {
        if self.overlay.is_none() && self.is_in_runbook() {
            return self.find_in_page(forward);
        }
        let (place, last) = (self.incidents.place(), self.incidents.len().saturating_sub(1));
        let in_list = self.overlay.is_none() && self.listed_incidents();
        self.step(match (forward, in_list) {
            (true, true) if place == last => Step::First,
            (false, true) if place == 0 => Step::Last,
            (true, _) => Step::By(1),
            (false, _) => Step::By(-1),
        });
    }

    fn listed_incidents(&self) -> bool {
        self.focus == Pane::Incidents
    }

    pub(super) fn step(&mut self, step: Step) {
        if self.overlay.is_some() {
            return self.step_overlay(step);
        }
        match (self.place(), self.focus) {
            (Place::Incident(_), pane) => self.scroll_pane(pane, step),
            (_, Pane::Incidents) => self.incidents.step(step),
            (_, Pane::Logs) => self.step_logs(step),
            (Place::Runbook, Pane::Runbook) => self.step_page(step),
            (_, Pane::Signals) => {
                let keys: Vec<SignalKey> = self.signal_rows().into_iter().cloned().collect();
                self.signals.step(&keys, step);
            }
            (Place::Walk(id), Pane::Items) => self.step_walk(id, step),
            (Place::Run(id), _) => self.scroll_output(id, step),
            (Place::View(View::Remedies), Pane::Runbooks) => {
                let keys = self.runbook_keys();
                self.desk.runbooks.step(&keys, step);
            }
            (Place::View(View::Remedies), _) => {
                let rows: Vec<_> = self.desk_rows().into_iter().map(|(_, row)| row).collect();
                self.desk.remedies.step(&rows, step);
            }
            (Place::View(View::Mutes), _) => {
                let keys: Vec<_> = self.mute_rows().into_iter().map(mute_key).collect();
                self.mutes.cursor.step(&keys, step);
            }
            (Place::View(View::Journal), _) => {
                let ids: Vec<i64> = self.journal_rows().map(|row| row.id).collect();
                self.journal.step(&ids, step);
            }
            (Place::View(View::Sources), _) => {
                let names: Vec<SourceName> = self.shown().sources().map(|status| status.name.clone()).collect();
                self.sources.step(&names, step);
            }
            (Place::View(View::Checklists), _) => {
                let ids: Vec<_> = self.walks.rows.iter().map(|row| row.list.id.clone()).collect();
                self.walks.list.step(&ids, step);
            }
            (Place::History, Pane::Whole) => {
                self.step_history(step);
                self.scroll.remove(&scroll_key(Place::History, Pane::Beside));
            }
            (_, pane) => self.scroll_pane(pane, step),
        }
    }

    fn step_overlay(&mut self, step: Step) {
        match &mut self.overlay {
            Some(Overlay::Help { top, .. }) => *top = scrolled(*top, step, usize::MAX),
            Some(Overlay::Card { top, lines, .. }) => *top = scrolled(*top, step, lines.len().saturating_sub(1)),
            Some(Overlay::Palette(palette)) => {
                let actions: Vec<Action> = palette.found.iter().map(|choice| choice.action).collect();
                palette.cursor.step(&actions, step);
            }
            Some(Overlay::Silence(form)) => {
                form.field = scrolled(form.field, step, 2);
            }
            Some(Overlay::Window(form)) => form.field = scrolled(form.field, step, 4),
            Some(Overlay::Concern(form)) => form.field = scrolled(form.field, step, 6),
            Some(Overlay::Menu(menu)) => menu.at = scrolled(menu.at, step, menu.rows.len().saturating_sub(1)),
            Some(Overlay::Params(form)) => form.at = scrolled(form.at, step, form.fields.len().saturating_sub(1)),
            Some(Overlay::Remedy(prompt)) => prompt.top = scrolled(prompt.top, step, MOST_SCROLLED),
            Some(Overlay::Confirm(confirm)) => confirm.yes = !confirm.yes,
            _ => {}
        }
    }

    fn scroll_pane(&mut self, pane: Pane, step: Step) {
        let key = scroll_key(self.place(), pane);
        let top = self.scroll.entry(key).or_default();
        *top = scrolled(*top, step, MOST_SCROLLED);
    }

    /// How far a pane of this place is scrolled, in rows. The screen clamps it to what there is.
    #[must_use]
    pub fn scrolled(&self, pane: Pane) -> usize {
        self.scroll.get(&scroll_key(self.place(), pane)).copied().unwrap_or(0)
    }

    /// What this pane of the place is about is another: from its top.
    pub(super) fn scroll_to_top(&mut self, pane: Pane) {
        self.scroll.remove(&scroll_key(self.place(), pane));
    }

    fn turn_page(&mut self, by: isize) {
        let Place::Incident(id) = self.place() else { return };
        self.incidents.select(id);
        self.incidents.step(Step::By(by));
        if let (Some(next), Some(place)) = (self.incidents.selected(), self.places.last_mut()) {
            *place = Place::Incident(next);
            self.scroll.retain(|(place, _), _| *place != INCIDENT_PAGE);
        }
    }

    pub(super) fn change_pane(&mut self, forward: bool) {
        if self.overlay.is_some() {
            return self.step_overlay(Step::By(if forward { 1 } else { -1 }));
        }
        let panes = self.place().panes();
        let here = panes.iter().position(|pane| *pane == self.focus).unwrap_or(0);
        let by = if forward { 1 } else { panes.len() - 1 };
        if let Some(pane) = panes.get((here + by) % panes.len()) {
            self.focus = *pane;
        }
    }
}

const INCIDENT_PAGE: u8 = u8::MAX;
/// No text on a page is longer than this.
const MOST_SCROLLED: usize = 10_000;

fn scroll_key(place: Place, pane: Pane) -> ScrollKey {
    let place = match place {
        Place::View(view) => view as u8,
        Place::Incident(_) => INCIDENT_PAGE,
        Place::Runbook => INCIDENT_PAGE - 1,
        Place::Run(_) => INCIDENT_PAGE - 2,
        Place::Walk(_) => INCIDENT_PAGE - 3,
        Place::History => INCIDENT_PAGE - 4,
    };
    (place, pane as u8)
}

fn scrolled(top: usize, step: Step, last: usize) -> usize {
    match step {
        Step::By(by) => top.saturating_add_signed(by).min(last),
        Step::First => 0,
        Step::Last => last.min(MOST_SCROLLED),
    }
}
