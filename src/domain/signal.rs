//! The golden signals of a service, as values with their age and level.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Moment, SourceName};

/// Which signal. The four golden ones come first, always in this order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignalKind {
    /// How long a request takes.
    Latency,
    /// How much is asked.
    Traffic,
    /// What share fails.
    Errors,
    /// How full the fullest resource is.
    Saturation,
    /// A named indicator beside them.
    #[serde(untagged)]
    Named(String),
}

impl SignalKind {
    /// The name as configured and shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Latency => "latency",
            Self::Traffic => "traffic",
            Self::Errors => "errors",
            Self::Saturation => "saturation",
            Self::Named(name) => name,
        }
    }

    /// The kind of a configured name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "latency" => Self::Latency,
            "traffic" => Self::Traffic,
            "errors" => Self::Errors,
            "saturation" => Self::Saturation,
            other => Self::Named(other.to_owned()),
        }
    }
}

impl fmt::Display for SignalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Which signal of which service.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct SignalKey {
    /// The service.
    pub service: String,
    /// The signal.
    pub kind: SignalKind,
    /// What tells apart two rows of one kind: the mount point of a disk, say. Usually empty.
    pub part: String,
}

/// How a value stands to its thresholds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignalLevel {
    /// Within its thresholds, or it has none.
    Ok,
    /// Over the first.
    Warn,
    /// Over the second.
    Critical,
    /// No value, or one that is no number: never shown as fine.
    Unknown,
}

/// A signal's definition: what it is, not what it reads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Signal {
    /// Which one.
    pub key: SignalKey,
    /// What is measured: `p95`, `cpu`.
    pub label: String,
    /// The unit of its values: `s`, `%`, `/s`, `B` …; empty for a bare number.
    pub unit: String,
    /// The first and the second threshold, in `unit`. `critical < warn` means that low is bad.
    pub warn: Option<f64>,
    /// See `warn`.
    pub critical: Option<f64>,
    /// Who tells it.
    pub source: SourceName,
}

impl Signal {
    /// What is shown beside its kind: the label, which says the part where there is one; without a label the part.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.label.is_empty() { &self.key.part } else { &self.label }
    }
}

/// One measured value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reading {
    /// When.
    pub at: Moment,
    /// What; `None` where the source answered that there is no number.
    pub value: Option<f64>,
}

/// What a source tells about one signal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignalUpdate {
    /// Its definition.
    pub signal: Signal,
    /// New readings, oldest first. A backfill at the start brings many, a poll one.
    pub readings: Vec<Reading>,
    /// Why there is no number, in words, if there is none.
    pub problem: Option<String>,
}
