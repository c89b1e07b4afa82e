//! One task that carries orders out at the store, one after the other, and answers each.

use std::sync::Arc;
use std::time::Duration;

use chrono_tz::Tz;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tokio::sync::{Notify, mpsc, oneshot};

use super::super::super::guarded::guarded;
use super::super::Hands;
use super::turns::Turns;
use crate::app::Msg;
use crate::app::walks::{WalkKept, WalkNews, WalkOrder};
use crate::domain::Moment;
use crate::domain::checklist::walk::End;
use crate::store::walks::Said;
use crate::store::{Store, StoreError};

/// What carries an order out.
pub(super) type Carry = Box<dyn for<'a> Fn(&'a WalkOrder) -> BoxFuture<'a, Result<WalkKept, String>> + Send + Sync>;

/// One thing to do.
#[derive(Debug)]
pub(super) enum Order {
    /// Keep this.
    Keep(WalkOrder),
    /// Say when everything before is carried out.
    Done(oneshot::Sender<()>),
}

/// How long the store may take for one order.
const PATIENCE: Duration = Duration::from_secs(10);
/// What is said of an order that waits for another.
const BEHIND: &str = "what was said before it is not kept yet";
/// What is said where there is no store.
const NO_STORE: &str = "there is no store to keep it in";

/// What the task needs.
pub(super) struct Keeping {
    /// What carries an order out.
    pub(super) carry: Carry,
    /// Who hears what came of it.
    pub(super) told: mpsc::Sender<Msg>,
    /// Makes the store be looked at.
    pub(super) nudge: Arc<Notify>,
}

impl Keeping {
    /// Carries orders out until nobody gives any more.
    pub(super) async fn all(self, mut orders: mpsc::Receiver<Order>) {
        let mut turns = Turns::default();
        while let Some(order) = orders.recv().await {
            match order {
                Order::Keep(order) => {
                    self.one(order, &mut turns, orders.is_empty()).await;
                }
                // Whoever asked may have stopped waiting.
                Order::Done(done) => drop(done.send(())),
            }
        }
    }

    /// `last` says that no other order waits: only then is the store looked at, once for all of them.
    async fn one(&self, order: WalkOrder, turns: &mut Turns, last: bool) {
        let kept = if turns.may(&order) { self.tried(&order).await } else { Err(BEHIND.to_owned()) };
        match &kept {
            Ok(_) => turns.kept(&order),
            Err(words) => {
                tracing::warn!(error = %words, "something of a walk is not kept yet");
                turns.failed(&order);
            }
        }
        if last {
            self.nudge.notify_one();
        }
        // When midwatch leaves, nobody listens; it is kept all the same.
        let _ = self.told.send(Msg::Walk(Box::new(WalkNews { order, kept }))).await;
    }

    async fn tried(&self, order: &WalkOrder) -> Result<WalkKept, String> {
        match tokio::time::timeout(PATIENCE, guarded("the store", (self.carry)(order))).await {
            Ok(kept) => kept.flatten(),
            Err(_) => Err(format!("the store did not answer in {} s", PATIENCE.as_secs())),
        }
    }
}

/// Carries orders out at the store of these hands.
pub(super) fn at_the_store(hands: Hands) -> Carry {
    Box::new(move |order| {
        let hands = hands.clone();
        async move {
            let Some(store) = hands.store.get() else { return Err(NO_STORE.to_owned()) };
            let now = hands.clock.now();
            let kept = carry(store, order, now).await.map_err(|error| format!("the store: {error}"))?;
            Ok(kept.unwrap_or_else(|said| too_late(&said, now, hands.remedies.settings.timezone)))
        }
        .boxed()
    })
}

async fn carry(store: &Store, order: &WalkOrder, now: Moment) -> Result<Result<WalkKept, Said>, StoreError> {
    let said = match order {
        WalkOrder::Know(lists) => {
            store.know_lists(lists, now).await?;
            Said::Kept
        }
        WalkOrder::Begin(walk) => return Ok(Ok(WalkKept::Walk(Box::new(store.begin_walk(walk).await?)))),
        WalkOrder::Update(walk, update) => store.add_to_walk(*walk, update).await?,
        WalkOrder::End(walk, end) => store.end_walk(*walk, end).await?,
        WalkOrder::Declare(incident) => {
            store.declare(incident).await?;
            Said::Kept
        }
        WalkOrder::Over { id, at, by } => {
            // That it was over already is as good.
            store.declare_over(*id, *at, by).await?;
            Said::Kept
        }
    };
    Ok(if said == Said::Kept { Ok(WalkKept::Yes) } else { Err(said) })
}

/// Why it never will be kept.
pub(super) fn too_late(said: &Said, now: Moment, zone: Tz) -> WalkKept {
    WalkKept::TooLate(match said {
        Said::Ended(End { at, by, completed, .. }) => {
            let (at, now) = (at.with_timezone(&zone), now.with_timezone(&zone));
            let same_day = at.date_naive() == now.date_naive();
            let when = at.format(if same_day { "%H:%M" } else { "%-d %b %H:%M" });
            let did = if *completed { "completed it" } else { "gave it up" };
            format!("{} {did} at {when}", crate::domain::harmless::line(&by.name, 60))
        }
        Said::Gone | Said::Kept => "the walk is not in the store any more".to_owned(),
    })
}
