//! How fast a promise is being used up: the arithmetic of error budgets, and what it means in plain words.
//!
//! From the SRE Workbook, chapter 5. Where a share is not known, what follows from it is not known either:
//! `None`, never 0.

use chrono::TimeDelta;
use serde::Serialize;

use super::slo::SloReading;

/// The share of the whole budget that pages when it is gone within an hour: 14.4 × over 30 days.
const QUICK_SHARE: f64 = 0.02;
/// The share of the whole budget that pages when it is gone within six hours: 6 × over 30 days.
const SLOW_SHARE: f64 = 0.05;
/// Rates that differ by less than this part are the same: `1 - 0.999` is not quite a thousandth.
const NOISE: f64 = 1e-9;

/// What one reading means.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Burn {
    /// How many times faster than allowed the last hour used the budget; 1 uses it up just at the window's end.
    pub rate_1h: Option<f64>,
    /// The same over the last six hours.
    pub rate_6h: Option<f64>,
    /// The share of the window's budget that is left; 1 is all of it, below 0 the promise is broken.
    pub budget_left: Option<f64>,
    /// When the budget is gone at the rate of the last hour.
    pub gone_1h: Option<Gone>,
    /// When the budget is gone at the rate of the last six hours.
    pub gone_6h: Option<Gone>,
    /// What to make of it.
    pub state: Option<BurnState>,
}

/// When a budget is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gone {
    /// Nothing is left.
    Already,
    /// In so long, if the rate stays.
    In(TimeDelta),
    /// Nothing fails at present.
    Never,
}

/// What to make of a burn. The order is by urgency: `Critical` sorts last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BurnState {
    /// Neither rate would page.
    Acceptable,
    /// The last six hours were bad, the last one is not.
    Recovering,
    /// Five per cent of the budget went within six hours (6 × over 30 days), and it goes on.
    High,
    /// Two per cent of the budget went within the last hour (14.4 × over 30 days).
    Critical,
}

impl BurnState {
    /// What is shown.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Acceptable => "acceptable",
            Self::Recovering => "recovering",
            Self::High => "burning fast",
            Self::Critical => "burning very fast",
        }
    }
}

/// From which rates on a burn is urgent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Limits {
    /// Over one hour.
    pub quick: f64,
    /// Over six hours.
    pub slow: f64,
}

impl Limits {
    /// The limits for a window: the shares stay, the factors follow (`share · window / span`).
    #[must_use]
    pub fn of(window: TimeDelta) -> Self {
        let hours = window.as_seconds_f64() / 3600.0;
        Self { quick: QUICK_SHARE * hours, slow: SLOW_SHARE * hours / 6.0 }
    }

    /// Whether the quick limit can be reached at all: with a promise of 90 % no rate is over 10.
    #[must_use]
    pub fn quick_can_be_reached(self, objective: f64) -> bool {
        budget(objective).is_some_and(|budget| self.quick * budget < 1.0)
    }
}

/// What a reading means.
#[must_use]
pub fn burn(reading: &SloReading) -> Burn {
    let share = |share: Option<f64>| share.filter(|share| share.is_finite() && *share >= 0.0);
    let of_budget = |errors: Option<f64>| Some(share(errors)? / budget(reading.objective)?);
    let (rate_1h, rate_6h) = (of_budget(reading.errors_1h), of_budget(reading.errors_6h));
    let budget_left = of_budget(reading.errors_window).map(|used| 1.0 - used);
    let gone = |rate: Option<f64>| Some(gone(budget_left?, rate?, reading.window));
    Burn {
        rate_1h,
        rate_6h,
        budget_left,
        gone_1h: gone(rate_1h),
        gone_6h: gone(rate_6h),
        state: state(rate_1h, rate_6h, Limits::of(reading.window)),
    }
}

/// The share of events that may fail, from a promise in per cent.
fn budget(objective: f64) -> Option<f64> {
    (objective > 0.0 && objective < 100.0).then_some((100.0 - objective) / 100.0)
}

