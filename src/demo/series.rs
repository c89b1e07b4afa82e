//! What every series of the simulated production reads at a moment.

use chrono::TimeDelta;

use crate::domain::{Moment, SignalKind};

use super::clock;
use super::seed;
use super::story::Story;

/// How one measure goes: calm, then over a ramp to what it is in the outage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    calm: f64,
    trouble: f64,
    /// The seconds of the story between which it changes.
    ramp: (f64, f64),
    /// How much it trembles, as a share of itself.
    noise: f64,
    /// How much it follows the time of day, as a share of itself.
    daily: f64,
}

/// A service with the four golden signals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ServiceShape {
    /// Its name.
    pub name: &'static str,
    /// Seconds, 95th percentile.
    latency: Shape,
    /// Requests a second.
    traffic: Shape,
    /// Per cent of requests.
    errors: Shape,
    /// Per cent of the CPU it may use.
    saturation: Shape,
}

const fn shape(calm: f64, trouble: f64, ramp: (f64, f64), noise: f64, daily: f64) -> Shape {
    Shape { calm, trouble, ramp, noise, daily }
}

/// The services, in the order of the configuration.
pub const SERVICES: &[ServiceShape] = &[
    ServiceShape {
        name: "checkout",
        latency: shape(0.184, 0.618, (38.0, 105.0), 0.06, 0.02),
        traffic: shape(2860.0, 1190.0, (45.0, 115.0), 0.03, 0.12),
        errors: shape(0.06, 4.7, (36.0, 100.0), 0.12, 0.0),
        saturation: shape(56.0, 71.5, (-900.0, 120.0), 0.02, 0.03),
    },
    ServiceShape {
        name: "payments",
        latency: shape(0.242, 1.87, (68.0, 118.0), 0.05, 0.02),
        traffic: shape(312.0, 14.0, (66.0, 110.0), 0.05, 0.12),
        errors: shape(0.09, 36.0, (64.0, 115.0), 0.08, 0.0),
        saturation: shape(38.0, 22.0, (70.0, 120.0), 0.04, 0.03),
    },
    ServiceShape {
        name: "search",
        latency: shape(0.213, 0.596, (75.0, 120.0), 0.05, 0.03),
        traffic: shape(824.0, 771.0, (80.0, 120.0), 0.03, 0.12),
        errors: shape(0.15, 0.62, (80.0, 120.0), 0.1, 0.0),
        saturation: shape(58.0, 83.0, (75.0, 118.0), 0.03, 0.04),
    },
];

/// The share of bad requests before the outage, as the error budget remembers it.
const USED_TO_BE_BAD: f64 = 0.000_62;
/// How long the simulated Prometheus keeps what it scraped.
pub const RETENTION: TimeDelta = TimeDelta::days(35);

impl ServiceShape {
    fn shape(&self, kind: &SignalKind) -> Option<&Shape> {
        match kind {
            SignalKind::Latency => Some(&self.latency),
            SignalKind::Traffic => Some(&self.traffic),
            SignalKind::Errors => Some(&self.errors),
            SignalKind::Saturation => Some(&self.saturation),
            SignalKind::Named(_) => None,
        }
    }
}

impl Shape {
    /// What it would read at a second of the story without noise, where the service has recovered so far.
    fn smooth(&self, second: f64, recovered: f64) -> f64 {
        let (from, to) = self.ramp;
        let part = ((second - from) / (to - from)).clamp(0.0, 1.0);
        let eased = part * part * (3.0 - 2.0 * part) * (1.0 - recovered);
        self.calm + (self.trouble - self.calm) * eased
    }
}

