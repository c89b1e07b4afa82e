//! Prometheus and what speaks its API: Thanos, Mimir, `VictoriaMetrics`.
//!
//! What lives here: signals by instant queries with their last hour at the start, burn of promises, and,
//! for teams without an Alertmanager, its alerts and the health of its rules. What must not: levels and
//! thresholds; a signal carries them, the board compares.

mod client;
mod map;
mod once;
mod signals;
mod slo;
#[cfg(test)]
mod slo_tests;
#[cfg(test)]
mod tests;
mod wire;

use std::hash::BuildHasher as _;
use std::time::Duration;

use chrono::Utc;
use foldhash::quality::RandomState;
use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, StreamExt as _, TryStreamExt as _, stream};
use tokio::time::Instant;

pub use self::once::{Answered, Series, ask_once};

use self::client::{Answer, Client, Failure};
use self::slo::Slo;
use super::http::Http;
use super::options::{PrometheusOptions, SignalQuery, SourceOptions};
use super::{Capabilities, ErrorKind, Observation, Part, Source, SourceError};
use crate::domain::severity::SeverityTable;
use crate::domain::signal::SignalUpdate;
use crate::domain::slo::SloReading;
use crate::domain::{Alert, SourceName};

/// Every how many polls the health of rules is asked for.
const RULES_EVERY: u32 = 10;

/// One Prometheus.
#[derive(Debug)]
pub struct Prometheus {
    client: Client,
    source: SourceName,
    severity: SeverityTable,
    alerts: bool,
    signals: Vec<SignalQuery>,
    timeout: Duration,
    hasher: RandomState,
    last: Last,
}

/// What the last successful poll left; changed only when a poll has succeeded.
#[derive(Debug, Clone)]
struct Last {
    alerts: Option<u64>,
    slos: Vec<Slo>,
    rule_notes: Vec<String>,
    /// When signals were last told.
    told: Option<Instant>,
    polls: u32,
}

impl Prometheus {
    /// An adapter; nothing is asked yet.
    ///
    /// # Errors
    /// See [`Http::new`].
    pub fn new(options: &PrometheusOptions, source: &SourceOptions) -> Result<Self, SourceError> {
        Ok(Self {
            client: Client::new(Http::new(&source.name, &options.http, source.timeout)?),
            source: source.name.clone(),
            severity: source.severity.clone(),
            alerts: options.alerts,
            signals: options.signals.clone(),
            timeout: source.timeout,
            hasher: RandomState::default(),
            last: Last {
                alerts: None,
                slos: options.slos.iter().map(Slo::new).collect(),
                rule_notes: vec![],
                told: None,
                polls: 0,
            },
        })
    }

    async fn ask(&mut self) -> Result<Observation, SourceError> {
        let began = Instant::now();
        let deadline = began + self.timeout.mul_f64(0.8);
        let mut next = self.last.clone();
        let mut observation = Observation::default();
        if self.alerts {
            observation.alerts = self.ask_alerts(&mut next).await?;
        }
        self.ask_signals(&mut next, &mut observation, began + self.timeout / 2).await?;
        observation.slos = self.ask_slos(&mut next.slos, deadline).await?;
        if !self.alerts && self.signals.is_empty() && next.slos.is_empty() {
            // Nothing to ask, but whether it is there is still asked.
            self.client.instant("vector(1)").await.map_err(whole)?;
        }
        observation.notes.extend(self.client.notes());
        observation.notes.extend(next.rule_notes.iter().cloned());
        observation.notes.extend(next.slos.iter().filter_map(Slo::problem));
        dedup(&mut observation.notes);
        next.polls = next.polls.wrapping_add(1);
        self.last = next;
        Ok(observation)
    }

    async fn ask_alerts(&self, next: &mut Last) -> Result<Part<Vec<Alert>>, SourceError> {
        let rules = async {
            if !self.last.polls.is_multiple_of(RULES_EVERY) {
                return None;
            }
            Some(match tokio::time::timeout(self.timeout / 4, self.client.rules()).await {
                Ok(answer) => rule_notes(answer),
                Err(_) => vec!["the health of rules is not known: no answer in time".to_owned()],
            })
        };
        // At the same time: rules that do not come must not cost the alerts their time.
        let (rules, answer) = tokio::join!(rules, self.client.alerts());
        let answer = answer.map_err(whole)?;
        next.rule_notes = rules.unwrap_or_else(|| std::mem::take(&mut next.rule_notes));
        let hash = Some(self.hasher.hash_one(answer.text()));
        if hash == self.last.alerts {
            return Ok(Part::Same);
        }
        let (wire, _) = answer.read().map_err(whole)?;
        next.alerts = hash;
        Ok(Part::Now(map::alerts(&wire, &self.severity, Utc::now())))
    }

