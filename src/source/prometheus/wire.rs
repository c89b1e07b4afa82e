//! What a Prometheus sends: the envelope of every answer of API v1, query results, alerts and rules.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::source::json::{Pairs, Text};

/// Every answer. `data` is read once it is known that there is no error.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Envelope<'a> {
    #[serde(borrow)]
    pub status: Text<'a>,
    #[serde(borrow, default)]
    pub data: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub error_type: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub error: Option<Text<'a>>,
    #[serde(default)]
    pub warnings: Option<Vec<String>>,
    /// Since 3.0.
    #[serde(default)]
    pub infos: Option<Vec<String>>,
    /// `VictoriaMetrics` in a cluster.
    #[serde(default)]
    pub is_partial: Option<bool>,
}

/// A query's result.
#[derive(Debug, Deserialize)]
#[serde(tag = "resultType", content = "result", rename_all = "lowercase")]
pub(super) enum Outcome<'a> {
    Vector(#[serde(borrow)] Vec<Series<'a>>),
    Matrix(#[serde(borrow)] Vec<Series<'a>>),
    Scalar(#[serde(borrow)] Sample<'a>),
    String(IgnoredAny),
}

/// One series: a sample in a vector, many in a matrix; floats, native histograms or both.
#[derive(Debug, Deserialize)]
pub(super) struct Series<'a> {
    #[serde(borrow, default)]
    pub metric: Pairs<'a>,
    #[serde(borrow, default)]
    pub value: Option<Sample<'a>>,
    #[serde(borrow, default)]
    pub values: Vec<Sample<'a>>,
    #[serde(default)]
    pub histogram: Option<IgnoredAny>,
    #[serde(default)]
    pub histograms: Option<IgnoredAny>,
}

/// Unix seconds, and a number as text.
#[derive(Debug, Deserialize)]
pub(super) struct Sample<'a>(pub f64, #[serde(borrow)] pub Text<'a>);

/// `GET /alerts`.
#[derive(Debug, Deserialize)]
pub(super) struct Alerts<'a> {
    #[serde(borrow)]
    pub alerts: Vec<Alert<'a>>,
}

/// One alert that is pending or fires.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Alert<'a> {
    #[serde(borrow)]
    pub labels: Pairs<'a>,
    #[serde(borrow, default)]
    pub annotations: Pairs<'a>,
    #[serde(borrow)]
    pub state: Text<'a>,
    #[serde(borrow, default)]
    pub active_at: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub value: Option<Text<'a>>,
}

/// `GET /rules`.
#[derive(Debug, Deserialize)]
pub(super) struct Rules<'a> {
    #[serde(borrow)]
    pub groups: Vec<Group<'a>>,
}

/// One group of rules.
#[derive(Debug, Deserialize)]
pub(super) struct Group<'a> {
    #[serde(borrow)]
    pub rules: Vec<Rule<'a>>,
}

/// One rule, as far as its health goes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule<'a> {
    #[serde(borrow)]
    pub name: Text<'a>,
    /// `ok`, `err` or `unknown`.
    #[serde(borrow, default)]
    pub health: Text<'a>,
    #[serde(borrow, default)]
    pub last_error: Option<Text<'a>>,
}
