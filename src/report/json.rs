//! The shapes of all JSON reports. They borrow from the board and are written straight to the writer, so
//! that ten thousand alerts cost no second copy.

use std::io::{self, BufWriter, Write};

use serde::{Serialize, Serializer};

use super::checklists::Listed;
use super::checklists::standing::Scheduled;
use super::stamp::Stamp;
use crate::board::{Board, Verdict};
use crate::domain::journal::Row;
use crate::domain::{
    Alert, AlertState, Fingerprint, Health, Incident, IncidentId, Labels, Moment, Severity, SignalLevel, SourceName,
    SourceStatus,
};

/// The version of every shape here. It changes when a field is renamed or removed.
pub const VERSION: u32 = 1;
/// Bytes gathered before they are handed on.
const CHUNK: usize = 64 << 10;

/// Writes one JSON document and a line break.
///
/// # Errors
/// Where the writer fails.
pub fn write(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(CHUNK, out);
    serde_json::to_writer(&mut out, document)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// `status`.
#[derive(Serialize)]
pub struct StatusDocument<'a> {
    version: u32,
    at: Moment,
    verdict: Verdict,
    incidents: Rows<IncidentsOf<'a>>,
    signals: Rows<SignalsOf<'a>>,
    sources: Rows<SourcesOf<'a>>,
    checklists: Scheduled<'a>,
}

impl<'a> StatusDocument<'a> {
    /// The document of a board and of checklists at a moment.
    #[must_use]
    pub fn new(board: &'a Board, lists: &'a [Listed<'a>], now: Moment) -> Self {
        Self {
            version: VERSION,
            at: now,
            verdict: board.summary(now).verdict(),
            incidents: Rows(IncidentsOf { board, incidents: board.incidents().collect() }),
            signals: Rows(SignalsOf { board, now }),
            sources: Rows(SourcesOf { board, now }),
            checklists: Scheduled(lists),
        }
    }
}

/// `incidents`.
#[derive(Serialize)]
pub struct IncidentsDocument<'a> {
    version: u32,
    at: Moment,
    incidents: Rows<IncidentsOf<'a>>,
}

impl<'a> IncidentsDocument<'a> {
    /// The document of these incidents of a board.
    #[must_use]
    pub fn new(board: &'a Board, incidents: Vec<&'a Incident>, now: Moment) -> Self {
        Self { version: VERSION, at: now, incidents: Rows(IncidentsOf { board, incidents }) }
    }
}

/// Something that is written row by row, without a list of the rows.
trait Many {
    fn rows<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

struct Rows<T>(T);

impl<T: Many> Serialize for Rows<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.rows(serializer)
    }
}

struct IncidentsOf<'a> {
    board: &'a Board,
    incidents: Vec<&'a Incident>,
}

impl Many for IncidentsOf<'_> {
    fn rows<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.incidents.iter().map(|incident| IncidentRow::new(self.board, incident)))
    }
}

#[derive(Serialize)]
struct IncidentRow<'a> {
    id: IncidentId,
    title: &'a str,
    service: Option<&'a str>,
    severity: Severity,
    state: &'static str,
    since: Stamp,
    acked_by: Option<&'a str>,
    acked_until: Option<Stamp>,
    alerts: Rows<AlertsOf<'a>>,
}

impl<'a> IncidentRow<'a> {
    fn new(board: &'a Board, incident: &'a Incident) -> Self {
        Self {
            id: incident.id,
            title: &incident.title,
            service: incident.service.as_deref(),
            severity: incident.rated.severity,
            state: incident.state().word(),
            since: Stamp(incident.since),
            acked_by: incident.owner.as_ref().map(|owner| owner.by.as_str()),
            acked_until: incident.owner.as_ref().map(|owner| Stamp(owner.until)),
            alerts: Rows(AlertsOf { board, incident }),
        }
    }
}

struct AlertsOf<'a> {
    board: &'a Board,
    incident: &'a Incident,
}

impl Many for AlertsOf<'_> {
    fn rows<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.board.alerts_of(self.incident).map(|alert| AlertRow::new(self.board, alert)))
    }
}

