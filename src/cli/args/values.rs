//! Reading the values of arguments.

use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use clap::builder::{OsStringValueParser, PossibleValuesParser, TypedValueParser};

use crate::config::LogLevel;
use crate::domain::{Moment, duration};

/// How long a command waits for the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::Args)]
pub struct Wait {
    /// How long to wait for the sources to answer; what has not answered by then is unknown
    #[arg(long, value_name = "DURATION", default_value = "10s", value_parser = wait, display_order = 900)]
    pub wait: TimeDelta,
}

/// Columns and rows of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Size {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// A duration of a mute: more than nothing, at most a year.
pub(super) fn span(text: &str) -> Result<TimeDelta, String> {
    bounded(text, TimeDelta::seconds(1), TimeDelta::days(366))
}

/// A wait: at most ten minutes.
fn wait(text: &str) -> Result<TimeDelta, String> {
    bounded(text, TimeDelta::milliseconds(1), TimeDelta::minutes(10))
}

/// Waiting for people or for an alert: at most a day, or not at all.
pub(super) fn long(text: &str) -> Result<TimeDelta, String> {
    bounded(text, TimeDelta::zero(), TimeDelta::days(1))
}

fn bounded(text: &str, from: TimeDelta, to: TimeDelta) -> Result<TimeDelta, String> {
    let span = duration::parse(text)?;
    if (from..=to).contains(&span) {
        return Ok(span);
    }
    Err(format!("it must be from {} to {}", duration::text(from), duration::text(to)))
}

/// A moment in RFC 3339.
pub(super) fn moment(text: &str) -> Result<Moment, String> {
    let wrong = |_| "this is no time; write one as 2026-11-20T03:12:00Z".to_owned();
    DateTime::parse_from_rfc3339(text).map(|at| at.with_timezone(&Utc)).map_err(wrong)
}

/// Text that is not blank.
pub(super) fn text(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("it is empty".to_owned()) } else { Ok(text.to_owned()) }
}

/// A count of rows: at least one.
pub(super) fn limit(text: &str) -> Result<usize, String> {
    let read = text.parse().ok().filter(|count| (1..=1_000).contains(count));
    read.ok_or_else(|| "it must be a number from 1 to 1000".to_owned())
}

/// The id of a checklist.
pub(super) fn checklist_id(text: &str) -> Result<String, String> {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if text.len() <= 64 && !text.is_empty() && !text.starts_with('-') && text.chars().all(plain) {
        return Ok(text.to_owned());
    }
    Err("an id is made of a to z, 0 to 9 and -, does not begin with -, and has at most 64 of them".to_owned())
}

/// A factor over 0, at most 1000.
pub(super) fn speed(text: &str) -> Result<f64, String> {
    let read = text.parse().ok().filter(|speed| *speed > 0.0 && *speed <= 1000.0);
    read.ok_or_else(|| "it must be a number over 0, at most 1000".to_owned())
}

/// `120x36`.
pub(super) fn size(text: &str) -> Result<Size, String> {
    let wrong = || "this is no size; write one as 120x36, at most 500x200".to_owned();
    let (columns, rows) = text.split_once('x').ok_or_else(wrong)?;
    let read = |text: &str, most: u16| text.parse().ok().filter(|count| (1..=most).contains(count)).ok_or_else(wrong);
    Ok(Size { columns: read(columns, 500)?, rows: read(rows, 200)? })
}

/// A path; an empty one is none, which the caller sees to.
pub(super) fn file() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}

/// One of the words for how much the log says.
pub(super) fn log_level() -> impl TypedValueParser<Value = LogLevel> {
    let words = LogLevel::WORDS.map(|(word, _)| word);
    PossibleValuesParser::new(words).map(|word| LogLevel::parse(&word).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_speeds() {
        assert_eq!(size("80x24"), Ok(Size { columns: 80, rows: 24 }));
        for wrong in ["80", "x24", "0x10", "501x10", "80X24", "-1x3"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
        assert_eq!(speed("2.5"), Ok(2.5));
        for wrong in ["0", "-1", "nan", "inf", "1001", "fast"] {
            assert!(speed(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn durations_have_bounds() {
        assert_eq!(span("15m"), Ok(TimeDelta::minutes(15)));
        assert!(span("0s").is_err());
        assert!(span("2y").is_err());
        assert!(wait("11m").is_err());
        assert!(span("soon").unwrap_err().contains("15s"));
    }
}
