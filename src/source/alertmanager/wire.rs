//! What an Alertmanager sends and takes: API v2, `api/v2/openapi.yaml`. Pieces that only newer versions
//! send are optional; pieces that are not used are not named.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::source::json::{Pairs, Text};

/// One alert of `GET /alerts`. `updatedAt` and `endsAt` are left out on purpose: they change each time the
/// alert is sent again and say nothing new.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Alert<'a> {
    #[serde(borrow)]
    pub labels: Pairs<'a>,
    #[serde(borrow, default)]
    pub annotations: Pairs<'a>,
    #[serde(borrow)]
    pub starts_at: Text<'a>,
    /// Go writes this name with three capitals.
    #[serde(borrow, default, rename = "generatorURL")]
    pub generator_url: Option<Text<'a>>,
    #[serde(borrow)]
    pub status: Status<'a>,
}

/// Why an alert notifies or does not. Missing lists are empty.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Status<'a> {
    /// `unprocessed`, `active` or `suppressed`.
    #[serde(borrow)]
    pub state: Text<'a>,
    #[serde(borrow, default)]
    pub silenced_by: Option<Vec<Text<'a>>>,
    #[serde(borrow, default)]
    pub inhibited_by: Option<Vec<Text<'a>>>,
    /// Names of time intervals; since 0.28.
    #[serde(borrow, default)]
    pub muted_by: Option<Vec<Text<'a>>>,
}

/// One silence of `GET /silences` or `GET /silence/{id}`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Silence<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub status: SilenceStatus<'a>,
    #[serde(default)]
    pub matchers: Vec<Matcher>,
    #[serde(borrow)]
    pub starts_at: Text<'a>,
    #[serde(borrow)]
    pub ends_at: Text<'a>,
    #[serde(borrow, default)]
    pub created_by: Text<'a>,
    #[serde(borrow, default)]
    pub comment: Text<'a>,
    /// Since 0.32; handed back as they came.
    #[serde(borrow, default)]
    pub annotations: Option<&'a RawValue>,
}

/// `active`, `pending` or `expired`.
#[derive(Debug, Deserialize)]
pub(super) struct SilenceStatus<'a> {
    #[serde(borrow)]
    pub state: Text<'a>,
}

/// One matcher of a silence.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Matcher {
    pub name: String,
    pub value: String,
    pub is_regex: bool,
    /// Absent up to 0.21, where every matcher was for equality.
    #[serde(default = "yes")]
    pub is_equal: bool,
}

fn yes() -> bool {
    true
}

/// The body of `POST /silences`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Post<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a str>,
    pub matchers: &'a [Matcher],
    pub starts_at: &'a str,
    pub ends_at: &'a str,
    pub created_by: &'a str,
    pub comment: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<&'a RawValue>,
}

/// The answer to it.
#[derive(Debug, Deserialize)]
pub(super) struct Posted<'a> {
    #[serde(borrow, rename = "silenceID")]
    pub silence_id: Text<'a>,
}

/// The part of `GET /status` that is used.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ServerStatus<'a> {
    #[serde(borrow)]
    pub cluster: Cluster<'a>,
    #[serde(borrow)]
    pub version_info: Version<'a>,
    /// When the process began.
    #[serde(default)]
    pub uptime: Option<crate::domain::Moment>,
}

/// `ready`, `settling` or `disabled`.
#[derive(Debug, Deserialize)]
pub(super) struct Cluster<'a> {
    #[serde(borrow)]
    pub status: Text<'a>,
}

/// The version of the server.
#[derive(Debug, Deserialize)]
pub(super) struct Version<'a> {
    #[serde(borrow)]
    pub version: Text<'a>,
}

/// The body of an error: a JSON string, or an object from the layer that checks the schema.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Explained {
    Words(String),
    Coded { message: String },
}
