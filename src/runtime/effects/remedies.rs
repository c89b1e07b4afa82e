//! Remedies: planned, guarded, run, stopped; what they tell goes to the loop.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::Hands;
use crate::app::Msg;
use crate::app::effect::Go;
use crate::config::Settings;
use crate::domain::remediation::output::Output;
use crate::domain::remediation::run::RunNews;
use crate::domain::remediation::wish::{DryRun, Prepared};
use crate::domain::remediation::{Plan, RunId, Wish};

/// What remedies and runbooks need beside the store. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Toolbox {
    /// What was configured.
    pub settings: Arc<Settings>,
}

impl Toolbox {
    /// With these settings.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        Self { settings: Arc::new(settings.clone()) }
    }
}

impl Hands {
    /// Plans a wish, with everything that the operator must see before.
    pub async fn prepare(&self, wish: Wish) -> Prepared {
        Prepared { wish, plan: Err("not built yet".to_owned()), hurdles: Vec::new(), last: None }
    }

    /// Lets a plan show what it would do. `allowed` is what the guard says now: a dry run is a process.
    pub async fn dry_run(&self, plan: Plan, allowed: Result<(), String>) -> DryRun {
        let words = allowed.err().unwrap_or_else(|| "not built yet".to_owned());
        DryRun { plan: plan.hash, ok: false, took_ms: 0, words, lines: Vec::new() }
    }

    /// Runs what was agreed to, to its end. What it tells goes to `told` as [`Msg::Run`].
    pub async fn run(&self, go: Go, allowed: Result<(), String>, told: mpsc::Sender<Msg>) {
        let words = allowed.err().unwrap_or_else(|| "not built yet".to_owned());
        let _ = told.send(Msg::Run(Box::new(RunNews::Refused(go.wish.token, words)))).await;
    }

    /// Asks for a second person.
    pub async fn ask_approval(&self, go: Go, allowed: Result<(), String>, told: mpsc::Sender<Msg>) {
        let words = allowed.err().unwrap_or_else(|| "not built yet".to_owned());
        let _ = told.send(Msg::Run(Box::new(RunNews::Refused(go.wish.token, words)))).await;
    }

    /// Stops a run of this process: TERM, then KILL. Says whether it is one.
    pub fn cancel(&self, _run: RunId) -> bool {
        false
    }

    /// Stops all runs of this process and waits until their outcomes are written, at most a moment longer than their
    /// grace: midwatch leaves.
    pub async fn cancel_all(&self) {}

    /// What a run said, as far as the store kept it.
    pub async fn output_of(&self, _run: RunId) -> Output {
        Output::default()
    }
}
