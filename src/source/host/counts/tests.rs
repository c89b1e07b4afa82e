//! Tests of `counts`.

use super::*;
use crate::domain::Level;

fn at(seconds: i64) -> Moment {
    Moment::from_timestamp(1_700_000_000 + seconds, 0).unwrap()
}

fn line(seconds: i64, level: Level) -> LogLine {
    LogLine { at: at(seconds), level, origin: "app".into(), text: "x".into() }
}

#[test]
fn a_minute_and_five_and_what_is_older_is_forgotten() {
    let counts = LogCounts::default();
    assert_eq!(counts.recent(at(0)), None);
    let lines: Vec<LogLine> = (0..600).map(|second| line(second, Level::Info)).collect();
    counts.add(&lines, at(599));
    counts.add(&[line(599, Level::Error), line(590, Level::Fatal), line(400, Level::Error)], at(599));
    let recent = counts.recent(at(599)).unwrap();
    assert_eq!((recent.burst.errors, recent.share.errors), (2, 3));
    assert!((60..=62).contains(&recent.burst.lines), "{recent:?}");
    assert!((300..=303).contains(&recent.share.lines), "{recent:?}");
}

#[test]
fn an_old_backlog_is_no_burst_and_a_log_that_is_not_read_is_not_known() {
    let counts = LogCounts::default();
    let old: Vec<LogLine> = (0..500).map(|_| line(-3_600, Level::Error)).collect();
    counts.add(&old, at(0));
    assert_eq!(counts.recent(at(1)), Some(Recent::default()));
    assert_eq!(counts.recent(at(121)), None);
    counts.add(&[], at(121));
    assert_eq!(counts.recent(at(121)).map(|recent| recent.share.error_percent()), Some(0.0));
}
