//! From what a Prometheus sends to our words. Pure. What is no number is `None` with the reason in words.

use super::wire::{self, Outcome, Sample, Series};
use crate::domain::severity::SeverityTable;
use crate::domain::{Alert, AlertState, Fingerprint, Moment, Reading};

/// One number that a query answers, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    /// When, by the server's clock; `None` where the answer says no time.
    pub at: Option<Moment>,
    /// The number.
    pub value: Option<f64>,
    /// Why there is none.
    pub problem: Option<String>,
}

impl Number {
    fn none(at: Option<Moment>, problem: impl Into<String>) -> Self {
        Self { at, value: None, problem: Some(problem.into()) }
    }
}

/// The one number of an instant query.
pub(super) fn number(outcome: &Outcome<'_>) -> Number {
    match outcome {
        Outcome::Scalar(sample) => from_sample(sample),
        Outcome::Vector(series) | Outcome::Matrix(series) => match series.as_slice() {
            [] => Number::none(None, "the query answers no series"),
            [one] => from_series(one),
            many => Number::none(None, too_many(many.len())),
        },
        Outcome::String(_) => Number::none(None, "the query answers a text, not a number"),
    }
}

fn too_many(count: usize) -> String {
    format!("the query answers {count} series; make it one with sum(…), max(…) or a narrower selector")
}

pub(super) fn from_series(series: &Series<'_>) -> Number {
    match (series.value.as_ref().or_else(|| series.values.last()), &series.histogram, &series.histograms) {
        (Some(sample), ..) => from_sample(sample),
        (None, None, None) => Number::none(None, "the query answers a series without a value"),
        (None, ..) => {
            Number::none(None, "the query answers a native histogram; take a number of it with histogram_quantile(…)")
        }
    }
}

pub(super) fn from_sample(Sample(seconds, text): &Sample<'_>) -> Number {
    let at = moment(*seconds);
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Number { at, value: Some(value), problem: None },
        Ok(value) if value.is_nan() => {
            Number::none(at, "the query answers NaN: often a division of nothing by nothing")
        }
        Ok(value) => Number::none(at, format!("the query answers {}Inf", if value > 0.0 { '+' } else { '-' })),
        Err(_) => Number::none(at, "the query answers what is no number"),
    }
}

/// The readings of a range query, oldest first; none if it is not exactly one series.
pub(super) fn readings(outcome: &Outcome<'_>) -> Vec<Reading> {
    let Outcome::Matrix(series) = outcome else { return Vec::new() };
    let [one] = series.as_slice() else { return Vec::new() };
    let reading = |sample: &Sample<'_>| {
        let Number { at, value, .. } = from_sample(sample);
        at.map(|at| Reading { at, value })
    };
    one.values.iter().filter_map(reading).collect()
}

fn moment(seconds: f64) -> Option<Moment> {
    // Milliseconds are what the API gives; 2^53 of them are 285,000 years.
    let millis = (seconds * 1000.0).round();
    if !millis.is_finite() || millis.abs() > 9e15 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked above, and rounded")]
    Moment::from_timestamp_millis(millis as i64)
}

/// All alerts that are pending or fire. `now` stands in for a begin that is not told.
pub(super) fn alerts(wire: &wire::Alerts<'_>, severity: &SeverityTable, now: Moment) -> Vec<Alert> {
    wire.alerts.iter().filter_map(|alert| self::alert(alert, severity, now)).collect()
}

fn alert(wire: &wire::Alert<'_>, severity: &SeverityTable, now: Moment) -> Option<Alert> {
    let state = match &*wire.state {
        "inactive" => return None,
        "pending" => AlertState::Pending,
        // An unknown word is shown as the worse: unknown never looks like fine.
        _ => AlertState::Firing,
    };
    let labels = wire.labels.labels();
    let since = wire.active_at.as_deref().and_then(|text| chrono::DateTime::parse_from_rfc3339(text).ok());
    let value = wire.value.as_deref().and_then(|text| text.parse().ok()).filter(|value: &f64| value.is_finite());
    Some(Alert {
        fingerprint: Fingerprint::of(&labels),
        rated: severity.rate(&labels),
        labels,
        annotations: wire.annotations.annotations(),
        since: since.map_or(now, |since| since.to_utc()),
        state,
        silenced_by: vec![],
        inhibited_by: vec![],
        value,
        link: None,
    })
}

/// What to say of rules that cannot be evaluated: their alerts cannot fire.
pub(super) fn broken_rules(wire: &wire::Rules<'_>) -> Vec<String> {
    let broken = wire.groups.iter().flat_map(|group| &group.rules).filter(|rule| &*rule.health == "err");
    broken
        .map(|rule| {
            let why = rule.last_error.as_deref().unwrap_or("no reason told");
            format!("rule {} cannot be evaluated: {why}", &*rule.name)
        })
        .collect()
}

/// The share of bad events; `None` where that is not known, with the reason.
pub(super) fn share(errors: &Number, total: &Number) -> Result<f64, String> {
    let of = |number: &Number, what: &str| {
        number.value.ok_or_else(|| format!("{what}: {}", number.problem.as_deref().unwrap_or("no number")))
    };
    let (bad, all) = (of(errors, "errors")?, of(total, "total")?);
    if all <= 0.0 {
        return Err("total: there were no events".to_owned());
    }
    let share = bad / all;
    if (0.0..=1.0).contains(&share) {
        Ok(share)
    } else {
        Err("errors and total do not fit: the share is not 0 to 1".to_owned())
    }
}
