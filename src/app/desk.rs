//! What the operator's hands hold: the runbook that is open, runs that this watch hears, a remedy that is about to run
//! by itself.
//!
//! What lives here: plain state. What must not: what follows from keys and messages, which is `update`'s.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::TimeDelta;

use super::cursor::Cursor;
use super::effect::Go;
use super::effect::RunbookWish;
use crate::domain::remediation::output::Output;
use crate::domain::remediation::plan::Call;
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
    /// When time alone next changes something about it.
    pub heal_at: Option<Moment>,
    /// Remedies that do not run by themselves on an incident any more, as this watch knows before the journal does.
    pub held: BTreeSet<(RemedyId, IncidentId)>,
    /// Remedies that wait on an incident for what passes with time, and until when they are not looked at again.
    pub waits: BTreeMap<(RemedyId, IncidentId), Moment>,
    /// Remedies that do not run by themselves any more until somebody ran them by hand, and why.
    pub stopped: BTreeMap<RemedyId, String>,
    /// Alerts that are watched after a run: which run, until when.
    pub watched: Vec<(RunId, IncidentId, Moment)>,
    /// What this watch asked to run, or to be approved, and what has not been answered yet; bounded.
    pub expected: Vec<Expected>,
    /// Requests of this watch that wait for a second person, with what runs when somebody agrees.
    pub waiting: BTreeMap<RunId, Waiting>,
}

/// How many answers are waited for at most; older ones are given up.
const MOST_EXPECTED: usize = 20;
/// How many runs are kept with what they said.
const MOST_HEARD: usize = 50;

impl Desk {
    /// Waits for the answer to something that was asked for.
    pub fn expect(&mut self, go: Go, opens: bool) {
        self.expected.push(Expected { go, opens });
        let over = self.expected.len().saturating_sub(MOST_EXPECTED);
        self.expected.drain(..over);
    }

    /// Takes what an answer is about out of what is waited for.
    pub fn answered(&mut self, is_it: impl Fn(&Go) -> bool) -> Option<Expected> {
        let at = self.expected.iter().position(|expected| is_it(&expected.go))?;
        Some(self.expected.remove(at))
    }

    /// Hears a run from now on. The oldest that ended gives way; one that runs never does.
    pub fn hear(&mut self, heard: Heard) {
        self.runs.insert(heard.run.id, heard);
        while self.runs.len() > MOST_HEARD {
            let ended = self.runs.values().filter(|heard| !heard.is_live());
            let Some(oldest) = ended.min_by_key(|heard| heard.run.started).map(|heard| heard.run.id) else { return };
            self.runs.remove(&oldest);
        }
    }

    /// The runs of this very watch that are under way.
    pub fn live(&self) -> impl Iterator<Item = &Heard> {
        self.runs.values().filter(|heard| heard.is_live())
    }
}

/// Something that was asked for, and is answered by what the run tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// What was agreed to.
    pub go: Go,
    /// Whether its page opens when it begins: the operator asked for it just now.
    pub opens: bool,
}

/// A request of this watch that waits for a second person.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// What runs when somebody agrees.
    pub go: Go,
    /// Until when it can be approved and run.
    pub expires: Moment,
    /// Whether the store was seen to hold it: only then is it over when the store does not any more.
    pub seen: bool,
    /// Whether it was told why it is not run although somebody agreed: then it runs only by hand.
    pub told: bool,
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
    /// How far the output is scrolled back from its end, in lines; 0 follows.
    pub back: usize,
    /// How long its alert is watched afterwards.
    pub watch: TimeDelta,
    /// How long after TERM it is killed; `None` for a request, whose work elsewhere cannot be stopped from here.
    pub grace: Option<TimeDelta>,
}

impl Heard {
    /// A run that begins in this watch.
    #[must_use]
    pub fn begun(run: Run, watch: TimeDelta, grace: Option<TimeDelta>) -> Self {
        Self { run, phase: Some(Phase::Checking), output: Output::default(), back: 0, watch, grace }
    }

    /// A run whose output was read from the store.
    #[must_use]
    pub fn read(run: Run, output: Output) -> Self {
        Self { run, phase: None, output, back: 0, watch: TimeDelta::zero(), grace: None }
    }

    /// Whether it is under way in this very watch.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.phase.is_some()
    }
}

/// How long after TERM what a plan runs is killed; `None` where there is no process here.
#[must_use]
pub fn grace_of(plan: &crate::domain::remediation::Plan) -> Option<TimeDelta> {
    matches!(plan.run, Call::Process(_)).then_some(plan.grace)
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
