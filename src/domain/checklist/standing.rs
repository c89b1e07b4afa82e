//! How a checklist stands: whether its turn is ahead, due or overdue, how many were missed, how many kept in a row.
//!
//! What lives here: the words of it; `calendar` and `after` hold the rules of either sort of schedule. What must not:
//! which turn is when, which is [`recurrence`](crate::domain::recurrence)'s.

pub(super) mod after;
pub(super) mod calendar;
#[cfg(test)]
mod tests;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Checklist, Schedule};
use crate::domain::Moment;

/// Whether its turn has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Its turn is long over its time.
    Overdue,
    /// Its turn has come.
    Due,
    /// Its turn comes soon, and can be taken already.
    Soon,
    /// Its turn was taken, or is ahead.
    Ahead,
    /// It is walked on demand.
    OnDemand,
}

/// How a checklist stands at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Whether its turn has come.
    pub state: State,
    /// When the turn is or was due that is to be taken next; `None` on demand.
    pub due: Option<Moment>,
    /// When it becomes, or became, overdue.
    pub overdue_from: Option<Moment>,
    /// Turns that were missed since the last that was taken, or since the list is known.
    pub missed: u32,
    /// Turns that were taken in a row, up to the last.
    pub streak: u32,
    /// When time alone next changes this; `None` if never.
    pub changes: Option<Moment>,
}

/// How a checklist stands.
///
/// `known_since` is when midwatch first saw the list: no turn before that is missed. `completed` are the walks that
/// were completed, as (begun, completed), in any order.
///
/// By the calendar, a walk counts for the turn that was open when it began, and what is missed is counted but never
/// due: only the newest turn is. After completion nothing can be missed, for the next turn waits until this one is
/// taken.
#[must_use]
pub fn standing(
    list: &Checklist,
    zone: Tz,
    known_since: Moment,
    completed: &[(Moment, Moment)],
    now: Moment,
) -> Standing {
    match list.schedule {
        None => Standing::nowhere(State::OnDemand),
        Some(Schedule::After { span }) => after::standing(span, known_since, completed, now),
        Some(schedule) => calendar::standing(schedule, zone, known_since, completed, now),
    }
}

impl Standing {
    /// No turn that could be told.
    fn nowhere(state: State) -> Self {
        Self { state, due: None, overdue_from: None, missed: 0, streak: 0, changes: None }
    }
}
