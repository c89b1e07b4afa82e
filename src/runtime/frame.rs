//! When to draw: at once for keys, at most thirty times a second for what comes from outside, never otherwise.

use std::time::Duration;

use tokio::time::Instant;

use crate::app::Changed;

/// The shortest time between two frames that no key asked for.
pub const INTERVAL: Duration = Duration::from_millis(33);

/// Keeps the earliest moment at which a frame is wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct FrameClock {
    wanted: Option<Instant>,
    last: Option<Instant>,
}

impl FrameClock {
    /// Asks for a frame.
    pub fn want(&mut self, changed: Changed, now: Instant) {
        let at = match changed {
            Changed::No => return,
            Changed::Input => now,
            Changed::Data => self.last.map_or(now, |last| (last + INTERVAL).max(now)),
        };
        self.wanted = Some(self.wanted.map_or(at, |wanted| wanted.min(at)));
    }

    /// When a frame is wanted, if one is.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        self.wanted
    }

    /// A frame was drawn.
    pub fn drawn(&mut self, now: Instant) {
        *self = Self { wanted: None, last: Some(now) };
    }
}

/// When a terminal that did not take all is tried again: soon where it takes something, seldom where it takes nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Retry {
    at: Option<Instant>,
    pause: Duration,
}

/// The shortest and the longest pause between two tries.
const SOONEST: Duration = Duration::from_millis(2);
const SELDOM: Duration = Duration::from_millis(50);

impl Retry {
    /// When the next try is due, if any: `unsent` bytes are left.
    pub fn due(&mut self, unsent: usize, now: Instant) -> Option<Instant> {
        if unsent == 0 {
            *self = Self::default();
            return None;
        }
        if self.at.is_none() {
            *self = Self { at: Some(now + SOONEST), pause: SOONEST };
        }
        self.at
    }

    /// It was tried, and took something or nothing.
    pub fn tried(&mut self, took: bool, now: Instant) {
        self.pause = if took { SOONEST } else { (self.pause * 2).clamp(SOONEST, SELDOM) };
        self.at = Some(now + self.pause);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_that_takes_nothing_is_tried_ever_more_seldom_and_one_that_reads_again_soon() {
        let start = Instant::now();
        let mut retry = Retry::default();
        assert_eq!(retry.due(0, start), None);
        assert_eq!(retry.due(9, start), Some(start + SOONEST));
        assert_eq!(retry.due(9, start + SOONEST / 2), Some(start + SOONEST), "what happens meanwhile puts nothing off");
        for _ in 0..20 {
            retry.tried(false, start);
        }
        assert_eq!(retry.due(9, start), Some(start + SELDOM));
        retry.tried(true, start);
        assert_eq!(retry.due(4, start), Some(start + SOONEST));
        assert_eq!(retry.due(0, start), None);
    }

    #[tokio::test(start_paused = true)]
    async fn data_waits_for_its_turn_and_a_key_does_not() {
        let start = Instant::now();
        let mut frames = FrameClock::default();
        frames.want(Changed::No, start);
        assert_eq!(frames.due(), None);
        frames.want(Changed::Data, start);
        assert_eq!(frames.due(), Some(start));
        frames.drawn(start);
        frames.want(Changed::Data, start + Duration::from_millis(1));
        assert_eq!(frames.due(), Some(start + INTERVAL));
        frames.want(Changed::Input, start + Duration::from_millis(2));
        assert_eq!(frames.due(), Some(start + Duration::from_millis(2)));
    }
}
