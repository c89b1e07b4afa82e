//! Runs of remedies, as text and JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::domain::remediation::{Run, RunId};
use crate::domain::{IncidentId, Moment, age, duration};
use crate::report::json::{self, VERSION};
use crate::report::table::{self, Fit};

/// Writes runs as JSON, in the order given.
///
/// # Errors
/// Where the writer fails.
pub fn json(runs: &[Run], out: &mut dyn Write) -> io::Result<()> {
    let runs = runs.iter().map(Row::new).collect();
    json::write(&Document { version: VERSION, runs }, out)
}

/// Writes runs as a table, in the order given, each with the beginning of its id that no other of them has.
///
/// # Errors
/// Where the writer fails.
pub fn text(runs: &[Run], now: Moment, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let digits = digits(runs);
    let row = |run: &Run| {
        let ending =
            run.ending.as_ref().map_or_else(|| "runs".to_owned(), crate::domain::remediation::run::Ending::words);
        let second = run.approved_by.as_ref().map(|by| format!(" + {by}")).unwrap_or_default();
        let who = if run.auto {
            "by itself".to_owned()
        } else {
            format!("{}@{}{second}", run.operator.name, run.operator.host)
        };
        [
            run.id.to_string().chars().take(digits).collect(),
            run.started.format("%Y-%m-%d %H:%M:%S").to_string(),
            run.remedy.to_string(),
            run.target.clone(),
            who,
            lasted(run, now),
            ending,
        ]
    };
    let rows: Vec<_> = runs.iter().map(row).collect();
    let fits = [Fit::Left, Fit::Left, Fit::Left, Fit::Shrinks, Fit::Shrinks, Fit::Right, Fit::Shrinks];
    table::write(fits, &rows, width, out)
}

/// How long it took, or for how long it runs.
fn lasted(run: &Run, now: Moment) -> String {
    match run.ended {
        None => age::since(run.started, now),
        Some(ended) => {
            let span = (ended - run.started).max(chrono::TimeDelta::zero());
            let whole = chrono::TimeDelta::seconds(span.num_seconds());
            if whole == span || whole.num_seconds() > 9 { duration::text(whole) } else { duration::text(span) }
        }
    }
}

/// How many digits tell all ids apart; four at least.
fn digits(runs: &[Run]) -> usize {
    let apart = |digits: &usize| {
        let mut beginnings: Vec<u64> = runs.iter().map(|run| run.id.0 >> (64 - 4 * digits)).collect();
        beginnings.sort_unstable();
        beginnings.windows(2).all(|pair| pair.first() != pair.last())
    };
    (4..16).find(apart).unwrap_or(16)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    runs: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: RunId,
    remedy: &'a str,
    title: &'a str,
    target: &'a str,
    incident: Option<IncidentId>,
    subject: Option<&'a str>,
    operator: &'a str,
    host: &'a str,
    approved_by: Option<&'a str>,
    auto: bool,
    command: &'a str,
    started: Moment,
    ended: Option<Moment>,
    /// `ok failed unverified timedout cancelled signalled unknown`; `null` while it runs.
    ending: Option<&'static str>,
    why: Option<&'a str>,
    cooldown_until: Moment,
}

impl<'a> Row<'a> {
    fn new(run: &'a Run) -> Self {
        let ending = run.ending.as_ref();
        Self {
            id: run.id,
            remedy: run.remedy.as_str(),
            title: &run.title,
            target: &run.target,
            incident: run.incident,
            subject: run.subject.as_deref(),
            operator: &run.operator.name,
            host: &run.operator.host,
            approved_by: run.approved_by.as_deref(),
            auto: run.auto,
            command: &run.command,
            started: run.started,
            ended: run.ended,
            ending: ending.map(crate::domain::remediation::run::Ending::word),
            why: ending.map(crate::domain::remediation::run::Ending::why).filter(|why| !why.is_empty()),
            cooldown_until: run.cooldown_until,
        }
    }
}
