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

use std::collections::BTreeMap;
use std::hash::BuildHasher as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use foldhash::quality::RandomState;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use self::client::{Body, Client};
pub use self::map::alerts;
use self::muting::Silences;
use super::http::Http;
use super::options::{AlertmanagerOptions, SourceOptions};
use super::{Capabilities, Muting, Observation, Part, Source, SourceError, json};
use crate::domain::severity::SeverityTable;
use crate::domain::{Moment, SourceName};

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
    timeout: Duration,
    /// How long the cluster's state is waited for: it must not cost the poll its answer.
    patience: Duration,
    /// How long after its restart alerts may take to be sent to it again.
    resend: TimeDelta,
    /// Whether the last poll failed.
    lost: bool,
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
    /// When it was.
    at: Option<Moment>,
    /// When each peer began, by its own clock.
    began: BTreeMap<String, Moment>,
    /// How many alerts there were.
    count: usize,
    /// Until when a server that has restarted may not have been told all alerts again.
    forgetful_until: Option<Moment>,
    /// Whether that is because nobody knows whether it has restarted.
    is_guess: bool,
}

impl Last {
    /// What follows from what the server says of itself, or does not say. `away`: the poll before failed; `fewer`: it
    /// tells less than before.
    fn judge(&mut self, standing: Standing, now: Moment, resend: TimeDelta, away: bool, fewer: bool) {
        let Standing { notes, from, began } = standing;
        self.status_notes = notes;
        let Some(began) = began else {
            // It was away, or says nothing of itself as it used to: what is missing may be forgotten or over.
            if self.at.is_some() && (away || fewer && !self.began.is_empty()) && self.forgetful_until.is_none() {
                (self.forgetful_until, self.is_guess) = (Some(now + resend), true);
            }
            return;
        };
        // It began after it last answered us: it has forgotten what it told then. Its clock may be far from ours, so
        // what it said before of itself is asked first.
        let restarted = match self.began.get(&from) {
            Some(before) => began > *before,
            None => self.at.is_some_and(|answered| answered < began),
        };
        if restarted {
            self.forgetful_until = Some(now + resend);
        } else if self.is_guess {
            self.forgetful_until = None;
        }
        self.is_guess = false;
        self.began.insert(from, began);
    }
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
            hasher: RandomState::default(),
            timeout: source.timeout,
            patience: source.timeout / 4,
            resend: TimeDelta::from_std(options.resend).unwrap_or_default(),
            lost: false,
            last: Last::default(),
        })
    }

    /// What the server says of itself, if it says so within what is left of the poll's time.
    async fn standing(&self, began: Instant) -> Standing {
        let left = self.timeout.mul_f64(0.9).saturating_sub(began.elapsed());
        match tokio::time::timeout(self.patience.min(left), self.client.status()).await {
            Ok(answer) => read_standing(answer),
            Err(_) => Standing {
                notes: vec!["the cluster's state is not known: no answer in time".to_owned()],
                ..Standing::default()
            },
        }
    }

    async fn ask(&mut self) -> Result<Observation, SourceError> {
        let asked = Instant::now();
        let mut next = self.last.clone();
        let due = self.lost || self.last.polls.is_multiple_of(STATUS_EVERY) || !self.last.status_notes.is_empty();
        // Of several peers the one that answers must be known first.
        let early = async {
            let standing = if due && self.client.http.is_alone() { Some(self.standing(asked).await) } else { None };
            Ok::<_, SourceError>(standing)
        };
        // The answers come from one peer, but not at one moment; a silence made in between shows at the next poll.
        let (alerts, silences, early) = tokio::try_join!(self.client.alerts(), self.client.silences(), early)?;
        let mut observation = Observation::default();

        let hash = Some(self.hasher.hash_one(&alerts.text));
        observation.alerts = if hash == self.last.alerts {
            Part::Same
        } else {
            Part::Now(map::alerts(&alerts.text, &alerts.address, &self.severity)?)
        };
        next.alerts = hash;
        let fewer = matches!(&observation.alerts, Part::Now(alerts) if alerts.len() < self.last.count);
        if let Part::Now(alerts) = &observation.alerts {
            next.count = alerts.len();
        }

        let hash = Some(self.hasher.hash_one(&silences.text));
        observation.mutes = if hash == self.last.silences {
            Part::Same
        } else {
            let (mutes, notes) = map::mutes(&silences.text, &silences.address, &self.source, &self.prefix)?;
            next.silence_notes = notes;
            Part::Now(mutes)
        };
        next.silences = hash;

        let now = chrono::Utc::now();
        if due || fewer {
            // What was said before a shorter answer may be of the server before it restarted.
            let standing = match early.filter(|_| !fewer) {
                Some(standing) => standing,
                None => self.standing(asked).await,
            };
            next.judge(standing, now, self.resend, self.lost, fewer);
        }
        next.forgetful_until = next.forgetful_until.filter(|until| now < *until);
        if let Some(until) = next.forgetful_until {
            observation.forgetful = true;
            // The same answer means something else once this has passed.
            next.alerts = None;
            let until = until.format("%H:%M:%S UTC");
            observation.notes.push(format!(
                "it has restarted, or may have: alerts that it was not sent again are kept until {until}"
            ));
        }
        next.at = Some(now);
        next.polls = next.polls.wrapping_add(1);

        observation.notes.extend(self.client.http.notes());
        observation.notes.extend(next.status_notes.iter().chain(&next.silence_notes).cloned());
        self.last = next;
        Ok(observation)
    }
}

