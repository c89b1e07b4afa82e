//! From settings to everything that runs: the board's rules, the app's profile, the store, the pollers.

mod opened;
mod tap;

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::Instant;

use self::opened::Kept;
use self::tap::Tap;
use super::effects::{Hands, Keeper, Mutings};
use super::event_loop::Running;
use super::guarded::guarded;
use super::holder;
use super::open_store::OpenStore;
use crate::app::{Msg, Profile};
use crate::board::{Answer, Board, BoardRules, SourceEvent, SourceReport};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::checklist::when::Ground;
use crate::domain::checklist::{ChecklistId, Walk};
use crate::domain::correlate::Grouping;
use crate::domain::mute::AckRules;
use crate::domain::signal::{SignalKey, SignalUpdate};
use crate::domain::{Moment, Operator, Reading, SourceName, SourceStatus};
use crate::source::host::LogCounts;
use crate::source::options::{KindOptions, SourceOptions};
use crate::source::poller::{self, PollerHandle, Schedule};
use crate::source::{Source, registry};
use crate::store::Store;

/// How many reports and messages may wait for the loop. Pollers wait when it is full; the screen never does.
const WAITING: usize = 1_024;
/// How long alerts wait for the store to be opened and read, so that incidents keep their ids.
const STORE_PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);
/// How much of a host's history is taken up at the start.
const HISTORY: TimeDelta = TimeDelta::hours(24);

/// A watch that is to begin.
#[derive(Debug, Clone)]
pub struct Session {
    /// What was configured.
    pub settings: Settings,
    /// Who watches, from where.
    pub operator: Operator,
    /// What time it is.
    pub clock: Clock,
    /// Whether this is the simulated production.
    pub demo: bool,
    /// What must be told at once.
    pub notices: Vec<String>,
    /// Walks of the time before, and since when their lists are known: those of the simulated team.
    pub walked: Option<(Vec<Walk>, Moment)>,
    /// The checklist whose walk is opened at the start.
    pub opens: Option<ChecklistId>,
}

impl Session {
    /// An empty board for these settings.
    #[must_use]
    pub fn board(&self) -> Board {
        let settings = &self.settings;
        let watchdogs = settings.sources.iter().filter_map(|source| match &source.kind {
            KindOptions::Alertmanager(own) if !own.watchdog.is_empty() => {
                Some((source.name.clone(), own.watchdog.clone()))
            }
            _ => None,
        });
        let rules = BoardRules {
            grouping: Grouping {
                by: settings.group_by.clone(),
                services: settings.services.iter().map(|service| service.service.clone()).collect(),
            },
            keep_resolved: settings.keep_resolved,
            log_lines: settings.log_lines,
            watchdogs: watchdogs.collect(),
            operator: self.operator.name.clone(),
        };
        Board::new(rules, settings.sources.iter().map(status).collect())
    }

    /// What the app must know.
    #[must_use]
    pub fn profile(&self) -> Profile {
        let settings = &self.settings;
        let links = settings.services.iter().filter_map(|service| {
            service.logs.as_ref().map(|link| (service.service.name.clone(), link.source.clone()))
        });
        Profile {
            environment: settings.environment.clone(),
            operator: self.operator.clone(),
            timezone: settings.timezone,
            acks: ack_rules(settings),
            local_ack: AckRules::default(),
            service_logs: links.collect(),
            notify: settings.look.notify,
            notices: self.notices.clone(),
            remedies: settings.remedies.clone().into(),
            catalogue: Arc::new(super::effects::runbooks::catalogue(settings)),
            checklists: settings.checklists.iter().cloned().map(Arc::new).collect(),
            ground: Ground { sources: sources_of(settings), environment: settings.environment.clone() },
            seed: RandomState::new().hash_one(std::process::id()),
            demo: self.demo,
        }
    }

    /// Starts everything that works in the background. The screen does not wait for it: messages come when they
    /// come, and `Running` when the store was opened.
    pub fn start(self, sender: mpsc::Sender<Msg>) -> oneshot::Receiver<Running> {
        self.start_with(Vec::new(), sender)
    }

