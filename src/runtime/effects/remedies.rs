//! Remedies: planned, guarded, run, stopped; what they tell goes to the loop.
//!
//! What lives here: from a wish to a plan and what stands in its way, from what was agreed to, to a run with its
//! outcome. What must not: how a process is held (`remedy::exec`), how a plan is made (`remedy::plan`), what locks
//! and cools down (`store`).

mod abandoned;
pub mod asked;
mod begin;
mod dry;
mod ending;
mod ground;
mod held;
mod life;
mod machine;
mod origin;
mod prepare;
mod registry;
mod request;
mod secrets;
mod steps;
mod teller;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use super::Hands;
use super::walks::Probing;
use crate::app::Msg;
use crate::app::effect::Go;
use crate::config::Settings;
use crate::domain::remediation::output::{Output, OutputLine};
use crate::domain::remediation::run::RunNews;
use crate::domain::remediation::wish::{DryRun, Prepared};
use crate::domain::remediation::{Plan, RunId, Wish};
use crate::remedy::plan::Machine;

pub(super) use held::held;
pub use origin::content;
pub(super) use origin::of_list;
pub use registry::Registry;
pub use request::LASTS;
pub use steps::steps;
pub(super) use steps::untrusted;

/// How much longer than its grace a run may take to be gone when midwatch leaves.
const LEAVING: Duration = Duration::from_secs(2);
/// How long runs may take to be gone when there is no time.
const AT_ONCE: Duration = Duration::from_millis(1_500);

/// What remedies and runbooks need beside the store. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Toolbox {
    /// What was configured.
    pub settings: Arc<Settings>,
    /// The runs of this process.
    pub running: Registry,
    /// Where programs are looked for.
    machine: Machine,
    /// What the files said that remedies and commands of checklists were read from.
    read: Arc<origin::Read>,
    /// What probes are carried out with.
    pub(super) probing: Probing,
}

impl Toolbox {
    /// With these settings.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let machine = machine::here(settings);
        Self {
            settings: Arc::new(settings.clone()),
            running: Registry::default(),
            probing: Probing::new(settings, machine.path.clone()),
            machine,
            read: Arc::new(origin::Read::at_the_start(settings)),
        }
    }

    /// Where answers of runbooks' addresses are kept.
    #[must_use]
    pub fn runbook_cache(&self) -> PathBuf {
        self.settings.store.parent().unwrap_or(&self.settings.store).join("runbooks-cache")
    }
}

impl Hands {
    /// Plans a wish, with everything that the operator must see before.
    pub async fn prepare(&self, wish: Wish) -> Prepared {
        prepare::prepare(self, wish).await
    }

    /// Lets a plan show what it would do. `allowed` is what the guard says now: a dry run is a process.
    pub async fn dry_run(&self, plan: Plan, allowed: Result<(), String>) -> DryRun {
        dry::dry_run(self, plan, allowed).await
    }

    /// Runs what was agreed to, to its end. What it tells goes to `told` as [`Msg::Run`].
    pub async fn run(&self, go: Go, allowed: Result<(), String>, told: mpsc::Sender<Msg>) {
        let token = go.wish.token;
        let begin::Started { run, plan, slot, ground, entry } = match begin::begin(self, go, allowed).await {
            Ok(started) => started,
            Err(words) => return tell(&told, RunNews::Refused(token, words)).await,
        };
        let (teller, handing) = teller::Teller::start(told);
        let life = life::Life { ground: &ground, teller: &teller, slot: &slot, plan: &plan, clock: self.clock, entry };
        life::live(life, run).await;
        // Its outcome is written: who waits for that need not wait until everything was told.
        drop(slot);
        drop(teller);
        if handing.await.is_err() {
            tracing::debug!("nobody listens any more");
        }
    }

    /// Asks for a second person.
    pub async fn ask_approval(&self, go: Go, allowed: Result<(), String>, told: mpsc::Sender<Msg>) {
        let token = go.wish.token;
        let news = match self.request(&go, allowed, LASTS).await {
            Ok(request) => RunNews::Waits(request),
            Err(words) => RunNews::Refused(token, words),
        };
        tell(&told, news).await;
    }

    /// Stops a run of this process: TERM, then KILL. Says whether it is one.
    pub fn cancel(&self, run: RunId) -> bool {
        self.remedies.running.stop(run, &format!("{} stopped it", self.operator.name))
    }

    /// Stops all runs of this process and waits until their outcomes are written, at most a moment longer than their
    /// grace: midwatch leaves.
    pub async fn cancel_all(&self) {
        let running = &self.remedies.running;
        let patience = running.longest_grace() + LEAVING;
        running.stop_all("midwatch left");
        if tokio::time::timeout(patience, running.idle()).await.is_err() {
            self.cancel_at_once().await;
        }
    }

    /// The same where there is no time: whole groups are killed after a moment.
    pub async fn cancel_at_once(&self) {
        self.remedies.running.stop_at_once("midwatch left at once");
        if tokio::time::timeout(AT_ONCE, self.remedies.running.idle()).await.is_err() {
            tracing::error!("a run did not end in time; the next midwatch calls its outcome unknown");
        }
    }

    /// What a run said, as far as the store kept it.
    pub async fn output_of(&self, run: RunId) -> Output {
        let read = match self.store.get() {
            Some(store) => store.output_of(run).await.map_err(|error| error.to_string()),
            None => Err(prepare::NO_STORE.to_owned()),
        };
        let words = match read {
            Ok(Some(output)) => return output,
            Ok(None) => "what it said was not kept".to_owned(),
            Err(words) => format!("what it said cannot be read: {words}"),
        };
        let mut output = Output::default();
        output.take(0, 0, [OutputLine::note(0, &words)]);
        output
    }

    /// Files that remedies come from and that keep them from running, with what to do about each.
    pub async fn untrusted_files(&self) -> Vec<String> {
        let mut found = Vec::new();
        for path in self.remedies.read.files() {
            let from_here = |remedy: &&crate::domain::remediation::Remedy| match &remedy.origin {
                crate::domain::remediation::Origin::File(at) | crate::domain::remediation::Origin::Preset(at) => {
                    at == path
                }
                _ => false,
            };
            for remedy in self.remedies.settings.remedies.iter().filter(from_here) {
                for words in origin::hurdles(self, remedy).await {
                    if !found.contains(&words) {
                        found.push(words);
                    }
                }
            }
        }
        found
    }
}

async fn tell(told: &mpsc::Sender<Msg>, news: RunNews) {
    if told.send(Msg::Run(Box::new(news))).await.is_err() {
        tracing::debug!("nobody listens any more");
    }
}
