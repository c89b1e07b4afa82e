//! A shell block of a runbook as a plan: the text becomes a script of a named interpreter; values of labels reach it
//! as variables alone, never as text.

mod frame;
mod labels;
mod lexer;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;

use crate::domain::harmless;
use crate::domain::remediation::plan::{Call, EnvValue, ProcessCall, Script};
use crate::domain::remediation::wish::What;
use crate::domain::remediation::{Confirm, Origin, Plan, RemedyId, Wish};
use crate::domain::runbook::document::{Runs, Step};

use super::{Machine, hash, program};

/// How long a step may run.
const TIMEOUT: TimeDelta = TimeDelta::minutes(5);
/// How long after TERM it is killed.
const GRACE: TimeDelta = TimeDelta::seconds(10);
/// How long the alert is watched afterwards.
const WATCH: TimeDelta = TimeDelta::minutes(10);
/// The longest text of a step, in bytes.
const LONGEST: usize = 64 * 1024;
/// What stands in the command line where the script's path will be.
const PATH_OF_SCRIPT: &str = "<script>";
/// What a script finds of midwatch's own environment.
const INHERITED: [&str; 3] = ["PATH", "HOME", "LANG"];

/// Plans a shell block of a runbook. `runbook` is its name, for ids and messages.
///
/// # Errors
/// In words, why it cannot be run.
pub fn step(runbook: &str, wish: &Wish, machine: &Machine) -> Result<Plan, String> {
    let What::Step(key, step) = &wish.what else { return Err("this is no step of a runbook".to_owned()) };
    let made = process(step, wish, machine);
    let (call, values) = made.map_err(|words| format!("step {} of {}: {words}", step.number, super::told(runbook)))?;
    let plan = Plan {
        remedy: RemedyId::new(&format!("{}-{}", slug(runbook), step.number)),
        title: title(step),
        target: super::service(&wish.labels),
        incident: wish.incident,
        subject: wish.subject.clone(),
        environment: machine.environment.clone(),
        values,
        run: Call::Process(call),
        dry_run: None,
        verify: None,
        checks: Vec::new(),
        confirm: Confirm::Type,
        approvals: 1,
        cooldown: TimeDelta::zero(),
        timeout: TIMEOUT,
        grace: GRACE,
        watch: WATCH,
        exits: BTreeMap::new(),
        origin: origin(key),
        hash: String::new(),
    };
    hash::seal(plan, &[])
}

fn process(step: &Step, wish: &Wish, machine: &Machine) -> Result<(ProcessCall, Vec<(String, String)>), String> {
    if !wish.values.is_empty() || !wish.secrets.is_empty() {
        return Err("it takes no values but labels; take the others away".to_owned());
    }
    let text = text(step)?;
    let Runs::Shell(shell) = &step.runs else { return Err("it names a remedy; run that".to_owned()) };
    let options: &[&str] = match shell.as_str() {
        "sh" => &["-e"],
        "bash" => &["--noprofile", "--norc", "-e"],
        other => return Err(format!("'{}' is no shell that is known; write sh or bash", super::told(other))),
    };
    let read = lexer::read(&text)?;
    let handed = labels::handed(&read, &wish.labels)?;
    let mut argv = vec![program::find(shell, Path::new("/"), machine)?];
    argv.extend(options.iter().map(|&option| option.to_owned()));
    let script = Script { text: read.text, at: argv.len() };
    argv.push(PATH_OF_SCRIPT.to_owned());
    let inherited = INHERITED.iter().map(|name| ((*name).to_owned(), EnvValue::Inherited));
    let incident = wish.incident.map(|id| ("MIDWATCH_INCIDENT".to_owned(), EnvValue::Plain(id.to_string())));
    let variables = handed.iter().map(|label| (label.variable.clone(), EnvValue::Plain(label.value.clone())));
    let env = inherited.chain(incident).chain(variables).collect();
    let values = handed.iter().map(|label| (label.name.clone(), label.value.clone())).collect();
    Ok((ProcessCall { argv, script: Some(script), env, cwd: PathBuf::from("/") }, values))
}

/// Its text with line ends as shells know them, if it holds nothing that a reader does not see.
fn text(step: &Step) -> Result<String, String> {
    if step.text.len() > LONGEST {
        return Err(format!("its text is longer than {} KiB; put it into a script file", LONGEST / 1024));
    }
    if step.text.trim().is_empty() {
        return Err("it has no text".to_owned());
    }
    let mut made = String::with_capacity(step.text.len() + 1);
    for line in step.text.lines() {
        let seen = line.replace('\t', " ");
        if harmless::line(&seen, usize::MAX) != seen {
            return Err(
                "its text holds a character that cannot be seen; what is shown would not be what runs".to_owned()
            );
        }
        made.push_str(line);
        made.push('\n');
    }
    Ok(made)
}

/// What it stands under, else its first line.
fn title(step: &Step) -> String {
    let first = || step.text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let words = if step.under.trim().is_empty() { first() } else { step.under.trim() };
    harmless::line(words, 80).into_owned()
}

/// A runbook's name as an id: `docs/Disk full.md` is `disk-full`.
fn slug(runbook: &str) -> String {
    let name = runbook.rsplit(['/', ':']).next().unwrap_or_default();
    let name = name.strip_suffix(".md").unwrap_or(name).to_ascii_lowercase();
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let made: String = words.collect::<Vec<_>>().join("-").chars().take(60).collect();
    let made = made.trim_end_matches('-');
    if made.is_empty() { "runbook".to_owned() } else { made.to_owned() }
}

/// Where a runbook of this key was declared; see `Found::key`.
fn origin(key: &str) -> Origin {
    if key.starts_with("shipped:") {
        Origin::Shipped
    } else if key.starts_with("https://") || key.starts_with("http://") {
        Origin::Web(key.to_owned())
    } else {
        Origin::File(PathBuf::from(key))
    }
}

/// Reads a text as the shell would.
#[cfg(any(test, fuzzing))]
pub(super) fn taken_apart(text: &str) {
    if let Ok(read) = lexer::read(text) {
        assert!(lexer::read(&read.text).is_ok(), "{text:?} becomes {:?}", read.text);
    }
}
