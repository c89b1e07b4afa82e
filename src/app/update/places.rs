//! Going somewhere and back, opening what is highlighted, leaving.

use crate::app::act::Act;
use crate::app::overlay::{Confirm, Then};
use crate::app::toast::Tone;
use crate::app::{Action, App, Effect, Overlay, Pane, Place, View};
use crate::domain::age;

impl App {
    pub(super) fn show(&mut self, view: View) {
        self.overlay = None;
        self.places = if view == View::Watch { vec![] } else { vec![Place::View(View::Watch)] };
        self.enter(Place::View(view));
    }

    pub(super) fn enter(&mut self, place: Place) {
        self.places.push(place);
        self.full = false;
        self.focus = place.panes().first().copied().unwrap_or(Pane::Whole);
        self.settle_if_shown();
    }

    pub(super) fn open(&mut self, effects: &mut Vec<Effect>) {
        if self.overlay.is_some() {
            return;
        }
        match (self.place(), self.focus) {
            (Place::View(View::Watch | View::Incidents), Pane::Incidents) => match self.incidents.selected() {
                Some(id) => self.enter(Place::Incident(id)),
                None => self.say(Tone::Hint, "nothing is highlighted"),
            },
            (Place::View(View::Watch), Pane::Signals) => self.enter(Place::View(View::Signals)),
            (Place::View(View::Watch), Pane::Checklists) => self.enter(Place::View(View::Checklists)),
            (Place::View(View::Remedies), _) => self.open_row(effects),
            (Place::View(View::Checklists), _) => self.open_list(effects),
            (Place::History, _) => self.open_past(),
            (_, Pane::Logs) => self.open_line(),
            (Place::Runbook, Pane::Runbook) => self.open_in_page(),
            _ => self.open_card(),
        }
    }

    /// One level back; at the root it lifts the filter.
    pub(super) fn back(&mut self) {
        if !self.went_back() {
            self.say(Tone::Hint, "this is the first place; 'q' leaves midwatch");
        }
    }

    fn went_back(&mut self) -> bool {
        if let Some(overlay) = self.overlay.take() {
            self.put_back(overlay);
        } else if self.full {
            self.full = false;
        } else if self.places.len() > 1 {
            let left = self.places.pop();
            self.focus = self.place().panes().first().copied().unwrap_or(Pane::Whole);
            if let Some(Place::Incident(id)) = left {
                self.incidents.select(id);
            }
        } else if self.incidents.is_filtered() {
            self.clear_filters();
        } else {
            return false;
        }
        true
    }

    /// What an overlay changed while it was open is as before.
    fn put_back(&mut self, overlay: Overlay) {
        if let Overlay::Filter { before, .. } = overlay {
            self.apply_filter(&before);
        }
    }

    /// One level back; at the root it leaves, and asks first if something is under way.
    pub(super) fn quit(&mut self, effects: &mut Vec<Effect>) {
        if (self.overlay.is_some() || self.full || self.places.len() > 1) && self.went_back() {
            return;
        }
        let (runs, unkept) = (self.desk.live().count(), self.unkept().count());
        if self.pending.is_empty() && runs == 0 && unkept == 0 && self.desk.waiting.is_empty() {
            return self.leave(effects);
        }
        let question = match (runs, self.pending.len()) {
            (1, _) => "1 remedy is running: leave and stop it?".to_owned(),
            (2.., _) => format!("{runs} remedies are running: leave and stop them?"),
            (_, 0) if unkept > 0 => "What was entered in a walk is not kept yet: leave nevertheless?".to_owned(),
            (_, 0) => "Leave although a request waits for a second person? It is not run then.".to_owned(),
            _ => "Leave while something is under way? Its outcome would not be seen.".to_owned(),
        };
        let now = self.now;
        let running = self.desk.live().map(|heard| {
            let (run, since) = (&heard.run, age::spoken(now - heard.run.started));
            format!("running: {} on {} for {since}", run.remedy, run.target)
        });
        let waiting = self.desk.waiting.values().map(|waiting| &waiting.go.plan);
        let waiting = waiting.map(|plan| format!("waits for a second person: {} on {}", plan.remedy, plan.target));
        let acts = self.pending.iter().map(|act: &Act| format!("under way: {}", act.entry.detail));
        let entries = (unkept > 0)
            .then(|| format!("not kept yet, and lost if the store does not answer: {unkept} of a walk's entries"));
        let consequences = running.chain(waiting).chain(acts).chain(entries).collect();
        self.overlay = Some(Overlay::Confirm(Confirm { question, consequences, then: Then::Quit, yes: false }));
    }

    pub(super) fn leave(&mut self, effects: &mut Vec<Effect>) {
        self.leave_walks(effects);
        let open = self.board.incidents().filter(|incident| incident.is_open());
        let episodes: Vec<_> = open.map(|incident| self.board.episode_of(incident)).collect();
        if !episodes.is_empty() {
            effects.push(Effect::KeepEpisodes(episodes));
        }
        effects.push(Effect::Quit);
    }

    /// What is said after the screen is gone: acks that renew themselves lapse without midwatch.
    #[must_use]
    pub fn farewell(&self) -> Vec<String> {
        let mine = |ack: &&crate::board::LocalAck| ack.renews && ack.by == self.profile.operator && ack.ends > self.now;
        let acks: Vec<_> = self.board.memory().acks.iter().filter(mine).collect();
        let live = acks.iter().filter_map(|ack| self.board.incident(ack.incident).map(|incident| (*ack, incident)));
        let mut lines: Vec<String> = live
            .filter(|(_, incident)| incident.is_open())
            .map(|(ack, incident)| {
                let clock = ack.ends.with_timezone(&self.profile.timezone).format("%H:%M %Z");
                format!("{} lapses at {clock}, in {}", incident.title, age::short(ack.ends - self.now))
            })
            .collect();
        if !lines.is_empty() {
            let count = lines.len();
            let acks = if count == 1 { "1 ack is".to_owned() } else { format!("{count} acks are") };
            lines.insert(0, format!("{acks} no longer renewed:"));
        }
        lines
    }

    pub(super) fn look_beside(&mut self, action: Action) {
        let pane = match action {
            Action::Logs => Pane::Logs,
            Action::Signals => Pane::Signals,
            _ => Pane::Timeline,
        };
        let Some(id) = self.subject_id() else {
            return match action {
                Action::Logs => self.show(View::Logs),
                Action::Signals => self.show(View::Signals),
                _ => self.show(View::Journal),
            };
        };
        if self.place().panes().contains(&pane) {
            self.focus = pane;
        } else if pane == Pane::Signals {
            self.highlight_signal_of(id);
            self.enter(Place::View(View::Signals));
        } else {
            self.enter(Place::Incident(id));
            self.focus = pane;
        }
    }

    fn highlight_signal_of(&mut self, id: crate::domain::IncidentId) {
        let service = self.shown().incident(id).and_then(|incident| incident.service.clone());
        let key = service
            .and_then(|service| self.shown().signals().of(&service).next().map(|track| track.signal.key.clone()));
        if let Some(key) = key {
            self.signals.set(key);
        }
    }

    pub(super) fn open_help(&mut self) {
        self.overlay = Some(Overlay::Help { contexts: self.contexts_of_place(), top: 0 });
    }
}
