//! Readings over time, brought into as many columns as there are.

use chrono::TimeDelta;

use crate::domain::{Moment, Reading};

/// What is drawn of a signal: one value for each column, the highest (or lowest, where low is bad) of its time.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// Oldest first; `None` where nothing was measured.
    pub values: Vec<Option<f64>>,
    /// When the first column begins.
    pub from: Moment,
    /// When the last column ends.
    pub until: Moment,
}

impl Columns {
    /// Where a moment stands between the first column (0) and the last (1), if it lies between.
    #[must_use]
    pub fn share(&self, at: Moment) -> Option<f64> {
        let span = (self.until - self.from).num_milliseconds();
        let past = (at - self.from).num_milliseconds();
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of an hour")]
        (span > 0 && (0..=span).contains(&past)).then(|| past as f64 / span as f64)
    }
}

/// Brings readings into `count` columns. Each stands for the same time. A column without a reading of its own
/// repeats the one before while that is not older than twice and a half the usual distance of two readings;
/// after that it is a gap.
#[must_use]
pub fn columns(readings: &[Reading], count: usize, low_is_bad: bool) -> Option<Columns> {
    let (first, last) = (readings.first()?.at, readings.last()?.at);
    if count == 0 {
        return None;
    }
    let usual = usual_distance(readings);
    let fewest = i64::try_from(count.saturating_sub(1)).unwrap_or(i64::MAX).saturating_mul(usual).max(1);
    let span = (last - first).num_milliseconds().max(fewest);
    let from = last - TimeDelta::milliseconds(span);
    let mut values = vec![None; count];
    let mut newest_at = vec![None; count];
    for reading in readings {
        let past = i128::from((reading.at - from).num_milliseconds().max(0));
        let place = past * (count as i128 - 1).max(1) / i128::from(span);
        let place = usize::try_from(place).unwrap_or(0).min(count - 1);
        let value = reading.value.filter(|value| value.is_finite());
        let Some(slot) = values.get_mut(place) else { continue };
        *slot = match (*slot, value) {
            (Some(old), Some(new)) => Some(if low_is_bad { f64::min(old, new) } else { f64::max(old, new) }),
            (old, new) => new.or(old),
        };
        if let Some(slot) = newest_at.get_mut(place) {
            *slot = Some(reading.at);
        }
    }
    let step = span / i64::try_from(count).unwrap_or(1).max(1);
    hold(
        &mut values,
        &newest_at,
        |place| from + TimeDelta::milliseconds(step * i64::try_from(place).unwrap_or(0)),
        usual,
    );
    Some(Columns { values, from, until: last })
}

/// Fills columns that no reading fell into.
fn hold(values: &mut [Option<f64>], newest_at: &[Option<Moment>], begin: impl Fn(usize) -> Moment, usual: i64) {
    let patience = TimeDelta::milliseconds(usual.saturating_mul(5) / 2);
    let mut before: Option<(Option<f64>, Moment)> = None;
    for (place, (value, newest)) in values.iter_mut().zip(newest_at).enumerate() {
        match (newest, before) {
            (Some(at), _) => before = Some((*value, *at)),
            (None, Some((held, at))) if begin(place) - at <= patience => *value = held,
            _ => {}
        }
    }
}

/// The middle distance between two readings, in milliseconds.
fn usual_distance(readings: &[Reading]) -> i64 {
    let mut distances: Vec<i64> =
        readings.windows(2).filter_map(|pair| Some((pair.last()?.at - pair.first()?.at).num_milliseconds())).collect();
    distances.sort_unstable();
    distances.get(distances.len() / 2).copied().unwrap_or(0).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn every(seconds: i64, values: &[Option<f64>]) -> Vec<Reading> {
        (0..).zip(values).map(|(at, value)| Reading { at: at_second(seconds * at), value: *value }).collect()
    }

    fn at_second(seconds: i64) -> Moment {
        Moment::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    #[test]
    fn few_readings_stand_at_the_right() {
        let made = columns(&every(15, &[Some(1.0), Some(2.0)]), 4, false).unwrap();
        assert_eq!(made.values, [None, None, Some(1.0), Some(2.0)]);
    }

    #[test]
    fn a_missing_number_and_a_missing_time_are_gaps() {
        let mut readings = every(15, &[Some(1.0), None, Some(3.0)]);
        assert_eq!(columns(&readings, 3, false).unwrap().values, [Some(1.0), None, Some(3.0)]);
        readings.push(Reading { at: at_second(180), value: Some(4.0) });
        let values = columns(&readings, 13, false).unwrap().values;
        assert_eq!(values.last(), Some(&Some(4.0)));
        assert_eq!(values.get(9), Some(&None));
    }

    #[test]
    fn a_column_keeps_the_worst() {
        let readings = every(15, &[Some(1.0), Some(9.0), Some(2.0), Some(3.0)]);
        assert!(columns(&readings, 2, false).unwrap().values.contains(&Some(9.0)));
        assert!(columns(&readings, 2, true).unwrap().values.contains(&Some(1.0)));
    }

    proptest! {
        #[test]
        fn any_readings_fit(seconds in prop::collection::vec(0_i64..100_000, 0..50), count in 0_usize..80) {
            let mut seconds = seconds;
            seconds.sort_unstable();
            let readings: Vec<Reading> =
                seconds.iter().map(|second| Reading { at: at_second(*second), value: Some(1.0) }).collect();
            let made = columns(&readings, count, false);
            prop_assert_eq!(made.is_some(), count > 0 && !readings.is_empty());
            prop_assert!(made.is_none_or(|made| made.values.len() == count));
        }
    }
}
