//! What only the store sees: incidents, facts, the host's history.

use tokio::sync::mpsc;

use super::super::guarded::guarded;
use super::Hands;
use crate::app::Msg;
use crate::board::Episode;
use crate::domain::Reading;
use crate::domain::journal::{Entry, Outcome};
use crate::domain::signal::SignalKey;
use crate::store::{Store, StoreError};

/// One thing to keep.
#[derive(Debug, Clone)]
pub enum Order {
    /// Incidents that began, changed or ended.
    Episodes(Vec<Episode>),
    /// Facts that midwatch noticed.
    Note(Vec<Entry>),
    /// Readings of this machine.
    Readings(Vec<(SignalKey, Reading)>),
    /// Let the bounded history stay bounded.
    RollUp,
    /// Say when everything before is written.
    Done(tokio::sync::mpsc::Sender<()>),
}

/// More new incidents at once than this are journalled as one row.
const ONE_BY_ONE: usize = 20;

/// An incident that is first seen later than this after its begin was not seen to begin.
const SEEN_LATE: chrono::TimeDelta = chrono::TimeDelta::minutes(2);

/// Writes orders until nobody gives any more.
pub(super) async fn write_all(hands: Hands, mut orders: mpsc::Receiver<Order>, told: mpsc::Sender<Msg>) {
    let Some(store) = hands.store.clone() else { return };
    let mut trouble = None;
    while let Some(order) = orders.recv().await {
        let written = guarded("the store", write(&hands, &store, order)).await;
        let words = written.and_then(|written| written.map_err(|error| format!("the store: {error}"))).err();
        if words != trouble {
            trouble.clone_from(&words);
            let told = told.send(Msg::Trouble { key: "store", words }).await;
            if told.is_err() {
                tracing::debug!("nobody listens any more");
            }
        }
    }
}

async fn write(hands: &Hands, store: &Store, order: Order) -> Result<(), StoreError> {
    match order {
        Order::Episodes(episodes) => keep_episodes(hands, store, episodes).await,
        Order::Note(entries) => store.append_all(entries).await.map(drop),
        Order::Readings(readings) => store.save_readings(&readings).await,
        Order::RollUp => {
            let now = hands.clock.now();
            store.roll_up(now).await?;
            store.forget(now).await
        }
        Order::Done(done) => {
            // Whoever asked may have stopped waiting.
            let _ = done.try_send(());
            Ok(())
        }
    }
}

/// Keeps incidents, and writes to the journal which of them began or ended as far as the store knew.
async fn keep_episodes(hands: &Hands, store: &Store, episodes: Vec<Episode>) -> Result<(), StoreError> {
    let news = store.save_episodes(&episodes).await?;
    let fact = |action: &str, target: String, detail: String| Entry {
        at: hands.clock.now(),
        operator: hands.operator.clone(),
        action: action.to_owned(),
        target,
        detail,
        outcome: Outcome::Noted,
    };
    let new = || news.iter().filter(|kept| kept.is_news);
    if new().count() > ONE_BY_ONE {
        let detail = format!("{} incidents began or ended at once", new().count());
        return store.append(fact("incidents", String::new(), detail)).await.map(drop);
    }
    let facts: Vec<Entry> = episodes
        .iter()
        .zip(&news)
        .filter(|(_, kept)| kept.is_news)
        .map(|(episode, kept)| {
            let old = hands.clock.now() - episode.since > SEEN_LATE;
            let action = match (episode.resolved, old) {
                (Some(_), _) => "incident.resolved",
                (None, false) => "incident.began",
                // It fired before this watch began: nobody here saw it begin.
                (None, true) => "incident.seen",
            };
            fact(action, kept.id.to_string(), episode.title.clone())
        })
        .collect();
    if facts.is_empty() { Ok(()) } else { store.append_all(facts).await.map(drop) }
}
