//! The parameters of a range query, read and refused as Prometheus does.

use chrono::{DateTime, TimeDelta};

use super::clock;
use super::http::Asked;
use crate::domain::{Moment, duration};

/// The most points of one series.
const POINTS: i64 = 11_000;

/// From when to when, and how often.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    start: Moment,
    end: Moment,
    step: TimeDelta,
}

impl Range {
    /// Reads `start`, `end` and `step`.
    ///
    /// # Errors
    /// In Prometheus' words, what is wrong.
    pub fn of(asked: &Asked) -> Result<Self, String> {
        let start = moment("start", asked.param("start").unwrap_or(""))?;
        let end = moment("end", asked.param("end").unwrap_or(""))?;
        if end < start {
            return Err(r#"invalid parameter "end": end timestamp must not be before start time"#.into());
        }
        let step = span("step", asked.param("step").unwrap_or(""))?;
        if step <= TimeDelta::zero() {
            return Err(r#"invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer"#.into());
        }
        if (end - start).num_milliseconds() / step.num_milliseconds() > POINTS {
            return Err("exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)".into());
        }
        Ok(Self { start, end, step })
    }

    /// The moments asked for.
    pub fn moments(&self) -> impl Iterator<Item = Moment> {
        let Self { start, end, step } = *self;
        std::iter::successors(Some(start), move |at| at.checked_add_signed(step)).take_while(move |at| *at <= end)
    }
}

/// Reads a moment: RFC 3339 or seconds since 1970.
///
/// # Errors
/// In Prometheus' words, that it cannot be read.
pub fn moment(name: &str, text: &str) -> Result<Moment, String> {
    let seconds = text.parse::<f64>().ok().and_then(clock::from_unix);
    let written = || DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc());
    seconds
        .or_else(written)
        .ok_or_else(|| format!("invalid parameter {name:?}: cannot parse {text:?} to a valid timestamp"))
}

/// Reads a span: seconds or `1m30s`.
fn span(name: &str, text: &str) -> Result<TimeDelta, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| seconds.is_finite());
    let seconds = seconds.and_then(|seconds| TimeDelta::try_milliseconds(clock::millis(seconds)));
    seconds
        .or_else(|| duration::parse(text).ok())
        .ok_or_else(|| format!("invalid parameter {name:?}: cannot parse {text:?} to a valid duration"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn asked(start: &str, end: &str, step: &str) -> Result<Range, String> {
        let params = [("start", start), ("end", end), ("step", step)];
        let params = params.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Range::of(&Asked { params, ..Asked::default() })
    }

    #[test]
    fn what_is_accepted_and_what_is_refused() {
        assert_eq!(asked("100", "100", "15").unwrap().moments().count(), 1);
        assert_eq!(asked("100.5", "1970-01-01T00:02:00Z", "5s").unwrap().moments().count(), 4);
        let refused = |start, end, step| asked(start, end, step).unwrap_err();
        assert!(refused("x", "1", "1").starts_with(r#"invalid parameter "start": cannot parse "x""#));
        assert!(refused("2", "1", "1").contains("must not be before"));
        assert!(refused("1", "2", "0").contains("zero or negative"));
        assert!(refused("1", "2", "-3").contains("zero or negative"));
        assert!(refused("1", "2", "").contains("valid duration"));
        assert!(refused("0", "11001", "1").starts_with("exceeded maximum resolution of 11,000 points"));
        assert_eq!(asked("0", "11000", "1").unwrap().moments().count(), 11_001);
    }

    proptest! {
        #[test]
        fn no_text_breaks_it_and_points_are_bounded(start in "[-0-9.e]{0,25}", end in "[-0-9.e]{0,25}", step in "[-0-9.esmhdy]{0,12}") {
            if let Ok(range) = asked(&start, &end, &step) {
                prop_assert!(range.moments().count() <= 11_001);
            }
        }
    }
}
