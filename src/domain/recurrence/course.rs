//! From one turn of a calendar to the next and to the one before.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::period::Stretch;
use super::{Turn, clock, grace, lead};
use crate::domain::Moment;
use crate::domain::checklist::Schedule;
use crate::domain::checklist::schedule::Period;

/// The most periods in a row that are tried for a turn: a zone skips single days, never so many.
const TRIED: usize = 8;

/// A schedule of the calendar in a zone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Course {
    period: Period,
    at: NaiveTime,
    zone: Tz,
}

/// A period that has a turn, and when that is due.
#[derive(Debug, Clone, Copy)]
pub(super) struct Due {
    pub(super) stretch: Stretch,
    at: Moment,
}

impl Course {
    /// `None` after completion.
    pub(super) fn new(schedule: Schedule, zone: Tz) -> Option<Self> {
        match schedule {
            Schedule::Calendar { period, at } => Some(Self { period, at, zone }),
            Schedule::After { .. } => None,
        }
    }

    /// The turn of a period, if it has one.
    fn due(self, stretch: Stretch) -> Option<Due> {
        let day = stretch.day(self.period)?;
        let on = |day: NaiveDate| clock::on_day(self.zone, day, self.at);
        let at = on(day).or_else(|| stretch.others(day).take(TRIED).find_map(on))?;
        Some(Due { stretch, at })
    }

    /// The first turn of the periods after one.
    pub(super) fn after(self, stretch: Stretch) -> Option<Due> {
        let mut stretch = Some(stretch);
        (0..TRIED).find_map(|_| {
            stretch = stretch?.next(self.period);
            self.due(stretch?)
        })
    }

    /// The last turn of the periods before one.
    pub(super) fn before(self, stretch: Stretch) -> Option<Due> {
        let mut stretch = Some(stretch);
        (0..TRIED).find_map(|_| {
            stretch = stretch?.previous(self.period);
            self.due(stretch?)
        })
    }

    /// The latest turn that is due at or before a moment, with the one after it.
    fn around(self, at: Moment) -> Option<(Due, Due)> {
        // Where clocks are put back over midnight, tomorrow's turn may have come already.
        let day = clock::local(self.zone, at)?.date().succ_opt()?;
        let mut next = self.after(Stretch::of(self.period, day)?)?;
        // At most a few days lie between, so that this ends after as many steps.
        while let Some(this) = self.before(next.stretch) {
            if this.at <= at {
                return Some((this, next));
            }
            next = this;
        }
        None
    }

    /// The latest turn that has opened at a moment, with the one after it.
    pub(super) fn open_at(self, now: Moment) -> Option<(Due, Due)> {
        self.around(now.checked_add_signed(lead(self.period))?)
    }

    /// The first turn that is due at or after a moment.
    pub(super) fn first_from(self, from: Moment) -> Option<Due> {
        let (this, next) = self.around(from)?;
        Some(if this.at == from { this } else { next })
    }

    /// A turn, from when it and the next are due.
    pub(super) fn turn(self, this: Due, next: Due) -> Option<Turn> {
        let opens = |due: Due| due.at.checked_sub_signed(lead(self.period));
        let closes = opens(next)?;
        let overdue = this.at.checked_add_signed(grace(self.period))?.min(closes);
        Some(Turn { opens: opens(this)?, due: this.at, overdue, closes })
    }
}