    /// Measures promises as far as the time goes.
    async fn ask_slos(&self, slos: &mut [Slo], deadline: Instant) -> Result<Vec<SloReading>, SourceError> {
        let asked: Vec<_> = slos.iter_mut().map(|slo| slo.measure(&self.client).boxed()).collect();
        let all = stream::iter(asked).buffer_unordered(signals::AT_ONCE).try_collect::<()>();
        if let Ok(measured) = tokio::time::timeout_at(deadline, all).await {
            measured?;
        }
        Ok(slos.iter_mut().filter_map(|slo| slo.news(&self.source, Utc::now())).collect())
    }

    async fn ask_signals(
        &self,
        next: &mut Last,
        observation: &mut Observation,
        deadline: Instant,
    ) -> Result<(), SourceError> {
        let numbers = signals::instant(&self.client, &self.signals).await?;
        let is_new = self.last.told.is_none_or(|told| told.elapsed() > signals::LONG_OUTAGE);
        let past = if is_new {
            let ends: Vec<_> = numbers.iter().map(|(number, _)| number.at).collect();
            signals::backfill(&self.client, &self.signals, &ends, deadline).await
        } else {
            vec![Vec::new(); numbers.len()]
        };
        let now = Utc::now();
        for ((query, (number, notes)), past) in self.signals.iter().zip(numbers).zip(past) {
            let update: SignalUpdate = signals::update(&self.source, query, &number, past, now);
            observation.signals.push(update);
            observation.notes.extend(notes);
        }
        next.told = Some(Instant::now());
        Ok(())
    }
}

/// A failure where there is no other query that may succeed.
fn whole(failure: Failure) -> SourceError {
    match failure {
        Failure::Query(problem) => SourceError::new(ErrorKind::Refused, problem),
        Failure::Source(error) => error,
    }
}

/// What to say of the rules. A server that does not tell them is not complained of.
fn rule_notes(answer: Result<Answer, Failure>) -> Vec<String> {
    let read = answer.and_then(|answer| answer.read().map(|(rules, _)| map::broken_rules(&rules)));
    match read.map_err(whole) {
        Ok(notes) => notes,
        Err(error) if matches!(error.kind, ErrorKind::NotFound | ErrorKind::Unauthorized) => vec![],
        Err(error) => vec![format!("the health of rules is not known: {}", error.what)],
    }
}

/// Many queries often say the same.
fn dedup(notes: &mut Vec<String>) {
    let mut seen = std::collections::HashSet::new();
    notes.retain(|note| seen.insert(note.clone()));
}

impl Source for Prometheus {
    fn kind(&self) -> &'static str {
        "prometheus"
    }

    fn poll(&mut self) -> BoxFuture<'_, Result<Observation, SourceError>> {
        async {
            // A little before the poller loses patience: it does not know whom it waits for.
            let within = self.timeout.mul_f64(0.95);
            match tokio::time::timeout(within, self.ask()).await {
                Ok(asked) => asked,
                Err(_) => Err(self.client.late(within)),
            }
        }
        .boxed()
    }

    fn tells(&self) -> Capabilities {
        Capabilities { alerts: self.alerts, signals: true, ..Capabilities::default() }
    }
}

/// Reads a text as every answer that there is, and as what a server says of a failure.
#[cfg(any(test, fuzzing))]
pub(crate) fn taken_apart(text: &str) {
    use super::observation::assert_shown;
    let answer = client::Answer::of(text);
    let now = crate::domain::Moment::default();
    if let Ok((outcome, _)) = answer.read::<wire::Outcome<'_>>() {
        let number = map::number(&outcome);
        assert!(number.value.is_none_or(f64::is_finite) && number.value.is_some() != number.problem.is_some());
        assert!(map::readings(&outcome).iter().all(|reading| reading.value.is_none_or(f64::is_finite)));
        let _ = map::share(&number, &number);
    }
    if let Ok((alerts, notes)) = answer.read::<wire::Alerts<'_>>() {
        let alerts = map::alerts(&alerts, &crate::domain::severity::SeverityTable::default(), now);
        assert_shown(&Observation { alerts: Part::Now(alerts), notes, ..Observation::default() });
    }
    if let Ok((rules, _)) = answer.read::<wire::Rules<'_>>() {
        assert_shown(&Observation { notes: map::broken_rules(&rules), ..Observation::default() });
    }
    client::explained(text);
}
