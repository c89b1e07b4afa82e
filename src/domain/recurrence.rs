//! Which turn is when: pure rules over a schedule and a zone.
//!
//! A period has one turn. It is due at a local time of the operator's zone: one that the clock skips is due at the
//! first moment after the gap, one that it shows twice at the first of them. A day that a zone skips whole has no
//! daily turn; a turn of a week or a month that falls on it is due on the next day there is within its period, else
//! on the one before.
//!
//! What lives here: turns. In `period` the days of a period and which of them is meant, in `clock` the moment of a
//! local time, in `course` the step from one turn to the next. What must not: which turns were taken, which is
//! [`standing`](super::checklist::standing)'s.

mod clock;
mod course;
#[cfg(test)]
pub(in crate::domain) mod made;
mod period;
#[cfg(test)]
mod tests;

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use serde::Serialize;

use super::Moment;
use super::checklist::Schedule;
use super::checklist::schedule::Period;
use course::Course;

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

/// The turn that is open at a moment: the latest that opened. `None` after completion, which has no calendar, and at
/// the ends of time.
#[must_use]
pub fn turn_at(schedule: Schedule, zone: Tz, now: Moment) -> Option<Turn> {
    turns_back(schedule, zone, now).next()
}

/// The turns that are due from `from` on, in order. None for a schedule after completion. It ends where time does.
pub fn turns(schedule: Schedule, zone: Tz, from: Moment) -> impl Iterator<Item = Turn> {
    let course = Course::new(schedule, zone);
    let mut ahead = course.and_then(|course| course.first_from(from));
    std::iter::from_fn(move || {
        let (course, this) = (course?, ahead?);
        ahead = course.after(this.stretch);
        course.turn(this, ahead?)
    })
}

/// The turn that is open at a moment, and those before it, the newest first.
pub fn turns_back(schedule: Schedule, zone: Tz, now: Moment) -> impl Iterator<Item = Turn> {
    let course = Course::new(schedule, zone);
    let mut open = course.and_then(|course| course.open_at(now));
    std::iter::from_fn(move || {
        let (course, (this, next)) = (course?, open?);
        open = course.before(this.stretch).map(|before| (before, this));
        course.turn(this, next)
    })
}

/// The day of a moment in a zone; `None` at the ends of time.
pub(in crate::domain) fn day_of(zone: Tz, at: Moment) -> Option<NaiveDate> {
    clock::local(zone, at).map(|local| local.date())
}

/// The first moment of a day in a zone, or the first after it where the zone skips it; `None` at the ends of time.
pub(in crate::domain) fn beginning(zone: Tz, day: NaiveDate) -> Option<Moment> {
    clock::first_at_or_after(zone, day.and_time(chrono::NaiveTime::MIN))
}

/// How long before it is due a turn opens.
fn lead(period: Period) -> TimeDelta {
    match period {
        Period::Daily | Period::Workdays => TimeDelta::hours(2),
        Period::Weekly(_) => TimeDelta::days(1),
        Period::Monthly(_) => TimeDelta::days(3),
        Period::Quarterly(_) | Period::Yearly(_) => TimeDelta::days(7),
    }
}

/// How long after it was due a turn is overdue.
fn grace(period: Period) -> TimeDelta {
    match period {
        Period::Daily | Period::Workdays => TimeDelta::hours(4),
        longer => lead(longer),
    }
}
