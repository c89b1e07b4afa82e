//! How a condition becomes an alert: it must hold for a while without a gap. Pure; time is handed in.

use chrono::TimeDelta;

use crate::domain::Moment;

/// What one reading says of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// The bound is crossed.
    Crossed,
    /// It is not.
    Clear,
    /// The reading failed. It neither fires nor clears.
    Unknown,
}

/// Where a condition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Nothing to tell.
    Quiet,
    /// Crossed since this moment, but not for long enough.
    Pending(Moment),
    /// Crossed for long enough, since this moment.
    Firing(Moment),
}

/// How long a condition must hold, and how far apart two readings may be to count as without a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For how long.
    pub hold: TimeDelta,
    /// The longest time between two readings.
    pub gap: TimeDelta,
}

/// One condition over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hold {
    crossed: Option<Crossed>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Crossed {
    since: Moment,
    last: Moment,
    fired: bool,
}

impl Hold {
    /// Takes one reading. It fires only at a crossed one; a gap before that starts the wait anew, but does
    /// not end what fires: only a clear reading does.
    pub fn see(&mut self, seen: Seen, at: Moment, patience: Patience) -> Phase {
        match seen {
            Seen::Clear => self.crossed = None,
            Seen::Unknown => {}
            Seen::Crossed => {
                let new = Crossed { since: at, last: at, fired: false };
                let mut crossed = self.crossed.unwrap_or(new);
                let gap = at - crossed.last > patience.gap || at < crossed.last;
                if gap && !crossed.fired {
                    crossed = new;
                }
                crossed.last = at;
                crossed.fired |= at - crossed.since >= patience.hold;
                self.crossed = Some(crossed);
            }
        }
        self.phase()
    }

    /// Where it stands.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match self.crossed {
            None => Phase::Quiet,
            Some(Crossed { since, fired: false, .. }) => Phase::Pending(since),
            Some(Crossed { since, fired: true, .. }) => Phase::Firing(since),
        }
    }

    /// The last crossed reading.
    #[must_use]
    pub fn last(&self) -> Option<Moment> {
        self.crossed.map(|crossed| crossed.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PATIENCE: Patience = Patience { hold: TimeDelta::seconds(60), gap: TimeDelta::seconds(20) };

    fn at(seconds: i64) -> Moment {
        Moment::from_timestamp(1_700_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn pending_then_firing_then_quiet_at_once() {
        let mut hold = Hold::default();
        assert_eq!(hold.see(Seen::Crossed, at(0), PATIENCE), Phase::Pending(at(0)));
        for second in [15, 30, 45] {
            assert_eq!(hold.see(Seen::Crossed, at(second), PATIENCE), Phase::Pending(at(0)));
        }
        assert_eq!(hold.see(Seen::Unknown, at(59), PATIENCE), Phase::Pending(at(0)));
        assert_eq!(hold.see(Seen::Crossed, at(60), PATIENCE), Phase::Firing(at(0)));
        assert_eq!(hold.see(Seen::Unknown, at(600), PATIENCE), Phase::Firing(at(0)));
        assert_eq!(hold.see(Seen::Crossed, at(900), PATIENCE), Phase::Firing(at(0)));
        assert_eq!(hold.see(Seen::Clear, at(905), PATIENCE), Phase::Quiet);
    }

    #[test]
    fn a_machine_that_slept_has_not_held() {
        let mut hold = Hold::default();
        hold.see(Seen::Crossed, at(0), PATIENCE);
        assert_eq!(hold.see(Seen::Crossed, at(30_000), PATIENCE), Phase::Pending(at(30_000)));
    }

    #[test]
    fn without_a_hold_it_fires_at_once() {
        let at_once = Patience { hold: TimeDelta::zero(), ..PATIENCE };
        assert_eq!(Hold::default().see(Seen::Crossed, at(0), at_once), Phase::Firing(at(0)));
    }

    fn readings() -> impl Strategy<Value = Vec<(Seen, i64)>> {
        let seen = prop_oneof![6 => Just(Seen::Crossed), 1 => Just(Seen::Clear), 1 => Just(Seen::Unknown)];
        prop::collection::vec((seen, 1_i64..30), 1..60)
    }

    proptest! {
        /// The rule in its own words: it fires at a crossed reading if every known reading of a span of at least
        /// `hold` before it was crossed and no two of them lie further apart than `gap`; it ends at a clear one.
        #[test]
        fn fires_only_after_it_held_and_ends_only_when_clear(readings in readings()) {
            let (mut hold, mut now, mut firing) = (Hold::default(), 0, false);
            let mut seen_so_far: Vec<(Seen, i64)> = Vec::new();
            for (seen, step) in readings {
                now += step;
                seen_so_far.push((seen, now));
                let phase = hold.see(seen, at(now), PATIENCE);
                match seen {
                    Seen::Clear => firing = false,
                    Seen::Unknown => {}
                    Seen::Crossed => {
                        let known = seen_so_far.iter().rev().filter(|(seen, _)| *seen != Seen::Unknown);
                        let (mut begin, mut newer) = (now, now);
                        for (seen, at) in known {
                            if *seen == Seen::Clear || newer - at > 20 { break; }
                            (begin, newer) = (*at, *at);
                        }
                        firing |= now - begin >= 60;
                    }
                }
                prop_assert_eq!(matches!(phase, Phase::Firing(_)), firing, "{:?}", seen_so_far);
                prop_assert_eq!(phase == Phase::Quiet, seen_so_far.iter().rev().find(|(seen, _)| *seen != Seen::Unknown).is_none_or(|(seen, _)| *seen == Seen::Clear));
            }
        }
    }
}
