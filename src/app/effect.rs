//! What is to be done outside: plain data, checked and carried out by the runtime.

use serde::Serialize;

use super::act::Act;
use super::walks::{ProbeWish, WalkOrder};
use crate::board::Episode;
use crate::domain::checklist::ChecklistId;
use crate::domain::journal::Entry;
use crate::domain::remediation::{Plan, RunId, Wish};
use crate::domain::runbook::Found;
use crate::domain::{IncidentId, Labels, Moment, MuteId, Severity, SourceName};

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Effect {
    /// Something that must be checked and journalled before and after. Its outcome comes back as a message.
    Act(Box<Act>),
    /// Write down facts that midwatch noticed.
    Note(Vec<Entry>),
    /// Keep incidents in the store.
    KeepEpisodes(Vec<Episode>),
    /// Renew an ack that this operator made and whose alert still fires.
    Renew(Renewal),
    /// Ask a source now; all of them for `None`.
    Refresh(Option<SourceName>),
    /// Put text on the terminal's clipboard.
    Copy(String),
    /// Ring, and tell the terminal.
    Notice {
        /// How bad.
        severity: Severity,
        /// One harmless line.
        words: String,
    },
    /// Show text in the operator's pager.
    Page(String),
    /// Let the operator write a comment on an incident in their editor.
    Edit(IncidentId),
    /// Read a runbook and fill it.
    LoadRunbook(Box<RunbookWish>),
    /// Open a file in the operator's editor, and say when they are done.
    EditFile(std::path::PathBuf),
    /// Plan a remedy or a step, with everything that the operator must see before.
    Prepare(Box<Wish>),
    /// Let a plan show what it would do.
    DryRun(Box<Plan>),
    /// Run what was planned and agreed to.
    Run(Box<Go>),
    /// Ask for a second person.
    AskApproval(Box<Go>),
    /// Stop a run: TERM, then KILL.
    CancelRun(RunId),
    /// Read what a run said that this watch did not hear.
    LoadOutput(RunId),
    /// Keep something of a walk; in the order in which they were asked for.
    Walk(Box<WalkOrder>),
    /// Carry out a probe.
    Probe(Box<ProbeWish>),
    /// Read earlier walks of a list.
    LoadWalks(ChecklistId),
    /// Leave.
    Quit,
}

/// A runbook to read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunbookWish {
    /// Where it is.
    pub found: Found,
    /// For which incident.
    pub incident: Option<IncidentId>,
    /// What fills `{{labels.…}}`: the labels that its alerts share, those of one alert where they differ.
    pub labels: Labels,
    /// What fills `{{annotations.…}}`.
    pub annotations: Labels,
    /// What fills `{{incident.…}}`, `{{environment}}` and `{{operator}}`, by name.
    pub others: Vec<(String, String)>,
    /// Whether a kept answer of an address must not do.
    pub afresh: bool,
}

/// What was agreed to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Go {
    /// What was asked for.
    pub wish: Wish,
    /// The plan that was shown: what runs must have its hash.
    pub plan: Plan,
    /// The request that a second person approved.
    pub request: Option<RunId>,
}

/// An ack to renew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Renewal {
    /// The silence.
    pub id: MuteId,
    /// Where; `None` for the store.
    pub source: Option<SourceName>,
    /// Its new end.
    pub ends: Moment,
}
