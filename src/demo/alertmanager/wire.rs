//! The shapes of Alertmanager's answers.

use chrono::{SecondsFormat, TimeDelta};
use serde::Serialize;

use crate::demo::inhibition::Held;
use crate::demo::silences::{self, Silence, Silences};
use crate::domain::{Fingerprint, Labels, Matcher, Moment};

/// A moment as Alertmanager writes it, to the millisecond.
pub(super) fn stamp(at: Moment) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Receiver {
    pub(super) name: &'static str,
}

pub(super) const RECEIVERS: [Receiver; 3] =
    [Receiver { name: "pager" }, Receiver { name: "tickets" }, Receiver { name: "deadman" }];

pub(super) fn receiver_of(severity: &str) -> Receiver {
    let [pager, tickets, deadman] = RECEIVERS;
    match severity {
        "critical" | "high" | "warning" => pager,
        "none" => deadman,
        _ => tickets,
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AlertRow {
    pub(super) annotations: Labels,
    pub(super) ends_at: String,
    pub(super) fingerprint: Fingerprint,
    pub(super) receivers: [Receiver; 1],
    pub(super) starts_at: String,
    pub(super) status: AlertStatus,
    pub(super) updated_at: String,
    #[serde(rename = "generatorURL")]
    pub(super) generator_url: String,
    pub(super) labels: Labels,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AlertStatus {
    pub(super) inhibited_by: Vec<Fingerprint>,
    pub(super) muted_by: [&'static str; 0],
    pub(super) silenced_by: Vec<String>,
    pub(super) state: &'static str,
}

impl AlertRow {
    pub(super) fn new(held: Held, silences: &Silences, prometheus_url: &str, now: Moment) -> Self {
        let Held { alert, inhibited_by } = held;
        let silenced_by: Vec<String> = silences.covering(&alert.labels, now).into_iter().map(str::to_owned).collect();
        let quiet = !silenced_by.is_empty() || !inhibited_by.is_empty();
        // Prometheus sends a firing alert again every minute and says that it holds for four.
        let since = (now - alert.fires).num_milliseconds().max(0);
        let updated = alert.fires + TimeDelta::milliseconds(since - since % 60_000);
        let query: String = form_urlencoded::byte_serialize(alert.rule.expr.as_bytes()).collect();
        Self {
            annotations: alert.annotations,
            ends_at: stamp(updated + TimeDelta::minutes(4)),
            fingerprint: alert.fingerprint,
            receivers: [receiver_of(alert.rule.severity)],
            starts_at: stamp(alert.fires),
            status: AlertStatus {
                inhibited_by,
                muted_by: [],
                silenced_by,
                state: if quiet { "suppressed" } else { "active" },
            },
            updated_at: stamp(updated),
            generator_url: format!("{prometheus_url}/graph?g0.expr={query}&g0.tab=1"),
            labels: alert.labels,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SilenceRow<'a> {
    pub(super) id: &'a str,
    pub(super) status: SilenceStatus,
    pub(super) updated_at: String,
    pub(super) comment: &'a str,
    pub(super) created_by: &'a str,
    pub(super) ends_at: String,
    pub(super) matchers: Vec<MatcherRow<'a>>,
    pub(super) starts_at: String,
}

#[derive(Serialize)]
pub(super) struct SilenceStatus {
    pub(super) state: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MatcherRow<'a> {
    pub(super) is_equal: bool,
    pub(super) is_regex: bool,
    pub(super) name: &'a str,
    pub(super) value: &'a str,
}

impl<'a> SilenceRow<'a> {
    pub(super) fn new(silence: &'a Silence, now: Moment) -> Self {
        let matcher = |matcher: &'a Matcher| {
            let (is_equal, is_regex) = silences::flags(matcher.operation);
            MatcherRow { is_equal, is_regex, name: &matcher.name, value: &matcher.value }
        };
        Self {
            id: &silence.id,
            status: SilenceStatus { state: silence.stage(now).word() },
            updated_at: stamp(silence.updated),
            comment: &silence.wish.comment,
            created_by: &silence.wish.by,
            ends_at: stamp(silence.wish.ends),
            matchers: silence.wish.matchers.iter().map(matcher).collect(),
            starts_at: stamp(silence.wish.starts),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Made {
    #[serde(rename = "silenceID")]
    pub(super) silence_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Status {
    pub(super) cluster: Cluster,
    pub(super) config: Config,
    pub(super) uptime: String,
    pub(super) version_info: Release,
}

#[derive(Serialize)]
pub(super) struct Cluster {
    pub(super) peers: [&'static str; 0],
    pub(super) status: &'static str,
}

#[derive(Serialize)]
pub(super) struct Config {
    pub(super) original: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Release {
    pub(super) branch: &'static str,
    pub(super) build_date: &'static str,
    pub(super) build_user: &'static str,
    pub(super) go_version: &'static str,
    pub(super) revision: &'static str,
    pub(super) version: &'static str,
}

pub(super) const VERSION: Release = Release {
    branch: "HEAD",
    build_date: "20260101-00:00:00",
    build_user: "midwatch",
    go_version: "go1.23.7",
    revision: "demo",
    version: "0.28.1",
};

/// What `/status` shows as the loaded configuration.
pub(super) const CONFIG: &str = include_str!("config.yml");
