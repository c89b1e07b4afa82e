//! One task for each source: asks it again and again and tells the board what is different.
//!
//! What lives here: the schedule (interval with jitter, one request in flight, a deadline, back-off, a
//! breaker), and turning a poll's outcome into a report. What must not: anything about a kind of source.
//! A source can fail, hang or panic; its poller goes on.

mod attempt;
pub mod backoff;
pub mod breaker;
pub mod difference;
mod once;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::Sender;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

pub use attempt::words_of;
pub use once::{Asked, once};

use self::attempt::Outcome;
use self::backoff::Bounds;
use self::breaker::Breaker;
use self::difference::Difference;
use super::{ErrorKind, Source};
use crate::board::{SourceEvent, SourceReport};
use crate::domain::{Moment, SourceName};

/// Tells what time it is. Handed in, so that tests and replays can choose.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// When a source is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// How often.
    pub every: Duration,
    /// How long one poll may take.
    pub timeout: Duration,
}

/// The shortest time between two polls, however often the operator asks for one.
const SHORTEST: Duration = Duration::from_millis(250);

/// What helps where a poll takes too long.
const ADVICE: &str = "ask for less, or set a longer timeout";

/// A running poller. It ends when this is dropped.
#[derive(Debug)]
pub struct PollerHandle {
    wishes: watch::Sender<u64>,
    task: JoinHandle<()>,
}

impl PollerHandle {
    /// Polls now instead of at the next turn. If a poll is under way, another follows it, because what it
    /// saw may be older than the wish.
    pub fn refresh(&self) {
        self.wishes.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Ends it. A request under way is given up.
    pub fn stop(&self) {
        self.task.abort();
    }
}

impl Drop for PollerHandle {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Starts to poll a source, at once for the first time. Reports go to `tx`; when nobody listens there any
/// more, the poller ends.
pub fn spawn(
    source: Box<dyn Source>,
    schedule: Schedule,
    name: SourceName,
    clock: Clock,
    tx: Sender<SourceReport>,
) -> PollerHandle {
    let (wishes, wanted) = watch::channel(0);
    let poller = Poller {
        source,
        schedule,
        name,
        clock,
        tx,
        wanted,
        difference: Difference::default(),
        breaker: Breaker::default(),
    };
    PollerHandle { wishes, task: tokio::spawn(poller.run()) }
}

struct Poller {
    source: Box<dyn Source>,
    schedule: Schedule,
    name: SourceName,
    clock: Clock,
    tx: Sender<SourceReport>,
    wanted: watch::Receiver<u64>,
    difference: Difference,
    breaker: Breaker,
}

impl Poller {
    async fn run(mut self) {
        loop {
            // Wishes until now are fulfilled by this poll, later ones by the next.
            self.wanted.mark_unchanged();
            let began = Instant::now();
            let (event, next) = self.poll(began).await;
            let report = SourceReport { source: self.name.clone(), at: (self.clock)(), took: began.elapsed(), event };
            if self.tx.send(report).await.is_err() {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep_until(next) => {}
                Ok(()) = self.wanted.changed() => tokio::time::sleep_until(began + SHORTEST).await,
                () = self.tx.closed() => return,
            }
        }
    }

    /// One poll: what came of it, and when the next is due.
    async fn poll(&mut self, began: Instant) -> (SourceEvent, Instant) {
        self.breaker = self.breaker.asking();
        let Schedule { every, timeout } = self.schedule;
        match attempt::ask(&mut *self.source, timeout, &mut self.difference, ADVICE).await {
            Outcome::Event(event, more) => {
                self.breaker = self.breaker.answered();
                let due = if more { began } else { began + backoff::interval(every, roll()) };
                // A poll that takes long does not follow itself without a pause.
                (event, due.max(Instant::now() + SHORTEST))
            }
            Outcome::Failed(error) => {
                // A fault of ours passes no sooner than a wrong address.
                let transient = error.kind.is_transient();
                self.breaker = self.breaker.failed(transient);
                let wait =
                    backoff::wait(self.breaker.failures(), Bounds::of(every, transient), error.retry_after, roll());
                if error.kind == ErrorKind::Internal {
                    tracing::error!(source = %self.name, %error, "a poll failed by a fault of midwatch");
                }
                let retry = chrono::TimeDelta::from_std(wait).ok().map(|wait| (self.clock)() + wait);
                (SourceEvent::Failed { cause: error.to_string(), retry }, Instant::now() + wait)
            }
        }
    }
}

/// A number from 0 to 1 that nobody needs to be unable to guess.
fn roll() -> f64 {
    use std::hash::{BuildHasher as _, RandomState};
    let bits = RandomState::new().hash_one(0_u8);
    f64::from(u32::try_from(bits >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}
