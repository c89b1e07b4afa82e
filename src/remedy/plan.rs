//! From a wish to a plan: every placeholder filled, every program found, nothing left to decide.
//!
//! What lives here: pure rules; of the machine only whether a program is there is looked at. What must not: starting
//! anything, reading files or variables, the store. The promise of this room: a value from outside is at most one
//! argument or part of one. It never adds or splits an argument, names a program or an interpreter, or reaches a
//! shell as anything but quoted text or a variable.

mod ansible;
mod bench;
mod checks;
mod environment;
mod hash;
mod http;
mod kubectl;
mod program;
mod quote;
mod rereads;
mod ssh;
mod step;
mod systemd;
#[cfg(test)]
mod tests;
mod values;

use std::path::PathBuf;

use crate::domain::remediation::plan::Call;
use crate::domain::remediation::{Kind, Plan, Remedy, Wish};
use crate::domain::{Labels, harmless};

use bench::Bench;
use values::Values;

pub use step::step;

/// What planning needs to know of the machine; handed in, so that a test decides it.
#[derive(Debug, Clone, Default)]
pub struct Machine {
    /// The environment's name.
    pub environment: Option<String>,
    /// The folders in which programs are looked for, absolute, in order.
    pub path: Vec<PathBuf>,
}

/// The absolute path of a program: as it is if it is one, else from the folders of the machine.
///
/// # Errors
/// In words, where it was looked for.
pub fn program(name: &str, machine: &Machine) -> Result<String, String> {
    program::find(name, std::path::Path::new("/"), machine)
}

/// What is done by a remedy, its dry run and its verification.
struct Calls {
    run: Call,
    dry_run: Option<Call>,
    verify: Option<Call>,
}

/// Plans a remedy.
///
/// # Errors
/// In words, which value is missing or does not fit, which program is not there, and what to do.
pub fn remedy(remedy: &Remedy, wish: &Wish, machine: &Machine) -> Result<Plan, String> {
    runs_here(remedy, machine)?;
    let values = Values::of(remedy, wish)?;
    let bench = Bench::new(remedy, &values, machine)?;
    let calls = calls(&bench)?;
    let (checks, demands) = checks::plan(&bench, wish)?;
    let plan = Plan {
        remedy: remedy.id.clone(),
        title: remedy.title.clone(),
        target: target(remedy, &values, &wish.labels)?,
        incident: wish.incident,
        subject: wish.subject.clone(),
        environment: machine.environment.clone(),
        values: values.shown(),
        run: calls.run,
        dry_run: calls.dry_run,
        verify: calls.verify,
        checks,
        confirm: remedy.confirm,
        approvals: remedy.approvals,
        cooldown: remedy.cooldown,
        timeout: remedy.timeout,
        grace: remedy.grace,
        watch: remedy.watch,
        exits: remedy.exits.clone(),
        origin: remedy.origin.clone(),
        hash: String::new(),
    };
    hash::seal(plan, &demands)
}

fn runs_here(remedy: &Remedy, machine: &Machine) -> Result<(), String> {
    if remedy.runs_in(machine.environment.as_deref()) {
        return Ok(());
    }
    let allowed = remedy.environments.join(", ");
    Err(match &machine.environment {
        Some(here) => format!("{} runs in {allowed} alone; this is {here}", remedy.id),
        None => format!(
            "{} runs in {allowed} alone; set `environment` in the configuration to say where this is",
            remedy.id
        ),
    })
}

/// What the kind makes of it; a declared dry run or verification goes before the kind's own.
fn calls(bench: &Bench<'_>) -> Result<Calls, String> {
    let mut calls = match &bench.remedy.kind {
        Kind::Command(argv) => Calls::of(bench.command("the command", argv)?),
        Kind::Script { path, interpreter, arguments } => Calls::of(bench.script(path, interpreter, arguments)?),
        Kind::Ssh { command, .. } => Calls::of(bench.command("the command", command)?),
        Kind::Http(request) => {
            Calls { run: Call::Http(Box::new(http::plan(bench, request)?)), dry_run: None, verify: None }
        }
        Kind::Systemd { verb, unit, user } => Calls::of(systemd::plan(bench, *verb, unit, *user)?),
        Kind::Kubectl { recipe, resource, namespace, context } => {
            kubectl::plan(bench, recipe, resource, namespace.as_ref(), context.as_deref())?
        }
        Kind::Ansible { playbook, inventory, limit, vars } => {
            ansible::plan(bench, playbook, inventory.as_deref(), limit.as_ref(), vars)?
        }
    };
    if let Some(argv) = &bench.remedy.dry_run {
        calls.dry_run = Some(Call::Process(bench.command("the dry run", argv)?));
    }
    if let Some(argv) = &bench.remedy.verify {
        calls.verify = Some(Call::Process(bench.command("the verification", argv)?));
    }
    Ok(calls)
}

impl Calls {
    /// A process that has neither dry run nor verification of its own.
    fn of(run: crate::domain::remediation::plan::ProcessCall) -> Self {
        Self { run: Call::Process(run), dry_run: None, verify: None }
    }
}

/// What lock and cool-down are for.
fn target(remedy: &Remedy, values: &Values<'_>, labels: &Labels) -> Result<String, String> {
    if let Some(template) = &remedy.target {
        return values.text(template).map_err(|words| format!("the target: {words}"));
    }
    let all: Vec<&str> = values.plain().map(|(_, value)| value).collect();
    Ok(if all.is_empty() { service(labels) } else { all.join(" ") })
}

/// The longest target that a label can make, in characters.
const LONGEST_TARGET: usize = 200;

/// The service that the alert is about; `-` where it does not say.
fn service(labels: &Labels) -> String {
    labels.get("service").map_or_else(|| "-".to_owned(), |name| harmless::line(name, LONGEST_TARGET).into_owned())
}

/// A value as a message tells it: short, and harmless.
fn told(value: &str) -> std::borrow::Cow<'_, str> {
    harmless::line(value, 60)
}

/// Reads a step of a runbook; what it becomes can be read again and names nothing to be filled in.
#[cfg(any(test, fuzzing))]
pub(crate) fn taken_apart(text: &str) {
    step::taken_apart(text);
}
