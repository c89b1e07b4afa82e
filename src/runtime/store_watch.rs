//! Watching the store: what other processes (and this one) write becomes messages.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc};

use super::guarded::guarded;
use crate::app::Msg;
use crate::clock::Clock;
use crate::store::{JournalQuery, Store, StoreError};

/// How often the store is asked whether anything is different. One small read of a page that is in memory.
const EVERY: Duration = Duration::from_secs(1);
/// Journal rows read at the start.
const ROWS: usize = 1_000;

/// What was told last.
#[derive(Debug, Default)]
pub struct StoreWatch {
    counter: Option<i64>,
    row: Option<i64>,
    words: Option<String>,
}

impl StoreWatch {
    /// Watches until nobody listens; `nudge` makes it look at once.
    pub async fn run(mut self, store: Store, clock: Clock, nudge: Arc<Notify>, told: mpsc::Sender<Msg>) {
        loop {
            let looked = guarded("the store", self.look(&store, clock)).await;
            let words = match looked.and_then(|looked| looked.map_err(|error| format!("the store: {error}"))) {
                Ok(messages) => {
                    for message in messages {
                        if told.send(message).await.is_err() {
                            return;
                        }
                    }
                    None
                }
                Err(words) => Some(words),
            };
            if words != self.words {
                self.words.clone_from(&words);
                if told.send(Msg::Trouble { key: "store.read", words }).await.is_err() {
                    return;
                }
            }
            tokio::select! {
                () = nudge.notified() => {}
                () = tokio::time::sleep(EVERY) => {}
                () = told.closed() => return,
            }
        }
    }

    /// What is different since the last look.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn look(&mut self, store: &Store, clock: Clock) -> Result<Vec<Msg>, StoreError> {
        let counter = store.change_counter().await?;
        if self.counter == Some(counter) {
            return Ok(Vec::new());
        }
        let memory = store.memory(clock.now()).await?;
        let first = self.row.is_none();
        let query = JournalQuery { after: self.row, newest_first: first, limit: ROWS, ..JournalQuery::default() };
        let mut rows = store.journal(query).await?;
        if first {
            rows.reverse();
        }
        self.counter = Some(counter);
        self.row = rows.last().map(|row| row.id).or(self.row).or(Some(0));
        let mut messages = vec![Msg::Memory(Box::new(memory))];
        if !rows.is_empty() {
            messages.push(Msg::Journal(rows));
        }
        Ok(messages)
    }
}
