//! From a wish to a plan with everything that stands in its way. Nothing runs here.

use super::super::Hands;
use super::machine::looked;
use super::{origin, steps};
use crate::domain::remediation::plan::Check;
use crate::domain::remediation::wish::{Prepared, What};
use crate::domain::remediation::{Plan, Remedy, RemedyId, Wish};
use crate::domain::runbook::document::Runs;
use crate::remedy::plan;

/// Plans a wish.
pub(super) async fn prepare(hands: &Hands, wish: Wish) -> Prepared {
    let mut hurdles = Vec::new();
    let planned = match &wish.what {
        What::Remedy(id) => remedy(hands, id, &wish, &mut hurdles).await,
        What::Step(key, step) => match &step.runs {
            Runs::Shell(_) => {
                hurdles.extend(steps::hurdle(hands, key, step).await);
                self::step(hands, key, &wish).await
            }
            Runs::Remedy { id, values } => {
                let mut named = wish.clone();
                named.what = What::Remedy(RemedyId::new(id));
                for (name, value) in values {
                    named.values.entry(name.clone()).or_insert_with(|| value.clone());
                }
                remedy(hands, &RemedyId::new(id), &named, &mut hurdles).await
            }
        },
    };
    let mut last = None;
    match &planned {
        Ok(plan) => {
            hurdles.extend(unmet(plan));
            match held(hands, plan).await {
                Ok((hurdle, run)) => {
                    hurdles.extend(hurdle);
                    last = run;
                }
                Err(words) => hurdles.push(words),
            }
        }
        Err(_) if hands.store.get().is_none() => hurdles.push(NO_STORE.to_owned()),
        Err(_) => {}
    }
    Prepared { wish, plan: planned, hurdles, last }
}

/// What is said where there is no store.
pub(super) const NO_STORE: &str = "the store cannot be used, and what is not recorded is not run";

async fn remedy(hands: &Hands, id: &RemedyId, wish: &Wish, hurdles: &mut Vec<String>) -> Result<Plan, String> {
    let remedy = declared(hands, id)?.clone();
    hurdles.extend(elsewhere(hands, &remedy));
    hurdles.extend(origin::hurdles(hands, &remedy).await);
    let (wish, machine) = (wish.clone(), hands.remedies.machine.clone());
    looked("planning", move || plan::remedy(&remedy, &wish, &machine)).await?
}

async fn step(hands: &Hands, key: &str, wish: &Wish) -> Result<Plan, String> {
    let (name, wish, machine) = (steps::name(key), wish.clone(), hands.remedies.machine.clone());
    looked("planning", move || plan::step(&name, &wish, &machine)).await?
}

/// A remedy by its id.
pub(super) fn declared<'a>(hands: &'a Hands, id: &RemedyId) -> Result<&'a Remedy, String> {
    let found = hands.remedies.settings.remedies.iter().find(|remedy| remedy.id == *id);
    found.ok_or_else(|| format!("no remedy is called '{id}'; 'midwatch remedy list' lists them"))
}

/// Why a remedy may not run in this environment.
pub(super) fn elsewhere(hands: &Hands, remedy: &Remedy) -> Option<String> {
    let here = hands.remedies.settings.environment.as_deref();
    let names = || remedy.environments.join(", ");
    let this = here.map_or_else(|| "this one has no name".to_owned(), |here| format!("this is {here}"));
    (!remedy.runs_in(here)).then(|| format!("{} may run in {} only, and {this}", remedy.id, names()))
}

/// The signals that are not as they must be.
fn unmet(plan: &Plan) -> impl Iterator<Item = String> {
    plan.checks.iter().filter_map(|check| match check {
        Check::Signal { words, holds: false } => Some(words.clone()),
        Check::Signal { .. } | Check::Process(_) => None,
    })
}

/// What the store says: a lock or a cool-down, and the last run.
async fn held(hands: &Hands, plan: &Plan) -> Result<(Option<String>, Option<crate::domain::remediation::Run>), String> {
    let store = hands.store.get().ok_or(NO_STORE)?;
    let (remedy, target) = (plan.remedy.as_str(), plan.target.as_str());
    let text = |error: crate::store::StoreError| error.to_string();
    let hurdle = store.run_hurdle(remedy, target, hands.clock.now()).await.map_err(text)?;
    Ok((hurdle, store.last_run(remedy, target).await.map_err(text)?))
}
