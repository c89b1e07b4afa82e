//! Text that was typed for an act which could not be kept or sent: it is not lost.

use std::collections::BTreeMap;

use super::act::{Act, Deed};
use crate::domain::IncidentId;

/// The most incidents that such text is kept for.
const MOST: usize = 50;

/// What was typed for one incident.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unsent {
    /// A comment.
    pub comment: Option<String>,
    /// The reason of a silence.
    pub reason: Option<String>,
}

/// What was typed in an act, if anything was.
fn typed(act: &Act) -> Option<(IncidentId, Unsent)> {
    let incident = act.incident?;
    let deed = act.deeds.first()?;
    let unsent = match deed {
        Deed::Comment => Unsent { comment: Some(act.entry.detail.clone()), reason: None },
        Deed::CreateSilence { silence, ack: None, .. } => {
            Unsent { comment: None, reason: Some(silence.comment.clone()) }
        }
        _ => return None,
    };
    Some((incident, unsent))
}

/// Keeps what was typed in an act that failed; the key that brings it back, if there is something.
pub fn keep(all: &mut BTreeMap<IncidentId, Unsent>, act: &Act) -> Option<&'static str> {
    let (incident, typed) = typed(act)?;
    if all.len() >= MOST && !all.contains_key(&incident) {
        all.pop_first();
    }
    let kept = all.entry(incident).or_default();
    let key = if typed.comment.is_some() { "c" } else { "s" };
    kept.comment = typed.comment.or(kept.comment.take());
    kept.reason = typed.reason.or(kept.reason.take());
    Some(key)
}

/// An act was done: what was typed in it need not come back.
pub fn forget(all: &mut BTreeMap<IncidentId, Unsent>, act: &Act) {
    let Some((incident, typed)) = typed(act) else { return };
    let Some(kept) = all.get_mut(&incident) else { return };
    if typed.comment.is_some() {
        kept.comment = None;
    }
    if typed.reason.is_some() {
        kept.reason = None;
    }
    if *kept == Unsent::default() {
        all.remove(&incident);
    }
}
