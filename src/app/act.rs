//! An act: something that others can feel, or that must be kept. It is checked, written to the journal as an
//! intent, done, and written to the journal with its outcome.

use serde::{Deserialize, Serialize};

use crate::board::{LocalAck, Snoozed};
use crate::domain::journal::Entry;
use crate::domain::maintenance::Window;
use crate::domain::mute::NewSilence;
use crate::domain::remediation::RunId;
use crate::domain::runbook::{Tick, WrongStep};
use crate::domain::{IncidentId, Moment, MuteId, SourceName};

/// One act.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Act {
    /// Tells the outcome's message which act it belongs to.
    pub token: u64,
    /// What the journal says; its outcome is set when it is written.
    pub entry: Entry,
    /// The incident it is about, if it is about one.
    pub incident: Option<IncidentId>,
    /// What to do, in this order. The first that fails stops the rest.
    pub deeds: Vec<Deed>,
    /// Whether this act undoes an earlier one: it leaves nothing to undo.
    pub undoes: bool,
}

/// One step of an act.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Deed {
    /// Make a silence at a source, and keep it as an ack of ours if `ack` says so.
    CreateSilence {
        /// Where.
        source: SourceName,
        /// What.
        silence: NewSilence,
        /// The ack it stands for, and until when it may be renewed; its id is filled in when it is known.
        ack: Option<LocalAck>,
    },
    /// End a silence at a source.
    ExpireSilence {
        /// Where.
        source: SourceName,
        /// Which.
        id: MuteId,
    },
    /// Keep an ack in the store.
    KeepAck(LocalAck),
    /// Drop an ack from the store.
    DropAck(MuteId),
    /// Hide an incident from this operator.
    Snooze(Snoozed),
    /// Show it again.
    Unsnooze {
        /// Which.
        incident: IncidentId,
        /// For whom.
        operator: String,
    },
    /// Say something about an incident; the journal's entry is the comment.
    Comment,
    /// Declare an incident's effect gone, or not gone after all.
    Mitigate {
        /// Which.
        incident: IncidentId,
        /// Gone or not.
        mitigated: bool,
    },
    /// Tick a box of a runbook.
    Tick(Tick),
    /// Take the tick back.
    Untick(Tick),
    /// Note that a step of a runbook was wrong.
    NoteWrong(WrongStep),
    /// Agree, as the second person, that a remedy runs.
    Approve(RunId),
    /// Take a request for a second person back, or refuse it.
    CloseRequest(RunId),
    /// Begin or plan a maintenance window: its silences are made, then it is kept.
    OpenWindow {
        /// The window, without the ids of its silences.
        window: Window,
        /// Its silences, by source.
        silences: Vec<(SourceName, NewSilence)>,
    },
    /// End a maintenance window early: its silences end, then it does.
    EndWindow(Window),
}

impl Deed {
    /// Whether it needs a request that changes something at a source. Read-only forbids those, and everything
    /// else that others see.
    #[must_use]
    pub fn leaves_the_machine(&self) -> bool {
        matches!(
            self,
            Self::CreateSilence { .. } | Self::ExpireSilence { .. } | Self::OpenWindow { .. } | Self::EndWindow(_)
        )
    }
}

/// What came of an act.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Done {
    /// Which act.
    pub token: u64,
    /// The deeds that took effect, and the ids they got.
    pub did: Vec<Did>,
    /// Why it ended before its end, if it did; harmless, says what to do.
    pub failure: Option<String>,
    /// When.
    pub at: Moment,
}

/// A deed that took effect.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Did {
    /// What.
    pub deed: Deed,
    /// The id that the source or the store gave.
    pub id: Option<MuteId>,
}
