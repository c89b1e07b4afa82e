//! What a run tells, on its way to the loop. Telling never waits: a screen that is lent to an editor must not hold up
//! a run, its deadline or its outcome. What waits is bounded; output that nobody reads runs together.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, mpsc};

use crate::app::Msg;
use crate::domain::remediation::output::LAST;
use crate::domain::remediation::run::RunNews;

/// Tells, and never waits.
#[derive(Debug)]
pub(super) struct Teller {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    queue: Mutex<Queue>,
    more: Notify,
}

#[derive(Debug, Default)]
struct Queue {
    news: VecDeque<RunNews>,
    done: bool,
}

impl Teller {
    /// Begins to hand on to `told`; the task ends when everything was handed on, or nobody listens any more.
    pub(super) fn start(told: mpsc::Sender<Msg>) -> (Self, tokio::task::JoinHandle<()>) {
        let shared = Arc::new(Shared::default());
        let handing = tokio::spawn(hand_on(Arc::clone(&shared), told));
        (Self { shared }, handing)
    }

    /// Tells one thing.
    pub(super) fn tell(&self, news: RunNews) {
        let mut queue = self.shared.queue();
        let last = queue.news.back_mut();
        match (last, news) {
            (
                Some(RunNews::Output { back, lines, left_out, .. }),
                RunNews::Output { back: more, lines: new, left_out: missing, .. },
            ) => {
                let taken = more.min(lines.len());
                lines.truncate(lines.len() - taken);
                *back += more - taken;
                lines.extend(new);
                *left_out += missing;
                let over = lines.len().saturating_sub(LAST);
                lines.drain(..over);
                *left_out += over as u64;
            }
            (_, news) => queue.news.push_back(news),
        }
        drop(queue);
        self.shared.more.notify_one();
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        self.shared.queue().done = true;
        self.shared.more.notify_one();
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn hand_on(shared: Arc<Shared>, told: mpsc::Sender<Msg>) {
    loop {
        let (next, done) = {
            let mut queue = shared.queue();
            (queue.news.pop_front(), queue.done)
        };
        match next {
            Some(news) => {
                if told.send(Msg::Run(Box::new(news))).await.is_err() {
                    return;
                }
            }
            None if done => return,
            None => shared.more.notified().await,
        }
    }
}
