//! When a checklist's turn comes, as it is written: `daily 09:00`, `monthly last workday`, `7d after completion`.
//!
//! What lives here: the types; reading them (`parse`), writing them (`text`). What must not: which turn is when, which is
//! [`recurrence`](crate::domain::recurrence)'s.

mod parse;
mod text;

#[cfg(test)]
mod tests;

use chrono::{NaiveTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};

/// The shortest time after completion.
pub const SHORTEST: TimeDelta = TimeDelta::hours(1);
/// The longest: two years.
pub const LONGEST: TimeDelta = TimeDelta::days(730);

/// The time of the day where none is written: nine.
const NINE: NaiveTime = match NaiveTime::from_hms_opt(9, 0, 0) {
    Some(nine) => nine,
    None => NaiveTime::MIN,
};

/// When a turn comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "lowercase")]
pub enum Schedule {
    /// By the calendar, in the operator's zone.
    Calendar {
        /// Once in each of these.
        period: Period,
        /// At what time of its day.
        at: NaiveTime,
    },
    /// So long after the last one was completed; the first turn is at once.
    After {
        /// How long.
        span: TimeDelta,
    },
}

/// What there is one turn in, and on which day of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "period", content = "on", rename_all = "lowercase")]
pub enum Period {
    /// Every day.
    Daily,
    /// Every day from Monday to Friday.
    Workdays,
    /// Every week, Monday to Sunday.
    Weekly(Weekday),
    /// Every month.
    Monthly(MonthDay),
    /// Every January, April, July and October.
    Quarterly(MonthDay),
    /// Every January.
    Yearly(MonthDay),
}

/// A day of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", content = "n", rename_all = "kebab-case")]
pub enum MonthDay {
    /// This one, 1 to 31; the last where the month is shorter.
    Day(u8),
    /// The last.
    Last,
    /// The first from Monday to Friday.
    FirstWorkday,
    /// The last from Monday to Friday.
    LastWorkday,
    /// The first such day of the week.
    First(Weekday),
    /// The last such day of the week.
    LastOf(Weekday),
}
