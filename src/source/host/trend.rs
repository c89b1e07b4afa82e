//! When something that grows will be full, by a straight line through its past.

use std::collections::VecDeque;

use chrono::TimeDelta;

use crate::domain::{Moment, Reading};

/// The longest past that is looked at.
const WINDOW: TimeDelta = TimeDelta::hours(6);
/// The shortest past that says anything.
const LEAST: TimeDelta = TimeDelta::minutes(10);
/// Readings are kept this far apart.
const APART: TimeDelta = TimeDelta::seconds(30);
/// The fewest readings that make a line.
const FEWEST: usize = 5;

/// The past of one value in per cent, thinned out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trend {
    kept: VecDeque<(Moment, f64)>,
}

/// What the past says of the future.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Forecast {
    /// Not enough is known.
    Unknown,
    /// It does not grow, neither over the whole past nor lately.
    Steady,
    /// It reaches 100 % after this.
    FullIn(TimeDelta),
}

impl Trend {
    /// Takes a reading; one without a number, or older than the newest, is left out.
    pub fn take(&mut self, reading: Reading) {
        let Some(value) = reading.value.filter(|value| value.is_finite()) else { return };
        if self.kept.back().is_some_and(|(newest, _)| reading.at - *newest < APART) {
            return;
        }
        self.kept.push_back((reading.at, value));
        while self.kept.front().is_some_and(|(oldest, _)| reading.at - *oldest > WINDOW) {
            self.kept.pop_front();
        }
    }

    /// When 100 % is reached. Two lines must agree that it grows, one through the whole past and one through
    /// its newest part, and the later of their answers counts: a burst of writing that has ended does not
    /// fill a disk.
    #[must_use]
    pub fn forecast(&self) -> Forecast {
        let (Some((oldest, _)), Some((newest, now))) = (self.kept.front(), self.kept.back()) else {
            return Forecast::Unknown;
        };
        if *newest - *oldest < LEAST || self.kept.len() < FEWEST {
            return Forecast::Unknown;
        }
        let lately = self.kept.iter().position(|(at, _)| *newest - *at <= LEAST).unwrap_or_default();
        let slopes = [0, lately].map(|skip| slope(self.kept.iter().skip(skip), *oldest));
        let [Some(whole), Some(late)] = slopes else { return Forecast::Unknown };
        let slowest = whole.min(late);
        // Slower than a hundredth of a per cent a day is no growth but noise.
        if slowest <= 0.01 / 86_400.0 {
            return Forecast::Steady;
        }
        let seconds = (100.0 - now).max(0.0) / slowest;
        #[expect(clippy::cast_possible_truncation, reason = "bounded by the slope above: below 10^9")]
        let seconds = seconds as i64;
        Forecast::FullIn(TimeDelta::seconds(seconds))
    }
}

/// Per cent a second of the least-squares line; `None` where all readings are of one moment.
fn slope<'a>(readings: impl Iterator<Item = &'a (Moment, f64)> + Clone, origin: Moment) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of six hours")]
    let points = readings.map(|(at, value)| ((*at - origin).num_milliseconds() as f64 / 1_000.0, *value));
    let (count, sum_x, sum_y) = points.clone().fold((0.0, 0.0, 0.0), |(n, sx, sy), (x, y)| (n + 1.0, sx + x, sy + y));
    let (mean_x, mean_y) = (sum_x / count, sum_y / count);
    let (above, below) = points.fold((0.0, 0.0), |(above, below), (x, y)| {
        (above + (x - mean_x) * (y - mean_y), below + (x - mean_x) * (x - mean_x))
    });
    (below > 0.0).then(|| above / below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn trend(values: impl Iterator<Item = (i64, f64)>) -> Trend {
        let mut trend = Trend::default();
        for (seconds, value) in values {
            let at = Moment::from_timestamp(1_700_000_000 + seconds, 0).unwrap();
            trend.take(Reading { at, value: Some(value) });
        }
        trend
    }

    #[test]
    fn a_straight_line_is_followed_to_its_end() {
        // 1 % a minute from 50 %: after 20 minutes 70 %, so 30 minutes are left.
        let growing = trend((0..=20).map(|minute| (minute * 60, 50.0 + f64::from(i32::try_from(minute).unwrap()))));
        let Forecast::FullIn(left) = growing.forecast() else { panic!("it grows") };
        assert!((left.num_seconds() - 1_800).abs() <= 1, "{left}");
    }

    #[test]
    fn too_little_past_says_nothing_and_a_burst_that_ended_is_steady() {
        assert_eq!(trend((0..9).map(|minute| (minute * 60, 50.0))).forecast(), Forecast::Unknown);
        assert_eq!(Trend::default().forecast(), Forecast::Unknown);
        let burst = trend((0..60).map(|minute| (minute * 60, if minute < 30 { 40.0 } else { 80.0 })));
        assert_eq!(burst.forecast(), Forecast::Steady);
        let shrinking = trend((0..30).map(|minute| (minute * 60, 90.0 - f64::from(i32::try_from(minute).unwrap()))));
        assert_eq!(shrinking.forecast(), Forecast::Steady);
    }

    #[test]
    fn the_past_is_bounded() {
        let day = trend((0..86_400).step_by(5).map(|second| (second, 50.0)));
        assert!(day.kept.len() <= 721, "{}", day.kept.len());
    }

    proptest! {
        #[test]
        fn never_full_in_the_past(values in prop::collection::vec((0_i64..600, 0.0_f64..100.0), 0..60)) {
            let mut now = 0;
            let made = trend(values.into_iter().map(|(step, value)| { now += step; (now, value) }));
            if let Forecast::FullIn(left) = made.forecast() {
                prop_assert!(left >= TimeDelta::zero());
            }
        }
    }
}
