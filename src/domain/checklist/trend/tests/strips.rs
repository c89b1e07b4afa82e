//! Days of a calendar.

use chrono::TimeDelta;

use super::*;
use crate::domain::Moment;
use crate::domain::checklist::standing::standing;
use crate::domain::checklist::{Checklist, Schedule};
use crate::domain::recurrence::made::any_calendar;

/// A walk in November 2026 in UTC, completed or given up ten minutes later, with how its only item went.
fn walked(begun: &str, completed: bool, outcome: Outcome) -> Walked {
    let begun = format!("2026-11-{}:00Z", begun.replace(' ', "T"));
    let end = end(utc(&begun) + TimeDelta::minutes(10), completed);
    walk(1, list(None, &["logs"]), &begun, &[("logs", went(outcome, "why"))]).walked(&end)
}

/// The days from the 14th up to a day of November 2026, a sign for each.
fn shown(schedule: Option<&str>, known: &str, walked: &[Walked], today: u32) -> String {
    shown_at(schedule, known, walked, &format!("{today} 23:59"))
}

/// The same up to a moment of November 2026.
fn shown_at(schedule: Option<&str>, known: &str, walked: &[Walked], now: &str) -> String {
    let [known, now] = [known, now].map(|at| utc(&format!("2026-11-{}:00Z", at.replace(' ', "T"))));
    let days = strip(&list(schedule, &["logs"]), Tz::UTC, known, walked, now, 60);
    assert!(days.is_sorted_by(|a, b| a.0.succ_opt() == Some(b.0)) && days.len() == 60);
    let sign = |day: &Day| match day {
        Day::Free => '.',
        Day::Fine => 'f',
        Day::Flawed => 'x',
        Day::Missed => 'm',
        Day::Due => 'd',
    };
    days.iter()
        .filter(|(day, _)| *day >= NaiveDate::from_ymd_opt(2026, 11, 14).unwrap())
        .map(|(_, day)| sign(day))
        .collect()
}

#[test]
fn a_week_of_days() {
    let walks = [
        walked("16 09:05", true, Outcome::Done),
        walked("17 08:00", true, Outcome::Failed),
        walked("18 09:00", false, Outcome::Done),
        walked("20 07:00", true, Outcome::Skipped),
    ];
    // Known from the 15th at noon; given up on the 18th, so that its turn was missed; nobody came on the 19th.
    assert_eq!(shown(Some("daily 09:00"), "15 12:00", &walks, 21), "..fxmmxd");
    assert_eq!(shown(Some("daily 09:00"), "15 12:00", &walks, 22), "..fxmmxmd");
    assert_eq!(shown(None, "15 12:00", &walks, 21), "..fxx.x.", "on demand nothing is missed");
}

#[test]
fn a_turn_that_was_taken_on_another_day_stands_on_both() {
    let late = [walked("23 10:00", true, Outcome::Done)];
    // Due on Friday the 20th, taken on Monday.
    assert_eq!(shown(Some("weekly fri"), "14 12:00", &late, 24), "......f..f.");
    assert_eq!(shown(Some("weekly fri"), "14 12:00", &[], 24), "......d....");
    assert_eq!(shown(Some("weekly fri"), "14 12:00", &[], 28), "......m......d.");
}

#[test]
fn a_turn_that_closes_on_its_own_day_is_due_all_day() {
    assert_eq!(shown(Some("daily 01:00"), "17 12:00", &[], 19), "....md");
}

#[test]
fn a_turn_that_still_waits_after_midnight_is_not_missed_before_the_next_one_opens() {
    // What the list calls overdue cannot be missed: it can still be walked.
    let list = list(Some("daily 09:00"), &["logs"]);
    let stands = |now| standing(&list, Tz::UTC, utc("2026-11-17T12:00:00Z"), &[], now);
    let mut waited = 0;
    for hour in 0..24 {
        let now = format!("20 {hour:02}:30");
        let standing = stands(utc(&format!("2026-11-20T{hour:02}:30:00Z")));
        let yesterdays = standing.due == Some(utc("2026-11-19T09:00:00Z"));
        let shown = shown_at(Some("daily 09:00"), "17 12:00", &[], &now);
        assert_eq!(shown, if yesterdays { "....mdd" } else { "....mmd" }, "{now}");
        waited += usize::from(yesterdays);
    }
    assert!((1..24).contains(&waited), "{waited}");
}

#[test]
fn after_completion_the_turn_that_waits_is_shown() {
    let walks = [walked("16 09:00", true, Outcome::Done)];
    assert_eq!(shown(Some("2d after"), "15 12:00", &walks, 17), "..f.");
    assert_eq!(shown(Some("2d after"), "15 12:00", &walks, 20), "..f.d..");
    assert_eq!(shown(Some("2d after"), "15 12:00", &[], 16), ".d.");
}

#[test]
fn days_are_those_of_the_operator() {
    let known = utc("2026-11-15T00:00:00Z");
    let walks = [walked("16 23:30", true, Outcome::Done)];
    let now = utc("2026-11-16T23:40:00Z");
    let days = strip(&list(None, &["logs"]), Tz::Europe__Berlin, known, &walks, now, 2);
    assert_eq!(days.iter().map(|(_, day)| *day).collect::<Vec<_>>(), [Day::Free, Day::Fine]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn at_most_one_day_is_due_and_time_has_ends(
        schedule in any_calendar(),
        seconds in 1_200_000_000_i64..2_000_000_000,
        days in 0_usize..120,
    ) {
        let known = chrono::DateTime::from_timestamp(seconds, 0).unwrap();
        let declared = Checklist { schedule: Some(schedule), ..list(None, &["logs"]) };
        let now = known + TimeDelta::days(60);
        let strip_of = |schedule: Schedule, now, days| {
            strip(&Checklist { schedule: Some(schedule), ..declared.clone() }, Tz::Africa__Cairo, known, &[], now, days)
        };
        let all = strip_of(schedule, now, days);
        prop_assert_eq!(all.len(), days);
        // Yesterday's turn waits until today's opens.
        prop_assert!(all.iter().filter(|(_, day)| *day == Day::Due).count() <= 2);
        for now in [Moment::MIN_UTC, Moment::MAX_UTC] {
            prop_assert!(strip_of(schedule, now, usize::MAX).len() <= 800);
        }
    }
}
