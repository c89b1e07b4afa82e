//! How lists stand: days as an operator meets them, and histories against a plain count.

use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::domain::checklist::made::{list, utc};
use crate::domain::recurrence::made::{ZONES, any_calendar};
use crate::domain::recurrence::{Turn, turn_at, turns};

mod after;

const SECOND: TimeDelta = TimeDelta::seconds(1);

/// How `daily 09:00` stands, known since, with walks that began (and took ten minutes), all in UTC in November 2026.
fn daily(known: &str, begun: &[&str], now: &str) -> Standing {
    let at = |text: &str| utc(&format!("2026-11-{}:00Z", text.replace(' ', "T")));
    let walks: Vec<_> = begun.iter().map(|begun| (at(begun), at(begun) + TimeDelta::minutes(10))).collect();
    standing(&list(Some("daily 09:00"), &["logs"]), Tz::UTC, at(known), &walks, at(now))
}

fn shown(standing: &Standing) -> String {
    let time = |at: Option<Moment>| at.map_or("-".to_owned(), |at| at.format("%d %R").to_string());
    let Standing { state, due, overdue_from, missed, streak, changes } = standing;
    format!(
        "{state:?} {} over {} missed {missed} streak {streak} until {}",
        time(*due),
        time(*overdue_from),
        time(*changes)
    )
}

#[test]
fn a_day_with_a_daily_list() {
    let stands = |begun: &[&str], now| shown(&daily("18 12:00", begun, now));
    // It came at noon: what was due in the morning is nobody's fault.
    assert_eq!(stands(&[], "18 12:00"), "Ahead 19 09:00 over 19 13:00 missed 0 streak 0 until 19 07:00");
    assert_eq!(stands(&[], "19 06:59"), "Ahead 19 09:00 over 19 13:00 missed 0 streak 0 until 19 07:00");
    assert_eq!(stands(&[], "19 07:00"), "Soon 19 09:00 over 19 13:00 missed 0 streak 0 until 19 09:00");
    assert_eq!(stands(&[], "19 09:00"), "Due 19 09:00 over 19 13:00 missed 0 streak 0 until 19 13:00");
    assert_eq!(stands(&[], "19 13:00"), "Overdue 19 09:00 over 19 13:00 missed 0 streak 0 until 20 07:00");
    assert_eq!(stands(&[], "20 07:00"), "Soon 20 09:00 over 20 13:00 missed 1 streak 0 until 20 09:00");
    assert_eq!(stands(&[], "23 10:00"), "Due 23 09:00 over 23 13:00 missed 4 streak 0 until 23 13:00");
    // One walk, and everything that was missed is over.
    assert_eq!(stands(&["23 10:01"], "23 10:30"), "Ahead 24 09:00 over 24 13:00 missed 0 streak 1 until 24 07:00");
    let two = ["23 10:01", "24 07:00"];
    assert_eq!(stands(&two, "24 07:20"), "Ahead 25 09:00 over 25 13:00 missed 0 streak 2 until 25 07:00");
    assert_eq!(stands(&two, "25 10:00"), "Due 25 09:00 over 25 13:00 missed 0 streak 2 until 25 13:00");
    assert_eq!(stands(&two, "26 07:00"), "Soon 26 09:00 over 26 13:00 missed 1 streak 0 until 26 09:00");
    // Begun at night, it still is yesterday's.
    assert_eq!(stands(&["20 06:59"], "20 07:05"), "Soon 20 09:00 over 20 13:00 missed 0 streak 1 until 20 09:00");
}

#[test]
fn a_list_that_comes_before_its_turn_owes_it() {
    assert_eq!(
        shown(&daily("18 08:00", &[], "18 08:00")),
        "Soon 18 09:00 over 18 13:00 missed 0 streak 0 until 18 09:00"
    );
    assert_eq!(daily("18 09:00", &[], "18 09:00").state, State::Due);
    assert_eq!(daily("18 09:01", &[], "18 09:01").state, State::Ahead);
}

#[test]
fn on_demand_there_is_no_turn() {
    let now = utc("2026-11-20T00:00:00Z");
    let stands = standing(&list(None, &["logs"]), Tz::UTC, now, &[(now, now)], now);
    assert_eq!(shown(&stands), "OnDemand - over - missed 0 streak 0 until -");
}

