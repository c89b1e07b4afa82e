//! How far a server's clock is from this machine's, by the `Date` of its answers. What must not live here: any
//! correction of what it tells; the operator is told, and judges.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::domain::Moment;

/// Clocks that differ by less are not spoken of, in seconds.
const TOLERATED: i64 = 120;

/// What the last answer said, in seconds that the server is ahead.
#[derive(Debug, Default)]
pub(super) struct Clocks {
    ahead: AtomicI64,
}

impl Clocks {
    /// Remembers by how much the server is ahead.
    pub fn compare(&self, theirs: Moment, ours: Moment) {
        self.ahead.store((theirs - ours).num_seconds(), Ordering::Relaxed);
    }

    /// What to tell of it; the same words for the same minute, so that it is no news at every poll.
    pub fn note(&self) -> Option<String> {
        let ahead = self.ahead.load(Ordering::Relaxed);
        if ahead.abs() < TOLERATED {
            return None;
        }
        let minutes = (ahead.abs() + 30) / 60;
        let which = if ahead > 0 { "ahead of" } else { "behind" };
        Some(format!(
            "its clock is {minutes} min {which} this machine's: the times and ages that it tells are off by that; check both"
        ))
    }
}

/// Reads a `Date`.
pub(super) fn read(text: &str) -> Option<Moment> {
    chrono::DateTime::parse_from_rfc2822(text.trim()).ok().map(|date| date.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_far_off_is_told_in_minutes() {
        let ours = read("Sat, 21 Nov 2026 03:00:00 GMT").unwrap();
        let clocks = Clocks::default();
        for (theirs, words) in [
            ("Sat, 21 Nov 2026 03:01:59 GMT", None),
            ("Sat, 21 Nov 2026 04:00:01 GMT", Some("60 min ahead of")),
            ("Sat, 21 Nov 2026 01:59:58 GMT", Some("60 min behind")),
            ("Sat, 21 Nov 2026 03:00:00 GMT", None),
        ] {
            clocks.compare(read(theirs).unwrap(), ours);
            let note = clocks.note();
            assert_eq!(note.is_some(), words.is_some(), "{theirs}: {note:?}");
            assert!(note.unwrap_or_default().contains(words.unwrap_or_default()), "{theirs}");
        }
    }
}
