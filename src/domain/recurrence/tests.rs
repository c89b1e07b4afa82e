//! Turns: named days at which clocks do strange things, and the ends of time. In `against`, twenty years in ten zones
//! against a calculation that knows nothing of this one.

use chrono::TimeDelta;
use chrono_tz::Tz;
use proptest::prelude::*;
use proptest::sample::select;

use super::made::{ZONES, any_schedule};
use super::*;

mod against;

fn utc(text: &str) -> Moment {
    text.parse().unwrap()
}

/// When turns are due from a day on, as the operator's clock shows it, with its offset.
fn dues(schedule: &str, zone: Tz, from: &str, count: usize) -> Vec<String> {
    let schedule = Schedule::parse(schedule).unwrap();
    let from = utc(&format!("{from}T00:00:00Z"));
    let shown = |turn: Turn| turn.due.with_timezone(&zone).format("%a %F %R %:z").to_string();
    turns(schedule, zone, from).map(shown).take(count).collect()
}

#[test]
fn samoa_had_no_30_december_2011() {
    let apia = |schedule, count| dues(schedule, Tz::Pacific__Apia, "2011-12-29", count);
    let thursday = "Thu 2011-12-29 09:00 -10:00";
    let saturday = "Sat 2011-12-31 09:00 +14:00";
    assert_eq!(apia("daily", 3), [thursday, saturday, "Sun 2012-01-01 09:00 +14:00"]);
    assert_eq!(apia("workdays", 3), [thursday, "Mon 2012-01-02 09:00 +14:00", "Tue 2012-01-03 09:00 +14:00"]);
    assert_eq!(apia("weekly fri", 2), [saturday, "Fri 2012-01-06 09:00 +14:00"]);
    assert_eq!(apia("monthly 30", 2), [saturday, "Mon 2012-01-30 09:00 +14:00"]);
    assert_eq!(apia("monthly last fri", 2), [saturday, "Fri 2012-01-27 09:00 +14:00"]);
    // The turn of Thursday is open until that of Saturday opens, which is 22 hours later, not 46.
    let turn = turn_at(Schedule::parse("daily").unwrap(), Tz::Pacific__Apia, utc("2011-12-30T10:00:00Z")).unwrap();
    assert_eq!((turn.due, turn.closes), (utc("2011-12-29T19:00:00Z"), utc("2011-12-30T17:00:00Z")));
}

#[test]
fn a_last_day_that_a_zone_left_out_moves_the_turn_to_the_day_before() {
    let line = |schedule| dues(schedule, Tz::Pacific__Kiritimati, "1994-12-02", 2);
    assert_eq!(line("monthly last"), ["Fri 1994-12-30 09:00 -10:00", "Tue 1995-01-31 09:00 +14:00"]);
}

#[test]
fn lord_howe_puts_its_clocks_forward_by_half_an_hour() {
    let howe = |schedule, from| dues(schedule, Tz::Australia__Lord_Howe, from, 3);
    // 02:00 to 02:30 is left out on 4 October 2026, 01:30 to 02:00 comes twice on 5 April.
    assert_eq!(
        howe("daily 02:15", "2026-10-02"),
        ["Sat 2026-10-03 02:15 +10:30", "Sun 2026-10-04 02:30 +11:00", "Mon 2026-10-05 02:15 +11:00"]
    );
    assert_eq!(
        howe("daily 01:45", "2026-04-03"),
        ["Sat 2026-04-04 01:45 +11:00", "Sun 2026-04-05 01:45 +11:00", "Mon 2026-04-06 01:45 +10:30"]
    );
}

