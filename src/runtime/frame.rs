//! When to draw: at once for keys, at most thirty times a second for what comes from outside, never otherwise.

use std::time::Duration;

use tokio::time::Instant;

use crate::app::Changed;

/// The mean time between two frames that no key asked for, where they follow each other without end.
pub const INTERVAL: Duration = Duration::from_millis(33);

/// So many of them may follow each other at once after a pause: what a start finds out in its first moments waits for
/// no clock.
const AT_ONCE: u8 = 3;

/// Keeps the earliest moment at which a frame is wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct FrameClock {
    wanted: Option<Instant>,
    /// The last frames, oldest first.
    last: [Option<Instant>; AT_ONCE as usize],
}

impl FrameClock {
    /// Asks for a frame.
    pub fn want(&mut self, changed: Changed, now: Instant) {
        let at = match changed {
            Changed::No => return,
            Changed::Input => now,
            Changed::Data => self.next().unwrap_or(now).max(now),
        };
        self.wanted = Some(self.wanted.map_or(at, |wanted| wanted.min(at)));
    }

    /// When the next frame may come that no key asks for; `None` is at once, because there were too few yet to wait for.
    fn next(&self) -> Option<Instant> {
        let [oldest, _, newest] = self.last;
        Some((oldest? + INTERVAL * u32::from(AT_ONCE)).min(newest? + INTERVAL))
    }

    /// When a frame is wanted, if one is.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        self.wanted
    }

    /// A frame was drawn.
    pub fn drawn(&mut self, now: Instant) {
        self.wanted = None;
        let [_, newer, newest] = self.last;
        self.last = [newer, newest, Some(now)];
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
        let after = |millis| start + Duration::from_millis(millis);
        for millis in 0..3 {
            frames.want(Changed::Data, after(millis));
            assert_eq!(frames.due(), Some(after(millis)), "the first few wait for nothing");
            frames.drawn(after(millis));
        }
        frames.want(Changed::Data, after(3));
        assert_eq!(frames.due(), Some(after(2) + INTERVAL));
        frames.want(Changed::Input, after(4));
        assert_eq!(frames.due(), Some(after(4)));
    }

    #[tokio::test(start_paused = true)]
    async fn data_that_never_rests_gets_thirty_frames_a_second() {
        let (mut now, mut frames, mut drawn) = (Instant::now(), FrameClock::default(), 0);
        let end = now + Duration::from_secs(10);
        while now < end {
            frames.want(Changed::Data, now);
            now = frames.due().unwrap();
            frames.drawn(now);
            drawn += 1;
        }
        assert!((300..=308).contains(&drawn), "{drawn}");
    }
}
