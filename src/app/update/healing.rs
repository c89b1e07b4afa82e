//! Remedies that run by themselves: announced, counted down, stopped by any key, run once.
//!
//! When one is due, and what keeps it from running, is in `due`; when one is not trusted any more in `failing`. That one
//! was stopped, or could not be planned, is a row of the journal: every midwatch that shares the store reads it, so
//! what one operator stopped no other midwatch runs.

mod due;
mod failing;

use chrono::TimeDelta;

use crate::app::desk::Countdown;
use crate::app::effect::Go;
use crate::app::toast::Tone;
use crate::app::{App, Changed, Effect};
use crate::domain::journal::{Entry, Outcome};
use crate::domain::remediation::plan::Check;
use crate::domain::remediation::wish::Prepared;
use crate::domain::remediation::{Auto, RemedyId, Wish};
use crate::domain::{IncidentId, Moment};

/// The journal's word for a remedy that does not run by itself on an incident any more.
const HELD: &str = "remedy.held";

/// Longer than planning may take: until it is planned nothing is announced and nothing runs.
const PLANNING: TimeDelta = TimeDelta::minutes(1);

/// How long it is waited until what stands in the way for a time is looked at again, or what was refused is tried again.
const AGAIN: TimeDelta = TimeDelta::minutes(1);

/// A countdown that is over for longer than this ended while nothing was drawn.
const UNSEEN: TimeDelta = TimeDelta::seconds(10);

impl App {
    /// Announces a remedy that is due, runs one whose time has come, and lets one go that is not needed any more.
    pub(super) fn heal(&mut self, effects: &mut Vec<Effect>) {
        if self.profile.remedies.iter().all(|remedy| remedy.auto.is_none()) {
            return;
        }
        self.forget_healing();
        self.stop_failing(effects);
        match self.desk.countdown.take() {
            Some(countdown) => match self.why_dropped(&countdown) {
                Some(why) => self.let_go(&countdown, &why, effects),
                None if self.ended_unseen(&countdown) => self.announce_again(countdown, effects),
                None if countdown.at <= self.now => self.run_by_itself(countdown, effects),
                None => self.desk.countdown = Some(countdown),
            },
            None => self.begin_healing(effects),
        }
        self.settle_healing();
    }

    /// When time alone next changes something about it.
    fn settle_healing(&mut self) {
        self.desk.heal_at = match &self.desk.countdown {
            Some(countdown) => Some(countdown.at),
            None => self.healable().map(|(_, _, at)| at).min(),
        };
    }

    /// Leaves out what was kept about incidents that are gone, and times that have passed.
    fn forget_healing(&mut self) {
        let (board, now) = (&self.board, self.now);
        self.desk.held.retain(|(_, incident)| board.incident(*incident).is_some());
        self.desk.waits.retain(|_, until| *until > now);
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
        let at = now + PLANNING;
        self.desk.countdown = Some(Countdown { wish: wish.clone(), remedy: id, title, prepared: None, at });
        effects.push(Effect::Prepare(Box::new(wish)));
    }

    /// A wish of midwatch's own was planned: it is announced, put off, or held with the reason. Says whether it was one.
    pub(super) fn take_healing(&mut self, prepared: &Prepared, effects: &mut Vec<Effect>) -> bool {
        if !prepared.wish.auto {
            return false;
        }
        let ours = |ours: &mut Countdown| ours.prepared.is_none() && ours.wish.token == prepared.wish.token;
        let Some(countdown) = self.desk.countdown.take_if(ours) else { return true };
        let why = prepared.plan.as_ref().err().or_else(|| prepared.hurdles.first()).cloned();
        match (why, self.passes(prepared)) {
            (None, _) => self.announce(countdown, prepared, effects),
            (Some(_), Some(until)) => self.put_off(&countdown, until),
            (Some(why), None) => {
                let words = format!("it does not run by itself: {why}");
                self.say(Tone::Hint, format!("{} does not run by itself on this incident: {why}", countdown.remedy));
                self.hold(&countdown, &words, effects);
            }
        }
        self.settle_healing();
        true
    }

