//! A runbook that was read, and what operators did with it.

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::find::Found;
use crate::domain::{IncidentId, Moment};

/// A runbook that was read and filled for an incident.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Runbook {
    /// Where it is.
    pub found: Found,
    /// What is in it, placeholders filled.
    pub document: Document,
    /// When the file was last written, or the address fetched; not known for a shipped one.
    pub dated: Option<Moment>,
    /// Whether what is shown was kept from an earlier time, because the address does not answer; in words, why.
    pub kept: Option<String>,
    /// Why its steps may not be run, in words that say what to do; `None` if they may.
    pub untrusted: Option<String>,
    /// SHA-256 of its text, 64 hexadecimal digits.
    pub hash: String,
}

/// A box that was ticked for an incident.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tick {
    /// For which incident.
    pub incident: IncidentId,
    /// In which runbook, by its key.
    pub runbook: String,
    /// Which box, by its key.
    pub task: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// A note that a step was wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongStep {
    /// In which runbook, by its key.
    pub runbook: String,
    /// Which step, by its key; empty for the runbook as a whole.
    pub step: String,
    /// What the step says, its first line.
    pub says: String,
    /// What was wrong.
    pub note: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Moment,
    /// During which incident.
    pub incident: Option<IncidentId>,
}
