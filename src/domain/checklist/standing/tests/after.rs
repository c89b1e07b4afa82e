//! Lists that come some time after they were completed.

use super::*;

/// How a list stands that is known since 1 November 2026, with walks that were completed then.
fn stands(schedule: &str, completed: &[&str], now: &str) -> String {
    let at = |text: &str| utc(&format!("2026-11-{}:00Z", text.replace(' ', "T")));
    let walks: Vec<_> = completed.iter().map(|text| (at(text) - TimeDelta::hours(1), at(text))).collect();
    shown(&standing(&list(Some(schedule), &["logs"]), Tz::Europe__Berlin, at("01 12:00"), &walks, at(now)))
}

#[test]
fn a_week_after_it_was_completed() {
    let week = |completed: &[&str], now| stands("7d after completion", completed, now);
    // Nobody has walked it yet: the first turn is at once.
    assert_eq!(week(&[], "01 12:00"), "Due 01 12:00 over 02 12:00 missed 0 streak 0 until 02 12:00");
    assert_eq!(week(&[], "29 12:00"), "Overdue 01 12:00 over 02 12:00 missed 0 streak 0 until -");
    let one = ["03 10:00"];
    assert_eq!(week(&one, "03 10:00"), "Ahead 10 10:00 over 11 10:00 missed 0 streak 1 until 09 10:00");
    assert_eq!(week(&one, "09 10:00"), "Soon 10 10:00 over 11 10:00 missed 0 streak 1 until 10 10:00");
    assert_eq!(week(&one, "10 10:00"), "Due 10 10:00 over 11 10:00 missed 0 streak 1 until 11 10:00");
    assert_eq!(week(&one, "28 10:00"), "Overdue 10 10:00 over 11 10:00 missed 0 streak 1 until -");
    // Weeks late, and still only one is due next.
    let late = ["28 10:00", "03 10:00"];
    assert_eq!(week(&late, "28 11:00"), "Ahead 05 10:00 over 06 10:00 missed 0 streak 1 until 04 10:00");
}

#[test]
fn turns_that_were_taken_in_time_are_a_streak() {
    let streak = |completed: &[&str]| stands("24h after", completed, "20 12:00");
    assert!(streak(&["10 10:00", "11 10:00", "12 12:00"]).contains("streak 3"));
    // Three and a half hours are a seventh part of a day: the fourth hour is too late.
    assert!(streak(&["10 10:00", "11 10:00", "12 14:00"]).contains("streak 1"));
    // Before its turn had opened it counts for nothing, and breaks nothing.
    assert!(streak(&["10 10:00", "11 10:00", "11 11:00", "12 11:00"]).contains("streak 3"));
}

#[test]
fn short_and_long_spans_have_their_bounds() {
    let hour = stands("1h after", &["03 10:00"], "03 10:00");
    assert_eq!(hour, "Ahead 03 11:00 over 03 12:00 missed 0 streak 1 until 03 10:51");
    let two_months = stands("60d after", &["03 10:00"], "03 10:00");
    assert_eq!(two_months, "Ahead 02 10:00 over 05 10:00 missed 0 streak 1 until 01 10:00");
}

proptest! {
    #[test]
    fn one_turn_waits_however_long_nobody_comes(
        hours in 1_i64..=730 * 24,
        waits in prop::collection::vec(0_i64..30_000_000, 0..12),
        later in 0_i64..100_000_000,
    ) {
        let span = TimeDelta::hours(hours);
        let declared = Checklist { schedule: Some(Schedule::After { span }), ..list(None, &["logs"]) };
        let known = utc("2026-01-01T00:00:00Z");
        let mut last = known;
        let mut walks = Vec::new();
        for wait in waits {
            last += TimeDelta::seconds(wait);
            walks.insert(walks.len() / 2, (last, last));
        }
        let due = if walks.is_empty() { known } else { last + span };
        let now = last + TimeDelta::seconds(later);
        let stands = standing(&declared, Tz::UTC, known, &walks, now);
        prop_assert_eq!((stands.due, stands.missed), (Some(due), 0));
        let (opens, overdue) = (due - (span / 7).min(TimeDelta::days(1)), stands.overdue_from.unwrap());
        let late = (span / 7).min(TimeDelta::days(3)).max(TimeDelta::hours(1));
        prop_assert_eq!(overdue, due + late);
        let (state, changes) = match now {
            now if now >= overdue => (State::Overdue, None),
            now if now >= due => (State::Due, Some(overdue)),
            now if now >= opens => (State::Soon, Some(due)),
            _ => (State::Ahead, Some(opens)),
        };
        prop_assert_eq!((stands.state, stands.changes), (state, changes));
    }

    #[test]
    fn a_span_that_nobody_wrote_makes_nothing_fall(seconds in any::<i64>(), at in any::<i32>()) {
        let span = TimeDelta::try_seconds(seconds).unwrap_or(TimeDelta::MAX);
        let declared = Checklist { schedule: Some(Schedule::After { span }), ..list(None, &["logs"]) };
        let at = chrono::DateTime::from_timestamp(at.into(), 0).unwrap();
        for (known, now) in [(at, Moment::MAX_UTC), (Moment::MIN_UTC, at), (Moment::MAX_UTC, Moment::MIN_UTC)] {
            let walks = [(known, now), (now, known), (at, at)];
            prop_assert_eq!(standing(&declared, Tz::UTC, known, &walks, now).missed, 0);
        }
    }
}