#[test]
fn it_looks_back_so_far_and_no_farther() {
    let known = utc("2016-01-01T00:00:00Z");
    let stands = standing(&list(Some("daily"), &["logs"]), Tz::UTC, known, &[], utc("2026-11-20T10:00:00Z"));
    assert_eq!((stands.state, stands.missed), (State::Due, 800));
}

/// The same by counting forward over every turn.
fn counted(schedule: Schedule, zone: Tz, known: Moment, walks: &[(Moment, Moment)], now: Moment) -> Standing {
    // A year and more before, so that a turn of every sort was open when the list came.
    let all: Vec<Turn> =
        turns(schedule, zone, known - TimeDelta::days(400)).take_while(|turn| turn.opens <= now).collect();
    let walked: Vec<_> = walks.iter().filter_map(|(begun, _)| turn_at(schedule, zone, *begun)).collect();
    let taken = |turn: &Turn| walked.contains(turn);
    let (open, closed) = all.split_last().unwrap();
    let (mut missed, mut streak) = (0, 0);
    for turn in closed {
        (missed, streak) = match (taken(turn), turn.due >= known) {
            (true, _) => (0, streak + 1),
            (false, owed) => (missed + u32::from(owed), 0),
        };
    }
    let next = turns(schedule, zone, open.due + SECOND).next().unwrap();
    let (state, turn, changes) = match (taken(open), open.due >= known) {
        (true, _) => {
            (missed, streak) = (0, streak + 1);
            (State::Ahead, next, next.opens)
        }
        (false, false) => (State::Ahead, next, next.opens),
        (false, true) if now < open.due => (State::Soon, *open, open.due),
        (false, true) if now < open.overdue => (State::Due, *open, open.overdue),
        (false, true) => (State::Overdue, *open, next.opens),
    };
    let (due, overdue_from) = (Some(turn.due), Some(turn.overdue));
    Standing { state, due, overdue_from, missed, streak, changes: Some(changes) }
}

/// Walks of a list: some at random, some at the first and the last moment of a turn.
fn history(schedule: Schedule, zone: Tz, known: Moment, picks: &[(u32, u8)], days: i64) -> Vec<(Moment, Moment)> {
    let begun = |(pick, edge): &(u32, u8)| {
        let any = known + TimeDelta::seconds(i64::from(*pick) % (days * 86_400));
        let turn = turn_at(schedule, zone, any).unwrap();
        let begun = match edge % 4 {
            0 => turn.opens,
            1 => turn.closes - SECOND,
            2 => turn.due,
            _ => any,
        };
        (begun, begun + TimeDelta::seconds(i64::from(*pick) % 7200))
    };
    picks.iter().map(begun).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_history_stands_as_it_is_counted(
        schedule in any_calendar(),
        zone in select(&ZONES[..]),
        known in 1_100_000_000_i64..2_300_000_000,
        days in prop_oneof![1_i64..30, 1_i64..700],
        picks in prop::collection::vec(any::<(u32, u8)>(), 0..40),
    ) {
        let known = chrono::DateTime::from_timestamp(known, 0).unwrap();
        let all = history(schedule, zone, known, &picks, days);
        let declared = Checklist { schedule: Some(schedule), ..list(None, &["logs"]) };
        let mut now = known;
        for _ in 0..6 {
            let walks: Vec<_> = all.iter().copied().filter(|(_, completed)| *completed <= now).collect();
            let stands = standing(&declared, zone, known, &walks, now);
            prop_assert_eq!(&stands, &counted(schedule, zone, known, &walks, now), "{} in {} at {}", schedule, zone, now);
            // Nothing changes by time alone before the moment that is told, and then something does.
            let changes = stands.changes.unwrap();
            prop_assert!(changes > now);
            for before in [now + (changes - now) / 2, changes - TimeDelta::nanoseconds(1)] {
                prop_assert_eq!(&standing(&declared, zone, known, &walks, before), &stands, "{} before {}", schedule, changes);
            }
            let then = standing(&declared, zone, known, &walks, changes);
            prop_assert!((then.state, then.missed) != (stands.state, stands.missed), "{} at {}", schedule, changes);
            // The order of walks does not matter, nor that one is told twice.
            let twice: Vec<_> = walks.iter().rev().chain(&walks).copied().collect();
            prop_assert_eq!(&standing(&declared, zone, known, &twice, now), &stands);
            now = changes + (changes - now) * 3;
        }
    }
}