#[derive(Serialize)]
struct AlertRow<'a> {
    fingerprint: Fingerprint,
    /// Of several that tell of it, the first by name.
    source: Option<&'a SourceName>,
    labels: &'a Labels,
    annotations: &'a Labels,
    since: Stamp,
    state: AlertState,
}

impl<'a> AlertRow<'a> {
    fn new(board: &'a Board, alert: &'a Alert) -> Self {
        Self {
            fingerprint: alert.fingerprint,
            source: board.told_by(alert.fingerprint).next(),
            labels: &alert.labels,
            annotations: &alert.annotations,
            since: Stamp(alert.since),
            state: alert.state,
        }
    }
}

struct SignalsOf<'a> {
    board: &'a Board,
    now: Moment,
}

impl Many for SignalsOf<'_> {
    fn rows<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.board.signals().iter().map(|track| {
            let (signal, latest) = (&track.signal, track.latest());
            SignalRow {
                service: &signal.key.service,
                signal: signal.key.kind.as_str(),
                name: signal.name(),
                value: latest.and_then(|reading| reading.value),
                unit: &signal.unit,
                level: level(self.board, track, self.now),
                source: &signal.source,
                at: latest.map(|reading| reading.at),
            }
        }))
    }
}

/// The level of a signal at a moment: the last value of a source that is away says nothing about now.
#[must_use]
pub fn level(board: &Board, track: &crate::board::signals::Track, now: Moment) -> SignalLevel {
    match board.source(&track.signal.source).map(|status| status.health(now)) {
        Some(Health::Live) => track.level(),
        _ => SignalLevel::Unknown,
    }
}

#[derive(Serialize)]
struct SignalRow<'a> {
    service: &'a str,
    signal: &'a str,
    name: &'a str,
    /// In `unit`. What is no finite number is written as `null`.
    value: Option<f64>,
    unit: &'a str,
    level: SignalLevel,
    source: &'a SourceName,
    at: Option<Moment>,
}

struct SourcesOf<'a> {
    board: &'a Board,
    now: Moment,
}

impl Many for SourcesOf<'_> {
    fn rows<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.board.sources().map(|status| SourceRow::new(status, self.now)))
    }
}

#[derive(Serialize)]
struct SourceRow<'a> {
    name: &'a SourceName,
    kind: &'static str,
    state: &'static str,
    /// Whole seconds since the last full answer.
    age_s: Option<i64>,
    error: Option<&'a str>,
}

impl<'a> SourceRow<'a> {
    fn new(status: &'a SourceStatus, now: Moment) -> Self {
        Self {
            name: &status.name,
            kind: status.kind,
            state: status.health(now).words(),
            age_s: status.answered.map(|at| (now - at).num_seconds().max(0)),
            error: status.failure.as_ref().map(|failure| failure.cause.as_str()),
        }
    }
}

/// `journal`.
#[derive(Serialize)]
pub struct JournalDocument<'a> {
    version: u32,
    rows: Rows<&'a [&'a Row]>,
}

impl<'a> JournalDocument<'a> {
    /// The document of these rows.
    #[must_use]
    pub fn new(rows: &'a [&'a Row]) -> Self {
        Self { version: VERSION, rows: Rows(rows) }
    }
}

impl Many for &[&Row] {
    fn rows<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|row| JournalRow {
            id: row.id,
            at: row.entry.at,
            operator: &row.entry.operator.name,
            host: &row.entry.operator.host,
            what: &row.entry.action,
            target: &row.entry.target,
            detail: &row.entry.detail,
            outcome: row.entry.outcome.word(),
            why: Some(row.entry.outcome.why()).filter(|why| !why.is_empty()),
            hash: &row.hash,
        }))
    }
}

#[derive(Serialize)]
struct JournalRow<'a> {
    id: i64,
    at: Moment,
    operator: &'a str,
    host: &'a str,
    what: &'a str,
    target: &'a str,
    detail: &'a str,
    outcome: &'static str,
    why: Option<&'a str>,
    hash: &'a str,
}
