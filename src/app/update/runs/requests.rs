//! This watch's own requests for a second person: run once when somebody agrees, given up when they are over.

use crate::app::desk::Waiting;
use crate::app::effect::Go;
use crate::app::toast::Tone;
use crate::app::{App, Effect};
use crate::domain::Moment;
use crate::domain::remediation::run::{Request, RunId};

/// What the store says of a request of ours.
enum Fate {
    /// Nothing new.
    Open,
    /// Somebody agreed: their name.
    Approved(String),
    /// It is over; in words, why.
    Over(String),
}

impl App {
    /// A request of this watch waits for a second person.
    pub(super) fn take_request(&mut self, request: &Request, effects: &mut Vec<Effect>) {
        let asked = self.desk.answered(|go| go.plan.remedy == request.remedy && go.plan.hash == request.plan);
        let short = request.id.short();
        self.say(Tone::Hint, format!("{} waits for a second person (request {short})", request.remedy));
        if let Some(asked) = asked {
            let waiting = Waiting { go: asked.go, expires: request.expires, seen: false, told: false };
            self.desk.waiting.insert(request.id, waiting);
            self.look_at_requests(effects);
        }
    }

    /// Looks at what became of this watch's own requests: one that somebody agreed to runs, exactly once.
    pub(in crate::app::update) fn look_at_requests(&mut self, effects: &mut Vec<Effect>) {
        let ids: Vec<RunId> = self.desk.waiting.keys().copied().collect();
        for id in ids {
            match self.fate(id) {
                Fate::Open => {}
                Fate::Approved(by) => self.run_if_it_may(id, &by, effects),
                Fate::Over(words) => {
                    if let Some(waiting) = self.desk.waiting.remove(&id) {
                        let remedy = waiting.go.plan.remedy;
                        self.say(Tone::Failed, format!("{remedy} was not run: request {} {words}", id.short()));
                    }
                }
            }
        }
    }

    fn fate(&mut self, id: RunId) -> Fate {
        let (now, operator) = (self.now, &self.profile.operator);
        let request = self.board.memory().requests.iter().find(|request| request.id == id);
        let Some(waiting) = self.desk.waiting.get_mut(&id) else { return Fate::Open };
        if waiting.expires <= now {
            return Fate::Over("ran out".to_owned());
        }
        let Some(request) = request else {
            return if waiting.seen { Fate::Over("was refused, taken back or ran out".to_owned()) } else { Fate::Open };
        };
        waiting.seen = true;
        let ours = request.asked_by == *operator && request.plan == waiting.go.plan.hash;
        match &request.approved_by {
            _ if request.closed => Fate::Over("was refused or taken back".to_owned()),
            Some(by) if ours && by.name != operator.name => Fate::Approved(by.name.clone()),
            _ => Fate::Open,
        }
    }

    /// Runs what somebody agreed to, unless something else has changed meanwhile: that is said once, and from then on
    /// it runs only by hand, so that nothing begins when nobody thinks of it.
    fn run_if_it_may(&mut self, id: RunId, by: &str, effects: &mut Vec<Effect>) {
        let Some(Waiting { go, told: false, .. }) = self.desk.waiting.get(&id) else { return };
        let open = |id| self.board.incident(id).is_some_and(crate::domain::Incident::is_open);
        let why_not = match (self.guard.allows(self.now), go.wish.incident) {
            (Err(_), _) => Some("this watch is read-only".to_owned()),
            (_, Some(incident)) if !open(incident) => {
                Some(format!("{} does not fire any more", go.wish.subject.as_deref().unwrap_or("the incident")))
            }
            _ => None,
        };
        match why_not {
            None => self.run_request(id, by, effects),
            Some(why) => {
                let words = format!(
                    "{by} agreed to {}, but {why}: it was not run. 'x' on the request in 7 runs it",
                    go.plan.remedy
                );
                self.say(Tone::Failed, words);
                if let Some(waiting) = self.desk.waiting.get_mut(&id) {
                    waiting.told = true;
                }
            }
        }
    }

    fn run_request(&mut self, id: RunId, by: &str, effects: &mut Vec<Effect>) {
        // Taken out before it is handed over: whatever comes, it is not run a second time.
        let Some(waiting) = self.desk.waiting.remove(&id) else { return };
        let go = Go { request: Some(id), ..waiting.go };
        self.say(Tone::Hint, format!("{by} agreed: {} begins", go.plan.remedy));
        self.go(go, false, effects);
    }

    /// `x` on one's own request that somebody agreed to.
    pub(in crate::app::update) fn run_approved(&mut self, id: RunId, effects: &mut Vec<Effect>) {
        if let Err(words) = self.guard.allows(self.now) {
            return self.say(Tone::Failed, words);
        }
        match (self.fate(id), self.desk.waiting.contains_key(&id)) {
            (Fate::Approved(by), _) => self.run_request(id, &by, effects),
            (_, true) => self.say(Tone::Hint, "nobody has agreed to it yet"),
            (_, false) => self.look_at_request(id),
        }
    }

    /// Requests of others that were not there before are told.
    pub(in crate::app::update) fn tell_requests(&mut self, known: &[RunId]) {
        let new = |request: &&Request| self.waits_for_me(request) && !known.contains(&request.id);
        let words: Vec<String> = self
            .open_requests()
            .filter(new)
            .map(|request| {
                let who = &request.asked_by.name;
                format!("{who} asks for a second person: {} on {} (7 shows it)", request.remedy, request.target)
            })
            .collect();
        for words in words.into_iter().take(3) {
            self.say(Tone::Hint, words);
        }
    }

    /// When the next request of this watch runs out.
    pub(in crate::app::update) fn next_request(&self) -> Option<Moment> {
        self.desk.waiting.values().map(|waiting| waiting.expires).min()
    }
}
