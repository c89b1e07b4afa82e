//! What an adapter needs to know, as plain values. The configuration makes them; adapters never see its
//! file format.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use crate::domain::mute::AckRules;
use crate::domain::severity::SeverityTable;
use crate::domain::{Matcher, SignalKind, SourceName};

/// One source: what all kinds share, and what its kind needs.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceOptions {
    /// Its name.
    pub name: SourceName,
    /// How often it is asked.
    pub every: Duration,
    /// How long one poll may take.
    pub timeout: Duration,
    /// Whether it is switched off.
    pub off: bool,
    /// How its alerts are rated.
    pub severity: SeverityTable,
    /// What its kind needs.
    pub kind: KindOptions,
}

/// What a kind of source needs.
#[derive(Debug, Clone, PartialEq)]
pub enum KindOptions {
    /// Prometheus and what speaks its API.
    Prometheus(PrometheusOptions),
    /// Alertmanager, API v2.
    Alertmanager(AlertmanagerOptions),
    /// This machine.
    Host(HostOptions),
    /// The systemd journal.
    Journald(JournaldOptions),
    /// Log files.
    File(FileOptions),
}

impl KindOptions {
    /// The kind, as in the configuration.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Prometheus(_) => "prometheus",
            Self::Alertmanager(_) => "alertmanager",
            Self::Host(_) => "host",
            Self::Journald(_) => "journald",
            Self::File(_) => "file",
        }
    }
}

/// How a source is reached over HTTP.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HttpOptions {
    /// Base addresses; several are peers of one cluster, asked in this order.
    pub urls: Vec<String>,
    /// How midwatch says who it is.
    pub auth: Auth,
    /// Headers sent with every request, such as `X-Scope-OrgID`.
    pub headers: BTreeMap<String, HeaderValueFrom>,
    /// Whom to trust and what to show.
    pub tls: TlsOptions,
    /// `http://…` or `socks5://…`; `None` takes what the environment says.
    pub proxy: Option<String>,
    /// The most bytes of an answer; `None` is the bound of every source,
    /// [`LARGEST_ANSWER`](crate::source::http::LARGEST_ANSWER).
    pub largest: Option<usize>,
}

/// A header's value: in the open, or a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderValueFrom {
    /// As written.
    Plain(String),
    /// From where secrets are kept.
    Secret(SecretRef),
}

/// How midwatch says who it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Auth {
    /// It does not.
    #[default]
    None,
    /// HTTP basic.
    Basic {
        /// In the open.
        username: String,
        /// From where secrets are kept.
        password: SecretRef,
    },
    /// `Authorization: Bearer …`.
    Bearer(SecretRef),
    /// A header of another name.
    Header {
        /// The header.
        name: String,
        /// Its value.
        value: SecretRef,
    },
}

/// Where a secret is kept. It is read again for every poll that needs it, so a rotated one is taken up
/// without a restart. The secret itself is never part of options, errors or logs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SecretRef {
    /// An environment variable.
    Env(String),
    /// A file; one trailing line break is cut.
    File(PathBuf),
    /// A program that prints it, as argv.
    Command(Vec<String>),
}

/// Whom to trust and what to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TlsOptions {
    /// PEM bundle of authorities to trust beside the system's.
    pub ca: Option<PathBuf>,
    /// PEM client certificate and its key.
    pub cert: Option<PathBuf>,
    /// See `cert`.
    pub key: Option<PathBuf>,
    /// Another name to expect in the certificate is not offered; `insecure` accepts any certificate and is
    /// shown as a note of the source for as long as it is set.
    pub insecure: bool,
}

/// What a Prometheus is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PrometheusOptions {
    /// How it is reached.
    pub http: HttpOptions,
    /// Whether its own `/api/v1/alerts` are taken as alerts.
    pub alerts: bool,
    /// The signals to query.
    pub signals: Vec<SignalQuery>,
    /// The promises whose burn is measured.
    pub slos: Vec<SloQuery>,
}

/// One promise to measure. `$window` in a query is replaced by the span.
#[derive(Debug, Clone, PartialEq)]
pub struct SloQuery {
    /// The service.
    pub service: String,
    /// The promise in per cent, 0 to 100 exclusive.
    pub objective: f64,
    /// Over how long.
    pub window: chrono::TimeDelta,
    /// Bad events.
    pub errors: String,
    /// All events.
    pub total: String,
}

