//! Writes a schedule so that it reads back.

use std::fmt;

use chrono::Weekday;

use super::{MonthDay, Period, Schedule};
use crate::domain::duration;

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Calendar { period, at } => write!(f, "{period} {}", at.format("%H:%M")),
            Self::After { span } => write!(f, "{} after completion", duration::text(*span)),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Daily => f.write_str("daily"),
            Self::Workdays => f.write_str("workdays"),
            Self::Weekly(day) => write!(f, "weekly {}", short(*day)),
            Self::Monthly(day) => write!(f, "monthly {day}"),
            Self::Quarterly(day) => write!(f, "quarterly {day}"),
            Self::Yearly(day) => write!(f, "yearly {day}"),
        }
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Last => f.write_str("last"),
            Self::FirstWorkday => f.write_str("first workday"),
            Self::LastWorkday => f.write_str("last workday"),
            Self::First(day) => write!(f, "first {}", short(*day)),
            Self::LastOf(day) => write!(f, "last {}", short(*day)),
        }
    }
}

fn short(day: Weekday) -> String {
    day.to_string().to_lowercase()
}