    fn announce(&mut self, mut countdown: Countdown, prepared: &Prepared, effects: &mut Vec<Effect>) {
        let notice = self.auto_of(&countdown.remedy).map_or(PLANNING, |auto| auto.notice);
        countdown.at = self.now + notice;
        countdown.prepared = Some(prepared.clone());
        let words = format!("runs by itself in {} s; any key stops it", notice.num_seconds());
        let severity = countdown.wish.incident.and_then(|id| self.board.incident(id)).map(|incident| incident.rated);
        if let Some(rated) = severity {
            let words = format!("{} {words}", countdown.remedy);
            effects.push(Effect::Notice { severity: rated.severity, words });
        }
        effects.push(Effect::Note(vec![self.healing_fact("remedy.announced", &countdown, &words)]));
        self.desk.countdown = Some(countdown);
    }

    /// Whether a countdown ended so long ago that nobody can have seen it end: the machine slept, or its clock jumped.
    fn ended_unseen(&self, countdown: &Countdown) -> bool {
        countdown.prepared.is_some() && countdown.at + UNSEEN < self.now
    }

    /// Counts down once more, so that somebody can stop it.
    fn announce_again(&mut self, countdown: Countdown, effects: &mut Vec<Effect>) {
        if let Some(prepared) = countdown.prepared.clone() {
            self.announce(countdown, &prepared, effects);
        }
    }

    /// Until when it is waited, where nothing but time stands in the way: a run or a cool-down on the same target, signals
    /// that are not as they must be now.
    fn passes(&self, prepared: &Prepared) -> Option<Moment> {
        let plan = prepared.plan.as_ref().ok()?;
        let unmet = plan.checks.iter().filter(|check| matches!(check, Check::Signal { holds: false, .. })).count();
        let busy = prepared.last.as_ref().filter(|run| self.goes_on(run) || run.cooldown_until > self.now);
        if prepared.hurdles.len() != unmet + usize::from(busy.is_some()) {
            return None;
        }
        Some(busy.map_or(self.now, |run| run.cooldown_until).max(self.now + AGAIN))
    }

    fn put_off(&mut self, countdown: &Countdown, until: Moment) {
        if let Some(incident) = countdown.wish.incident {
            self.desk.waits.insert((countdown.remedy.clone(), incident), until);
        }
    }

    /// What was to run by itself was refused in the end: it is tried again later, not at once.
    pub(super) fn healing_refused(&mut self, wish: &Wish, remedy: &RemedyId) {
        if let Some(incident) = wish.incident.filter(|_| wish.auto) {
            self.desk.waits.insert((remedy.clone(), incident), self.now + AGAIN);
            self.settle_healing();
        }
    }

    /// Any key while a remedy is announced: it does not run on this incident any more.
    pub(super) fn stop_healing(&mut self, effects: &mut Vec<Effect>) -> Changed {
        let Some(countdown) = self.desk.countdown.take() else { return Changed::No };
        let words = format!("{} stopped it before it ran", self.profile.operator.name);
        self.hold(&countdown, &words, effects);
        self.say(Tone::Done, format!("stopped: {} does not run by itself here any more", countdown.remedy));
        self.settle_healing();
        Changed::Input
    }

    /// Whether a remedy is announced: then any key stops it.
    #[must_use]
    pub fn announces(&self) -> Option<&Countdown> {
        self.desk.countdown.as_ref().filter(|countdown| countdown.prepared.is_some())
    }

    /// Hands it over with the signals as they are now, so that what must hold is asked of this moment.
    fn run_by_itself(&mut self, mut countdown: Countdown, effects: &mut Vec<Effect>) {
        let Some(Prepared { plan: Ok(plan), .. }) = countdown.prepared else { return };
        countdown.wish.signals = self.signals_for(&countdown.wish);
        self.go(Go { wish: countdown.wish, plan, request: None }, false, effects);
    }

    /// One that was announced and is not run is told; one that was only being planned is nobody's news.
    fn let_go(&mut self, countdown: &Countdown, why: &str, effects: &mut Vec<Effect>) {
        if countdown.prepared.is_none() {
            return;
        }
        let words = format!("not run by itself: {why}");
        self.say(Tone::Hint, format!("{} is not run by itself: {why}", countdown.remedy));
        effects.push(Effect::Note(vec![self.healing_fact("remedy.dropped", countdown, &words)]));
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

    fn auto_of(&self, id: &RemedyId) -> Option<&Auto> {
        self.profile.remedy(id)?.auto.as_ref()
    }

    fn wish_by_itself(&self, id: &RemedyId, incident: IncidentId) -> Option<Wish> {
        let remedy = self.profile.remedy(id)?;
        let incident = self.board.incident(incident)?;
        let mut wish = self.wish_of(remedy, Some(incident));
        wish.auto = true;
        wish.signals = self.signals_for(&wish);
        Some(wish)
    }
}
