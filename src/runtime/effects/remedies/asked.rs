//! What the loop asks of runbooks and remedies, each answered in a task of its own.

use tokio::sync::mpsc;

use super::super::{Hands, walks};
use crate::app::toast::Tone;
use crate::app::{Effect, Msg};
use crate::domain::remediation::run::RunNews;
use crate::domain::remediation::wish::{DryRun, Prepared};

/// What is said until the store was opened.
const NOT_YET: &str = "the store is still being opened; try again";

/// Answers an effect; runs tell what they have to tell on the way.
pub async fn answer(hands: &Hands, effect: Effect, allowed: Result<(), String>, told: &mpsc::Sender<Msg>) {
    let answer = match effect {
        Effect::LoadRunbook(wish) => {
            let read = hands.load_runbook(&wish).await;
            Msg::Runbook(wish.found, read.map(Box::new))
        }
        Effect::Prepare(wish) => Msg::Prepared(Box::new(hands.prepare(*wish).await)),
        Effect::DryRun(plan) => Msg::DryRun(Box::new(hands.dry_run(*plan, allowed).await)),
        Effect::LoadOutput(run) => Msg::Output(run, Box::new(hands.output_of(run).await)),
        Effect::Run(go) => return Box::pin(hands.run(*go, allowed, told.clone())).await,
        Effect::AskApproval(go) => return hands.ask_approval(*go, allowed, told.clone()).await,
        Effect::Probe(wish) => Msg::Probed(Box::new(hands.probe(*wish, allowed).await)),
        Effect::LoadWalks(list) => hands.past_walks(list).await,
        Effect::CancelRun(run) if hands.cancel(run) => return,
        Effect::CancelRun(_) => {
            let words = "this run is not one of this midwatch: the one that began it stops it";
            Msg::Say { tone: Tone::Failed, words: words.to_owned() }
        }
        _ => return,
    };
    if told.send(answer).await.is_err() {
        tracing::debug!("midwatch left before it was answered");
    }
}

/// What an effect is answered while nothing can be done yet.
#[must_use]
pub fn not_yet(effect: Effect) -> Option<Msg> {
    let words = NOT_YET.to_owned();
    Some(match effect {
        Effect::LoadRunbook(wish) => Msg::Runbook(wish.found, Err(words)),
        Effect::Prepare(wish) => {
            let (plan, hurdles) = (Err(words), Vec::new());
            Msg::Prepared(Box::new(Prepared { wish: *wish, plan, hurdles, last: None }))
        }
        Effect::DryRun(plan) => {
            Msg::DryRun(Box::new(DryRun { plan: plan.hash, ok: false, took_ms: 0, words, lines: Vec::new() }))
        }
        Effect::Run(go) | Effect::AskApproval(go) => Msg::Run(Box::new(RunNews::Refused(go.wish.token, words))),
        Effect::LoadWalks(list) => Msg::Walks(list, Err(words)),
        Effect::Probe(wish) => Msg::Probed(Box::new(walks::not_asked(*wish, words))),
        Effect::CancelRun(_) | Effect::LoadOutput(_) => Msg::Say { tone: Tone::Failed, words },
        _ => return None,
    })
}
