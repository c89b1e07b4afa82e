//! The shapes of Prometheus' answers.

use serde::Serialize;
use serde::ser::{Serialize as SerializeValue, Serializer};

use crate::demo::clock;
use crate::demo::rules::Rule;
use crate::demo::story::{self, Occurrence};
use crate::domain::{Labels, Moment};

#[derive(Serialize)]
pub(super) struct Success<'a, T> {
    pub(super) status: &'static str,
    pub(super) data: &'a T,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Refusal {
    pub(super) status: &'static str,
    pub(super) error_type: &'static str,
    pub(super) error: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Data<'a, T> {
    pub(super) result_type: &'static str,
    pub(super) result: &'a [T],
}

#[derive(Serialize)]
pub(super) struct Sample {
    pub(super) metric: Labels,
    pub(super) value: Point,
}

#[derive(Serialize)]
pub(super) struct Series {
    pub(super) metric: Labels,
    pub(super) values: Vec<Point>,
}

/// `[1795221375.547, "0.25"]`: seconds as a number, whole ones without a fraction; the value as text.
pub(super) struct Point(pub(super) Moment, pub(super) f64);

impl SerializeValue for Point {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = self.1.to_string();
        match self.0.timestamp_millis() {
            whole if whole % 1000 == 0 => (whole / 1000, value).serialize(serializer),
            _ => (clock::seconds(self.0 - Moment::UNIX_EPOCH), value).serialize(serializer),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Alerts {
    pub(super) alerts: Vec<AlertRow>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AlertRow {
    pub(super) labels: Labels,
    pub(super) annotations: Labels,
    pub(super) state: &'static str,
    pub(super) active_at: Moment,
    pub(super) value: String,
}

impl AlertRow {
    pub(super) fn new(alert: Occurrence) -> Self {
        Self {
            labels: alert.labels,
            annotations: alert.annotations,
            state: if alert.firing { "firing" } else { "pending" },
            active_at: alert.active,
            value: exponent(alert.value),
        }
    }
}

/// A number as Go writes it with `%e`: `1.5e+00`.
fn exponent(value: f64) -> String {
    let text = format!("{value:e}");
    let Some((mantissa, power)) = text.split_once('e') else { return text };
    let (sign, digits) = power.strip_prefix('-').map_or(('+', power), |digits| ('-', digits));
    format!("{mantissa}e{sign}{digits:0>2}")
}

#[derive(Serialize)]
pub(super) struct Groups {
    pub(super) groups: [Group; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Group {
    pub(super) name: &'static str,
    pub(super) file: &'static str,
    pub(super) rules: Vec<RuleRow>,
    pub(super) interval: f64,
    pub(super) limit: u32,
    pub(super) evaluation_time: f64,
    pub(super) last_evaluation: Moment,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleRow {
    pub(super) state: &'static str,
    pub(super) name: &'static str,
    pub(super) query: &'static str,
    pub(super) duration: u32,
    pub(super) keep_firing_for: u32,
    pub(super) labels: Labels,
    pub(super) annotations: Labels,
    pub(super) alerts: Vec<AlertRow>,
    pub(super) health: &'static str,
    pub(super) evaluation_time: f64,
    pub(super) last_evaluation: Moment,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
}

impl RuleRow {
    pub(super) fn new(rule: &'static Rule, alerts: Vec<Occurrence>, now: Moment) -> Self {
        let state = match (alerts.is_empty(), alerts.iter().any(|alert| alert.firing)) {
            (true, _) => "inactive",
            (_, true) => "firing",
            (_, false) => "pending",
        };
        Self {
            state,
            name: rule.name,
            query: rule.expr,
            duration: rule.hold,
            keep_firing_for: 0,
            labels: [("service", rule.service), ("severity", rule.severity)].into(),
            annotations: story::templates_of(rule),
            alerts: alerts.into_iter().map(AlertRow::new).collect(),
            health: "ok",
            evaluation_time: 0.000_3,
            last_evaluation: evaluated(now),
            kind: "alerting",
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Release {
    pub(super) version: &'static str,
    pub(super) revision: &'static str,
    pub(super) branch: &'static str,
    pub(super) build_user: &'static str,
    pub(super) build_date: &'static str,
    pub(super) go_version: &'static str,
}

pub(super) const BUILD: Release = Release {
    version: "2.42.0+midwatch-demo",
    revision: "demo",
    branch: "HEAD",
    build_user: "midwatch",
    build_date: "20260101-00:00:00",
    go_version: "go1.19.8",
};

/// Rules are evaluated every five seconds.
pub(super) fn evaluated(now: Moment) -> Moment {
    let since = now.timestamp_millis().rem_euclid(5000);
    now - chrono::TimeDelta::milliseconds(since)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_go_writes_them() {
        let written = [0.0, 1.0, 41_870.0, -2.1e9, 0.0173].map(exponent);
        assert_eq!(written, ["0e+00", "1e+00", "4.187e+04", "-2.1e+09", "1.73e-02"]);
        let point = |millis| {
            let at = Moment::from_timestamp_millis(millis).unwrap();
            serde_json::to_string(&Point(at, 0.25)).unwrap()
        };
        assert_eq!(point(1_795_221_375_547), r#"[1795221375.547,"0.25"]"#);
        assert_eq!(point(1_795_221_375_000), r#"[1795221375,"0.25"]"#);
    }
}