impl Story {
    /// What a signal reads at a moment; `None` if the service has no such signal.
    #[must_use]
    pub fn reading(&self, service: &ServiceShape, kind: &SignalKind, at: Moment) -> Option<f64> {
        let shape = service.shape(kind)?;
        let unix = clock::seconds(at - Moment::UNIX_EPOCH);
        let stream = crate::domain::alert::hash_fields([service.name, kind.as_str()].into_iter());
        let tremble = 1.0 + shape.noise * seed::noise(self.seed, stream, unix, 7.0);
        // Most is asked at 14:00 UTC, least twelve hours later.
        let day = 1.0 + shape.daily * (std::f64::consts::TAU * (unix - 8.0 * 3600.0) / 86_400.0).sin();
        let second = self.clock.second(at);
        Some(shape.smooth(second, self.mends.recovery(service.name, second)) * tremble * day)
    }

    /// Requests a second, all and bad ones, on average over a window (in seconds) that ends at a moment.
    #[must_use]
    pub fn requests(&self, service: &ServiceShape, at: Moment, window: f64) -> Requests {
        const STEPS: u32 = 240;
        let outage = clock::seconds(at - self.clock.begin()).clamp(0.0, window);
        let step = outage / f64::from(STEPS);
        let rate = |index: u32| {
            let before = TimeDelta::milliseconds(clock::millis((f64::from(index) + 0.5) * step));
            let second = self.clock.second(at - before);
            let recovered = self.mends.recovery(service.name, second);
            let all = service.traffic.smooth(second, recovered);
            (all, all * service.errors.smooth(second, recovered) / 100.0)
        };
        let (mut all, mut bad) = (0..STEPS).map(rate).fold((0.0, 0.0), |sum, now| (sum.0 + now.0, sum.1 + now.1));
        (all, bad) = (all * step, bad * step);
        let calm = (window - outage) * service.traffic.calm;
        Requests { all: (all + calm) / window, bad: (bad + calm * USED_TO_BE_BAD) / window }
    }

    /// Whether the simulated Prometheus holds anything for a moment: not the future, and not what is older
    /// than its retention.
    #[must_use]
    pub fn is_kept(&self, at: Moment) -> bool {
        let now = self.clock.now();
        at <= now && at >= now - RETENTION
    }
}

/// Requests a second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Requests {
    /// All.
    pub all: f64,
    /// Those that failed.
    pub bad: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::clock::{DemoClock, StoryClock};

    fn story() -> (Story, Moment) {
        let at = Moment::UNIX_EPOCH + TimeDelta::days(20_000);
        (
            Story {
                clock: StoryClock::new(DemoClock::fixed(at), at).unwrap(),
                seed: 1,
                mends: crate::demo::mends::Mends::default(),
            },
            at,
        )
    }

    #[test]
    fn the_outage_is_seen_in_all_four_signals_of_checkout() {
        let (story, at) = story();
        let checkout = &SERVICES[0];
        let read = |kind, minutes| story.reading(checkout, &kind, at - TimeDelta::minutes(minutes)).unwrap();
        assert!(read(SignalKind::Latency, 30) < 0.4 && read(SignalKind::Latency, 0) > 0.5);
        assert!(read(SignalKind::Traffic, 0) < 0.6 * read(SignalKind::Traffic, 30));
        assert!(read(SignalKind::Errors, 30) < 0.5 && read(SignalKind::Errors, 0) > 1.0);
        assert!(read(SignalKind::Saturation, 30) < 70.0);
        assert_eq!(story.reading(checkout, &SignalKind::Named("x".into()), at), None);
    }

    #[test]
    fn a_short_window_burns_faster_than_a_long_one() {
        let (story, at) = story();
        let share = |window| {
            let requests = story.requests(&SERVICES[0], at, window);
            requests.bad / requests.all
        };
        assert!(share(60.0) > share(3600.0));
        assert!(share(3600.0) > share(6.0 * 3600.0));
        let month = share(30.0 * 86_400.0);
        assert!((0.0006..0.0007).contains(&month), "{month}");
    }

    #[test]
    fn neither_the_future_nor_what_is_too_old_is_kept() {
        let (story, at) = story();
        assert!(story.is_kept(at) && story.is_kept(at - TimeDelta::days(34)));
        assert!(!story.is_kept(at + TimeDelta::seconds(1)) && !story.is_kept(at - TimeDelta::days(36)));
    }
}
