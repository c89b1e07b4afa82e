//! The secrets of a plan: those that were typed, and those that are read when it runs. Their values go to the child and
//! to what hides them in its output, nowhere else.

use super::super::Hands;
use super::ground::Secrets;
use crate::domain::remediation::Plan;
use crate::domain::remediation::plan::{Call, Check, EnvValue, ProcessCall};
use crate::source::secret;

/// Reads every secret that a plan's processes need.
///
/// # Errors
/// In words, which one cannot be read and what to do; never what was found.
pub(super) async fn of(hands: &Hands, plan: &Plan) -> Result<Secrets, String> {
    let mut known = Secrets::new();
    for (name, value) in processes(plan).flat_map(|process| &process.env) {
        match value {
            EnvValue::Typed(hidden) => {
                known.insert(name.clone(), hidden.clone());
            }
            EnvValue::Secret if !known.contains_key(name) => {
                let key = (plan.remedy.clone(), name.clone());
                let place = hands.remedies.settings.remedy_secrets.get(&key);
                let place = place.ok_or_else(|| format!("the place of the secret {name} is not known"))?;
                let read = secret::hidden(place).await.map_err(|error| format!("the secret {name}: {error}"))?;
                known.insert(name.clone(), read);
            }
            EnvValue::Secret | EnvValue::Inherited | EnvValue::Plain(_) => {}
        }
    }
    Ok(known)
}

fn processes(plan: &Plan) -> impl Iterator<Item = &ProcessCall> {
    let calls = [Some(&plan.run), plan.dry_run.as_ref(), plan.verify.as_ref()].into_iter().flatten();
    let of_calls = calls.filter_map(|call| match call {
        Call::Process(process) => Some(process),
        Call::Http(_) => None,
    });
    of_calls.chain(plan.checks.iter().filter_map(|check| match check {
        Check::Process(process) => Some(process),
        Check::Signal { .. } => None,
    }))
}
