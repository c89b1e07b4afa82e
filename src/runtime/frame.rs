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

#[cfg(test)]
mod tests {
    use super::*;

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
