//! Telling what is heard, at a pace that somebody can read and without ever waiting for them.

use tokio::sync::mpsc::{Sender, error::TrySendError};
use tokio::time::{Duration, Instant};

use super::Heard;
use super::intake::Taken;
use crate::domain::remediation::output::{FIRST, OutputLine};

/// Between two tellings.
pub(super) const PACE: Duration = Duration::from_millis(100);
/// The most lines that are told at once.
pub(super) const AT_ONCE: usize = 500;
/// How many of them may be unfinished: one of each stream.
const OPEN: usize = 2;
/// How long the last telling may wait for somebody who is slow.
const LAST_WORD: Duration = Duration::from_millis(500);

/// Collects what is to be told.
pub(super) struct Teller {
    heard: Sender<Heard>,
    /// What must not get lost: that it began, that it is stopping.
    events: Vec<Heard>,
    /// The first lines of all: they are not pushed out by what follows.
    head: Vec<OutputLine>,
    /// How many lines of the head were told.
    head_told: usize,
    /// How many lines are missing behind the head.
    left_out: u64,
    /// The last lines.
    tail: std::collections::VecDeque<OutputLine>,
    /// The unfinished lines that were told last: they stand at the end there.
    open: Vec<OutputLine>,
    /// When the next telling is due.
    due: Option<Instant>,
    /// When it was told last.
    told: Option<Instant>,
}

impl Teller {
    /// Nothing was heard yet.
    pub(super) fn new(heard: Sender<Heard>) -> Self {
        Self {
            heard,
            events: Vec::new(),
            head: Vec::new(),
            head_told: 0,
            left_out: 0,
            tail: std::collections::VecDeque::new(),
            open: Vec::new(),
            due: None,
            told: None,
        }
    }

    /// Tells at once that something happened, or as soon as there is room.
    pub(super) fn event(&mut self, event: Heard) {
        self.events.push(event);
        if self.send_events().is_none() {
            self.wake(Instant::now());
        }
    }

    /// There is something to tell.
    pub(super) fn wake(&mut self, now: Instant) {
        let earliest = self.told.map_or(now, |told| now.max(told + PACE));
        self.due.get_or_insert(earliest);
    }

    /// When the next telling is due.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Adds what was heard, in order.
    pub(super) fn add(&mut self, taken: &Taken) {
        match taken {
            Taken::LeftOut(lines) => {
                self.left_out += lines + self.tail.len() as u64;
                self.tail.clear();
            }
            Taken::Lines(lines) => {
                let room = if self.left_out > 0 { 0 } else { FIRST.saturating_sub(self.head_told + self.head.len()) };
                let (head, tail) = lines.split_at_checked(room).unwrap_or((lines, &[]));
                self.head.extend_from_slice(head);
                let fits = AT_ONCE - OPEN - FIRST;
                let over = (self.tail.len() + tail.len()).saturating_sub(fits);
                self.left_out += over as u64;
                let of_old = over.min(self.tail.len());
                self.tail.drain(..of_old);
                self.tail.extend(tail.iter().skip(over - of_old).cloned());
            }
        }
    }

    /// Tells what is there to tell, with the lines that are not finished; if there is no room, later.
    pub(super) fn tell(&mut self, now: Instant, open: Vec<OutputLine>) {
        self.told = Some(now);
        self.due = None;
        if self.try_tell(open).is_none() {
            self.due = Some(now + PACE);
        }
    }

    fn try_tell(&mut self, open: Vec<OutputLine>) -> Option<()> {
        self.send_events()?;
        let quiet = self.head.is_empty() && self.tail.is_empty() && self.left_out == 0;
        if quiet && open == self.open {
            return Some(());
        }
        // What is missing is missing behind the head: that goes first, by itself.
        if self.left_out > 0 && !self.head.is_empty() {
            self.send(Heard::Said { back: self.open.len(), lines: self.head.clone(), left_out: 0 })?;
            self.open.clear();
            self.head_is_told();
        }
        let lines: Vec<OutputLine> = self.head.iter().chain(&self.tail).chain(&open).cloned().collect();
        self.send(Heard::Said { back: self.open.len(), lines, left_out: self.left_out })?;
        self.head_is_told();
        self.tail.clear();
        self.left_out = 0;
        self.open = open;
        Some(())
    }

    fn head_is_told(&mut self) {
        self.head_told += self.head.len();
        self.head.clear();
    }

    fn send_events(&mut self) -> Option<()> {
        while let Some(event) = self.events.first() {
            self.send(event.clone())?;
            self.events.remove(0);
        }
        Some(())
    }

    /// `None` if there is no room now. Somebody who left is told nothing, and everything is well.
    fn send(&self, heard: Heard) -> Option<()> {
        match self.heard.try_send(heard) {
            Ok(()) | Err(TrySendError::Closed(_)) => Some(()),
            Err(TrySendError::Full(_)) => None,
        }
    }

    /// Tells what is left, and waits a little for somebody who is slow.
    pub(super) async fn last_word(mut self) {
        let waiting = async {
            while self.try_tell(Vec::new()).is_none() {
                // A place that is free, or nobody there: both let the next try go on.
                drop(self.heard.reserve().await);
            }
        };
        // Who is slower than that finds everything in what the run leaves behind.
        let _ = tokio::time::timeout(LAST_WORD, waiting).await;
    }
}

#[cfg(test)]
mod tests;
