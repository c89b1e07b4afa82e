//! Probes of checklists: asked once, within a deadline, answered with evidence.
//!
//! What lives here: one file for each way to ask. What must not: what the answer means for a walk, what midwatch
//! itself knows (`Probe::Known` is the app's), whether a process may be started (the caller's).

mod certificate;
mod command;
mod evidence;
mod file;
mod http;
mod logs;
mod number;
mod query;
#[cfg(test)]
mod tests;
mod words;

use std::path::PathBuf;
use std::time::Instant;

use self::evidence::Finding;
use crate::domain::Moment;
use crate::domain::checklist::{Evidence, Probe};
use crate::source::options::SourceOptions;

pub use evidence::unknown;

/// What probes are carried out with. Cheap to make.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The configured sources, those that are off too.
    pub sources: Vec<SourceOptions>,
    /// Where programs are looked for, in order.
    pub path: Vec<PathBuf>,
    /// The environment that processes find, and nothing else.
    pub env: Vec<(String, String)>,
    /// Certificate authorities to trust beside the system's, for certificates that are looked at.
    pub ca: Option<PathBuf>,
}

/// Carries a probe out. It always answers, and says why where nothing was found. `now` is when it is asked; `allowed`
/// says whether a process may be started, in words why not. Dropping it ends what it began.
pub async fn ask(ground: &Ground, probe: &Probe, now: Moment, allowed: Result<(), String>) -> Evidence {
    let begun = Instant::now();
    let finding = match probe {
        Probe::Query { source, query, unit, expect } => query::ask(ground, source.as_ref(), query, unit, *expect).await,
        Probe::Logs { source, contains, level, within, expect } => {
            let sought = logs::sought(contains, *level, *within, now);
            logs::ask(ground, source.as_ref(), sought, now, *expect).await
        }
        Probe::Command { argv, timeout, unit, expect } => {
            command::ask(ground, argv, *timeout, unit, *expect, allowed).await
        }
        Probe::Http { url, status, contains } => http::ask(url, *status, contains.as_deref()).await,
        Probe::Certificate { host, port, days } => {
            certificate::ask(ground.ca.as_deref(), host, *port, *days, now).await
        }
        Probe::File { path, younger, at_least } => file::ask(path, *younger, *at_least, now).await,
        Probe::Known { what, .. } => Finding::unknown(format!("'{}' is known to midwatch itself", what.word())),
    };
    finding.evidence(now, begun.elapsed())
}

/// The first number of a text.
#[cfg(any(test, fuzzing))]
pub(crate) fn first_number(text: &str) -> Option<f64> {
    number::first(text)
}
