//! Periods as days of a calendar: which days one has, which is meant, which period is next.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

use crate::domain::checklist::schedule::{MonthDay, Period};

/// The days of one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
}

impl Stretch {
    /// The period that a day is in. Of workdays, a weekend is in the Monday after it.
    pub(super) fn of(period: Period, day: NaiveDate) -> Option<Self> {
        let months = |count: u32| {
            let first = NaiveDate::from_ymd_opt(day.year(), day.month0() / count * count + 1, 1)?;
            Some(Self { first, last: months_after(first, count)?.pred_opt()? })
        };
        match period {
            Period::Daily => Some(Self { first: day, last: day }),
            Period::Workdays => workday(day, NaiveDate::succ_opt).map(|day| Self { first: day, last: day }),
            Period::Weekly(_) => {
                let first = day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))?;
                Some(Self { first, last: first.checked_add_days(Days::new(6))? })
            }
            Period::Monthly(_) => months(1),
            Period::Quarterly(_) => months(3),
            Period::Yearly(_) => months(12),
        }
    }

    /// The next one.
    pub(super) fn next(self, period: Period) -> Option<Self> {
        Self::of(period, self.last.succ_opt()?)
    }

    /// The one before.
    pub(super) fn previous(self, period: Period) -> Option<Self> {
        let day = self.first.pred_opt()?;
        Self::of(period, if period == Period::Workdays { workday(day, NaiveDate::pred_opt)? } else { day })
    }

    /// The day of it that is meant. Of a quarter or a year it is one of the first month.
    pub(super) fn day(self, period: Period) -> Option<NaiveDate> {
        match period {
            Period::Daily | Period::Workdays => Some(self.first),
            Period::Weekly(day) => self.first.checked_add_days(Days::new(day.num_days_from_monday().into())),
            Period::Monthly(day) | Period::Quarterly(day) | Period::Yearly(day) => day_of_month(self.first, day),
        }
    }

    /// The days after one of it, in order, then those before it, the nearest first.
    pub(super) fn others(self, day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let after = std::iter::successors(day.succ_opt(), NaiveDate::succ_opt).take_while(move |day| *day <= self.last);
        let before =
            std::iter::successors(day.pred_opt(), NaiveDate::pred_opt).take_while(move |day| *day >= self.first);
        after.chain(before)
    }
}

fn months_after(first: NaiveDate, count: u32) -> Option<NaiveDate> {
    first.checked_add_months(chrono::Months::new(count))
}

fn day_of_month(first: NaiveDate, day: MonthDay) -> Option<NaiveDate> {
    let last = months_after(first, 1)?.pred_opt()?;
    match day {
        MonthDay::Day(day) => first.with_day(u32::from(day).clamp(1, last.day())),
        MonthDay::Last => Some(last),
        MonthDay::FirstWorkday => workday(first, NaiveDate::succ_opt),
        MonthDay::LastWorkday => workday(last, NaiveDate::pred_opt),
        MonthDay::First(day) => first.checked_add_days(Days::new(day.days_since(first.weekday()).into())),
        MonthDay::LastOf(day) => last.checked_sub_days(Days::new(last.weekday().days_since(day).into())),
    }
}

/// The day, or the next from Monday to Friday in the direction of `step`.
fn workday(day: NaiveDate, step: impl Fn(&NaiveDate) -> Option<NaiveDate>) -> Option<NaiveDate> {
    std::iter::successors(Some(day), step).find(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
}