#[test]
fn clocks_that_are_changed_at_midnight() {
    assert_eq!(
        dues("daily 00:00", Tz::America__Sao_Paulo, "2018-11-03", 3),
        ["Sat 2018-11-03 00:00 -03:00", "Sun 2018-11-04 01:00 -02:00", "Mon 2018-11-05 00:00 -02:00"]
    );
    // A minute after midnight it was again a minute after eleven on the day before.
    assert_eq!(
        dues("daily 00:00", Tz::America__St_Johns, "2010-11-06", 3),
        ["Sat 2010-11-06 00:00 -02:30", "Sun 2010-11-07 00:00 -02:30", "Mon 2010-11-08 00:00 -03:30"]
    );
    // Two hours before the clock went back to the 6th, the turn of the 7th was open already.
    let newfoundland = |at| turn_at(Schedule::parse("daily 00:00").unwrap(), Tz::America__St_Johns, utc(at)).unwrap();
    assert_eq!(newfoundland("2010-11-07T00:45:00Z").due, utc("2010-11-07T02:30:00Z"));
    let from =
        turns(Schedule::parse("daily 00:00").unwrap(), Tz::America__St_Johns, utc("2010-11-07T02:45:00Z")).next();
    assert_eq!(from.map(|turn| turn.due), Some(utc("2010-11-08T03:30:00Z")));
}

#[test]
fn what_the_shipped_lists_say() {
    let berlin = |schedule, count| dues(schedule, Tz::Europe__Berlin, "2026-10-24", count);
    assert_eq!(
        berlin("daily 09:00", 3),
        ["Sat 2026-10-24 09:00 +02:00", "Sun 2026-10-25 09:00 +01:00", "Mon 2026-10-26 09:00 +01:00"]
    );
    assert_eq!(berlin("weekly fri 15:00", 2), ["Fri 2026-10-30 15:00 +01:00", "Fri 2026-11-06 15:00 +01:00"]);
    assert_eq!(
        berlin("monthly first workday 10:00", 3),
        ["Mon 2026-11-02 10:00 +01:00", "Tue 2026-12-01 10:00 +01:00", "Fri 2027-01-01 10:00 +01:00"]
    );
    assert_eq!(
        berlin("quarterly first workday 10:00", 3),
        ["Fri 2027-01-01 10:00 +01:00", "Thu 2027-04-01 10:00 +02:00", "Thu 2027-07-01 10:00 +02:00"]
    );
}

#[test]
fn ends_of_months_and_leap_days() {
    let days = |schedule, from, count| -> Vec<String> {
        dues(schedule, Tz::UTC, from, count).into_iter().map(|due| due[4..14].to_owned()).collect()
    };
    assert_eq!(days("monthly 31", "2028-01-31", 3), ["2028-01-31", "2028-02-29", "2028-03-31"]);
    assert_eq!(days("monthly 30", "2026-02-01", 2), ["2026-02-28", "2026-03-30"]);
    assert_eq!(days("monthly last", "2100-02-01", 2), ["2100-02-28", "2100-03-31"]);
    assert_eq!(days("monthly last workday", "2026-01-31", 2), ["2026-02-27", "2026-03-31"]);
    assert_eq!(days("monthly first mon", "2026-06-02", 2), ["2026-07-06", "2026-08-03"]);
    assert_eq!(days("quarterly last workday", "2026-01-01", 2), ["2026-01-30", "2026-04-30"]);
    assert_eq!(days("yearly last", "2026-02-01", 2), ["2027-01-31", "2028-01-31"]);
    assert_eq!(days("workdays", "2026-11-20", 3), ["2026-11-20", "2026-11-23", "2026-11-24"]);
}

#[test]
fn nothing_by_the_calendar_after_completion() {
    let after = Schedule::parse("7d after completion").unwrap();
    assert_eq!(turn_at(after, Tz::UTC, utc("2026-11-20T00:00:00Z")), None);
    assert_eq!(turns(after, Tz::UTC, utc("2026-11-20T00:00:00Z")).next(), None);
}

proptest! {
    #[test]
    fn time_has_ends(
        schedule in any_schedule(),
        zone in select(&ZONES[..]),
        off in prop_oneof![Just(0_i64), 0_i64..200_000, 0_i64..40_000_000],
    ) {
        let off = TimeDelta::seconds(off);
        for at in [Moment::MIN_UTC + off, Moment::MAX_UTC - off] {
            let _ = turn_at(schedule, zone, at);
            let _ = turns_back(schedule, zone, at).take(500).count();
            let last = turns(schedule, zone, at).take(500).last();
            prop_assert!(last.is_none_or(|turn| turn.due >= at));
        }
    }
}
