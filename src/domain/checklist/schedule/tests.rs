//! Schedules: what is read, what is refused and in which words, and that what is written reads back.

use proptest::prelude::*;

use super::*;
use crate::domain::recurrence::made::any_schedule;

fn at(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

#[test]
fn what_people_write() {
    let on = |period, hour, minute| Ok(Schedule::Calendar { period, at: at(hour, minute) });
    let monthly = |day| on(Period::Monthly(day), 9, 0);
    for (text, read) in [
        ("daily", on(Period::Daily, 9, 0)),
        ("daily 09:00", on(Period::Daily, 9, 0)),
        ("  Daily   7:05 ", on(Period::Daily, 7, 5)),
        ("workdays 08:30", on(Period::Workdays, 8, 30)),
        ("weekly", on(Period::Weekly(Weekday::Mon), 9, 0)),
        ("weekly fri 15:00", on(Period::Weekly(Weekday::Fri), 15, 0)),
        ("weekly Sunday", on(Period::Weekly(Weekday::Sun), 9, 0)),
        ("monthly", monthly(MonthDay::Day(1))),
        ("monthly 1 10:00", on(Period::Monthly(MonthDay::Day(1)), 10, 0)),
        ("monthly 31", monthly(MonthDay::Day(31))),
        ("monthly first", monthly(MonthDay::Day(1))),
        ("monthly last", monthly(MonthDay::Last)),
        ("monthly first workday", monthly(MonthDay::FirstWorkday)),
        ("monthly last workday", monthly(MonthDay::LastWorkday)),
        ("monthly first mon", monthly(MonthDay::First(Weekday::Mon))),
        ("monthly last friday", monthly(MonthDay::LastOf(Weekday::Fri))),
        ("quarterly", on(Period::Quarterly(MonthDay::Day(1)), 9, 0)),
        ("quarterly last workday 00:00", on(Period::Quarterly(MonthDay::LastWorkday), 0, 0)),
        ("yearly 15 23:59", on(Period::Yearly(MonthDay::Day(15)), 23, 59)),
        ("7d after completion", Ok(Schedule::After { span: TimeDelta::days(7) })),
        ("7d after", Ok(Schedule::After { span: TimeDelta::days(7) })),
        ("after 1h30m", Ok(Schedule::After { span: TimeDelta::minutes(90) })),
        ("2y after completion", Ok(Schedule::After { span: LONGEST })),
    ] {
        assert_eq!(Schedule::parse(text), read, "{text}");
    }
}

#[test]
fn what_is_wrong_is_told_with_what_would_be_right() {
    for (text, says) in [
        ("", "\"daily 09:00\""),
        ("dayly 09:00", "did you mean 'daily'?"),
        ("weekley fri", "did you mean 'weekly'?"),
        ("hourly", "\"weekly fri 15:00\""),
        ("daily fri", "'fri' says nothing here"),
        ("daily 24:00", "from 00:00 to 23:59"),
        ("daily 09:00 09:00", "one time, and it comes last"),
        ("weekly frday", "did you mean 'friday'?"),
        ("weekly fri sat", "'sat' says nothing here"),
        ("weekly 15:00 fri", "one time, and it comes last"),
        ("monthly 0", "1 to 31"),
        ("monthly 32", "1 to 31"),
        ("monthly 1st", "1 to 31"),
        ("monthly fri", "\"first fri\" or \"last fri\""),
        ("monthly workday", "\"last workday\""),
        ("monthly second mon", "only \"first mon\" and \"last mon\""),
        ("monthly last wokday", "did you mean 'workday'?"),
        ("monthly last workday x", "'x' says nothing here"),
        ("yearly jan", "no day of a month"),
        ("59m after", "at least 1h and at most 2y"),
        ("731d after completion", "at least 1h and at most 2y"),
        ("soon after completion", "is no duration"),
        ("7d", "\"7d after completion\""),
        ("on demand", "leave the schedule out"),
        ("*/5 * * * *", "\"daily 09:00\""),
    ] {
        let message = Schedule::parse(text).unwrap_err();
        assert!(message.contains(says), "{text}: {message}");
    }
    assert!(Schedule::parse(&"daily ".repeat(100_000)).unwrap_err().len() < 200);
}

proptest! {
    #[test]
    fn what_is_written_reads_back(schedule in any_schedule()) {
        prop_assert_eq!(Schedule::parse(&schedule.to_string()), Ok(schedule));
        let kept = serde_json::to_string(&schedule).unwrap();
        prop_assert_eq!(serde_json::from_str::<Schedule>(&kept).unwrap(), schedule);
    }

    #[test]
    fn nothing_that_is_typed_makes_it_fall(text in "\\PC{0,40}") {
        let _ = Schedule::parse(&text);
    }

    #[test]
    fn a_word_too_many_or_too_few_is_told(schedule in any_schedule(), word in "[a-z0-9:]{1,9}", at in 0_usize..5) {
        let text = schedule.to_string();
        let mut words: Vec<&str> = text.split(' ').collect();
        words.insert(at.min(words.len()), &word);
        if let Ok(read) = Schedule::parse(&words.join(" ")) {
            prop_assert_eq!(Schedule::parse(&read.to_string()), Ok(read));
        }
    }
}
