//! Alertmanager, API v2, from Debian's 0.25 to today's.
//!
//! What lives here: alerts, silences and the cluster's state of one Alertmanager or of several peers of one
//! cluster. What must not: which silence is an ack of which incident; that is the board's.

mod client;
mod map;
mod muting;
#[cfg(test)]
mod muting_tests;
#[cfg(test)]
mod tests;
mod wire;

use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use self::client::{Body, Client};
pub use self::map::alerts;
use self::muting::Silences;
use super::http::Http;
use super::options::{AlertmanagerOptions, SourceOptions};
use super::{Capabilities, Muting, Observation, Part, Source, SourceError, json};
use crate::domain::SourceName;
use crate::domain::severity::SeverityTable;

/// Every how many polls the cluster's state is asked for.
const STATUS_EVERY: u32 = 20;

/// One Alertmanager, or the peers of one cluster.
#[derive(Debug)]
pub struct Alertmanager {
    client: Arc<Client>,
    source: SourceName,
    severity: SeverityTable,
    prefix: String,
    hasher: RandomState,
    /// How long the cluster's state is waited for: it must not cost the poll its answer.
    patience: Duration,
    last: Last,
}

/// What the last successful poll saw; changed only when a poll has succeeded.
#[derive(Debug, Clone, Default)]
struct Last {
    alerts: Option<u64>,
    silences: Option<u64>,
    silence_notes: Vec<String>,
    status_notes: Vec<String>,
    polls: u32,
}

impl Alertmanager {
    /// An adapter; nothing is asked yet.
    ///
    /// # Errors
    /// See [`Http::new`].
    pub fn new(options: &AlertmanagerOptions, source: &SourceOptions) -> Result<Self, SourceError> {
        let http = Http::new(&source.name, &options.http, source.timeout)?;
        Ok(Self {
            client: Arc::new(Client { http }),
            source: source.name.clone(),
            severity: source.severity.clone(),
            prefix: options.ack.prefix.clone(),
            hasher: RandomState::new(),
            patience: source.timeout / 4,
            last: Last::default(),
        })
    }

    async fn ask(&mut self) -> Result<Observation, SourceError> {
        let mut next = self.last.clone();
        // The answers come from one peer, but not at one moment; a silence made in between shows at the next poll.
        let (alerts, silences) = tokio::try_join!(self.client.alerts(), self.client.silences())?;
        let mut observation = Observation::default();

        let hash = Some(self.hasher.hash_one(&alerts.text));
        observation.alerts = if hash == self.last.alerts {
            Part::Same
        } else {
            Part::Now(map::alerts(&alerts.text, &alerts.address, &self.severity)?)
        };
        next.alerts = hash;

        let hash = Some(self.hasher.hash_one(&silences.text));
        observation.mutes = if hash == self.last.silences {
            Part::Same
        } else {
            let (mutes, notes) = map::mutes(&silences.text, &silences.address, &self.source, &self.prefix)?;
            next.silence_notes = notes;
            Part::Now(mutes)
        };
        next.silences = hash;

        if self.last.polls.is_multiple_of(STATUS_EVERY) || !self.last.status_notes.is_empty() {
            next.status_notes = match tokio::time::timeout(self.patience, self.client.status()).await {
                Ok(answer) => status_notes(answer),
                Err(_) => vec!["the cluster's state is not known: no answer in time".to_owned()],
            };
        }
        next.polls = next.polls.wrapping_add(1);

        observation.notes = self.client.http.notes();
        observation.notes.extend(next.status_notes.iter().chain(&next.silence_notes).cloned());
        self.last = next;
        Ok(observation)
    }
}

/// What the server says of itself. Alerts and silences came, so a failure here is a note and no more.
fn status_notes(answer: Result<Body, SourceError>) -> Vec<String> {
    let read = answer.and_then(|Body { text, address }| {
        let status: wire::ServerStatus<'_> = json::decode(&text, &address)?;
        Ok(match &*status.cluster.status {
            "ready" | "disabled" => vec![],
            "settling" => {
                vec!["the cluster is settling: silences made elsewhere may be missing for a moment".to_owned()]
            }
            other => vec![format!("the cluster is {other} (version {})", &*status.version_info.version)],
        })
    });
    read.unwrap_or_else(|error| vec![format!("the cluster's state is not known: {}", error.what)])
}

impl Source for Alertmanager {
    fn kind(&self) -> &'static str {
        "alertmanager"
    }

    fn poll(&mut self) -> BoxFuture<'_, Result<Observation, SourceError>> {
        self.ask().boxed()
    }

    fn muting(&self) -> Option<Arc<dyn Muting>> {
        Some(Arc::new(Silences {
            client: Arc::clone(&self.client),
            source: self.source.clone(),
            prefix: self.prefix.clone(),
        }))
    }

    fn tells(&self) -> Capabilities {
        Capabilities { alerts: true, mutes: true, ..Capabilities::default() }
    }
}
