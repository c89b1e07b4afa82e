//! Runs: what they tell, stopping one, agreeing to another's, and what the alert did afterwards.

mod output;
mod requests;
mod watch;

use chrono::TimeDelta;

use crate::app::desk::{self, DeskRow, Heard};
use crate::app::overlay::Then;
use crate::app::toast::Tone;
use crate::app::{Action, App, Changed, Effect, Place, View};
use crate::domain::age;
use crate::domain::remediation::run::{Ending, Phase, Run, RunId, RunNews};

impl App {
    /// A run by its id: one that this watch hears, else one that the store keeps.
    #[must_use]
    pub fn run(&self, id: RunId) -> Option<&Run> {
        let kept = || self.board.memory().runs.iter().find(|run| run.id == id);
        self.desk.runs.get(&id).map(|heard| &heard.run).or_else(kept)
    }

    /// A run told something.
    pub(super) fn take_run_news(&mut self, news: RunNews, effects: &mut Vec<Effect>) -> Changed {
        match news {
            RunNews::Began(run) => self.run_began(run),
            RunNews::Phase(id, phase) => {
                let Some(heard) = self.desk.runs.get_mut(&id).filter(|heard| heard.is_live()) else {
                    return Changed::No;
                };
                heard.phase = Some(phase);
            }
            RunNews::Output { run, back, lines, left_out } => {
                let Some(heard) = self.desk.runs.get_mut(&run) else { return Changed::No };
                output::take(heard, back, left_out, lines);
            }
            RunNews::Ended(run) => {
                self.run_ended(run, effects);
                self.settle_if_shown();
                return Changed::Input;
            }
            RunNews::Refused(token, words) => {
                let refused = self.desk.answered(|go| go.wish.token == token);
                if let Some(refused) = &refused {
                    self.healing_refused(&refused.go.wish, &refused.go.plan.remedy);
                }
                let what = refused.map_or_else(|| "a remedy".to_owned(), |refused| refused.go.plan.remedy.to_string());
                self.say(Tone::Failed, format!("{what} was not run: {words}"));
                return Changed::Input;
            }
            RunNews::Waits(request) => self.take_request(&request, effects),
        }
        self.settle_if_shown();
        Changed::Data
    }

    fn run_began(&mut self, run: Run) {
        let asked = self.desk.answered(|go| go.plan.remedy == run.remedy && go.plan.target == run.target);
        let declared = self.profile.remedy(&run.remedy);
        let (watch, grace) = match (&asked, declared) {
            (Some(asked), _) => (asked.go.plan.watch, desk::grace_of(&asked.go.plan)),
            (None, Some(remedy)) => (remedy.watch, Some(remedy.grace)),
            (None, None) => (TimeDelta::zero(), None),
        };
        // A page opens by itself only for who asked for it just now and looks at nothing else.
        let opens = asked.is_some_and(|asked| asked.opens) && self.overlay.is_none();
        let (id, remedy) = (run.id, run.remedy.clone());
        self.desk.hear(Heard::begun(run, watch, grace));
        if opens && self.place() != Place::Run(id) {
            self.enter(Place::Run(id));
        }
        // Its page says it better, and as long as it is so.
        if self.place() != Place::Run(id) {
            self.say(Tone::Hint, format!("{remedy} is running (7 shows it)"));
        }
    }

    fn run_ended(&mut self, run: Run, effects: &mut Vec<Effect>) {
        let tone = if run.ending.as_ref().is_some_and(Ending::is_ok) { Tone::Done } else { Tone::Failed };
        self.say(tone, format!("{} on {}: {}", run.remedy, run.target, ended_words(&run)));
        let id = run.id;
        match self.desk.runs.get_mut(&id) {
            Some(heard) => (heard.run, heard.phase) = (run, None),
            None => self.desk.hear(Heard::read(run, crate::domain::remediation::output::Output::default())),
        }
        effects.push(Effect::Refresh(None));
        self.watch_alert(id, effects);
    }

    /// Stopping a run, agreeing to a request, refusing it.
    pub(super) fn act_on_run(&mut self, action: Action, _effects: &mut Vec<Effect>) {
        match action {
            Action::RunCancel => self.ask_cancel(),
            Action::RunApprove => self.open_approval(),
            _ => self.ask_close(),
        }
    }

    /// The run that a key means: the page's, the one under the cursor, else the only one of this watch.
    #[must_use]
    pub fn run_at_hand(&self) -> Option<RunId> {
        match (self.place(), self.desk_row()) {
            (Place::Run(id), _) | (Place::View(View::Remedies), Some(DeskRow::Run(id))) => Some(id),
            _ => {
                let mut live = self.desk.live();
                live.next().filter(|_| live.next().is_none()).map(|heard| heard.run.id)
            }
        }
    }

    fn ask_cancel(&mut self) {
        let Some(run) = self.run_at_hand().and_then(|id| self.run(id)).cloned() else {
            return self.say(Tone::Hint, "no run is highlighted; 7 lists them");
        };
        let words = match self.desk.runs.get(&run.id).filter(|heard| heard.is_live()) {
            Some(heard) if heard.phase == Some(Phase::Stopping) => {
                Err("it was told to end already; KILL follows".to_owned())
            }
            Some(heard) => Ok(heard.grace),
            None if self.is_under_way(&run) => {
                Err(format!("it runs in the midwatch of {}, and only that can stop it", run.holder))
            }
            None => Err(format!("{} does not run any more", run.remedy)),
        };
        match words {
            Err(words) => self.say(Tone::Hint, words),
            Ok(grace) => {
                let (remedy, target) = (&run.remedy, &run.target);
                let question = match grace {
                    Some(grace) => {
                        let grace = age::spoken(grace).replace(".0 s", " s");
                        format!("Stop {remedy} on {target}{}? TERM now, KILL after {grace}.", self.in_environment())
                    }
                    None => format!("Stop following {remedy} on {target}? What it began elsewhere goes on."),
                };
                let verify = "what it did so far stays done; nothing is verified".to_owned();
                self.ask(question, vec![format!("runs  {}", run.command), verify], Then::Cancel(run.id));
            }
        }
    }

    /// Stops a run. Read-only does not keep anybody from it.
    pub(super) fn cancel_run(&mut self, id: RunId, effects: &mut Vec<Effect>) {
        let Some(heard) = self.desk.runs.get_mut(&id).filter(|heard| heard.is_live()) else {
            return self.say(Tone::Hint, "it has ended meanwhile; nothing was stopped");
        };
        heard.phase = Some(Phase::Stopping);
        effects.push(Effect::CancelRun(id));
    }

    /// Keeps the cursors of the Remedies view where they are while it is in sight.
    pub(super) fn settle_if_shown(&mut self) {
        if self.places.contains(&Place::View(View::Remedies)) {
            self.settle_desk();
        }
    }
}

/// How a run ended and how long it took: `ok, 4.1 s`.
pub(super) fn ended_words(run: &Run) -> String {
    let ending = run.ending.as_ref().map_or_else(|| "outcome unknown".to_owned(), Ending::words);
    match run.ended {
        Some(ended) => format!("{ending}, {}", age::spoken(ended - run.started)),
        None => ending,
    }
}
