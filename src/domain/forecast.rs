//! When a resource is full if its trend goes on.
//!
//! The trend is the Theil–Sen line: the median of the slopes between all pairs of points. A line of least
//! squares is bent by one log rotation or one burst of temporary files; this one bears almost a third of its
//! points being wrong. It costs n² / 2 slopes, so long histories are thinned to [`POINTS`] first. How sure
//! the slope is follows from Kendall's rank statistic (Sen 1968) and needs no normal distribution.

use chrono::TimeDelta;
use serde::Serialize;

use super::{Moment, Reading};

/// The most points that are compared with each other.
pub const POINTS: usize = 120;
/// The fewest points that make a trend.
const FEWEST: usize = 10;
/// The shortest history that makes a trend.
const SHORTEST: TimeDelta = TimeDelta::minutes(10);
/// What is further away than this is not foretold.
const HORIZON_DAYS: i64 = 365;
/// How many times the median distance of the readings from the trend the trend itself must have risen.
const CLEAR: f64 = 2.0;
/// 95 % of a normal distribution lie within so many standard deviations.
const SURE: f64 = 1.96;

/// When something is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Forecast {
    /// In so long by the trend.
    pub in_: TimeDelta,
    /// The soonest that the spread of the readings allows (95 %).
    pub low: TimeDelta,
    /// The latest; a year at most.
    pub high: TimeDelta,
}

/// When the value reaches `full`, counted from `now`.
///
/// `None` where nothing can be foretold in earnest: less than ten readings with a number, less than ten
/// minutes of them, readings that ended long ago, a trend that is flat or falls, noise that could as well
/// hide such a one, or more than a year to go. Readings without a number are left out.
#[must_use]
pub fn fills_in(readings: impl Iterator<Item = Reading>, full: f64, now: Moment) -> Option<Forecast> {
    let points = points(readings, now)?;
    let slopes = slopes(&points)?;
    let level = median(points.iter().map(|(at, value)| value - slopes.middle * at).collect())?;
    let spread = median(points.iter().map(|(at, value)| (value - slopes.middle * at - level).abs()).collect())?;
    let rise = slopes.middle * -points.first()?.0;
    if rise <= CLEAR * spread {
        return None;
    }
    let span = |slope: f64| {
        let days = ((full - level) / slope / 86_400.0).max(0.0);
        #[expect(clippy::cast_precision_loss, reason = "a year's days fit")]
        let seconds = days.min(HORIZON_DAYS as f64) * 86_400.0;
        #[expect(clippy::cast_possible_truncation, reason = "bounded by the horizon")]
        TimeDelta::try_milliseconds((seconds * 1000.0) as i64)
    };
    let forecast = Forecast { in_: span(slopes.middle)?, low: span(slopes.steep)?, high: span(slopes.shallow)? };
    (forecast.in_ < TimeDelta::days(HORIZON_DAYS)).then_some(forecast)
}

/// The readings that count, as seconds from `now` (negative) and value, thinned evenly.
fn points(readings: impl Iterator<Item = Reading>, now: Moment) -> Option<Vec<(f64, f64)>> {
    let mut known: Vec<(Moment, f64)> = readings
        .filter(|reading| reading.at <= now)
        .filter_map(|reading| Some((reading.at, reading.value.filter(|value| value.is_finite())?)))
        .collect();
    known.sort_by_key(|(at, _)| *at);
    let (first, last) = (known.first()?.0, known.last()?.0);
    let history = last - first;
    if known.len() < FEWEST || history < SHORTEST || now - last > history {
        return None;
    }
    let count = known.len().min(POINTS);
    let thinned = (0..count).filter_map(|at| known.get(at * (known.len() - 1) / (count - 1)));
    Some(thinned.map(|(at, value)| ((*at - now).as_seconds_f64(), *value)).collect())
}

/// How steep the trend is, per second, and between which bounds.
struct Slopes {
    shallow: f64,
    middle: f64,
    steep: f64,
}

