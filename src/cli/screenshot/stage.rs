//! The demo behind a picture: the app, its hands, and what they tell, without a terminal.
//!
//! Effects are carried out as on the screen. What differs from one picture to the next although nothing else does (the
//! number of a run, how many milliseconds a dry run took) is made the same here: where time stands, nothing takes any.

use std::sync::Arc;

use tokio::sync::mpsc;

use crate::app::entry::Edit;
use crate::app::{Action, App, Effect, Msg};
use crate::domain::Health;
use crate::domain::remediation::RunId;
use crate::domain::remediation::run::RunNews;
use crate::runtime::core::Core;
use crate::runtime::effects::Order;
use crate::runtime::effects::remedies::asked;
use crate::runtime::event_loop::Running;
use crate::runtime::session::{self, Session};

/// The number of the run in a picture.
const RUN: RunId = RunId(0x52c1_7a90_33de_4b16);
/// The number of the request in a picture.
const REQUEST: RunId = RunId(0x9e04_51bb_c2d7_6f38);
/// The demo's log ends no longer than this before its moment.
const NEWEST: chrono::TimeDelta = chrono::TimeDelta::seconds(5);

/// A demo that is played for a picture.
pub(super) struct Stage {
    core: Core,
    messages: mpsc::Receiver<Msg>,
    sender: mpsc::Sender<Msg>,
    running: Running,
}

impl Stage {
    /// Begins a session.
    pub(super) async fn begin(core: Core, session: Session) -> Result<Self, String> {
        let (sender, messages) = session::channel();
        let running = session.start(sender.clone()).await.map_err(|_| "the demo did not begin".to_owned())?;
        Ok(Self { core, messages, sender, running })
    }

    /// The model as it is.
    pub(super) fn app(&self) -> &App {
        &self.core.app
    }

    /// Takes a message, and carries out what follows from it.
    pub(super) fn tell(&mut self, msg: Msg) {
        let update = self.core.tell(same(msg));
        for effect in update.effects {
            self.follow(effect);
        }
    }

    /// Does what a key does.
    pub(super) fn press(&mut self, action: Action) {
        self.tell(Msg::Action(action));
    }

    /// Types a text.
    pub(super) fn type_text(&mut self, words: &str) {
        for letter in words.chars() {
            self.tell(Msg::Edit(Edit::Insert(letter)));
        }
    }

    /// Takes messages until something holds.
    pub(super) async fn until(&mut self, holds: impl Fn(&App) -> bool) {
        while !holds(&self.core.app) {
            let Some(msg) = self.messages.recv().await else { return };
            self.tell(msg);
        }
    }

    /// Takes messages until every source is live, the log is read to its end, and what began is in the journal.
    pub(super) async fn settle(&mut self) {
        let settled = |app: &App| {
            let live = app.board.sources().all(|status| status.health(app.now) == Health::Live);
            let newest = app.board.logs().lines().back().is_some_and(|kept| app.now - kept.at < NEWEST);
            let noted = app.board.incidents().all(|incident| {
                let id = incident.id.to_string();
                app.board.journal().iter().any(|row| row.entry.target == id)
            });
            live && newest && noted
        };
        self.until(settled).await;
    }

    /// Ends what still runs: nothing of a picture stays behind.
    pub(super) async fn end(self) {
        drop(self.messages);
        self.running.hands.cancel_at_once().await;
    }

    fn follow(&self, effect: Effect) {
        let Running { hands, keeper, pollers, walks, nudge } = &self.running;
        match effect {
            Effect::KeepEpisodes(episodes) => keeper.order(Order::Episodes(episodes)),
            Effect::Note(entries) => keeper.order(Order::Note(entries)),
            Effect::Refresh(source) => {
                let wanted = pollers.iter().filter(|(name, _)| source.as_ref().is_none_or(|source| source == name));
                wanted.for_each(|(_, poller)| poller.refresh());
            }
            Effect::Act(_)
            | Effect::LoadRunbook(_)
            | Effect::LoadWalks(_)
            | Effect::Probe(_)
            | Effect::Prepare(_)
            | Effect::DryRun(_)
            | Effect::Run(_)
            | Effect::AskApproval(_) => {
                let allowed = self.core.app.guard.allows(self.core.clock().now());
                let (hands, sender, nudge) = (hands.clone(), self.sender.clone(), Arc::clone(nudge));
                tokio::spawn(async move {
                    if let Effect::Act(act) = effect {
                        let done = Msg::Done(hands.carry_out(*act, allowed).await);
                        // Nobody waits for it once the picture was taken.
                        let _ = sender.send(done).await;
                    } else {
                        asked::answer(&hands, effect, allowed, &sender).await;
                    }
                    nudge.notify_one();
                });
            }
            Effect::Walk(order) => {
                if let Err(answer) = walks.order(*order) {
                    // Nobody waits for it once the picture was taken.
                    let _ = self.sender.try_send(answer);
                }
            }
            _ => {}
        }
    }
}

/// The message with what would differ from picture to picture made the same.
fn same(msg: Msg) -> Msg {
    match msg {
        Msg::DryRun(mut told) => {
            told.took_ms = 0;
            Msg::DryRun(told)
        }
        Msg::Run(mut news) => {
            match &mut *news {
                RunNews::Began(run) | RunNews::Ended(run) => run.id = RUN,
                RunNews::Phase(run, _) | RunNews::Output { run, .. } => *run = RUN,
                RunNews::Waits(request) => request.id = REQUEST,
                RunNews::Refused(..) => {}
            }
            Msg::Run(news)
        }
        Msg::Memory(mut memory) => {
            memory.runs.iter_mut().for_each(|run| run.id = RUN);
            memory.requests.iter_mut().for_each(|request| request.id = REQUEST);
            Msg::Memory(memory)
        }
        other => other,
    }
}
