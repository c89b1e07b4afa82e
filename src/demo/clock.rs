//! The world's clock: which moment it is, and how far the story is at a moment.

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};

use crate::domain::Moment;

/// How the world's clock goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DemoClock {
    /// The outage begins now and unfolds `speed` times as fast as it is written. Moments stay those of the
    /// machine's clock, so ages on the screen are true at any speed.
    Running {
        /// 1 as written, 10 ten times as fast.
        speed: f64,
    },
    /// The clock stands at `at`, and the outage began `stage` before it.
    Fixed {
        /// What time it is.
        at: Moment,
        /// How long the outage has been going on; negative before it.
        stage: TimeDelta,
    },
}

impl DemoClock {
    /// A clock that stands four minutes into the outage.
    #[must_use]
    pub fn fixed(at: Moment) -> Self {
        Self::Fixed { at, stage: TimeDelta::minutes(4) }
    }
}

/// Turns moments into seconds of the story and back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StoryClock {
    begin: Moment,
    speed: f64,
    fixed: Option<Moment>,
}

/// The years between which all sums over moments fit, and RFC 3339 writes them with four digits.
const YEARS: std::ops::RangeInclusive<i32> = 1971..=9990;
/// The most a stage may be away from the outage's begin.
const FURTHEST: TimeDelta = TimeDelta::days(365);

impl StoryClock {
    /// A clock; `wall` is what time it is now.
    ///
    /// # Errors
    /// In words, what cannot be.
    pub fn new(clock: DemoClock, wall: Moment) -> Result<Self, &'static str> {
        match clock {
            DemoClock::Running { speed } if !(0.01..=1000.0).contains(&speed) => {
                Err("its speed must lie between 0.01 and 1000")
            }
            DemoClock::Running { speed } => Ok(Self { begin: wall, speed, fixed: None }),
            DemoClock::Fixed { at, .. } if !YEARS.contains(&at.year()) => {
                Err("its moment must lie between the years 1971 and 9990")
            }
            DemoClock::Fixed { stage, .. } if stage.abs() > FURTHEST => {
                Err("its stage must lie within a year of the outage's begin")
            }
            DemoClock::Fixed { at, stage } => Ok(Self { begin: at - stage, speed: 1.0, fixed: Some(at) }),
        }
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.fixed.unwrap_or_else(Utc::now)
    }

    /// Whether it stands.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        self.fixed.is_some()
    }

    /// When the outage began.
    #[must_use]
    pub fn begin(&self) -> Moment {
        self.begin
    }

    /// The moment of a second of the story. What lies before the outage is never hurried.
    #[must_use]
    pub fn moment(&self, second: f64) -> Moment {
        let seconds = if second > 0.0 { second / self.speed } else { second };
        self.begin + TimeDelta::milliseconds(millis(seconds))
    }

    /// The second of the story at a moment; negative before the outage.
    #[must_use]
    pub fn second(&self, at: Moment) -> f64 {
        let seconds = seconds(at - self.begin);
        if seconds > 0.0 { seconds * self.speed } else { seconds }
    }
}

/// A span in seconds, to the millisecond.
#[must_use]
pub fn seconds(span: TimeDelta) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a few millennia are below 2^53")]
    let millis = span.num_milliseconds() as f64;
    millis / 1000.0
}

/// Seconds in whole milliseconds; what is no number or out of reach is cut to the nearest that fits.
#[must_use]
pub fn millis(seconds: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a cast from float saturates, and NaN becomes 0")]
    let millis = (seconds * 1000.0).round() as i64;
    millis
}

/// A moment from seconds since 1970, if there is such a moment.
#[must_use]
pub fn from_unix(seconds: f64) -> Option<Moment> {
    seconds.is_finite().then(|| DateTime::from_timestamp_millis(millis(seconds))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_seconds_are_each_others_inverse_at_any_speed() {
        let wall = Moment::UNIX_EPOCH + TimeDelta::days(20_000);
        let clock = StoryClock::new(DemoClock::Running { speed: 10.0 }, wall).unwrap();
        for second in [-3600.0, -1.0, 0.0, 30.0, 240.0] {
            assert!((clock.second(clock.moment(second)) - second).abs() < 0.02, "{second}");
        }
        assert_eq!(clock.moment(60.0) - wall, TimeDelta::seconds(6));
        assert_eq!(wall - clock.moment(-60.0), TimeDelta::seconds(60));
    }

    #[test]
    fn clocks_that_cannot_be() {
        let fixed = |at, stage| StoryClock::new(DemoClock::Fixed { at, stage }, Moment::UNIX_EPOCH);
        assert!(fixed(Moment::MAX_UTC, TimeDelta::zero()).is_err());
        assert!(fixed(Moment::MIN_UTC, TimeDelta::zero()).is_err());
        assert!(fixed(Moment::UNIX_EPOCH + TimeDelta::days(9000), TimeDelta::MAX).is_err());
        for speed in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(StoryClock::new(DemoClock::Running { speed }, Moment::UNIX_EPOCH).is_err());
        }
    }
}
