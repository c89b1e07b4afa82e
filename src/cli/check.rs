//! `midwatch check`: reads the configuration, asks every source, and tells every problem and what to do about it.

use serde::Serialize;

use super::args::Global;
use super::args::look::{Check, Format};
use super::exit;
use super::look::look;
use super::output::Output;
use super::setup::{Setup, runtime};
use super::watch::Look;
use crate::config::Diagnostic;
use crate::config::checklist::own as own_checklists;

/// One thing that was checked.
#[derive(Debug, Clone, Serialize)]
struct Finding {
    /// `configuration`, `checklists`, `keymap or theme`, `store`, `remedies`, or the name of a source.
    what: String,
    /// `error`, `warning`, `note` or `ok`.
    level: &'static str,
    /// In words.
    words: String,
}

impl Finding {
    fn new(what: impl Into<String>, level: &'static str, words: impl Into<String>) -> Self {
        Self { what: what.into(), level, words: words.into() }
    }
}

/// Checks everything; 0 if nothing is wrong.
pub fn run(arguments: &Check, global: &Global, output: &mut Output) -> u8 {
    let findings = match Setup::new(global) {
        Ok(setup) => with_setup(arguments, &setup),
        Err(problems) => problems
            .iter()
            .map(|problem| {
                let level = if problem.is_error() { "error" } else { "warning" };
                Finding::new("configuration", level, problem.to_string())
            })
            .collect(),
    };
    let wrong = findings.iter().any(|finding| finding.level == "error");
    let written = match arguments.format {
        Format::Json => serde_json::to_string_pretty(&findings)
            .map_err(std::io::Error::from)
            .and_then(|json| writeln!(output.out(), "{json}")),
        Format::Text => findings.iter().try_for_each(|finding| match finding.what.as_str() {
            "configuration" => writeln!(output.out(), "{:7} {}", finding.level, finding.words),
            what => writeln!(output.out(), "{:7} {what}: {}", finding.level, finding.words),
        }),
    };
    output.finish(written, if wrong { exit::FIRING } else { exit::OK })
}

fn with_setup(arguments: &Check, setup: &Setup) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        setup.warnings.iter().map(|words| Finding::new("configuration", "warning", words)).collect();
    findings.extend(checklists(setup));
    let exists = setup.file.exists();
    let read = if exists { "can be read" } else { "is not there: this machine is watched" };
    findings.push(Finding::new("configuration", "ok", format!("{} {read}", setup.file.display())));
    findings.extend(Look::of(setup).notices.into_iter().map(|words| Finding::new("keymap or theme", "error", words)));
    match runtime() {
        Ok(runtime) => {
            findings.extend(runtime.block_on(ask(arguments, setup)));
            runtime.shutdown_background();
        }
        Err(error) => findings.push(Finding::new("midwatch", "error", format!("cannot start: {error}"))),
    }
    findings
}

/// The operator's own checklists: what is wrong or could be better in them, and those that are in force.
fn checklists(setup: &Setup) -> Vec<Finding> {
    let told = setup.checklists.refused.iter().chain(&setup.checklists.found);
    let finding = |told: &Diagnostic| {
        let level = if told.is_error() { "error" } else { "warning" };
        Finding::new("checklists", level, told.to_string())
    };
    let own = own_checklists(&setup.settings).join(", ");
    let in_force = (!own.is_empty()).then(|| Finding::new("checklists", "ok", format!("of yours: {own}")));
    told.map(finding).chain(in_force).collect()
}

async fn ask(arguments: &Check, setup: &Setup) -> Vec<Finding> {
    let looked = look(setup, arguments.wait.wait.to_std().unwrap_or_default()).await;
    let now = looked.app.now;
    let mut findings: Vec<Finding> =
        looked.troubles.iter().map(|words| Finding::new("store", "error", words)).collect();
    let untrusted = looked.hands.untrusted_files().await;
    findings.extend(untrusted.into_iter().map(|words| Finding::new("remedies", "warning", words)));
    for status in looked.app.board.sources() {
        let name = status.name.as_str();
        if let Some(failure) = &status.failure {
            findings.push(Finding::new(name, "error", &failure.cause));
        } else {
            let took = status.took.map(|took| format!(" in {} ms", took.as_millis())).unwrap_or_default();
            let words = format!("{} ({}){took}", status.health(now).words(), status.kind);
            findings.push(Finding::new(name, if status.off { "note" } else { "ok" }, words));
        }
        findings.extend(status.notes.iter().map(|note| Finding::new(name, "note", note)));
    }
    for track in looked.app.board.signals().iter() {
        if let Some(problem) = &track.problem {
            let key = &track.signal.key;
            let words = format!("signal {} of {}: {problem}", key.kind, key.service);
            findings.push(Finding::new(track.signal.source.as_str(), "error", words));
        }
    }
    findings
}
