//! Carrying out effects: checked, journalled before and after, done, and told.
//!
//! Acts run beside each other, each under its own deadline; what only the store sees is written in the order it
//! was asked for.

mod act;
mod aftermath;
mod keep;
pub mod remedies;
mod renew;
pub mod runbooks;
pub mod walks;

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::mpsc;
use tokio::time::Instant;

use super::guarded::guarded;
use crate::app::act::{Act, Done};
use crate::app::effect::Renewal;
use crate::clock::Clock;
use crate::domain::journal::{Entry, Outcome};
use crate::domain::{Moment, Operator, SourceName};
use crate::runtime::open_store::OpenStore;
use crate::source::Muting;

/// The ways to mute, by source.
pub type Mutings = BTreeMap<SourceName, Arc<dyn Muting>>;

/// Carries acts out. Cheap to clone.
#[derive(Clone)]
pub struct Hands {
    /// The store, once it is open; without it nothing that must be recorded is done.
    pub store: OpenStore,
    /// The ways to mute.
    pub mutings: Arc<Mutings>,
    /// What remedies and runbooks need beside the store.
    pub remedies: remedies::Toolbox,
    /// Who acts.
    pub operator: Operator,
    /// What time it is.
    pub clock: Clock,
    /// Tells this process from another of the same operator on the same host.
    pub holder: Arc<str>,
    /// Since when it runs: the same name was another's before, where processes are counted from the start again.
    pub since: Moment,
}

impl std::fmt::Debug for Hands {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hands").field("operator", &self.operator).field("holder", &self.holder).finish_non_exhaustive()
    }
}

impl Hands {
    /// Carries an act out. `allowed` is what the guard says now; it is asked again here, so that nothing slips
    /// through between the key and the deed.
    pub async fn carry_out(&self, act: Act, allowed: Result<(), String>) -> Done {
        let token = act.token;
        let (did, failure) = match allowed {
            // What was done before a fault of ours is not known; the journal holds the intent without an outcome.
            Ok(()) => match guarded("whether it was done is not known", Box::pin(act::carry_out(self, act))).await {
                Ok(came) => came,
                Err(words) => (Vec::new(), Some(words)),
            },
            Err(words) => (Vec::new(), Some(words)),
        };
        Done { token, did, failure, at: self.clock.now() }
    }

    /// Renews an ack that is still ours and still needed. What went wrong is journalled; the ack then lapses, and
    /// that is seen.
    pub async fn renew(&self, renewal: Renewal) {
        if let Err(words) = guarded("the renewal", renew::renew(self, &renewal)).await.flatten() {
            tracing::warn!(ack = %renewal.id, error = %words, "an ack was not renewed");
            let target = renewal.id.to_string();
            self.note("ack.renewal", target, "an ack was not renewed and lapses".to_owned(), Outcome::Failed(words))
                .await;
        }
    }

    async fn note(&self, action: &str, target: String, detail: String, outcome: Outcome) {
        let Some(store) = self.store.get() else { return };
        let entry = Entry {
            at: self.clock.now(),
            operator: self.operator.clone(),
            action: action.to_owned(),
            target,
            detail,
            outcome,
        };
        if let Err(error) = store.append(entry).await {
            tracing::error!(%error, "the journal could not be written");
        }
    }
}

/// What only the store sees, written one after the other; what cannot be written waits, bounded, and is tried again.
#[derive(Debug, Clone)]
pub struct Keeper {
    orders: mpsc::Sender<keep::Order>,
}

pub use aftermath::Aftermath;
pub use keep::Order;

impl Keeper {
    /// Begins to write; `told` hears when the store cannot be written, and when it can again.
    #[must_use]
    pub fn start(hands: Hands, told: mpsc::Sender<crate::app::Msg>) -> (Self, tokio::task::JoinHandle<()>) {
        let (orders, received) = mpsc::channel(ORDERS);
        (Self { orders }, tokio::spawn(keep::write_all(hands, received, told)))
    }

    /// Hands over an order. One that does not fit any more is dropped, and only the log says so: the store is far
    /// behind then.
    pub fn order(&self, order: Order) {
        if let Err(error) = self.orders.try_send(order) {
            tracing::error!(%error, "the store is too slow: something was not kept");
        }
    }
}

/// How many orders may wait.
const ORDERS: usize = 1_024;

/// Waits until then; for ever, if there is no such moment.
pub(super) async fn until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