/// One signal to query.
#[derive(Debug, Clone, PartialEq)]
pub struct SignalQuery {
    /// The service.
    pub service: String,
    /// Which signal.
    pub kind: SignalKind,
    /// The query, in the source's language.
    pub query: String,
    /// What is measured: `p95`.
    pub label: String,
    /// The unit of its values.
    pub unit: String,
    /// Thresholds in `unit`; `critical < warn` means that low is bad.
    pub warn: Option<f64>,
    /// See `warn`.
    pub critical: Option<f64>,
}

/// What an Alertmanager is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertmanagerOptions {
    /// How it is reached; several addresses are peers of one cluster.
    pub http: HttpOptions,
    /// Matchers of the alert that must always fire; empty if there is none.
    pub watchdog: Vec<Matcher>,
    /// How acks are made.
    pub ack: AckRules,
    /// How long after a restart alerts may take to be sent to it again. It forgets them all; what is missing
    /// before this has passed is not believed to be resolved.
    pub resend: Duration,
}

impl Default for AlertmanagerOptions {
    fn default() -> Self {
        Self {
            http: HttpOptions::default(),
            watchdog: Vec::new(),
            ack: AckRules::default(),
            // Prometheus sends an alert again after a minute (`--rules.alert.resend-delay`), at its next evaluation.
            resend: Duration::from_secs(90),
        }
    }
}

/// What this machine is watched for.
#[derive(Debug, Clone, PartialEq)]
pub struct HostOptions {
    /// The name that its alerts and signals carry in the label `host`.
    pub host: String,
    /// Thresholds.
    pub rules: HostRules,
    /// Mount points that are not watched.
    pub ignore_mounts: Vec<String>,
}

/// Thresholds of the built-in rules. Shares are in per cent; `None` switches a rule off.
#[derive(Debug, Clone, PartialEq)]
pub struct HostRules {
    /// CPU busy, all cores together.
    pub cpu: Option<Threshold>,
    /// Memory in use.
    pub memory: Option<Threshold>,
    /// Swap in use.
    pub swap: Option<Threshold>,
    /// A file system's space in use.
    pub disk: Option<Threshold>,
    /// A file system's inodes in use.
    pub inodes: Option<Threshold>,
    /// A file system fills within this span by its trend.
    pub disk_fills_within: Option<Duration>,
    /// Load of 5 minutes divided by cores.
    pub load: Option<Threshold>,
    /// Share of log lines that are errors.
    pub error_lines: Option<Threshold>,
    /// Error lines in one minute that make a burst.
    pub error_burst: Option<u64>,
    /// Failed systemd units.
    pub units: bool,
}

/// A bound and how long it must be crossed before an alert fires.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threshold {
    /// The bound; crossed when the value is above it.
    pub over: f64,
    /// For how long.
    pub hold: Duration,
}

impl Threshold {
    /// A threshold.
    #[must_use]
    pub const fn new(over: f64, hold: Duration) -> Self {
        Self { over, hold }
    }
}

impl Default for HostRules {
    fn default() -> Self {
        const MINUTE: Duration = Duration::from_mins(1);
        Self {
            cpu: Some(Threshold::new(70.0, Duration::from_mins(5))),
            memory: Some(Threshold::new(85.0, MINUTE)),
            swap: Some(Threshold::new(80.0, Duration::from_mins(5))),
            disk: Some(Threshold::new(85.0, MINUTE)),
            inodes: Some(Threshold::new(85.0, MINUTE)),
            disk_fills_within: Some(Duration::from_hours(24)),
            load: None,
            error_lines: Some(Threshold::new(1.0, MINUTE)),
            error_burst: Some(60),
            units: true,
        }
    }
}

/// Which part of the systemd journal is followed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JournaldOptions {
    /// Units to follow; empty for all.
    pub units: Vec<String>,
    /// Lines to begin with.
    pub backlog: usize,
}

/// Which files are followed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileOptions {
    /// Paths, `*` and `?` and `**` allowed.
    pub paths: Vec<String>,
    /// How lines are read.
    pub format: LogFormat,
    /// The name that lines carry, if not told by the line: the file's name.
    pub service: Option<String>,
    /// Bytes from the end of each file to begin with.
    pub backlog: u64,
}

/// How a line of a log file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// By its first characters.
    #[default]
    Auto,
    /// Text with a time and a level somewhere at its beginning.
    Plain,
    /// One JSON object a line.
    Json,
    /// `key=value` pairs.
    Logfmt,
    /// RFC 3164 or RFC 5424.
    Syslog,
}
