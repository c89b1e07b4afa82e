//! What the operator's hands hold: the runbook that is open, runs that this watch hears, a remedy that is about to run
//! by itself.
//!
//! What lives here: plain state. What must not: what follows from keys and messages, which is `update`'s.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cursor::Cursor;
use super::effect::RunbookWish;
use crate::domain::remediation::output::Output;
use crate::domain::remediation::run::{Phase, Run, RunId};
use crate::domain::remediation::{RemedyId, Wish};
use crate::domain::runbook::laid::{Around, Layout};
use crate::domain::runbook::{Found, Runbook, WrongStep};
use crate::domain::{IncidentId, Moment};

/// Everything of runbooks and remedies that is no part of the board.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Desk {
    /// The runbook that is open.
    pub page: Option<Page>,
    /// Runs that this watch hears or has read, by id; bounded.
    pub runs: BTreeMap<RunId, Heard>,
    /// The Remedies view: requests, runs and remedies.
    pub remedies: Cursor<DeskRow>,
    /// The Remedies view: runbooks and gaps.
    pub runbooks: Cursor<String>,
    /// What is about to run by itself.
    pub countdown: Option<Countdown>,
    /// Remedies that do not run by themselves any more until somebody ran them by hand, and why.
    pub stopped: BTreeMap<RemedyId, String>,
    /// Alerts that are watched after a run: which run, until when.
    pub watched: Vec<(RunId, IncidentId, Moment)>,
}

/// A runbook that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Where it is.
    pub found: Found,
    /// For which incident.
    pub incident: Option<IncidentId>,
    /// What was read; `None` while it is being read; in words, why it cannot be read.
    pub read: Option<Result<Box<Runbook>, String>>,
    /// The line under the cursor, counted over the document as it is laid out for the width of the screen.
    pub at: usize,
    /// What is searched for.
    pub search: String,
    /// The line where the search began.
    pub from: usize,
    /// The document as lines: made when the document, the room or a tick changes, never while drawing.
    pub laid: Arc<Layout>,
    /// What it was laid out for.
    pub around: Around,
    /// What is wanted to be read, until it was.
    pub wish: Option<Box<RunbookWish>>,
    /// What is being read. One at a time for each place, so that an answer belongs to its question.
    pub under_way: Vec<RunbookWish>,
    /// Why what is shown could not be read again.
    pub not_again: Option<String>,
    /// Boxes that were ticked here or unticked, until the store says so too.
    pub ticked: BTreeMap<String, bool>,
    /// The step that a note is being written about.
    pub noting: Option<WrongStep>,
}

/// A run that this watch hears.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// The run.
    pub run: Run,
    /// What it is at; `None` when it has ended.
    pub phase: Option<Phase>,
    /// What it said.
    pub output: Output,
    /// How far the output is scrolled back from its end, in rows; 0 follows.
    pub back: usize,
}

/// A row of the Remedies view.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeskRow {
    /// A request that waits for a second person.
    Request(RunId),
    /// A run.
    Run(RunId),
    /// A remedy.
    Remedy(RemedyId),
}

/// A remedy that is about to run by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Countdown {
    /// What will run.
    pub wish: Wish,
    /// The remedy's id and what it does.
    pub remedy: RemedyId,
    /// See `remedy`.
    pub title: String,
    /// The plan, once it is made.
    pub prepared: Option<crate::domain::remediation::wish::Prepared>,
    /// When it runs.
    pub at: Moment,
}