    /// The same, with sources that are built already instead of those of the configuration with their names.
    pub fn start_with(self, more: Vec<Ready>, sender: mpsc::Sender<Msg>) -> oneshot::Receiver<Running> {
        let (ready, receiver) = oneshot::channel();
        tokio::spawn(async move {
            match guarded("nothing is watched", self.begin(more, sender.clone())).await {
                Ok(Begun { running, kept, broken, tap, reports }) => {
                    let clock = running.hands.clock;
                    let nudge = Arc::clone(&running.nudge);
                    if ready.send(running).is_err() {
                        tracing::debug!("midwatch left before it had begun");
                    }
                    // Only now: what follows from it is carried out by what was handed over. What the store kept comes
                    // before the first answer, so that incidents keep their ids.
                    if let Some(Kept { store, watch, first }) = kept {
                        tell_all(&sender, first).await;
                        tokio::spawn(watch.run(store, clock, nudge, sender.clone()));
                    }
                    tell_all(&sender, broken.into_iter().map(Msg::Source).collect()).await;
                    tap.run(reports).await;
                }
                Err(words) => tell_all(&sender, vec![Msg::Trouble { key: "start", words: Some(words) }]).await,
            }
        });
        receiver
    }

    async fn begin(self, more: Vec<Ready>, sender: mpsc::Sender<Msg>) -> Begun {
        // Sources are asked while the store opens; what they answer waits until what the store kept was told. Only the
        // rules of this machine need its history first.
        let (reports, received) = mpsc::channel(WAITING);
        let (own, others): (Vec<_>, Vec<_>) = self.settings.sources.iter().cloned().partition(is_host);
        let Built { mut ready, mut broken, mut mutings, counts } = build(&others, Vec::new(), self.clock);
        ready.retain(|ready| more.iter().all(|other| other.name != ready.name));
        ready.extend(more);
        let mut pollers = self.poll(ready, &reports);
        let nudge = Arc::new(Notify::new());
        let place = OpenStore::default();
        let until = Instant::now() + STORE_PATIENCE;
        let (kept, history) = match self.opened(until, &place, &nudge, &sender).await {
            Some(store) => {
                let (kept, history) = self.kept_by(store, until).await;
                (Some(kept), history)
            }
            None => (None, Vec::new()),
        };
        let host = build_with(Arc::clone(&counts), &own, history, self.clock);
        broken.extend(host.broken);
        mutings.extend(host.mutings);
        let hands = Hands {
            store: place,
            mutings: Arc::new(mutings),
            remedies: super::effects::remedies::Toolbox::new(&self.settings),
            operator: self.operator.clone(),
            clock: self.clock,
            holder: holder::name(&self.operator).into(),
            since: self.clock.now(),
        };
        let (keeper, _) = Keeper::start(hands.clone(), sender.clone());
        let walks = super::effects::walks::Walks::start(hands.clone(), sender.clone(), Arc::clone(&nudge));
        tokio::spawn(hands.clone().look_after_runs(sender.clone(), Arc::clone(&nudge)));
        tokio::spawn(hands.clone().look_after_acts(sender.clone(), Arc::clone(&nudge)));
        let hosts = host.ready.iter().map(|ready| ready.name.clone()).collect();
        let tap = Tap { sender, hosts, keeper: keeper.clone(), counts };
        pollers.extend(self.poll(host.ready, &reports));
        Begun { running: Running { hands, keeper, pollers, walks, nudge }, kept, broken, tap, reports: received }
    }

    fn poll(&self, ready: Vec<Ready>, reports: &mpsc::Sender<SourceReport>) -> Vec<(SourceName, PollerHandle)> {
        let clock = self.clock;
        let clock: poller::Clock = Arc::new(move || clock.now());
        let spawn = |ready: Ready| {
            let handle =
                poller::spawn(ready.source, ready.schedule, ready.name.clone(), Arc::clone(&clock), reports.clone());
            (ready.name, handle)
        };
        ready.into_iter().map(spawn).collect()
    }
}

/// What works in the background, and what it is to tell once it was handed over.
struct Begun {
    running: Running,
    kept: Option<Kept>,
    broken: Vec<SourceReport>,
    tap: Tap,
    reports: mpsc::Receiver<SourceReport>,
}

fn is_host(source: &SourceOptions) -> bool {
    matches!(source.kind, KindOptions::Host(_))
}

/// The names and kinds of the sources that are not off: what conditions of checklists ask for.
fn sources_of(settings: &Settings) -> Vec<String> {
    let on = settings.sources.iter().filter(|source| !source.off);
    on.flat_map(|source| [source.name.to_string(), source.kind.word().to_owned()]).collect()
}

