//! What only the store sees: incidents, facts, the host's history. What cannot be written now waits and is tried again.

#[cfg(test)]
mod tests;
mod waiting;

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;

use self::waiting::{Held, Waiting};
use super::super::guarded::guarded;
use super::{Hands, until};
use crate::app::Msg;
use crate::board::Episode;
use crate::domain::journal::{Entry, Outcome};
use crate::domain::signal::SignalKey;
use crate::domain::{Moment, Reading};
use crate::store::{Store, StoreError, StoreErrorKind};

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

/// How often it is tried again to write what waits.
const AGAIN: Duration = Duration::from_secs(3);

/// Writes orders until nobody gives any more.
pub(super) async fn write_all(hands: Hands, mut orders: mpsc::Receiver<Order>, told: mpsc::Sender<Msg>) {
    let mut keeping = Keeping { hands, told, waiting: Waiting::default(), again: None, trouble: None };
    loop {
        let again = keeping.again;
        tokio::select! {
            order = orders.recv() => match order {
                Some(Order::Done(done)) => {
                    keeping.write_what_waits().await;
                    keeping.waiting.warn_of_rest();
                    // Whoever asked may have stopped waiting.
                    let _ = done.try_send(());
                }
                Some(order) => keeping.take(order).await,
                None => return,
            },
            () = until(again) => keeping.write_what_waits().await,
        }
    }
}

/// What is written, what waits, and what was said about it.
struct Keeping {
    hands: Hands,
    told: mpsc::Sender<Msg>,
    waiting: Waiting,
    /// When it is tried again; set while something waits.
    again: Option<Instant>,
    trouble: Option<String>,
}

impl Keeping {
    /// Takes an order. While something waits, it waits too: what is written stays in its order.
    async fn take(&mut self, order: Order) {
        self.waiting.add(Held { at: self.hands.clock.now(), order }, self.again.is_some());
        if self.again.is_none() {
            self.write_what_waits().await;
        }
    }

    async fn write_what_waits(&mut self) {
        self.again = None;
        let Some(store) = self.hands.store.get().cloned() else {
            // Whoever tries to open it says so.
            self.again = self.waiting.first().map(|_| Instant::now() + AGAIN);
            return;
        };
        let mut failed = None;
        while let Some(held) = self.waiting.first() {
            match guarded("the store", write(&self.hands, &store, held)).await {
                Ok(Ok(())) => self.waiting.written(),
                Ok(Err(Unwritten { error, rest })) if may_pass(error.kind) => {
                    self.waiting.instead(rest);
                    self.again = Some(Instant::now() + AGAIN);
                    failed = Some(format!("what midwatch notices waits to be written: the store: {error}"));
                    break;
                }
                Ok(Err(Unwritten { error, .. })) => {
                    tracing::error!(%error, "something was not kept");
                    self.waiting.written();
                    failed = Some(format!("the store: {error}"));
                }
                Err(fault) => {
                    tracing::error!(%fault, "something was not kept");
                    self.waiting.written();
                    failed = Some(fault);
                }
            }
        }
        if failed.is_none()
            && let Some(lost) = self.waiting.take_lost()
        {
            let entry = fact(&self.hands, self.hands.clock.now(), "journal.gap", String::new(), lost);
            self.waiting.add(Held { at: entry.at, order: Order::Note(vec![entry]) }, false);
            self.again = Some(Instant::now());
        }
        self.say(failed).await;
    }

    async fn say(&mut self, words: Option<String>) {
        if words != self.trouble {
            self.trouble.clone_from(&words);
            if self.told.send(Msg::Trouble { key: "store.write", words }).await.is_err() {
                tracing::debug!("nobody listens any more");
            }
        }
    }
}

/// Whether the same may be written later. What the database itself refuses is refused for ever.
fn may_pass(kind: StoreErrorKind) -> bool {
    !matches!(kind, StoreErrorKind::Refused | StoreErrorKind::Unreadable | StoreErrorKind::Internal)
}

/// Why an order was not written, and what of it is left to write if that is not all.
struct Unwritten {
    error: StoreError,
    rest: Option<Order>,
}

impl From<StoreError> for Unwritten {
    fn from(error: StoreError) -> Self {
        Self { error, rest: None }
    }
}

async fn write(hands: &Hands, store: &Store, held: &Held) -> Result<(), Unwritten> {
    match &held.order {
        Order::Episodes(episodes) => keep_episodes(hands, store, held.at, episodes).await,
        Order::Note(entries) => Ok(store.append_all(entries.clone()).await.map(drop)?),
        Order::Readings(readings) => Ok(store.save_readings(readings).await?),
        Order::RollUp => {
            let now = hands.clock.now();
            store.roll_up(now).await?;
            Ok(store.forget(now).await?)
        }
        Order::Done(_) => Ok(()),
    }
}

fn fact(hands: &Hands, at: Moment, action: &str, target: String, detail: String) -> Entry {
    let (operator, action) = (hands.operator.clone(), action.to_owned());
    Entry { at, operator, action, target, detail, outcome: Outcome::Noted }
}

/// Keeps incidents, and writes to the journal which of them began or ended as far as the store knew. Where the
/// incidents are kept and the journal cannot be written, the facts are what is left.
async fn keep_episodes(hands: &Hands, store: &Store, at: Moment, episodes: &[Episode]) -> Result<(), Unwritten> {
    let news = store.save_episodes(episodes).await?;
    let new = || news.iter().filter(|kept| kept.is_news);
    let facts: Vec<Entry> = if new().count() > ONE_BY_ONE {
        let detail = format!("{} incidents began or ended at once", new().count());
        vec![fact(hands, at, "incidents", String::new(), detail)]
    } else {
        let all = episodes.iter().zip(&news).filter(|(_, kept)| kept.is_news);
        all.map(|(episode, kept)| fact(hands, at, word_for(episode, at), kept.id.to_string(), episode.title.clone()))
            .collect()
    };
    if facts.is_empty() {
        return Ok(());
    }
    match store.append_all(facts.clone()).await {
        Ok(_) => Ok(()),
        Err(error) => Err(Unwritten { error, rest: Some(Order::Note(facts)) }),
    }
}

fn word_for(episode: &Episode, at: Moment) -> &'static str {
    match (episode.resolved, at - episode.since > SEEN_LATE) {
        (Some(_), _) => "incident.resolved",
        (None, false) => "incident.began",
        // It fired before this watch began: nobody here saw it begin.
        (None, true) => "incident.seen",
    }
}
