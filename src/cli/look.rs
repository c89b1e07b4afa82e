//! One look at everything, without a screen: what `status`, `incidents` and the acts begin with.

use std::sync::Arc;
use std::time::Duration;

use super::setup::Setup;
use crate::app::guard::Guard;
use crate::app::keys::KeyTable;
use crate::app::{App, Msg};
use crate::clock::Clock;
use crate::runtime::effects::{Hands, Mutings};
use crate::runtime::session::{self, Built, Ready};
use crate::runtime::store_watch::StoreWatch;
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

/// Asks every source once, at most as long as `wait`.
pub async fn look(setup: &Setup, wait: Duration) -> Looked {
    let session = setup.session();
    let settings = &session.settings;
    let clock = Clock::System;
    let guard = Guard { read_only: settings.read_only, may_write: false, write_until: None };
    let mut app = App::new(session.board(), session.profile(), guard, Arc::new(KeyTable::default()), clock.now());
    let Built { ready, broken, mutings, .. } = session::build(&settings.sources, Vec::new(), clock);
    // The store opens while the sources answer.
    let (store, reports) = tokio::join!(session::open_store(&settings.store), ask(ready, wait, clock));
    let (store, mut troubles) = match store {
        Ok((store, notices)) => (Some(store), notices),
        Err(words) => (None, vec![words]),
    };
    if let Some(store) = &store {
        troubles.extend(remember(&mut app, store, clock).await);
    }
    for report in broken.into_iter().chain(reports) {
        app.update(clock.now(), Msg::Source(report));
    }
    let hands = hands(setup, store, mutings);
    Looked { app, hands, troubles }
}

async fn ask(ready: Vec<Ready>, wait: Duration, clock: Clock) -> Vec<crate::board::SourceReport> {
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
            None
        }
        Err(error) => Some(format!("the store: {error}")),
    }
}

fn hands(setup: &Setup, store: Option<Store>, mutings: Mutings) -> Hands {
    Hands {
        store,
        mutings: Arc::new(mutings),
        operator: setup.operator.clone(),
        clock: Clock::System,
        holder: session::holder(&setup.operator).into(),
    }
}