/// What the server says of itself.
#[derive(Debug, Default)]
struct Standing {
    notes: Vec<String>,
    /// Which peer it is.
    from: String,
    /// When its process began.
    began: Option<Moment>,
}

/// Reads what the server says of itself. Alerts and silences came, so a failure here is a note and no more.
fn read_standing(answer: Result<Body, SourceError>) -> Standing {
    let read = answer.and_then(|Body { text, address }| {
        let status: wire::ServerStatus<'_> = json::decode(&text, &address)?;
        let notes = match &*status.cluster.status {
            "ready" | "disabled" => vec![],
            "settling" => {
                vec!["the cluster is settling: silences made elsewhere may be missing for a moment".to_owned()]
            }
            other => vec![format!("the cluster is {other} (version {})", &*status.version_info.version)],
        };
        let began = status.uptime;
        drop(status);
        Ok(Standing { notes, from: address, began })
    });
    let unknown = |error: SourceError| vec![format!("the cluster's state is not known: {}", error.what)];
    read.unwrap_or_else(|error| Standing { notes: unknown(error), ..Standing::default() })
}

impl Source for Alertmanager {
    fn kind(&self) -> &'static str {
        "alertmanager"
    }

    fn poll(&mut self) -> BoxFuture<'_, Result<Observation, SourceError>> {
        async {
            // A little before the poller loses patience: it does not know whom it waits for.
            let within = self.timeout.mul_f64(0.95);
            let asked = match tokio::time::timeout(within, self.ask()).await {
                Ok(asked) => asked,
                Err(_) => Err(self.client.http.late(within)),
            };
            self.lost = asked.is_err();
            asked
        }
        .boxed()
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

/// Reads a text as every answer that there is, and as what a server says of a failure.
#[cfg(any(test, fuzzing))]
pub(crate) fn taken_apart(text: &str) {
    let observed = |alerts| Observation { alerts: Part::Now(alerts), ..Observation::default() };
    if let Ok(alerts) = map::alerts(text, "fuzz", &crate::domain::severity::SeverityTable::default()) {
        super::observation::assert_shown(&observed(alerts));
    }
    if let Ok((mutes, _)) = map::mutes(text, "fuzz", &"am".into(), "ack: ") {
        super::observation::assert_shown(&Observation { mutes: Part::Now(mutes), ..Observation::default() });
    }
    let standing = read_standing(Ok(Body { text: text.to_owned(), address: "fuzz".to_owned() }));
    super::observation::assert_shown(&Observation { notes: standing.notes, ..Observation::default() });
    client::explained(text);
}
