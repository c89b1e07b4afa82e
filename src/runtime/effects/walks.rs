//! Walks: what is kept, one order after the other; probes, beside each other; earlier walks, read.
//!
//! What lives here: the way from the loop to the store and back. What must not: what an order means for a walk (the
//! app's), how it is kept (the store's), how a probe is carried out (`probe`'s).

mod keep;
mod probes;
#[cfg(test)]
mod tests;
mod turns;

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, mpsc, oneshot};

use self::keep::{Carry, Keeping, Order};
use self::turns::Turns;
use super::Hands;
use crate::app::Msg;
use crate::app::walks::{WalkNews, WalkOrder};

pub use probes::{Probing, not_asked};

/// Keeps what is said in walks, in the order in which it was said. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Walks {
    orders: mpsc::Sender<Order>,
    /// What found no room, so that nothing overtakes it.
    missed: Arc<Mutex<Turns>>,
}

/// How many orders may wait.
const ORDERS: usize = 1_024;
/// What is said of an order that found no room.
const FULL: &str = "the store is too slow: it is tried again";

impl Walks {
    /// Begins to keep; what comes of each order goes to `told` as [`Msg::Walk`], and `nudge` makes the store be looked
    /// at after it.
    #[must_use]
    pub fn start(hands: Hands, told: mpsc::Sender<Msg>, nudge: Arc<Notify>) -> Self {
        Self::carried_by(keep::at_the_store(hands), told, nudge)
    }

    /// The same with another hand.
    fn carried_by(carry: Carry, told: mpsc::Sender<Msg>, nudge: Arc<Notify>) -> Self {
        let (orders, received) = mpsc::channel(ORDERS);
        tokio::spawn(Keeping { carry, told, nudge }.all(received));
        Self { orders, missed: Arc::default() }
    }

    /// Hands an order over. One that does not fit any more comes back as not kept.
    ///
    /// # Errors
    /// What to answer for it.
    pub fn order(&self, order: WalkOrder) -> Result<(), Msg> {
        let mut missed = self.missed.lock().unwrap_or_else(PoisonError::into_inner);
        if !missed.may(&order) {
            return Err(not_kept(order, FULL));
        }
        let Ok(room) = self.orders.try_reserve() else {
            missed.failed(&order);
            return Err(not_kept(order, FULL));
        };
        missed.kept(&order);
        room.send(Order::Keep(order));
        Ok(())
    }

    /// Ends when everything that was handed over before is carried out, kept or not.
    pub async fn idle(&self) {
        let (done, written) = oneshot::channel();
        if self.orders.send(Order::Done(done)).await.is_ok() {
            // Where nobody carries orders out any more, there is nothing to wait for.
            let _ = written.await;
        }
    }
}

/// What an order is answered while the store is being opened.
#[must_use]
pub fn not_yet(order: WalkOrder) -> Msg {
    not_kept(order, "the store is still being opened")
}

fn not_kept(order: WalkOrder, why: &str) -> Msg {
    Msg::Walk(Box::new(WalkNews { order, kept: Err(why.to_owned()) }))
}
