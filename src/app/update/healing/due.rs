//! When a remedy is due by itself, and what keeps it from running. Nothing is begun here.

use super::HELD;
use crate::app::App;
use crate::app::desk::{Countdown, Heard};
use crate::domain::journal::{Entry, Row};
use crate::domain::remediation::run::Run;
use crate::domain::remediation::{Auto, Remedy, RemedyId, auto};
use crate::domain::{AlertState, Incident, IncidentId, Moment};

impl App {
    /// Every pair of a remedy and an incident that may run by itself, and from when on.
    pub(super) fn healable(&self) -> impl Iterator<Item = (&Remedy, IncidentId, Moment)> {
        let healers = || self.profile.remedies.iter().filter(|remedy| remedy.auto.is_some());
        let waiting = self.board.incidents().filter(|incident| incident.is_open() && incident.needs_somebody());
        waiting.flat_map(move |incident| {
            healers().filter_map(|remedy| self.due(remedy, incident).map(|at| (remedy, incident.id, at)))
        })
    }

    /// From when on a remedy may run by itself on an incident; `None` for not at all as things stand.
    fn due(&self, remedy: &Remedy, incident: &Incident) -> Option<Moment> {
        let auto = remedy.auto.as_ref().filter(|auto| auto.max > 0)?;
        let fires = self.fires_since(remedy, incident)?;
        if self.keeps_from(remedy, incident).is_some() {
            return None;
        }
        let runs = self.runs_by_id(&remedy.id);
        let on_this = runs.iter().filter(|run| run.incident == Some(incident.id));
        let again = on_this.map(|run| after(run, auto, remedy)).max();
        let waits = self.desk.waits.get(&(remedy.id.clone(), incident.id)).copied();
        let free = next_free(&runs, auto, self.now);
        [Some(fires + auto.after), again, free, waits].into_iter().flatten().max()
    }

    /// Since when an alert that the remedy is for fires, with nothing that keeps it quiet.
    fn fires_since(&self, remedy: &Remedy, incident: &Incident) -> Option<Moment> {
        let here = self.profile.environment.as_deref();
        let fire = self.board.alerts_of(incident).filter(|alert| alert.state == AlertState::Firing);
        fire.filter(|alert| remedy.fits(&alert.labels, here)).map(|alert| alert.since).min()
    }

    /// What was announced, and may not run any more: in words, why.
    pub(super) fn why_dropped(&self, countdown: &Countdown) -> Option<String> {
        let incident = countdown.wish.incident.and_then(|id| self.board.incident(id)).filter(|known| known.is_open());
        let Some(incident) = incident else { return Some("it has resolved".to_owned()) };
        let Some(remedy) = self.profile.remedy(&countdown.remedy) else {
            return Some("it is not declared any more".to_owned());
        };
        if let Some(why) = self.keeps_from(remedy, incident) {
            return Some(why);
        }
        match self.due(remedy, incident) {
            None => Some("no alert that it is for fires any more".to_owned()),
            Some(at) if at > self.now => Some("it ran meanwhile".to_owned()),
            Some(_) => None,
        }
    }

    /// What keeps a remedy from running by itself on an incident, whatever the time: in words.
    fn keeps_from(&self, remedy: &Remedy, incident: &Incident) -> Option<String> {
        if let Some(owner) = &incident.owner {
            return Some(format!("{} is on it", owner.by));
        }
        if !incident.needs_somebody() {
            return Some("nobody needs to act on it any more".to_owned());
        }
        // An incident of several sources is not stale while one of them is there; what the remedy is for may be.
        let here = self.profile.environment.as_deref();
        let mut meant = self.board.alerts_of(incident).filter(|alert| remedy.fits(&alert.labels, here));
        if !meant.any(|alert| self.board.is_told_live(alert.fingerprint, self.now)) {
            return Some("its source is away, so nobody knows whether it still fires".to_owned());
        }
        if let Some(window) = self.windows_now().find(|window| Some(&window.service) == incident.service.as_ref()) {
            return Some(format!("{} is in maintenance", window.service));
        }
        if let Err(words) = self.guard.allows(self.now) {
            return Some(words);
        }
        if self.desk.stopped.contains_key(&remedy.id) {
            return Some("it was stopped until somebody runs it by hand".to_owned());
        }
        let mut labels = self.board.alerts_of(incident).map(|alert| &alert.labels);
        if labels.any(|labels| auto::is_forbidden(incident.rated.severity, labels)) {
            return Some("data may be lost, so a person decides".to_owned());
        }
        if let Some(row) = self.held_row(&remedy.id, incident.id) {
            let told = row.entry.detail.split_once(": ").map_or("", |(_, words)| words);
            return Some(told.to_owned());
        }
        if self.desk.held.contains(&(remedy.id.clone(), incident.id)) {
            return Some("it was stopped on this incident".to_owned());
        }
        // What is handed over is under way before anything is heard of it.
        let asked = self.desk.expected.iter().any(|expected| expected.go.plan.remedy == remedy.id);
        // One whose end nobody knows is not run again before somebody says what came of it.
        let under_way = asked || self.runs_by_id(&remedy.id).iter().any(|run| run.is_running() || self.goes_on(run));
        under_way.then(|| "it runs already".to_owned())
    }

    /// The row that says that it was held on this incident: by an operator, or because it could not be planned.
    fn held_row(&self, remedy: &RemedyId, incident: IncidentId) -> Option<&Row> {
        let (target, begins) = (incident.to_string(), format!("{remedy}: "));
        let held = |entry: &Entry| entry.action == HELD && entry.target == target && entry.detail.starts_with(&begins);
        self.board.journal().iter().rev().find(|row| held(&row.entry))
    }

    /// The runs of a remedy: those that the store told of, and those that this watch hears and the store did not tell
    /// of yet. One that either knows the end of has ended.
    pub(super) fn runs_by_id(&self, id: &RemedyId) -> Vec<&Run> {
        let kept = &self.board.memory().runs;
        let heard =
            |run: &Run| self.desk.runs.get(&run.id).map(|heard| &heard.run).filter(|heard| heard.ended.is_some());
        let ours = kept.iter().filter(|run| run.remedy == *id);
        let ours = ours.map(|run| if run.ended.is_some() { run } else { heard(run).unwrap_or(run) });
        let unknown = |run: &&Run| run.remedy == *id && kept.iter().all(|known| known.id != run.id);
        ours.chain(self.desk.runs.values().map(|heard| &heard.run).filter(unknown)).collect()
    }

    /// Whether a run is under way, as far as is known now, whatever the screen shows while it is paused.
    pub(super) fn goes_on(&self, run: &Run) -> bool {
        let live = self.desk.runs.get(&run.id).is_some_and(Heard::is_live);
        live || run.is_running() && run.lease > self.now
    }
}

/// From when on a remedy may run again on an incident that it ran on.
fn after(run: &Run, auto: &Auto, remedy: &Remedy) -> Moment {
    (run.ended.unwrap_or(run.started) + auto.after).max(run.started + remedy.cooldown)
}

/// When a run by itself is free again within its bound.
fn next_free(runs: &[&Run], auto: &Auto, now: Moment) -> Option<Moment> {
    let own = runs.iter().filter(|run| run.auto && run.started + auto.within > now);
    let mut own: Vec<Moment> = own.map(|run| run.started).collect();
    own.sort();
    let over = own.len().checked_sub(usize::try_from(auto.max).unwrap_or(usize::MAX))?;
    own.get(over).map(|first| *first + auto.within)
}
