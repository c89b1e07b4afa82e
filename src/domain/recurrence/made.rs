//! Schedules and zones for properties.

use chrono::{NaiveTime, TimeDelta, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;
use proptest::sample::select;

use crate::domain::checklist::Schedule;
use crate::domain::checklist::schedule::{MonthDay, Period};

/// Zones with clocks of every sort: none put forward, by half an hour, over midnight, in the south, a day left out.
pub(in crate::domain) const ZONES: [Tz; 10] = [
    Tz::UTC,
    Tz::Europe__Berlin,
    Tz::America__New_York,
    Tz::America__Sao_Paulo,
    Tz::Australia__Lord_Howe,
    Tz::Pacific__Apia,
    Tz::Asia__Kathmandu,
    Tz::Africa__Cairo,
    Tz::America__St_Johns,
    Tz::Asia__Tehran,
];

const DAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

fn month_day() -> impl Strategy<Value = MonthDay> {
    prop_oneof![
        (1_u8..=31).prop_map(MonthDay::Day),
        Just(MonthDay::Last),
        Just(MonthDay::FirstWorkday),
        Just(MonthDay::LastWorkday),
        select(&DAYS[..]).prop_map(MonthDay::First),
        select(&DAYS[..]).prop_map(MonthDay::LastOf),
    ]
}

/// Any period, each form as often as the others.
pub(in crate::domain) fn any_period() -> impl Strategy<Value = Period> {
    prop_oneof![
        Just(Period::Daily),
        Just(Period::Workdays),
        select(&DAYS[..]).prop_map(Period::Weekly),
        month_day().prop_map(Period::Monthly),
        month_day().prop_map(Period::Quarterly),
        month_day().prop_map(Period::Yearly),
    ]
}

/// Any time of the day in whole minutes, half of them in the hours at which clocks are changed.
pub(in crate::domain) fn any_time() -> impl Strategy<Value = NaiveTime> {
    let hour = prop_oneof![0_u32..24, prop_oneof![Just(0), Just(1), Just(2), Just(3), Just(23)]];
    (hour, 0_u32..60).prop_map(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap())
}

/// Any schedule of the calendar.
pub(in crate::domain) fn any_calendar() -> impl Strategy<Value = Schedule> {
    (any_period(), any_time()).prop_map(|(period, at)| Schedule::Calendar { period, at })
}

/// Any schedule.
pub(in crate::domain) fn any_schedule() -> impl Strategy<Value = Schedule> {
    let after = (60_i64..=730 * 24 * 60).prop_map(|minutes| Schedule::After { span: TimeDelta::minutes(minutes) });
    prop_oneof![6 => any_calendar(), 1 => after]
}
