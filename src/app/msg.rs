//! What can happen to the model, and what comes of it.

use serde::Serialize;

use super::act::Done;
use super::entry::Edit;
use super::toast::Tone;
use super::walks::{Probed, WalkNews};
use super::{Action, Effect};
use crate::board::{Memory, SourceReport};
use crate::domain::IncidentId;
use crate::domain::checklist::{ChecklistId, Walk};
use crate::domain::journal::Row;
use crate::domain::remediation::RunId;
use crate::domain::remediation::output::Output;
use crate::domain::remediation::run::RunNews;
use crate::domain::remediation::wish::{DryRun, Prepared};
use crate::domain::runbook::{Found, Runbook};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Msg {
    /// A source was asked.
    Source(SourceReport),
    /// The store holds something else than before.
    Memory(Box<Memory>),
    /// Rows of the journal, oldest first.
    Journal(Vec<Row>),
    /// A key or the palette asked for something.
    Action(Action),
    /// A key that is not bound here was pressed; its name.
    Unbound(String),
    /// Text entry.
    Edit(Edit),
    /// Pasted text. It never triggers keys.
    Paste(String),
    /// The terminal's size.
    Resize {
        /// Columns.
        columns: u16,
        /// Rows.
        rows: u16,
    },
    /// Time passed.
    Tick,
    /// An effect was carried out, or not.
    Done(Done),
    /// A comment that was written in the operator's editor.
    Comment {
        /// On which incident.
        incident: IncidentId,
        /// What was written.
        text: String,
    },
    /// A runbook was read, or in words why not.
    Runbook(Found, Result<Box<Runbook>, String>),
    /// A file was edited; it may say something else now.
    Edited(std::path::PathBuf),
    /// A wish was planned.
    Prepared(Box<Prepared>),
    /// A plan showed what it would do.
    DryRun(Box<DryRun>),
    /// A run of this watch told something.
    Run(Box<RunNews>),
    /// What a run said that this watch did not hear.
    Output(RunId, Box<Output>),
    /// What came of an order about a walk.
    Walk(Box<WalkNews>),
    /// What a probe found.
    Probed(Box<Probed>),
    /// Earlier walks of a list, newest first; in words, why they cannot be read.
    Walks(ChecklistId, Result<Vec<Walk>, String>),
    /// A key was pressed while a remedy was about to run by itself.
    StopHealing,
    /// The shell around the app has something to say.
    Say {
        /// How it is meant.
        tone: Tone,
        /// In words.
        words: String,
    },
    /// Something that the operator must know about midwatch itself: the store, the keymap, the terminal.
    Trouble {
        /// What it is about; a later message with the same key replaces it.
        key: &'static str,
        /// In words; `None` when it is over.
        words: Option<String>,
    },
}

/// How urgently the screen must be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub enum Changed {
    /// Not at all.
    #[default]
    No,
    /// With the next frame for data.
    Data,
    /// At once: a key was pressed.
    Input,
}

/// What came of a message.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Update {
    /// How urgently to draw.
    pub changed: Changed,
    /// What is to be done.
    pub effects: Vec<Effect>,
}
