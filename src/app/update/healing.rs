//! Remedies that run by themselves: when one is due, announced, counted down, stopped by any key.
//!
//! That one was stopped, or could not be planned, is a row of the journal: every midwatch that shares the store reads
//! it, so what one operator stopped no other midwatch runs.

use chrono::TimeDelta;

use crate::app::desk::Countdown;
use crate::app::effect::Go;
use crate::app::toast::Tone;
use crate::app::{App, Changed, Effect};
use crate::domain::journal::{Entry, Outcome};
use crate::domain::remediation::run::Run;
use crate::domain::remediation::wish::Prepared;
use crate::domain::remediation::{Auto, Remedy, RemedyId, auto};
use crate::domain::{Incident, IncidentId, Moment};

/// The journal's word for a remedy that does not run by itself on an incident any more.
const HELD: &str = "remedy.held";

impl App {
    /// Announces a remedy that is due, runs one whose time has come, and lets one go that is not needed any more.
    pub(super) fn heal(&mut self, effects: &mut Vec<Effect>) {
        if self.profile.remedies.iter().all(|remedy| remedy.auto.is_none()) {
            return;
        }
        self.stop_failing(effects);
        match self.desk.countdown.take() {
            Some(countdown) if !self.is_still_due(&countdown) => {
                self.say(Tone::Hint, format!("{} is not run by itself: it is not needed any more", countdown.remedy));
            }
            Some(countdown) if countdown.at <= self.now => self.run_by_itself(countdown, effects),
            Some(countdown) => self.desk.countdown = Some(countdown),
            None => self.begin_healing(effects),
        }
        self.desk.heal_at = match &self.desk.countdown {
            Some(countdown) => Some(countdown.at),
            None => self.healable().map(|(_, _, at)| at).min(),
        };
    }

    /// The first remedy that is due is planned; it is announced when the plan is there.
    fn begin_healing(&mut self, effects: &mut Vec<Effect>) {
        let now = self.now;
        let due = self.healable().find(|(_, _, at)| *at <= now).map(|(remedy, incident, _)| (remedy, incident));
        let Some((remedy, incident)) = due else { return };
        let (id, title) = (remedy.id.clone(), remedy.title.clone());
        let Some(mut wish) = self.wish_by_itself(&id, incident) else { return };
        self.token += 1;
        wish.token = self.token;
        // Longer than planning may take: until it is planned nothing is announced and nothing runs.
        let at = now + TimeDelta::minutes(1);
        self.desk.countdown = Some(Countdown { wish: wish.clone(), remedy: id, title, prepared: None, at });
        effects.push(Effect::Prepare(Box::new(wish)));
    }

    /// A wish of midwatch's own was planned: it is announced, or held with the reason. Says whether it was one.
    pub(super) fn take_healing(&mut self, prepared: &Prepared, effects: &mut Vec<Effect>) -> bool {
        if !prepared.wish.auto {
            return false;
        }
        let Some(mut countdown) = self.desk.countdown.take_if(|ours| ours.wish.token == prepared.wish.token) else {
            return true;
        };
        let why = match &prepared.plan {
            Err(words) => Some(words.clone()),
            Ok(_) => prepared.hurdles.first().cloned(),
        };
        if let Some(why) = why {
            self.hold(&countdown, &format!("it does not run by itself: {why}"), effects);
            return true;
        }
        let notice = self.auto_of(&countdown.remedy).map_or(TimeDelta::zero(), |auto| auto.notice);
        countdown.at = self.now + notice;
        countdown.prepared = Some(prepared.clone());
        let words = format!("{} runs by itself in {} s; any key stops it", countdown.remedy, notice.num_seconds());
        let severity = countdown.wish.incident.and_then(|id| self.board.incident(id)).map(|incident| incident.rated);
        if let Some(rated) = severity {
            effects.push(Effect::Notice { severity: rated.severity, words: words.clone() });
        }
        effects.push(Effect::Note(vec![self.healing_fact("remedy.announced", &countdown, &words)]));
        self.desk.countdown = Some(countdown);
        true
    }

    /// Any key while a remedy is announced: it does not run on this incident any more.
    pub(super) fn stop_healing(&mut self, effects: &mut Vec<Effect>) -> Changed {
        let Some(countdown) = self.desk.countdown.take() else { return Changed::No };
        let words = format!("{} stopped it before it ran", self.profile.operator.name);
        self.hold(&countdown, &words, effects);
        self.say(Tone::Done, format!("{} does not run by itself on this incident any more", countdown.remedy));
        Changed::Input
    }

    /// Whether a remedy is announced: then any key stops it.
    #[must_use]
    pub fn announces(&self) -> Option<&Countdown> {
        self.desk.countdown.as_ref().filter(|countdown| countdown.prepared.is_some())
    }

    fn run_by_itself(&mut self, countdown: Countdown, effects: &mut Vec<Effect>) {
        let Some(Prepared { plan: Ok(plan), .. }) = countdown.prepared else { return };
        let go = Go { wish: countdown.wish, plan, request: None };
        self.go(go, false, effects);
    }

    fn is_still_due(&self, countdown: &Countdown) -> bool {
        let incident = countdown.wish.incident.and_then(|id| self.board.incident(id));
        let remedy = self.profile.remedy(&countdown.remedy);
        incident.zip(remedy).is_some_and(|(incident, remedy)| self.due(remedy, incident).is_some())
    }

