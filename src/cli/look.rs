//! One look at everything, without a screen: what `status`, `incidents` and the acts begin with.

use std::sync::Arc;
use std::time::Duration;

use super::setup::Setup;
use crate::app::guard::Guard;
use crate::app::keys::KeyTable;
use crate::app::{App, Msg};
use crate::board::{SourceEvent, SourceReport};
use crate::clock::Clock;
use crate::config::Settings;
use crate::runtime::effects::{Aftermath, Hands, Mutings};
use crate::runtime::holder;
use crate::runtime::session::{self, Built, Ready};
use crate::runtime::store_watch::StoreWatch;
use crate::source::options::KindOptions;
use crate::source::poller::{self, Asked, once};
use crate::store::Store;

/// What one look found, and what can be done about it.
#[derive(Debug)]
pub struct Looked {
    /// The app, as it would be on the screen.
    pub app: App,
    /// Carries acts out.
    pub hands: Hands,
    /// What must be told: the store's troubles.
    pub troubles: Vec<String>,
}

/// The store and the hands alone: for what needs no source.
pub async fn without_sources(setup: &Setup) -> (Hands, Vec<String>) {
    let (store, troubles) = match session::open_store(&setup.settings.store).await {
        Ok((store, notices)) => (Some(store), notices),
        Err(words) => (None, vec![words]),
    };
    (hands(setup, store, Mutings::new()), troubles)
}

/// The app with what the store kept, as it would be before any source answered.
pub async fn remembered(setup: &Setup) -> Looked {
    let mut app = app(setup);
    let (hands, mut troubles) = without_sources(setup).await;
    if let Some(store) = hands.store.get() {
        troubles.extend(remember(&mut app, store, hands.clock).await);
    }
    Looked { app, hands, troubles }
}

fn app(setup: &Setup) -> App {
    let session = setup.session();
    let guard = Guard { read_only: session.settings.read_only, may_write: false, write_until: None };
    App::new(session.board(), session.profile(), guard, Arc::new(KeyTable::default()), Clock::System.now())
}

/// Asks every source once, at most as long as `wait`.
pub async fn look(setup: &Setup, wait: Duration) -> Looked {
    let (settings, clock) = (&setup.settings, Clock::System);
    let mut app = app(setup);
    let Answers { store, built: Built { broken, mutings, .. }, reports } = answers(settings, wait, clock).await;
    let (store, mut troubles) = match store {
        Ok((store, notices)) => (Some(store), notices),
        Err(words) => (None, vec![words]),
    };
    let hands = hands(setup, store, mutings);
    if let Some(store) = hands.store.get() {
        // What a killed midwatch left open is found out first: what is remembered then holds it.
        let mut found = Aftermath::default();
        if tokio::time::timeout(wait, hands.settle_acts(&mut found)).await.is_err() {
            troubles.push("not all that a killed midwatch left open could be found out in time".to_owned());
        }
        troubles.extend(found.words());
        troubles.extend(remember(&mut app, store, clock).await);
        keep_readings(settings, store, &reports).await;
    }
    for report in broken.into_iter().chain(reports) {
        app.look_at(clock.now(), report);
    }
    Looked { app, hands, troubles }
}

/// What came of opening the store and asking every source.
struct Answers {
    store: Result<(Store, Vec<String>), String>,
    /// What is left of building the sources once they were asked.
    built: Built,
    reports: Vec<SourceReport>,
}

/// The store opens while the sources answer; where this machine is watched, its rules need what was kept first.
async fn answers(settings: &Settings, wait: Duration, clock: Clock) -> Answers {
    let opening = session::open_store(&settings.store);
    if !session::watches_host(settings) {
        let mut built = session::build(&settings.sources, Vec::new(), clock);
        let ready = std::mem::take(&mut built.ready);
        let (store, reports) = tokio::join!(opening, ask(ready, wait, clock));
        return Answers { store, built, reports };
    }
    let store = opening.await;
    let history = match &store {
        Ok((store, _)) => session::history_of(settings, store, clock).await,
        Err(_) => Vec::new(),
    };
    let mut built = session::build(&settings.sources, history, clock);
    let reports = ask(std::mem::take(&mut built.ready), wait, clock).await;
    Answers { store, built, reports }
}

/// Keeps this machine's readings, so that the next look knows for how long something has held.
async fn keep_readings(settings: &Settings, store: &Store, reports: &[SourceReport]) {
    if !session::watches_host(settings) {
        return;
    }
    for report in reports {
        let is_host = settings
            .sources
            .iter()
            .any(|source| source.name == report.source && matches!(source.kind, KindOptions::Host(_)));
        if let (true, SourceEvent::Answered(answer)) = (is_host, &report.event)
            && let Err(error) = store.save_readings(&session::newest_readings(answer)).await
        {
            tracing::warn!(%error, "this machine's readings were not kept");
        }
    }
}

async fn ask(ready: Vec<Ready>, wait: Duration, clock: Clock) -> Vec<SourceReport> {
    let asked = ready.into_iter().map(|ready| Asked {
        name: ready.name,
        timeout: ready.schedule.timeout.max(wait),
        source: ready.source,
    });
    let clock: poller::Clock = Arc::new(move || clock.now());
    once(asked.collect(), wait, &clock).await
}

async fn remember(app: &mut App, store: &Store, clock: Clock) -> Option<String> {
    match StoreWatch::default().look(store, clock).await {
        Ok(messages) => {
            for message in messages {
                app.update(clock.now(), message);
            }
            // How checklists stand also follows from the time alone.
            app.update(clock.now(), Msg::Tick);
            None
        }
        Err(error) => Some(format!("the store: {error}")),
    }
}

fn hands(setup: &Setup, store: Option<Store>, mutings: Mutings) -> Hands {
    Hands {
        store: store.into(),
        mutings: Arc::new(mutings),
        remedies: crate::runtime::effects::remedies::Toolbox::new(&setup.settings),
        operator: setup.operator.clone(),
        clock: Clock::System,
        holder: holder::name(&setup.operator).into(),
        since: Clock::System.now(),
    }
}