fn gone(left: f64, rate: f64, window: TimeDelta) -> Gone {
    if left <= 0.0 {
        return Gone::Already;
    }
    if rate <= 0.0 {
        return Gone::Never;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a cast from a float saturates, which is what is wanted")]
    let seconds = (left * window.as_seconds_f64() / rate).round() as i64;
    Gone::In(TimeDelta::try_seconds(seconds).unwrap_or(TimeDelta::MAX))
}

fn state(rate_1h: Option<f64>, rate_6h: Option<f64>, limits: Limits) -> Option<BurnState> {
    let reaches = |rate: f64, limit: f64| rate >= limit * (1.0 - NOISE);
    match (rate_1h, rate_6h) {
        (Some(quick), _) if reaches(quick, limits.quick) => Some(BurnState::Critical),
        (Some(quick), Some(slow)) if reaches(slow, limits.slow) && !reaches(quick, limits.slow) => {
            Some(BurnState::Recovering)
        }
        (_, Some(slow)) if reaches(slow, limits.slow) => Some(BurnState::High),
        (Some(_), Some(_)) => Some(BurnState::Acceptable),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Moment;
    use proptest::prelude::*;

    fn reading(objective: f64, hour: Option<f64>, six: Option<f64>, window: Option<f64>) -> SloReading {
        SloReading {
            service: "checkout".into(),
            source: "prom-eu".into(),
            at: Moment::UNIX_EPOCH,
            objective,
            window: TimeDelta::days(30),
            errors_1h: hour,
            errors_6h: six,
            errors_window: window,
        }
    }

    fn near(found: Option<f64>, expected: f64) {
        let found = found.unwrap();
        assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
    }

    #[test]
    fn calculated_by_hand() {
        // 99.9 % leaves a thousandth. 1.44 % of errors is 14.4 times that. 0.062 % over the window leaves 38 %:
        // 0.38 · 720 h / 14.4 = 19 h; at twice the allowed rate 0.38 · 720 h / 2 = 136.8 h.
        let burn = burn(&reading(99.9, Some(0.0144), Some(0.002), Some(0.00062)));
        near(burn.rate_1h, 14.4);
        near(burn.rate_6h, 2.0);
        near(burn.budget_left, 0.38);
        assert_eq!(burn.state, Some(BurnState::Critical));
        assert_eq!(burn.gone_1h, Some(Gone::In(TimeDelta::hours(19))));
        assert_eq!(burn.gone_6h, Some(Gone::In(TimeDelta::minutes(1368 * 6))));
    }

    #[test]
    fn the_states_in_plain_words() {
        let state = |hour, six| burn(&reading(99.0, Some(hour), Some(six), None)).state.map(BurnState::words);
        assert_eq!(state(0.144, 0.0), Some("burning very fast"));
        assert_eq!(state(0.143, 0.06), Some("burning fast"));
        assert_eq!(state(0.059, 0.06), Some("recovering"));
        assert_eq!(state(0.059, 0.059), Some("acceptable"));
    }

    #[test]
    fn limits_follow_the_window_and_may_be_out_of_reach() {
        let week = Limits::of(TimeDelta::days(7));
        assert!((week.quick - 3.36).abs() < 1e-9 && (week.slow - 1.4).abs() < 1e-9);
        assert!(Limits::of(TimeDelta::days(30)).quick_can_be_reached(99.0));
        assert!(!Limits::of(TimeDelta::days(30)).quick_can_be_reached(90.0));
    }

    #[test]
    fn a_spent_budget_and_no_errors_at_all() {
        let spent = burn(&reading(99.9, Some(0.01), Some(0.0), Some(0.0015)));
        near(spent.budget_left, -0.5);
        assert_eq!(spent.gone_1h, Some(Gone::Already));
        assert_eq!(burn(&reading(99.9, Some(0.0), None, Some(0.0))).gone_1h, Some(Gone::Never));
    }

    #[test]
    fn what_is_not_known_stays_unknown() {
        let nothing = burn(&reading(99.9, None, None, None));
        assert_eq!(
            nothing,
            Burn { rate_1h: None, rate_6h: None, budget_left: None, gone_1h: None, gone_6h: None, state: None }
        );
        // A calm hour says nothing about six, six calm ones nothing about the last.
        assert_eq!(burn(&reading(99.9, Some(0.0), None, None)).state, None);
        assert_eq!(burn(&reading(99.9, None, Some(0.0), None)).state, None);
        assert_eq!(burn(&reading(99.9, None, Some(0.5), None)).state, Some(BurnState::High));
        assert_eq!(burn(&reading(99.9, Some(f64::NAN), Some(f64::INFINITY), Some(-0.1))).state, None);
        for objective in [0.0, 100.0, f64::NAN, -1.0, 120.0] {
            assert_eq!(burn(&reading(objective, Some(0.1), Some(0.1), Some(0.1))).rate_1h, None, "{objective}");
        }
    }

    proptest! {
        #[test]
        fn more_errors_are_never_better(
            objective in 50.0_f64..99.999,
            share in prop::array::uniform3(0.0_f64..1.0),
            more in prop::array::uniform3(0.0_f64..1.0),
        ) {
            let worse: Vec<f64> = share.iter().zip(more).map(|(share, more)| share + more * (1.0 - share)).collect();
            let a = burn(&reading(objective, Some(share[0]), Some(share[1]), Some(share[2])));
            let b = burn(&reading(objective, Some(worse[0]), Some(worse[1]), Some(worse[2])));
            prop_assert!(b.rate_1h >= a.rate_1h && b.rate_6h >= a.rate_6h);
            prop_assert!(b.budget_left <= a.budget_left);
            prop_assert!(b.state >= a.state, "{a:?} {b:?}");
            let seconds = |gone: Option<Gone>| match gone.unwrap() {
                Gone::Already => 0,
                Gone::In(span) => span.num_seconds(),
                Gone::Never => i64::MAX,
            };
            prop_assert!(seconds(b.gone_1h) <= seconds(a.gone_1h));
        }
    }
}
