//! Which turn is when: pure rules over a schedule and a zone.
//!
//! A period has one turn. It is due at a local time of the operator's zone: one that the clock skips is due at the
//! first moment after the gap, one that it shows twice at the first of them. A day that a zone skips whole has no
//! daily turn; a turn of a week or a month that falls on it is due on the next day there is within its period, else
//! on the one before.

use chrono_tz::Tz;
use serde::Serialize;

use super::Moment;
use super::checklist::Schedule;

/// One turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Turn {
    /// From when it can be taken: some time before it is due.
    pub opens: Moment,
    /// When it is due.
    pub due: Moment,
    /// From when it is overdue.
    pub overdue: Moment,
    /// When the next one opens: then this one is missed if nobody took it.
    pub closes: Moment,
}

/// The turn that is open at a moment: the latest that opened. `None` after completion, which has no calendar.
#[must_use]
pub fn turn_at(schedule: Schedule, zone: Tz, now: Moment) -> Option<Turn> {
    let _ = (schedule, zone, now);
    None
}

/// The turns that are due from `from` on, in order. None for a schedule after completion.
pub fn turns(schedule: Schedule, zone: Tz, from: Moment) -> impl Iterator<Item = Turn> {
    let _ = (schedule, zone, from);
    std::iter::empty()
}
