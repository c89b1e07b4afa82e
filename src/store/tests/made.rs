//! Runs and requests to test with.

use super::*;
use crate::domain::remediation::RemedyId;
use crate::domain::remediation::output::OutputLine;
use crate::domain::remediation::run::{Ending, Request, Run};
use crate::store::{Begun, Start};

/// A run of `restart` on `db-2` that begins so many seconds after noon, is vouched for during 30 s, and cools down
/// until ten minutes after its begin.
pub(super) fn run(id: u64, by: &str, seconds: i64) -> Run {
    Run {
        id: RunId(id),
        remedy: RemedyId::new("restart"),
        title: "Restart one instance".to_owned(),
        target: "db-2".to_owned(),
        incident: Some(IncidentId(7)),
        subject: Some("DbDown".to_owned()),
        operator: Operator::new(by, "bastion"),
        holder: format!("{by}@bastion (4711)"),
        process: None,
        command: "/usr/bin/systemctl restart db@2".to_owned(),
        started: after(seconds),
        ended: None,
        ending: None,
        lease: after(seconds + 30),
        cooldown_until: after(seconds + 600),
        auto: false,
        approved_by: None,
    }
}

/// The same, without a cool-down.
pub(super) fn warm(id: u64, by: &str, seconds: i64) -> Run {
    Run { cooldown_until: after(seconds), ..run(id, by, seconds) }
}

pub(super) fn start(run: Run) -> Start {
    let intent = Entry {
        at: run.started,
        operator: run.operator.clone(),
        outcome: Outcome::Intent,
        ..entry("remedy.run", &run.id.to_string(), &run.command)
    };
    Start { run, plan: "plan".to_owned(), request: None, at_most: None, intent }
}

/// The run as it has ended so many seconds after noon.
pub(super) fn ended(run: &Run, seconds: i64, ending: Ending) -> Run {
    Run { ended: Some(after(seconds)), ending: Some(ending), ..run.clone() }
}

pub(super) fn outcome(run: &Run) -> Entry {
    let outcome = match &run.ending {
        Some(Ending::Unknown(why)) => Outcome::Unknown(why.clone()),
        Some(ending) if !ending.is_ok() => Outcome::Failed(ending.words()),
        _ => Outcome::Done,
    };
    Entry { at: run.ended.unwrap(), outcome, ..entry("remedy.run", &run.id.to_string(), &run.command) }
}

/// Ends a run well; says whether this call did.
pub(super) async fn end(store: &Store, run: &Run, seconds: i64) -> bool {
    let run = ended(run, seconds, Ending::Ok);
    store.end_run(&run, &said("done"), outcome(&run)).await.unwrap()
}

pub(super) fn said(words: &str) -> Output {
    let mut output = Output::default();
    output.take(0, 0, [OutputLine::note(5, words)]);
    output
}

/// Why a run may not begin.
pub(super) fn refused(begun: Begun) -> String {
    match begun {
        Begun::Refused(words) => words,
        Begun::Yours => panic!("it was begun"),
    }
}

/// A request for `plan` that can be used within an hour after noon.
pub(super) fn request(id: u64, by: &str) -> Request {
    let run = run(id, by, 0);
    Request {
        id: RunId(id),
        plan: "plan".to_owned(),
        remedy: run.remedy,
        title: run.title,
        target: run.target,
        incident: run.incident,
        subject: run.subject,
        command: run.command,
        asked_by: run.operator,
        asked: noon(),
        expires: after(3_600),
        approved_by: None,
        closed: false,
    }
}
