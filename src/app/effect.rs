//! What is to be done outside: plain data, checked and carried out by the runtime.

use serde::Serialize;

use super::act::Act;
use crate::board::Episode;
use crate::domain::journal::Entry;
use crate::domain::{IncidentId, Moment, MuteId, Severity, SourceName};

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
    /// Leave.
    Quit,
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
