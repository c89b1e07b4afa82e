//! How long to wait before the next attempt. Pure: chance is handed in as a roll from 0 to 1.

use std::time::Duration;

/// How much an interval varies, so that many sources and many operators do not ask all at once.
pub const JITTER: f64 = 0.1;

/// The longest that a source's plea to be left alone is honoured.
pub const LONGEST_PLEA: Duration = Duration::from_mins(10);

/// The longest wait for a failure that does not go away by itself, such as a wrong secret.
const LASTING: Duration = Duration::from_mins(5);

/// The bounds of the wait after failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// After the first failure.
    pub min: Duration,
    /// Never longer.
    pub max: Duration,
}

impl Bounds {
    /// For a source that is asked `every` so often. A failure that may pass is asked about early, and never
    /// waits longer than one and a half intervals: a source that is back is seen within two polls. One that
    /// does not pass by itself waits up to ten intervals, at most 5 min.
    #[must_use]
    pub fn of(every: Duration, transient: bool) -> Self {
        let min = (every / 4).max(Duration::from_secs(1)).min(every);
        let max = if transient { every.mul_f64(1.5) } else { (every * 10).min(LASTING).max(every.mul_f64(1.5)) };
        Self { min, max }
    }
}

/// The interval with jitter: 90 to 110 % of `every`.
#[must_use]
pub fn interval(every: Duration, roll: f64) -> Duration {
    every.mul_f64(1.0 - JITTER + 2.0 * JITTER * roll.clamp(0.0, 1.0))
}

/// The wait after so many failures in a row: doubles from the smallest to the largest, and up to a fifth
/// is taken off by chance, but never below the smallest. A plea of the source only ever makes it longer.
#[must_use]
pub fn wait(failures: u32, bounds: Bounds, plea: Option<Duration>, roll: f64) -> Duration {
    let full = grown(failures, bounds);
    let jittered = full.mul_f64(1.0 - 2.0 * JITTER * roll.clamp(0.0, 1.0)).max(bounds.min.min(bounds.max));
    jittered.max(plea.unwrap_or_default().min(LONGEST_PLEA))
}

/// The wait without chance.
fn grown(failures: u32, bounds: Bounds) -> Duration {
    let doubled = 1_u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX);
    bounds.min.saturating_mul(doubled).min(bounds.max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    prop_compose! {
        fn bounds()(min in 1_u64..100_000, more in 0_u64..1_000_000) -> Bounds {
            Bounds { min: Duration::from_millis(min), max: Duration::from_millis(min + more) }
        }
    }

    proptest! {
        #[test]
        fn within_its_bounds(failures in 0_u32..200, bounds in bounds(), roll in 0.0..=1.0) {
            let wait = wait(failures, bounds, None, roll);
            prop_assert!(bounds.min <= wait && wait <= bounds.max, "{wait:?}");
        }

        #[test]
        fn grows_up_to_the_largest(failures in 1_u32..200, bounds in bounds(), roll in 0.0..=1.0) {
            prop_assert!(wait(failures, bounds, None, roll) <= wait(failures + 1, bounds, None, roll));
            prop_assert_eq!(wait(200, bounds, None, 0.0), bounds.max);
            prop_assert_eq!(wait(1, bounds, None, 0.0), bounds.min);
        }

        #[test]
        fn chance_takes_off_a_fifth_at_most(failures in 1_u32..200, bounds in bounds(), roll in 0.0..=1.0) {
            let full = wait(failures, bounds, None, 0.0);
            let slack = Duration::from_micros(1);
            prop_assert!(wait(failures, bounds, None, roll) + slack >= full.mul_f64(0.8));
        }

        #[test]
        fn a_plea_is_honoured_up_to_a_cap(failures in 1_u32..200, bounds in bounds(), plea in 0_u64..100_000, roll in 0.0..=1.0) {
            let plea = Duration::from_secs(plea);
            let wait = wait(failures, bounds, Some(plea), roll);
            prop_assert!(wait >= plea.min(LONGEST_PLEA));
            prop_assert!(wait <= bounds.max.max(LONGEST_PLEA));
        }

        #[test]
        fn the_interval_varies_by_a_tenth(millis in 1_u64..10_000_000, roll in 0.0..=1.0) {
            let every = Duration::from_millis(millis);
            let interval = interval(every, roll);
            let slack = Duration::from_micros(1);
            prop_assert!(interval + slack >= every.mul_f64(0.9) && interval <= every.mul_f64(1.1) + slack);
        }

        #[test]
        fn a_source_that_is_back_is_seen_within_two_polls(millis in 100_u64..10_000_000, failures in 1_u32..200, roll in 0.0..=1.0) {
            let every = Duration::from_millis(millis);
            prop_assert!(wait(failures, Bounds::of(every, true), None, roll) < every * 2);
        }
    }
}
