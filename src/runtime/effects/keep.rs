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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::clock::Clock;
    use crate::config::Settings;
    use crate::domain::{Moment, Operator};
    use crate::runtime::effects::{Keeper, remedies::Toolbox};

    /// Hands whose clock stands at the beginning of all time, so that looking back from it is a fault.
    async fn hands() -> Hands {
        Hands {
            store: Some(Store::open_in_memory().await.unwrap()),
            mutings: Arc::default(),
            remedies: Toolbox::new(&Settings::default_for_this_machine("bastion")),
            operator: Operator::new("ana", "bastion"),
            clock: Clock::Fixed(Moment::MIN_UTC),
            holder: "ana@bastion (1)".into(),
        }
    }

    #[tokio::test]
    async fn a_fault_while_something_is_kept_is_told_and_the_next_is_kept() {
        let (told, mut hears) = mpsc::channel(4);
        let hands = hands().await;
        let store = hands.store.clone().unwrap();
        let (keeper, _task) = Keeper::start(hands, told);
        keeper.order(Order::RollUp);
        let Some(Msg::Trouble { words: Some(words), .. }) = hears.recv().await else { panic!("it is told") };
        assert!(words.contains("the store: a fault of midwatch") && words.contains("report"), "{words}");
        let entry = Entry {
            at: "2026-11-21T03:12:00Z".parse().unwrap(),
            operator: Operator::new("ana", "bastion"),
            action: "note".to_owned(),
            target: String::new(),
            detail: "after it".to_owned(),
            outcome: Outcome::Noted,
        };
        keeper.order(Order::Note(vec![entry]));
        assert!(matches!(hears.recv().await, Some(Msg::Trouble { words: None, .. })), "it is over");
        let rows = store.journal(crate::store::JournalQuery { limit: 9, ..Default::default() }).await.unwrap();
        assert!(rows.iter().any(|row| row.entry.detail == "after it"), "{rows:?}");
    }
}
