//! The store as the background sees it: there from the start, or later, when the disk lets it be opened.
//!
//! What lives here: the place that the store is put into once, and the task that tries again. What must not: what is
//! done without a store; whoever acts decides that.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{Notify, mpsc};

use super::session;
use super::store_watch::StoreWatch;
use crate::app::Msg;
use crate::clock::Clock;
use crate::store::Store;

/// How often it is tried again where it could not be opened.
const AGAIN: Duration = Duration::from_secs(5);

/// The store, once it is open. Cheap to clone; all clones see the same.
#[derive(Debug, Clone, Default)]
pub struct OpenStore(Arc<OnceLock<Store>>);

impl OpenStore {
    /// The store, if it is open.
    #[must_use]
    pub fn get(&self) -> Option<&Store> {
        self.0.get()
    }

    /// Puts the store in. The first one stays.
    pub fn set(&self, store: Store) {
        if self.0.set(store).is_err() {
            tracing::error!("the store was opened twice");
        }
    }
}

impl From<Option<Store>> for OpenStore {
    fn from(store: Option<Store>) -> Self {
        let this = Self::default();
        if let Some(store) = store {
            this.set(store);
        }
        this
    }
}

impl From<Store> for OpenStore {
    fn from(store: Store) -> Self {
        Some(store).into()
    }
}

/// What is said while the store cannot be opened.
#[must_use]
pub fn without(words: &str) -> Msg {
    let words = format!("watching goes on, but nothing can be acked or noted: {words}");
    Msg::Trouble { key: "store", words: Some(words) }
}

/// Tries until the store opens, puts it in, and watches it from then on. Nothing of a watch is begun anew.
#[derive(Debug)]
pub struct Later {
    /// The file.
    pub path: PathBuf,
    /// Where it is put.
    pub place: OpenStore,
    /// What time it is.
    pub clock: Clock,
    /// Makes the store be looked at.
    pub nudge: Arc<Notify>,
    /// Who hears of it.
    pub told: mpsc::Sender<Msg>,
}

impl Later {
    /// Tries again and again, until it is open or nobody listens. `said` is what was said last.
    pub async fn run(self, mut said: Msg) {
        loop {
            tokio::select! {
                () = self.told.closed() => return,
                () = tokio::time::sleep(AGAIN) => {}
            }
            let words = match session::open_store(&self.path).await {
                Ok((store, notices)) => return self.opened(store, notices).await,
                Err(words) => without(&words),
            };
            if words != said {
                said = words.clone();
                if self.told.send(words).await.is_err() {
                    return;
                }
            }
        }
    }

    async fn opened(self, store: Store, notices: Vec<String>) {
        self.place.set(store.clone());
        let over = Msg::Trouble { key: "store", words: None };
        let notices = notices.into_iter().map(|words| Msg::Trouble { key: "store.notice", words: Some(words) });
        for message in std::iter::once(over).chain(notices) {
            if self.told.send(message).await.is_err() {
                return;
            }
        }
        StoreWatch::default().run(store, self.clock, self.nudge, self.told).await;
    }
}
