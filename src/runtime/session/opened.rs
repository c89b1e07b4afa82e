//! The store at the start: opened and read as long as answers may wait for it, and later otherwise.
//!
//! What lives here: what a session does with its store until it runs. What must not: what is done without one.

use std::sync::Arc;

use tokio::sync::{Notify, mpsc};
use tokio::time::Instant;

use super::{Session, history_of, tell_all};
use crate::app::Msg;
use crate::domain::Reading;
use crate::domain::signal::SignalKey;
use crate::runtime::open_store::{Later, OpenStore, Opening, Unopened, told_of};
use crate::runtime::store_watch::StoreWatch;
use crate::store::{Opened, Store};

/// A store that is open, who watches it from now on, and what it kept until now.
pub(super) struct Kept {
    pub(super) store: Store,
    pub(super) watch: StoreWatch,
    pub(super) first: Vec<Msg>,
}

impl Session {
    /// The store, if it opens in time; else what is wrong is said, and it is put into its place later.
    pub(super) async fn opened(
        &self,
        until: Instant,
        place: &OpenStore,
        nudge: &Arc<Notify>,
        sender: &mpsc::Sender<Msg>,
    ) -> Option<Store> {
        let mut opening = Opening::of(self.settings.store.clone());
        let (unopened, opening) = match tokio::time::timeout_at(until, opening.ended()).await {
            Ok(Ok(Opened { store, notices })) => {
                tell_all(sender, told_of(&notices).into_iter().collect()).await;
                place.set(store.clone());
                return Some(store);
            }
            Ok(Err(error)) => (Unopened::from(error), None),
            // Alerts do not wait for a disk that hangs; it goes on opening.
            Err(_) => (Unopened::slow(), Some(opening)),
        };
        tell_all(sender, vec![unopened.said.clone()]).await;
        let later = Later {
            path: self.settings.store.clone(),
            place: place.clone(),
            clock: self.clock,
            nudge: Arc::clone(nudge),
            told: sender.clone(),
        };
        tokio::spawn(later.run(unopened, opening));
        None
    }

    /// What the store kept, as far as it can be read in time, and of this machine.
    pub(super) async fn kept_by(&self, store: Store, until: Instant) -> (Kept, Vec<(SignalKey, Vec<Reading>)>) {
        if let Some((walks, since)) = &self.walked
            && let Err(error) = store.take_walks(walks, *since).await
        {
            tracing::warn!(%error, "the walks of the time before were not kept");
        }
        let history = tokio::time::timeout_at(until, history_of(&self.settings, &store, self.clock)).await;
        let history = history.unwrap_or_else(|_| {
            tracing::warn!("the history of this machine was not read in time");
            Vec::new()
        });
        let mut watch = StoreWatch::default();
        // Whoever watches it looks again at once, and tells what is wrong and when it is over.
        let first = match tokio::time::timeout_at(until, watch.look(&store, self.clock)).await {
            Ok(Ok(messages)) => messages,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the store could not be read at the start");
                Vec::new()
            }
            Err(_) => {
                tracing::warn!("the store was not read in time: answers do not wait for it");
                Vec::new()
            }
        };
        (Kept { store, watch, first }, history)
    }
}
