//! The queries that the simulated Prometheus understands: exactly those that the demo's configuration
//! asks. It has no engine for `PromQL` and does not pretend to.

use crate::domain::{Moment, SignalKind, duration};

use super::clock;
use super::series::{SERVICES, ServiceShape};
use super::story::Story;

/// The signals of every service, with `$service` where its name goes.
const SIGNALS: [(SignalKind, &str); 4] = [
    (
        SignalKind::Latency,
        r#"histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service="$service"}[1m])))"#,
    ),
    (SignalKind::Traffic, r#"sum(rate(http_requests_total{service="$service"}[1m]))"#),
    (
        SignalKind::Errors,
        r#"100 * sum(rate(http_requests_total{service="$service",code=~"5.."}[1m])) / sum(rate(http_requests_total{service="$service"}[1m]))"#,
    ),
    (SignalKind::Saturation, r#"100 * max(service_cpu_usage_ratio{service="$service"})"#),
];
/// Bad events of a promise, with `$service` and `$window`.
const BAD: &str = r#"sum(rate(http_requests_total{service="$service",code=~"5.."}[$window]))"#;
/// All events of a promise.
const ALL: &str = r#"sum(rate(http_requests_total{service="$service"}[$window]))"#;

/// The text of a signal's query; `None` for a signal that no service here has.
#[must_use]
pub fn signal_text(service: &str, kind: &SignalKind) -> Option<String> {
    let (_, text) = SIGNALS.iter().find(|(other, _)| other == kind)?;
    Some(text.replace("$service", service))
}

/// The queries of a promise, bad and all events, `$window` left in.
#[must_use]
pub fn slo_texts(service: &str) -> (String, String) {
    (BAD.replace("$service", service), ALL.replace("$service", service))
}

/// A query that was understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// A signal of a service.
    Signal(&'static ServiceShape, SignalKind),
    /// Bad events a second over a window in seconds.
    Bad(&'static ServiceShape, f64),
    /// All events a second over a window in seconds.
    All(&'static ServiceShape, f64),
    /// One query divided by another.
    Share(Box<Query>, Box<Query>),
    /// `vector(1)`: what a probe of the connection asks.
    One,
}

impl Query {
    /// Understands a query, if it is one of the demo's.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text == "vector(1)" {
            return Some(Self::One);
        }
        Self::signal(text).or_else(|| Self::events(text)).or_else(|| Self::share(text))
    }

    fn signal(text: &str) -> Option<Self> {
        let all = SERVICES.iter().flat_map(|service| SIGNALS.iter().map(move |(kind, _)| (service, kind)));
        all.into_iter()
            .find(|(service, kind)| signal_text(service.name, kind).as_deref() == Some(text))
            .map(|(service, kind)| Self::Signal(service, kind.clone()))
    }

    fn events(text: &str) -> Option<Self> {
        SERVICES.iter().find_map(|service| {
            let (bad, all) = slo_texts(service.name);
            let bad = window_of(&bad, text).map(|window| Self::Bad(service, window));
            bad.or_else(|| window_of(&all, text).map(|window| Self::All(service, window)))
        })
    }

    fn share(text: &str) -> Option<Self> {
        let (over, under) = match text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
            Some(inner) => inner.split_once(") / (").or_else(|| inner.split_once(")/("))?,
            None => text.split_once(" / ")?,
        };
        Some(Self::Share(Box::new(Self::events(over)?), Box::new(Self::events(under)?)))
    }

    /// The value at a moment; `None` where nothing is kept of it.
    #[must_use]
    pub fn value(&self, story: &Story, at: Moment) -> Option<f64> {
        if !story.is_kept(at) {
            return None;
        }
        match self {
            Self::Signal(service, kind) => story.reading(service, kind, at),
            Self::Bad(service, window) => Some(story.requests(service, at, *window).bad),
            Self::All(service, window) => Some(story.requests(service, at, *window).all),
            Self::Share(over, under) => Some(over.value(story, at)? / under.value(story, at)?),
            Self::One => Some(1.0),
        }
    }
}

/// The seconds that stand in `text` where the template says `$window`.
fn window_of(template: &str, text: &str) -> Option<f64> {
    let (before, after) = template.split_once("$window")?;
    let window = duration::parse(text.strip_prefix(before)?.strip_suffix(after)?).ok()?;
    Some(clock::seconds(window)).filter(|seconds| *seconds > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_understands_its_own_queries_and_nothing_else() {
        for service in SERVICES {
            for (kind, _) in &SIGNALS {
                let text = signal_text(service.name, kind).unwrap();
                assert_eq!(Query::parse(&text), Some(Query::Signal(service, kind.clone())));
            }
        }
        let (bad, all) = slo_texts("checkout");
        let (bad, all) = (bad.replace("$window", "1h"), all.replace("$window", "30d"));
        assert_eq!(Query::parse(&bad), Some(Query::Bad(&SERVICES[0], 3600.0)));
        assert_eq!(Query::parse(&all), Some(Query::All(&SERVICES[0], 2_592_000.0)));
        for share in [format!("({bad}) / ({all})"), format!("{bad} / {all}")] {
            assert!(matches!(Query::parse(&share), Some(Query::Share(..))), "{share}");
        }
        for other in ["", "up", "1", "sum(", &bad.replace("checkout", "cart"), &bad.replace("1h", "0s")] {
            assert_eq!(Query::parse(other), None, "{other}");
        }
    }
}
