//! What can be taken back.

use serde::Serialize;

use super::act::{Deed, Did, Done};
use crate::domain::{IncidentId, Moment};

/// An act that can be taken back, and how.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Undo {
    /// What was done, in words.
    pub words: String,
    /// About which incident.
    pub incident: Option<IncidentId>,
    /// What takes it back.
    pub deeds: Vec<Deed>,
    /// When it was done.
    pub at: Moment,
}

/// How many acts are remembered.
pub const MOST: usize = 20;

/// What takes back an act that was done; `None` if nothing can.
#[must_use]
pub fn of(done: &Done, words: String, incident: Option<IncidentId>) -> Option<Undo> {
    let deeds: Vec<Deed> = done.did.iter().rev().filter_map(reverse).collect();
    (!deeds.is_empty()).then(|| Undo { words, incident, deeds, at: done.at })
}

fn reverse(did: &Did) -> Option<Deed> {
    match (&did.deed, &did.id) {
        (Deed::CreateSilence { source, .. }, Some(id)) => {
            Some(Deed::ExpireSilence { source: source.clone(), id: id.clone() })
        }
        (Deed::KeepAck(ack), id) => Some(Deed::DropAck(id.clone().unwrap_or_else(|| ack.id.clone()))),
        (Deed::Snooze(snoozed), _) => {
            Some(Deed::Unsnooze { incident: snoozed.incident, operator: snoozed.operator.clone() })
        }
        (Deed::Mitigate { incident, mitigated }, _) => {
            Some(Deed::Mitigate { incident: *incident, mitigated: !mitigated })
        }
        (Deed::Tick(tick), _) => Some(Deed::Untick(tick.clone())),
        (Deed::Untick(tick), _) => Some(Deed::Tick(tick.clone())),
        _ => None,
    }
}
