//! Dry runs: a process that shows what would be done. It is bounded, stopped when midwatch leaves, and nothing of it
//! is recorded: it changes nothing by its own word.

use std::time::Duration;

use tokio::sync::mpsc;

use super::super::Hands;
use super::ground::carry;
use super::prepare::{declared, elsewhere};
use super::{begin, ending, origin, secrets};
use crate::domain::harmless;
use crate::domain::remediation::Plan;
use crate::domain::remediation::output::OutputLine;
use crate::domain::remediation::wish::DryRun;
use crate::remedy::exec::{Finished, Limits};

/// The least time that a dry run gets.
const LEAST: Duration = Duration::from_secs(10);
/// How many of its last lines are told.
const LINES: usize = 20;
/// How long such a line may be.
const LONGEST: usize = 400;

/// Lets a plan show what it would do.
pub(super) async fn dry_run(hands: &Hands, plan: Plan, allowed: Result<(), String>) -> DryRun {
    let hash = plan.hash.clone();
    match carried(hands, plan, allowed).await {
        Ok(finished) => {
            let objection = ending::objection(&finished);
            DryRun {
                plan: hash,
                ok: objection.is_none(),
                took_ms: u64::try_from(finished.took.as_millis()).unwrap_or(u64::MAX),
                words: objection.unwrap_or_else(|| "ok".to_owned()),
                lines: last_lines(&finished),
            }
        }
        Err(words) => DryRun { plan: hash, ok: false, took_ms: 0, words, lines: Vec::new() },
    }
}

async fn carried(hands: &Hands, plan: Plan, allowed: Result<(), String>) -> Result<Finished, String> {
    allowed?;
    let call = plan.dry_run.as_ref().ok_or_else(|| format!("{} has no dry run", plan.remedy))?;
    if let Some(words) = hurdle(hands, &plan).await {
        return Err(words);
    }
    let known = secrets::of(hands, &plan).await?;
    let limits = Limits {
        timeout: plan.timeout.to_std().unwrap_or_default().max(LEAST),
        grace: plan.grace.to_std().unwrap_or_default(),
    };
    let slot = hands.remedies.running.enter(begin::new_id(hands), limits.grace)?;
    let access = hands.remedies.settings.remedy_access.get(&plan.remedy);
    let (heard, mut ears) = mpsc::channel(64);
    let work = carry(call, &known, access, limits, heard, slot.cancelled());
    let hearing = async { while ears.recv().await.is_some() {} };
    tokio::select! {
        (finished, ()) = async { tokio::join!(work, hearing) } => finished.map_err(|ending| ending.words()),
        // Dropping the call kills what it started.
        () = slot.out_of_time() => Err("killed at once".to_owned()),
        () = tokio::time::sleep(limits.timeout + limits.grace + LEAST) => {
            Err("it did not come back although it was killed; look whether it still runs".to_owned())
        }
    }
}

/// Trust and environment hold for a dry run as for a run: it is a process of the same origin.
async fn hurdle(hands: &Hands, plan: &Plan) -> Option<String> {
    match declared(hands, &plan.remedy) {
        Ok(remedy) => match elsewhere(hands, remedy) {
            Some(words) => Some(words),
            None => origin::hurdles(hands, remedy).await.into_iter().next(),
        },
        Err(_) => origin::of_origin(hands, &plan.origin).await,
    }
}

fn last_lines(finished: &Finished) -> Vec<String> {
    let output = &finished.output;
    let all: Vec<String> = output.first().iter().chain(output.last()).map(OutputLine::text).collect();
    let from = all.len().saturating_sub(LINES);
    all.iter().skip(from).map(|line| harmless::line(line, LONGEST).into_owned()).collect()
}