    /// Every pair of a remedy and an incident that may run by itself, and from when on.
    fn healable(&self) -> impl Iterator<Item = (&Remedy, IncidentId, Moment)> {
        let open = self.board.incidents().filter(|incident| incident.is_open());
        open.flat_map(|incident| {
            let fitting = self.remedies_for(incident.id).filter(|remedy| remedy.auto.is_some());
            fitting.filter_map(|remedy| self.due(remedy, incident).map(|at| (remedy, incident.id, at)))
        })
    }

    /// From when on a remedy may run by itself on an incident; `None` for not at all as things stand.
    fn due(&self, remedy: &Remedy, incident: &Incident) -> Option<Moment> {
        let auto = remedy.auto.as_ref()?;
        let maintained = self.windows_now().any(|window| Some(&window.service) == incident.service.as_ref());
        let waits = incident.needs_somebody() && !incident.stale && !maintained;
        if !waits || self.guard.allows(self.now).is_err() || self.desk.stopped.contains_key(&remedy.id) {
            return None;
        }
        let labels = || self.board.alerts_of(incident).map(|alert| &alert.labels);
        if labels().any(|labels| auto::is_forbidden(incident.rated.severity, labels))
            || self.is_held(remedy, incident.id)
        {
            return None;
        }
        let runs = || self.board.memory().runs.iter().filter(|run| run.remedy == remedy.id);
        if runs().any(|run| self.is_under_way(run)) {
            return None;
        }
        let again = runs().filter(|run| run.incident == Some(incident.id)).map(|run| after(run, auto, remedy)).max();
        [Some(incident.since + auto.after), again, next_free(runs(), auto, self.now)].into_iter().flatten().max()
    }

    /// Whether it was held on this incident: by an operator, or because it could not be planned.
    fn is_held(&self, remedy: &Remedy, incident: IncidentId) -> bool {
        let (target, begins) = (incident.to_string(), format!("{}: ", remedy.id));
        let rows = self.board.journal().iter();
        let held = |entry: &Entry| entry.action == HELD && entry.target == target && entry.detail.starts_with(&begins);
        rows.map(|row| &row.entry).any(held) || self.desk.held.contains(&(remedy.id.clone(), incident))
    }

    fn hold(&mut self, countdown: &Countdown, why: &str, effects: &mut Vec<Effect>) {
        let Some(incident) = countdown.wish.incident else { return };
        self.desk.held.insert((countdown.remedy.clone(), incident));
        effects.push(Effect::Note(vec![self.healing_fact(HELD, countdown, why)]));
    }

    fn healing_fact(&self, action: &str, countdown: &Countdown, words: &str) -> Entry {
        Entry {
            at: self.now,
            operator: self.profile.operator.clone(),
            action: action.to_owned(),
            target: countdown.wish.incident.map_or_else(|| countdown.remedy.to_string(), |id| id.to_string()),
            detail: format!("{}: {words}", countdown.remedy),
            outcome: Outcome::Noted,
        }
    }

    /// A remedy that failed too often in a row does not run by itself any more, until somebody ran it by hand.
    fn stop_failing(&mut self, effects: &mut Vec<Effect>) {
        let failing = |remedy: &Remedy| {
            let auto = remedy.auto.as_ref()?;
            let mut runs: Vec<&Run> = self.board.memory().runs.iter().filter(|run| run.remedy == remedy.id).collect();
            runs.sort_by_key(|run| std::cmp::Reverse(run.started));
            let failed =
                runs.iter().take_while(|run| run.auto && run.ending.as_ref().is_some_and(|e| !e.is_ok())).count();
            (failed >= usize::try_from(auto.failures.max(1)).unwrap_or(1)).then(|| (remedy.id.clone(), failed))
        };
        let failing: Vec<(RemedyId, usize)> = self.profile.remedies.iter().filter_map(failing).collect();
        self.desk.stopped.retain(|id, _| failing.iter().any(|(known, _)| known == id));
        for (id, failed) in failing {
            if self.desk.stopped.contains_key(&id) {
                continue;
            }
            let words =
                format!("{id} failed {failed} times in a row: it does not run by itself until it was run by hand");
            self.say(Tone::Failed, words.clone());
            effects.push(Effect::Note(vec![Entry {
                at: self.now,
                operator: self.profile.operator.clone(),
                action: "remedy.stopped".to_owned(),
                target: id.to_string(),
                detail: words.clone(),
                outcome: Outcome::Noted,
            }]));
            self.desk.stopped.insert(id, words);
        }
    }

    fn auto_of(&self, id: &RemedyId) -> Option<&Auto> {
        self.profile.remedy(id)?.auto.as_ref()
    }

    fn wish_by_itself(&self, id: &RemedyId, incident: IncidentId) -> Option<crate::domain::remediation::Wish> {
        let remedy = self.profile.remedy(id)?;
        let incident = self.board.incident(incident)?;
        let mut wish = self.wish_of(remedy, Some(incident));
        wish.auto = true;
        wish.signals = self.signals_for(&wish);
        Some(wish)
    }
}

/// From when on a remedy may run again on an incident that it ran on.
fn after(run: &Run, auto: &Auto, remedy: &Remedy) -> Moment {
    (run.ended.unwrap_or(run.started) + auto.after).max(run.started + remedy.cooldown)
}

/// When a run by itself is free again within its bound.
fn next_free<'r>(runs: impl Iterator<Item = &'r Run>, auto: &Auto, now: Moment) -> Option<Moment> {
    let mut own: Vec<Moment> =
        runs.filter(|run| run.auto && run.started + auto.within > now).map(|run| run.started).collect();
    own.sort();
    let over = own.len().checked_sub(usize::try_from(auto.max).unwrap_or(usize::MAX))?;
    own.get(over).map(|first| *first + auto.within)
}
