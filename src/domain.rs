//! The words of the field as plain types, and pure rules over them.
//!
//! What lives here: alerts, incidents, mutes, signals, log lines, the journal's rows, the health of a
//! source, and functions from values to values. What must not: I/O, a clock, ratatui, tokio, reqwest,
//! sqlx, or the name of a vendor. Time is always handed in.

pub mod age;
pub mod alert;
pub mod burn_rate;
pub mod checklist;
pub mod correlate;
pub mod declared;
pub mod dedup;
pub mod discreet;
pub mod duration;
pub mod filter;
pub mod forecast;
pub mod harmless;
mod hex;
pub mod identity;
pub mod incident;
pub mod journal;
pub mod labels;
pub mod log;
pub mod maintenance;
pub mod matcher;
pub mod mute;
pub mod quantity;
pub mod recurrence;
pub mod remediation;
pub mod runbook;
pub mod service;
pub mod severity;
pub mod signal;
pub mod slo;
pub mod source_health;
pub mod threshold;
pub mod when;

pub use alert::{Alert, AlertState, Fingerprint};
pub use identity::{Operator, SourceName};
pub use incident::{Incident, IncidentId, IncidentState};
pub use labels::Labels;
pub use log::{Level, LogLine, ToldLine};
pub use matcher::{Matcher, Operation};
pub use mute::{Mute, MuteId, MuteKind};
pub use severity::{Rated, Severity};
pub use signal::{Reading, Signal, SignalKind, SignalLevel};
pub use source_health::{Health, SourceStatus};

/// A moment, always in UTC. The operator's zone is applied where a moment is shown.
pub type Moment = chrono::DateTime<chrono::Utc>;
