//! From a wish to a plan: every placeholder filled, every program found, nothing left to decide.

use std::path::PathBuf;

use crate::domain::remediation::{Plan, Remedy, Wish};

/// What planning needs to know of the machine; handed in, so that a test decides it.
#[derive(Debug, Clone, Default)]
pub struct Machine {
    /// The environment's name.
    pub environment: Option<String>,
    /// The folders in which programs are looked for, absolute, in order.
    pub path: Vec<PathBuf>,
}

/// Plans a remedy.
///
/// # Errors
/// In words, which value is missing or does not fit, which program is not there, and what to do.
pub fn remedy(_remedy: &Remedy, _wish: &Wish, _machine: &Machine) -> Result<Plan, String> {
    Err("not built yet".to_owned())
}

/// Plans a shell block of a runbook. `runbook` is its name, for ids and messages.
///
/// # Errors
/// In words, why it cannot be run.
pub fn step(_runbook: &str, _wish: &Wish, _machine: &Machine) -> Result<Plan, String> {
    Err("not built yet".to_owned())
}