/// The slopes, if even the shallowest one rises.
fn slopes(points: &[(f64, f64)]) -> Option<Slopes> {
    let mut all: Vec<f64> = Vec::with_capacity(points.len() * points.len() / 2);
    for (at, (earlier, from)) in points.iter().enumerate() {
        let later = points.iter().skip(at + 1).filter(|(later, _)| later > earlier);
        all.extend(later.map(|(later, to)| (to - from) / (later - earlier)));
    }
    all.sort_by(f64::total_cmp);
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    let (points, pairs) = (points.len() as f64, all.len() as f64);
    let spread = SURE * (points * (points - 1.0) * (2.0 * points + 5.0) / 18.0).sqrt();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the ranks there are")]
    let rank = |rank: f64| all.get(rank.clamp(0.0, pairs - 1.0) as usize).copied();
    let shallow = rank(f64::midpoint(pairs, -spread).floor())?;
    let steep = rank(f64::midpoint(pairs, spread).ceil())?;
    let middle = median(all.clone())?;
    (shallow > 0.0).then_some(Slopes { shallow, middle, steep })
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *values.get(values.len() / 2 - 1)?;
    Some(f64::midpoint(lower, upper))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const START: Moment = Moment::UNIX_EPOCH;

    /// One reading a minute.
    fn minutely(values: impl IntoIterator<Item = Option<f64>>) -> (Vec<Reading>, Moment) {
        let readings: Vec<Reading> =
            (0..).zip(values).map(|(at, value)| Reading { at: START + TimeDelta::minutes(at), value }).collect();
        let now = readings.last().map_or(START, |reading| reading.at);
        (readings, now)
    }

    fn said(values: impl IntoIterator<Item = Option<f64>>, full: f64) -> Option<Forecast> {
        let (readings, now) = minutely(values);
        fills_in(readings.into_iter(), full, now)
    }

    fn line(count: u32, from: f64, by: f64) -> impl Iterator<Item = Option<f64>> {
        (0..count).map(move |at| Some(from + by * f64::from(at)))
    }

    #[test]
    fn a_straight_line_is_foretold_to_the_minute() {
        // 70 % after an hour at half a per cent a minute: 60 minutes to go.
        let forecast = said(line(61, 40.0, 0.5), 100.0).unwrap();
        assert!((forecast.in_ - TimeDelta::minutes(60)).abs() < TimeDelta::seconds(1), "{forecast:?}");
        assert!((forecast.high - forecast.low).abs() < TimeDelta::seconds(1), "{forecast:?}");
    }

    #[test]
    fn gaps_and_outliers_do_not_bend_it() {
        let holed = line(120, 10.0, 0.5).enumerate().map(|(at, value)| match at {
            20..40 => None,
            50 | 51 | 90 => Some(99.0),
            70 => Some(f64::NAN),
            _ => value,
        });
        let forecast = said(holed, 100.0).unwrap();
        // 69.5 % now, 61 minutes to go.
        assert!((forecast.in_ - TimeDelta::minutes(61)).abs() < TimeDelta::minutes(2), "{forecast:?}");
    }

    #[test]
    fn nothing_is_foretold_without_ground() {
        assert_eq!(said(line(200, 50.0, 0.0), 100.0), None, "flat");
        assert_eq!(said(line(200, 90.0, -0.1), 100.0), None, "falling");
        assert_eq!(said(line(9, 50.0, 1.0), 100.0), None, "too few");
        assert_eq!(said(line(10, 50.0, 1.0), 100.0), None, "nine minutes");
        assert_eq!(said([], 100.0), None, "nothing");
        assert_eq!(said(line(100, 50.0, 1e-6), 100.0), None, "years away");
        let saw = (0..120).map(|at| Some(if at % 2 == 0 { 30.0 } else { 60.0 } + f64::from(at) * 0.001));
        assert_eq!(said(saw, 100.0), None, "noise");
        let (readings, now) = minutely(line(60, 40.0, 0.5));
        assert_eq!(fills_in(readings.into_iter(), 100.0, now + TimeDelta::hours(2)), None, "long ago");
    }

    #[test]
    fn what_is_full_already_is_full_now() {
        assert_eq!(said(line(100, 50.0, 1.0), 100.0).unwrap().in_, TimeDelta::zero());
    }

    proptest! {
        #[test]
        fn bounds_hold_the_middle_and_a_fuller_mark_is_later(
            values in prop::collection::vec(prop::option::of(0.0_f64..5.0), 0..300),
            by in 0.0_f64..2.0,
            full in 60.0_f64..100.0,
        ) {
            let rising = (0_u32..).zip(values).map(|(at, noise)| noise.map(|noise| noise + by * f64::from(at)));
            let rising: Vec<Option<f64>> = rising.collect();
            if let Some(forecast) = said(rising.clone(), full) {
                prop_assert!(TimeDelta::zero() <= forecast.low, "{:?}", forecast);
                prop_assert!(forecast.low <= forecast.in_ && forecast.in_ <= forecast.high, "{:?}", forecast);
                if let Some(later) = said(rising, full + 10.0) {
                    prop_assert!(later.in_ >= forecast.in_);
                }
            }
        }

        #[test]
        fn the_order_of_readings_does_not_matter(noise in prop::collection::vec(0.0_f64..1.0, 20..60).prop_shuffle()) {
            let (mut readings, now) = minutely((0_u32..).zip(noise).map(|(at, noise)| Some(f64::from(at) + noise)));
            let forecast = fills_in(readings.clone().into_iter(), 100.0, now);
            prop_assert!(forecast.is_some());
            readings.reverse();
            prop_assert_eq!(fills_in(readings.into_iter(), 100.0, now), forecast);
        }
    }
}
