//! Checklists and walks, as the operator goes through them: where they stand, what is on its way to the store, what
//! probes are asked, what earlier walks said.
//!
//! What lives here: plain state, and what crosses to the runtime and back. What must not: what follows from keys and
//! messages, which is `update`'s.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::TimeDelta;
use serde::Serialize;

use super::cursor::Cursor;
use super::strip::StripMade;
use super::toast::Tone;
use crate::domain::checklist::walk::End;
use crate::domain::checklist::{
    Checklist, ChecklistId, Evidence, ItemId, Probe, Standing, Update, UpdateId, Walk, WalkId, Walked,
};
use crate::domain::declared::DeclaredIncident;
use crate::domain::remediation::RemedyId;
use crate::domain::{Moment, Operator};

/// Everything of checklists that is no part of the board.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Walks {
    /// The rows of the Checklists view: made anew when walks, lists or the time change them, never while drawing.
    pub rows: Arc<[ListRow]>,
    /// When time alone next changes them.
    pub rows_change: Option<Moment>,
    /// The last days of the list at hand: made anew when walks, lists, the day or a turn change it.
    pub strip: Option<StripMade>,
    /// The Checklists view.
    pub list: Cursor<ChecklistId>,
    /// Open walks, with what is on its way to the store: what the screen shows. Those of the store, and those of this
    /// watch that the store has not seen yet.
    pub open: BTreeMap<WalkId, Arc<Walk>>,
    /// Where the operator stands in each walk.
    pub at: BTreeMap<WalkId, Stop>,
    /// What was handed over and is not known to be kept, in order.
    pub sent: Vec<Sent>,
    /// Probes that are being asked: since when, and the number of the question.
    pub asked: BTreeMap<(WalkId, ItemId), (Moment, u64)>,
    /// Earlier walks of a list, newest first, as they were read; in words, why they cannot be.
    pub past: BTreeMap<ChecklistId, Result<Arc<[Walk]>, String>>,
    /// The history that is open.
    pub history: Option<History>,
    /// The walk that this operator is to be taken to when the store has it.
    pub expected: Option<WalkId>,
    /// When each walk was entered last, for telling what interrupted it.
    pub entered: BTreeMap<WalkId, Moment>,
    /// What the store kept, and what was last read of it does not show yet, in order; bounded.
    pub kept: Vec<WalkOrder>,
    /// What the operator is in the middle of.
    pub hand: Hand,
    /// What midwatch itself tells the board.
    pub own: Own,
}

/// What the operator is in the middle of, in a walk.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hand {
    /// The item that is done once the note is written that is asked for.
    pub agrees: Option<(WalkId, ItemId)>,
    /// The item that was answered: when nothing lies over the screen any more, the next one is gone to.
    pub moves_on: Option<(WalkId, ItemId)>,
    /// The item that a remedy was asked for, and the remedy.
    pub remedy: Option<(WalkId, ItemId, RemedyId)>,
    /// The list whose walk is to be opened when the store was read, and until when that is waited for.
    pub wanted: Option<(ChecklistId, Moment)>,
}

/// What midwatch itself tells the board about checklists and declared incidents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Own {
    /// Whether the store was heard: before that nobody knows what is declared and what was walked.
    pub heard: bool,
    /// The lists whose reminder is raised.
    pub raised: BTreeSet<ChecklistId>,
    /// Whether a reminder is held back while something critical is open.
    pub held: bool,
}

/// A row of the Checklists view.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRow {
    /// The list.
    pub list: Arc<Checklist>,
    /// How it stands.
    pub standing: Standing,
    /// The walk of it that is open.
    pub open: Option<WalkId>,
    /// How many items of that walk were looked at: done, failed or skipped.
    pub looked_at: usize,
    /// How many items apply: of the open walk, else of the list.
    pub of: usize,
    /// The last walk that ended.
    pub last: Option<Walked>,
}

/// Where the operator stands in a walk.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Stop {
    /// At an item.
    Item(ItemId),
    /// At the completion, which shows what was skipped, what failed and what was not looked at.
    Completion,
}

/// The history of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// Of which list.
    pub checklist: ChecklistId,
    /// The walk under the cursor.
    pub cursor: Cursor<WalkId>,
    /// The walks to compare, at most two, in the order of marking.
    pub marked: Vec<WalkId>,
    /// What is shown below the table.
    pub shows: Shows,
}

/// What a history shows below its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Shows {
    /// The last values of each item, with their trend.
    #[default]
    Trend,
    /// Everything of the walk under the cursor.
    Walk,
    /// What differs between the two that are marked.
    Comparison,
}

/// Something that was handed over to the store.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    /// What.
    pub order: WalkOrder,
    /// When it is handed over again, if it failed; `None` while an answer is awaited.
    pub again: Option<Moment>,
    /// What is said once it is kept, and not before.
    pub then: Option<(Tone, String)>,
}

/// Something to keep. Each is kept once, however often it is handed over.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum WalkOrder {
    /// These lists are there: those that are new are known from now on.
    Know(Vec<ChecklistId>),
    /// Begin a walk, or join the one of the same list that is open.
    Begin(Box<Walk>),
    /// Add to a walk.
    Update(WalkId, Box<Update>),
    /// End a walk.
    End(WalkId, Box<End>),
    /// Declare an incident.
    Declare(Box<DeclaredIncident>),
    /// Declare it over.
    Over {
        /// Which.
        id: UpdateId,
        /// When.
        at: Moment,
        /// By whom.
        by: Operator,
    },
}

impl WalkOrder {
    /// Whether the other one is the same, handed over again.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Know(lists), Self::Know(others)) => lists == others,
            (Self::Begin(walk), Self::Begin(other)) => walk.id == other.id,
            (Self::Update(_, update), Self::Update(_, other)) => update.id == other.id,
            (Self::End(walk, end), Self::End(other, its)) => (walk, end.at) == (other, its.at),
            (Self::Declare(incident), Self::Declare(other)) => incident.id == other.id,
            (Self::Over { id, at, .. }, Self::Over { id: other, at: then, .. }) => (id, at) == (other, then),
            _ => false,
        }
    }
}

/// What came of an order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WalkNews {
    /// The order.
    pub order: WalkOrder,
    /// What came of it; in words, why it was not kept and may be handed over again.
    pub kept: Result<WalkKept, String>,
}

/// How an order was kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum WalkKept {
    /// It is kept.
    Yes,
    /// The walk that is open now: the one that was to begin, or the one that somebody had begun before.
    Walk(Box<Walk>),
    /// It never will be: the walk was ended meanwhile, in words by whom and when.
    TooLate(String),
}

/// A probe to carry out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProbeWish {
    /// For which walk.
    pub walk: WalkId,
    /// For which item.
    pub item: ItemId,
    /// What is asked.
    pub probe: Probe,
    /// The number of the question: an answer to another is not for it.
    pub token: u64,
}

/// What a probe found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Probed {
    /// For which walk.
    pub walk: WalkId,
    /// For which item.
    pub item: ItemId,
    /// The number of the question.
    pub token: u64,
    /// What was found; where nothing was, it says why.
    pub evidence: Evidence,
}

/// How many earlier walks of a list are read for its history.
pub const PAST: usize = 60;

/// How long after it failed an order is handed over again.
pub const AGAIN: TimeDelta = TimeDelta::seconds(2);
