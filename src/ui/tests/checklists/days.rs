//! Days of a calendar as signs, and schedules as words.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, Weekday};

use super::made::app;
use crate::domain::checklist::Schedule;
use crate::domain::checklist::schedule::{MonthDay, Period};
use crate::domain::checklist::trend::{Day, Strip};
use crate::theme::Theme;
use crate::ui::pane::{days, schedule};
use crate::ui::scene::Scene;

/// Four weeks up to Saturday, 21 November 2026: walked on Fridays, missed once, flawed once, due today.
fn strip() -> Strip {
    let first = NaiveDate::from_ymd_opt(2026, 10, 26).unwrap();
    let day = |at: u64| match at {
        4 | 18 => Day::Fine,
        11 => Day::Missed,
        25 => Day::Flawed,
        26 => Day::Due,
        _ => Day::Free,
    };
    (0..27).map(|at| (first.checked_add_days(Days::new(at)).unwrap(), day(at))).collect()
}

#[test]
fn a_calendar_has_a_row_for_each_day_of_the_week_and_tells_each_day_by_its_shape() {
    let (app, theme) = (app(), Theme::plain());
    let scene = Scene::new(&app, &theme);
    let lines =
        |wide| days::calendar(&scene, &strip(), wide).into_iter().map(|line| line.to_string().trim_end().to_owned());
    let expected = [
        "    Oct Nov",
        "mon · · · ·",
        "tue · · · ·",
        "wed · · · ·",
        "thu · · · ·",
        "fri ● ✗ ● ◆",
        "sat · · · ○",
        "sun · · ·",
    ];
    assert_eq!(lines(40).collect::<Vec<_>>(), expected);
    // Where there is no room for all, the newest weeks stay.
    assert!(lines(8).any(|line| line == "fri ● ◆"));
    assert_eq!(lines(0).next().unwrap(), "");
    assert_eq!(days::row(&scene, &strip(), 16).to_string(), "· ····●·· ····◆○");
    assert_eq!(days::row(&scene, &strip(), 3).to_string(), "");
}

#[test]
fn the_signs_of_days_differ_in_ascii_too() {
    let app = app();
    for ascii in [false, true] {
        let theme = Theme::of(|_| ratatui::style::Style::new(), ascii);
        let scene = Scene::new(&app, &theme);
        let mut signs: Vec<_> = days::LEGEND.map(|(day, _)| days::sign(&scene, day).content.into_owned()).to_vec();
        signs.sort_unstable();
        signs.dedup();
        assert_eq!(signs.len(), days::LEGEND.len());
    }
}

#[test]
fn a_schedule_is_said_as_people_say_it() {
    let (app, theme) = (app(), Theme::plain());
    let scene = Scene::new(&app, &theme);
    let at = |period| Some(Schedule::Calendar { period, at: NaiveTime::from_hms_opt(9, 0, 0).unwrap() });
    let said = [
        (None, "on demand"),
        (at(Period::Daily), "every day at 09:00 Berlin"),
        (at(Period::Workdays), "Monday to Friday at 09:00 Berlin"),
        (at(Period::Weekly(Weekday::Fri)), "every Friday at 09:00 Berlin"),
        (at(Period::Monthly(MonthDay::LastWorkday)), "every month, on the last workday, at 09:00 Berlin"),
        (at(Period::Quarterly(MonthDay::Day(1))), "every quarter, on day 1, at 09:00 Berlin"),
        (at(Period::Yearly(MonthDay::First(Weekday::Mon))), "every January, on the first Monday, at 09:00 Berlin"),
        (Some(Schedule::After { span: TimeDelta::days(7) }), "7 d after it was completed"),
    ];
    for (schedule, words) in said {
        assert_eq!(schedule::words(&scene, schedule), words);
    }
}
