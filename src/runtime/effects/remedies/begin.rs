//! From what was agreed to, to a run that has begun: guarded, planned again, compared, locked, and written down.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::sync::atomic::{AtomicU64, Ordering};

use super::super::Hands;
use super::ground::Real;
use super::life::LEASE;
use super::prepare::NO_STORE;
use super::registry::Slot;
use super::secrets;
use crate::app::effect::Go;
use crate::domain::Moment;
use crate::domain::journal::{Entry, Outcome};
use crate::domain::remediation::wish::What;
use crate::domain::remediation::{Plan, Run, RunId};
use crate::store::Store;
use crate::store::runs::{Begun, Start};

/// A run that has begun.
pub(super) struct Started {
    pub(super) run: Run,
    pub(super) plan: Plan,
    pub(super) slot: Slot,
    pub(super) ground: Real,
    pub(super) entry: Entry,
}

/// Begins a run.
///
/// # Errors
/// In words, why it does not begin and what to do. Nothing was done then.
pub(super) async fn begin(hands: &Hands, go: Go, allowed: Result<(), String>) -> Result<Started, String> {
    let plan = agreed(hands, &go, allowed).await?;
    let store = hands.store.get().cloned().ok_or(NO_STORE)?;
    let approved_by = approved(&store, &plan, go.request).await?;
    let known = secrets::of(hands, &plan).await?;
    let now = hands.clock.now();
    let run = Run { approved_by, ..fresh(hands, &go, &plan, now) };
    let slot = hands.remedies.running.enter(run.id, plan.grace.to_std().unwrap_or_default())?;
    let entry = entry(hands, &plan, "remedy.run", now);
    let start = Start {
        run: run.clone(),
        plan: plan.hash.clone(),
        request: go.request,
        at_most: at_most(hands, &go, now),
        intent: entry.clone(),
    };
    let begun = store.begin_run(&start).await;
    match begun.map_err(|error| format!("the journal cannot be written, so nothing was run: {error}"))? {
        Begun::Yours => {}
        Begun::Refused(words) => return Err(words),
    }
    let access = hands.remedies.settings.remedy_access.get(&plan.remedy).cloned();
    Ok(Started { run, plan, slot, ground: Real { store, secrets: known, access }, entry })
}

/// Plans again what was agreed to: it must be the same, and nothing may stand in its way.
pub(super) async fn agreed(hands: &Hands, go: &Go, allowed: Result<(), String>) -> Result<Plan, String> {
    allowed?;
    let prepared = hands.prepare(go.wish.clone()).await;
    let plan = prepared.plan?;
    if plan.hash != go.plan.hash {
        return Err("what was shown is not what would run now; ask again".to_owned());
    }
    if !prepared.hurdles.is_empty() {
        return Err(prepared.hurdles.join("; "));
    }
    Ok(plan)
}

/// Who agreed as the second person.
async fn approved(store: &Store, plan: &Plan, request: Option<RunId>) -> Result<Option<String>, String> {
    if plan.approvals < 2 {
        return Ok(None);
    }
    let request = request.ok_or_else(|| format!("{} needs a second person: ask for one first", plan.remedy))?;
    let kept = store.request(request).await.map_err(|error| error.to_string())?;
    let kept = kept.filter(|kept| kept.plan == plan.hash);
    let kept = kept.ok_or("what was approved is not what would run now; ask again")?;
    let by = kept.approved_by.ok_or_else(|| format!("nobody has agreed to {} yet", plan.remedy))?;
    Ok(Some(by.name))
}

fn fresh(hands: &Hands, go: &Go, plan: &Plan, now: Moment) -> Run {
    Run {
        id: new_id(hands),
        remedy: plan.remedy.clone(),
        title: plan.title.clone(),
        target: plan.target.clone(),
        incident: plan.incident,
        subject: plan.subject.clone(),
        operator: hands.operator.clone(),
        holder: hands.holder.to_string(),
        process: None,
        command: plan.run.words(),
        started: now,
        ended: None,
        ending: None,
        lease: now + LEASE,
        cooldown_until: now + plan.cooldown,
        auto: go.wish.auto,
        approved_by: None,
    }
}

/// How often a remedy may have run by itself, where it is to do so now.
fn at_most(hands: &Hands, go: &Go, now: Moment) -> Option<(u32, Moment)> {
    let What::Remedy(id) = &go.wish.what else { return None };
    let remedy = hands.remedies.settings.remedies.iter().find(|remedy| remedy.id == *id)?;
    let auto = remedy.auto.as_ref().filter(|_| go.wish.auto)?;
    Some((auto.max, now - auto.within))
}

/// The journal's row about a plan.
pub(super) fn entry(hands: &Hands, plan: &Plan, action: &str, now: Moment) -> Entry {
    let target = plan.incident.map_or_else(|| plan.remedy.to_string(), |incident| incident.to_string());
    Entry {
        at: now,
        operator: hands.operator.clone(),
        action: action.to_owned(),
        target,
        detail: format!("{} on {} · {}", plan.remedy, plan.target, plan.run.words()),
        outcome: Outcome::Intent,
    }
}

/// An id that no other run has.
pub(super) fn new_id(hands: &Hands) -> RunId {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    RunId(RandomState::new().hash_one((&*hands.holder, hands.clock.now().timestamp_micros(), count)))
}