/// A source that is ready to be polled.
pub struct Ready {
    /// Its name.
    pub name: SourceName,
    /// The adapter.
    pub source: Box<dyn Source>,
    /// When it is asked.
    pub schedule: Schedule,
}

/// Sources as adapters, those that could not be built as reports, and the ways to mute.
pub struct Built {
    /// Ready to be polled.
    pub ready: Vec<Ready>,
    /// Why a source cannot be asked at all.
    pub broken: Vec<SourceReport>,
    /// The ways to mute.
    pub mutings: Mutings,
    /// How many log lines came, and how many of them were errors: the host's rules read it.
    pub counts: Arc<LogCounts>,
}

/// Builds the adapters of all sources that are not off. `history` is what was kept of this machine.
#[must_use]
pub fn build(options: &[SourceOptions], history: Vec<(SignalKey, Vec<Reading>)>, clock: Clock) -> Built {
    build_with(Arc::default(), options, history, clock)
}

fn build_with(
    counts: Arc<LogCounts>,
    options: &[SourceOptions],
    history: Vec<(SignalKey, Vec<Reading>)>,
    clock: Clock,
) -> Built {
    let mut built =
        Built { ready: Vec::new(), broken: Vec::new(), mutings: BTreeMap::new(), counts: Arc::clone(&counts) };
    let context = registry::Context { counts, history };
    for source in options.iter().filter(|source| !source.off) {
        match registry::build(source, &context) {
            Ok(adapter) => {
                built.mutings.extend(adapter.muting().map(|muting| (source.name.clone(), muting)));
                built.ready.push(Ready {
                    name: source.name.clone(),
                    source: adapter,
                    schedule: Schedule { every: source.every, timeout: source.timeout },
                });
            }
            Err(error) => built.broken.push(SourceReport {
                source: source.name.clone(),
                at: clock.now(),
                took: std::time::Duration::ZERO,
                event: SourceEvent::Failed { cause: error.to_string(), retry: None },
            }),
        }
    }
    built
}

/// Whether this machine itself is watched.
#[must_use]
pub fn watches_host(settings: &Settings) -> bool {
    settings.sources.iter().any(|source| is_host(source) && !source.off)
}

/// The readings that the store kept of this machine: its rules ask what held for how long.
pub async fn history_of(settings: &Settings, store: &Store, clock: Clock) -> Vec<(SignalKey, Vec<Reading>)> {
    if !watches_host(settings) {
        return Vec::new();
    }
    match store.readings(clock.now() - HISTORY).await {
        Ok(readings) => readings,
        Err(error) => {
            tracing::warn!(%error, "the history of this machine could not be read");
            Vec::new()
        }
    }
}

/// The newest reading of every signal of an answer.
#[must_use]
pub fn newest_readings(answer: &Answer) -> Vec<(SignalKey, Reading)> {
    let newest = |update: &SignalUpdate| update.readings.last().map(|reading| (update.signal.key.clone(), *reading));
    answer.signals.iter().filter_map(newest).collect()
}

/// Opens the store, with what must be told about it.
///
/// # Errors
/// In words, what failed and what to do.
pub async fn open_store(path: &Path) -> Result<(Store, Vec<String>), String> {
    let opened = Store::open(path).await.map_err(|error| format!("the store: {error}"))?;
    Ok((opened.store, opened.notices.iter().map(ToString::to_string).collect()))
}

/// How acks are made at each source that can mute.
#[must_use]
pub fn ack_rules(settings: &Settings) -> BTreeMap<SourceName, AckRules> {
    let of = |source: &SourceOptions| match &source.kind {
        KindOptions::Alertmanager(own) => Some((source.name.clone(), own.ack.clone())),
        _ => None,
    };
    settings.sources.iter().filter_map(of).collect()
}

fn status(source: &SourceOptions) -> SourceStatus {
    let mut status = SourceStatus::new(source.name.clone(), source.kind.word(), source.every);
    status.off = source.off;
    status
}

async fn tell_all(sender: &mpsc::Sender<Msg>, messages: Vec<Msg>) {
    for message in messages {
        if sender.send(message).await.is_err() {
            return;
        }
    }
}

/// The channel to the loop.
#[must_use]
pub fn channel() -> (mpsc::Sender<Msg>, mpsc::Receiver<Msg>) {
    mpsc::channel(WAITING)
}
