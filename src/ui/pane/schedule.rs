//! When a turn comes, and when something was, as people say it: `every Friday at 15:00`, `fri 15:40`, `2 Oct`.

use chrono::{Datelike, NaiveTime, TimeDelta, Weekday};

use crate::domain::checklist::Schedule;
use crate::domain::checklist::schedule::{MonthDay, Period};
use crate::domain::{Moment, age};
use crate::ui::scene::Scene;

/// A schedule in words, with the zone that its hours are in.
pub(in crate::ui) fn words(scene: &Scene<'_>, schedule: Option<Schedule>) -> String {
    match schedule {
        None => "on demand".to_owned(),
        Some(Schedule::After { span }) => format!("{} after it was completed", age::coarse(span)),
        Some(Schedule::Calendar { period, at }) => {
            format!("{} at {} {}", of_period(period), hour(at), zone(scene))
        }
    }
}

fn hour(at: NaiveTime) -> String {
    at.format("%H:%M").to_string()
}

/// The operator's zone, as the header names it.
pub(in crate::ui) fn zone(scene: &Scene<'_>) -> String {
    scene.app.profile.timezone.name().rsplit('/').next().unwrap_or_default().replace('_', " ")
}

fn of_period(period: Period) -> String {
    match period {
        Period::Daily => "every day".to_owned(),
        Period::Workdays => "Monday to Friday".to_owned(),
        Period::Weekly(day) => format!("every {}", named(day)),
        Period::Monthly(day) => format!("every month, {},", of_day(day)),
        Period::Quarterly(day) => format!("every quarter, {},", of_day(day)),
        Period::Yearly(day) => format!("every January, {},", of_day(day)),
    }
}

fn of_day(day: MonthDay) -> String {
    match day {
        MonthDay::Day(number) => format!("on day {number}"),
        MonthDay::Last => "on the last day".to_owned(),
        MonthDay::FirstWorkday => "on the first workday".to_owned(),
        MonthDay::LastWorkday => "on the last workday".to_owned(),
        MonthDay::First(day) => format!("on the first {}", named(day)),
        MonthDay::LastOf(day) => format!("on the last {}", named(day)),
    }
}

fn named(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// A moment in the operator's zone, as near as it must be said: the hour of today, the day of this week, the date.
pub(in crate::ui) fn local(scene: &Scene<'_>, at: Moment, with_hour: bool) -> String {
    let zone = &scene.app.profile.timezone;
    let (there, here) = (at.with_timezone(zone), scene.now.with_timezone(zone));
    let days = (there.date_naive() - here.date_naive()).abs();
    let (near, hour) = (days <= TimeDelta::days(6), there.format("%H:%M"));
    match there.date_naive() {
        date if date == here.date_naive() => hour.to_string(),
        _ if near && with_hour => format!("{} {hour}", there.format("%a").to_string().to_lowercase()),
        _ if near => there.format("%a").to_string().to_lowercase(),
        date if date.year() == here.year() => there.format("%-d %b").to_string(),
        _ => there.format("%-d %b %Y").to_string(),
    }
}
