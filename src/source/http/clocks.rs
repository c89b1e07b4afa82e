//! How far a server's clock is from this machine's, by the `Date` of its answers. What must not live here: any
//! correction of what it tells; the operator is told, and judges.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::domain::Moment;

/// Clocks that differ by less are not spoken of, in seconds.
const TOLERATED: i64 = 120;

/// What was told stays told while it is wrong by no more, in seconds: `Date` is whole seconds, and a difference near
/// a boundary would be news at every other poll.
const STEADY: i64 = 45;

/// What is told of the server's clock: the minutes that it is ahead; 0 if nothing is.
#[derive(Debug, Default)]
pub(super) struct Clocks {
    minutes: AtomicI64,
}

impl Clocks {
    /// Remembers by how much the server is ahead.
    pub fn compare(&self, theirs: Moment, ours: Moment) {
        let ahead = (theirs - ours).num_seconds();
        let told = self.minutes.load(Ordering::Relaxed);
        if told != 0 && (ahead - told * 60).abs() <= STEADY {
            return;
        }
        let minutes = if ahead.abs() < TOLERATED { 0 } else { (ahead.abs() + 30) / 60 * ahead.signum() };
        self.minutes.store(minutes, Ordering::Relaxed);
    }

    /// What to tell of it; the same words for about the same difference, so that it is no news at every poll.
    pub fn note(&self) -> Option<String> {
        let told = self.minutes.load(Ordering::Relaxed);
        if told == 0 {
            return None;
        }
        let minutes = told.abs();
        let which = if told > 0 { "ahead of" } else { "behind" };
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

    #[test]
    fn a_difference_near_a_boundary_is_told_in_the_same_words() {
        let ours = read("Sat, 21 Nov 2026 03:00:00 GMT").unwrap();
        let clocks = Clocks::default();
        for (ahead, minutes) in [
            (119, None),
            (120, Some(2)),
            (119, Some(2)),
            (149, Some(2)),
            (150, Some(2)),
            (166, Some(3)),
            (149, Some(3)),
            (134, Some(2)),
            (74, None),
            (119, None),
            (-150, Some(3)),
            (-149, Some(3)),
            (150, Some(3)),
        ] {
            clocks.compare(ours + chrono::TimeDelta::seconds(ahead), ours);
            let which = if ahead > 0 { "ahead of" } else { "behind" };
            let words = minutes.map(|minutes| format!("its clock is {minutes} min {which} this machine's"));
            let told = clocks.note().map(|note| note.split(':').next().unwrap_or_default().to_owned());
            assert_eq!(told, words, "{ahead} s");
        }
    }
}
