//! What one message changed on the board: enough to redraw only that, and to notice edges.

use serde::Serialize;

use crate::domain::{IncidentId, SourceName};

/// What changed.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Change {
    /// Incidents that are new, different or gone from the board.
    pub incidents: Vec<IncidentId>,
    /// What happened just now and never again: what is told, journalled and rung for.
    pub edges: Vec<Edge>,
    /// Which other parts are different.
    pub parts: Parts,
}

impl Change {
    /// Whether nothing that can be seen changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.incidents.is_empty() && self.edges.is_empty() && self.parts == Parts::default()
    }

    /// Adds another change to this one.
    pub fn absorb(&mut self, other: Self) {
        self.incidents.extend(other.incidents);
        self.edges.extend(other.edges);
        self.parts = self.parts.or(other.parts);
    }
}

/// Parts of the board beside the incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a set of independent flags")]
pub struct Parts {
    /// A source's state or notes.
    pub sources: bool,
    /// Readings.
    pub signals: bool,
    /// Log lines.
    pub logs: bool,
    /// Mutes.
    pub mutes: bool,
    /// The journal.
    pub journal: bool,
    /// Runs, requests, maintenance windows, ticks or notes about wrong steps.
    pub desk: bool,
    /// Walks, lists or declared incidents.
    pub walks: bool,
}

impl Parts {
    /// What either changed.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            sources: self.sources || other.sources,
            signals: self.signals || other.signals,
            logs: self.logs || other.logs,
            mutes: self.mutes || other.mutes,
            journal: self.journal || other.journal,
            desk: self.desk || other.desk,
            walks: self.walks || other.walks,
        }
    }
}

/// Something that happened just now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Edge {
    /// An incident began.
    Began(IncidentId),
    /// It had resolved a short while ago and fires again.
    Refired(IncidentId),
    /// Alerts joined an incident.
    Joined {
        /// Which incident.
        incident: IncidentId,
        /// How many alerts it has now.
        alerts: usize,
    },
    /// Its alerts rate it otherwise than before: worse, or less bad.
    Rated(IncidentId),
    /// The last of its alerts is gone from a successful answer.
    Resolved(IncidentId),
    /// An ack, silence or snooze that covered it ended while it fires.
    Uncovered(IncidentId),
    /// A source that answered does not answer any more.
    SourceLost(SourceName),
    /// A source answers again.
    SourceBack(SourceName),
}
