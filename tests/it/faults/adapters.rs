//! The adapters that ask over HTTP: how each is made, what its back end answers when all is well, and what of that must
//! stay known whatever happens.

use std::time::Duration;

use midwatch::board::Board;
use midwatch::domain::severity::SeverityTable;
use midwatch::domain::{SignalKind, SourceName};
use midwatch::source::options::{
    AlertmanagerOptions, Auth, HttpOptions, KindOptions, PrometheusOptions, SecretRef, SignalQuery, SloQuery,
    SourceOptions, TlsOptions,
};
use midwatch::source::registry::{self, Context};
use midwatch::source::{Source, SourceError};

use super::lab::{Good, Lab, World};

/// The name of every source here.
pub const NAME: &str = "NAME";

/// One adapter, asked for one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adapter {
    /// Alerts and silences of an Alertmanager.
    Alertmanager,
    /// Alerts of a Prometheus.
    PrometheusAlerts,
    /// Signals and promises of a Prometheus.
    PrometheusSignals,
}

/// How patient an adapter is, and how much it takes.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// How long one poll may take.
    pub timeout: Duration,
    /// The most bytes of an answer.
    pub largest: Option<usize>,
}

impl Adapter {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Alertmanager, Self::PrometheusAlerts, Self::PrometheusSignals];

    /// As the page calls it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Alertmanager => "alertmanager",
            Self::PrometheusAlerts => "prometheus: alerts",
            Self::PrometheusSignals => "prometheus: signals, slo",
        }
    }

    /// Its good answers.
    pub fn good(self) -> Good {
        match self {
            Self::Alertmanager => alertmanager,
            Self::PrometheusAlerts => prometheus_alerts,
            Self::PrometheusSignals => prometheus_signals,
        }
    }

    /// The adapter for a laboratory, or for another address.
    pub fn build(self, lab: &Lab, url: &str, bounds: Bounds) -> Result<Box<dyn Source>, SourceError> {
        let http = HttpOptions {
            urls: vec![url.to_owned()],
            auth: Auth::Bearer(SecretRef::File(lab.token())),
            tls: TlsOptions { ca: lab.ca(), ..TlsOptions::default() },
            largest: bounds.largest,
            ..HttpOptions::default()
        };
        let kind = match self {
            Self::Alertmanager => {
                KindOptions::Alertmanager(AlertmanagerOptions { http, ..AlertmanagerOptions::default() })
            }
            Self::PrometheusAlerts => {
                KindOptions::Prometheus(PrometheusOptions { http, alerts: true, ..PrometheusOptions::default() })
            }
            Self::PrometheusSignals => KindOptions::Prometheus(PrometheusOptions {
                http,
                alerts: false,
                signals: vec![signal()],
                slos: vec![promise()],
            }),
        };
        registry::build(&options(kind, bounds.timeout), &Context::default())
    }

    /// Whether what was told when all was well is still known and nothing of it is taken for over; in words, why not.
    pub fn still_knows(self, board: &Board, newer: bool) -> Result<(), String> {
        if self == Self::PrometheusSignals {
            let track = board.signals().iter().next().ok_or("the signal is gone")?;
            let value = track.latest().and_then(|reading| reading.value);
            return if value == Some(0.42) { Ok(()) } else { Err(format!("the signal reads {value:?}")) };
        }
        let open = board.incidents().filter(|incident| incident.is_open()).count();
        let all = board.incidents().count();
        let wanted = if newer { 2 } else { 1 };
        if (open, all) == (wanted, wanted) { Ok(()) } else { Err(format!("{open} of {all} incidents are open")) }
    }
}

/// The options of any source here.
pub fn options(kind: KindOptions, timeout: Duration) -> SourceOptions {
    SourceOptions {
        name: SourceName::new(NAME),
        every: super::watch::EVERY,
        timeout,
        off: false,
        severity: SeverityTable::default(),
        kind,
    }
}

/// One signal to ask for.
pub fn signal() -> SignalQuery {
    SignalQuery {
        service: "checkout".to_owned(),
        kind: SignalKind::Errors,
        query: "errors".to_owned(),
        label: "5xx".to_owned(),
        unit: "%".to_owned(),
        warn: Some(1.0),
        critical: Some(5.0),
    }
}

fn promise() -> SloQuery {
    SloQuery {
        service: "checkout".to_owned(),
        objective: 99.9,
        window: chrono::TimeDelta::days(30),
        errors: "errors[$window]".to_owned(),
        total: "all[$window]".to_owned(),
    }
}

fn names(world: World) -> &'static [&'static str] {
    if world.newer { &["CheckoutDown", "CartDown"] } else { &["CheckoutDown"] }
}

/// What an Alertmanager answers.
pub fn alertmanager(path: &str, world: World) -> Option<String> {
    let since = world.since.to_rfc3339();
    let one = |name: &&str| {
        format!(
            r#"{{"labels":{{"alertname":"{name}","service":"{name}","severity":"critical"}},"annotations":{{"summary":"{}"}},"startsAt":"{since}","endsAt":"{}","updatedAt":"{since}","fingerprint":"00000000000000aa","receivers":[{{"name":"pager"}}],"status":{{"state":"active","silencedBy":[],"inhibitedBy":[]}}}}"#,
            "x".repeat(world.bulk),
            (world.now + chrono::TimeDelta::minutes(4)).to_rfc3339(),
        )
    };
    Some(match path {
        "/api/v2/alerts" => format!("[{}]", names(world).iter().map(one).collect::<Vec<_>>().join(",")),
        "POST /api/v2/silences" => r#"{"silenceID":"0f8c8dbd-6573-40ee-8c10-79e8a4c77fe8"}"#.to_owned(),
        "/api/v2/silences" => "[]".to_owned(),
        "/api/v2/status" => include_str!("../../fixtures/alertmanager/0.25/status.json").to_owned(),
        _ => return None,
    })
}

/// What a Prometheus answers of alerts.
pub fn prometheus_alerts(path: &str, world: World) -> Option<String> {
    let since = world.since.to_rfc3339();
    let one = |name: &&str| {
        format!(
            r#"{{"labels":{{"alertname":"{name}","service":"{name}","severity":"critical"}},"annotations":{{"summary":"{}"}},"state":"firing","activeAt":"{since}","value":"1e+00"}}"#,
            "x".repeat(world.bulk)
        )
    };
    let data = match path {
        "/api/v1/alerts" => {
            format!(r#"{{"alerts":[{}]}}"#, names(world).iter().map(one).collect::<Vec<_>>().join(","))
        }
        "/api/v1/rules" => r#"{"groups":[]}"#.to_owned(),
        _ => return None,
    };
    Some(format!(r#"{{"status":"success","data":{data}}}"#))
}

/// What a Prometheus answers to queries.
pub fn prometheus_signals(path: &str, world: World) -> Option<String> {
    let at = world.now.timestamp();
    let data = match path {
        "/api/v1/query" => format!(
            r#"{{"resultType":"vector","result":[{{"metric":{{"a":"{}"}},"value":[{at},"0.42"]}}]}}"#,
            "x".repeat(world.bulk)
        ),
        "/api/v1/query_range" => r#"{"resultType":"matrix","result":[]}"#.to_owned(),
        _ => return None,
    };
    Some(format!(r#"{{"status":"success","data":{data}}}"#))
}
