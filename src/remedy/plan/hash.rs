//! What was shown is what runs: one hash over everything that decides what is done.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::domain::remediation::Plan;
use crate::domain::remediation::plan::Check;

/// Puts the hash into a plan. `demands` is what its checks demand: what a signal says now changes with every poll and
/// decides nothing about what is done. Typed secrets are in it only as being there.
pub(super) fn seal(mut plan: Plan, demands: &[String]) -> Result<Plan, String> {
    let mut shape = plan.clone();
    shape.hash.clear();
    shape.subject = None;
    shape.checks.retain(|check| matches!(check, Check::Process(_)));
    let told = serde_json::to_string(&shape).map_err(|error| format!("the plan cannot be written down: {error}"))?;
    let mut hasher = Sha256::new();
    for field in std::iter::once(&told).chain(demands) {
        hasher.update(field.len().to_be_bytes());
        hasher.update(field.as_bytes());
    }
    plan.hash = hasher.finalize().iter().fold(String::with_capacity(64), |mut made, byte| {
        // Writing to a String cannot fail.
        let _ = write!(made, "{byte:02x}");
        made
    });
    Ok(plan)
}
