//! Log lines: bounded, counted.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::told::{Told, start};
use crate::board::{Answer, BoardRules};
use crate::domain::{Level, LogLine, Moment};

fn line(at: Moment, level: Level) -> LogLine {
    LogLine { at, level, origin: "api".into(), text: "words".into() }
}

fn logs(lines: Vec<LogLine>, dropped: u64) -> Answer {
    Answer { logs: lines, logs_dropped: dropped, ..Answer::default() }
}

#[test]
fn no_line_is_no_rate() {
    let told = Told::new(&["loki"]);
    assert_eq!(told.board.logs().rate(told.now), None);
}

#[test]
fn one_line_a_second_is_one_line_a_second_at_any_second() {
    for offset in 0..10 {
        let mut told = Told::new(&["loki"]);
        let seconds = 0..300 + offset;
        let lines = seconds
            .map(|at| line(start() + TimeDelta::seconds(at), if at % 4 == 0 { Level::Error } else { Level::Info }));
        told.now = start() + TimeDelta::seconds(300 + offset);
        told.tells("loki", logs(lines.collect(), 0));
        let (rate, errors) = told.board.logs().rate(told.now).unwrap();
        assert!((rate - 1.0).abs() < 0.02, "{rate} at {offset}");
        assert!((errors - 0.25).abs() < 0.03, "{errors}");
        assert_eq!(told.board.logs().rate(told.now + TimeDelta::minutes(3)), None);
    }
}

#[test]
fn a_wrong_clock_neither_hides_nor_doubles_lines() {
    let mut told = Told::new(&["loki"]);
    let ahead = start() + TimeDelta::days(400);
    let lines = (0..500).map(|at| line(ahead + TimeDelta::minutes(at), Level::Info)).collect();
    told.tells("loki", logs(lines, 0));
    assert!(told.board.logs().rate(told.now).unwrap().0 > 5.0, "they came now");
    assert_eq!(told.board.logs().rate(told.now + TimeDelta::hours(1)), None, "and not later");
}

#[test]
fn bars_are_of_ten_seconds_and_gaps_are_empty() {
    let mut told = Told::new(&["loki"]);
    let lines = [0, 1, 25].map(|at| line(start() + TimeDelta::seconds(at), Level::Error)).to_vec();
    told.now += TimeDelta::seconds(29);
    told.tells("loki", logs(lines, 7));
    let bars: Vec<u64> = told.board.logs().bars(told.now, 4).map(|bar| bar.errors).collect();
    assert_eq!(bars, [0, 2, 0, 1]);
    assert_eq!(told.board.logs().dropped(), 7);
}

proptest! {
    #[test]
    fn never_more_lines_than_the_bound_and_always_the_newest(
        limit in 0_usize..20,
        batches in prop::collection::vec(0_usize..15, 0..10),
    ) {
        let mut told = Told::by(BoardRules { log_lines: limit, ..BoardRules::default() }, &["loki"]);
        for size in &batches {
            told.tells("loki", logs(vec![line(told.now, Level::Warn); *size], 0));
            told.now += TimeDelta::seconds(1);
            prop_assert!(told.board.logs().lines().len() <= limit);
        }
        let came: usize = batches.iter().sum();
        prop_assert_eq!(told.board.logs().came(), came as u64);
        let numbers: Vec<u64> = told.board.logs().numbered(0).map(|(number, _)| number).collect();
        let newest: Vec<u64> = (came.saturating_sub(limit) as u64 + 1..=came as u64).collect();
        prop_assert_eq!(numbers, newest);
        let count = told.board.logs().newest(Level::Warn).count();
        prop_assert_eq!(count, came.min(limit));
        prop_assert_eq!(told.board.logs().newest(Level::Error).count(), 0);
    }
}

#[test]
fn each_line_names_who_wrote_it_and_writers_whose_lines_are_gone_are_forgotten() {
    let mut told = Told::by(BoardRules { log_lines: 10, ..BoardRules::default() }, &["loki", "files"]);
    for number in 0..5_000 {
        let by = |origin: String| LogLine { origin: origin.into(), ..line(told.now, Level::Info) };
        let (one, same) = (by(format!("api-{number}")), by("api".to_owned()));
        told.tells("loki", logs(vec![one], 0));
        told.tells("files", logs(vec![same.clone()], 0));
        told.tells("loki", logs(vec![same], 0));
    }
    let lines: Vec<_> =
        told.board.logs().lines().iter().rev().take(3).map(|kept| (kept.source().as_str(), kept.origin())).collect();
    assert_eq!(lines, [("loki", "api"), ("files", "api"), ("loki", "api-4999")]);
    assert!(told.board.logs().writers() <= 1_025, "{}", told.board.logs().writers());
}

#[test]
fn a_kept_line_is_five_words_and_its_text() {
    assert_eq!(size_of::<crate::board::logs::Kept>(), 5 * size_of::<u64>());
}
