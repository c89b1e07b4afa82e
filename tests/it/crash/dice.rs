//! Dice that can be thrown again.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A row of numbers that follows from its seed alone.
pub struct Dice(u64);

impl Dice {
    /// New dice, or those that `MIDWATCH_SEED` names.
    pub fn new(what: &str) -> Self {
        let given = std::env::var("MIDWATCH_SEED").ok().and_then(|seed| seed.parse().ok());
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
        let seed = given.unwrap_or_else(|| u64::from(now.subsec_nanos()) ^ now.as_secs());
        eprintln!("{what}: MIDWATCH_SEED={seed} throws this again");
        Self(seed)
    }

    /// Dice for somebody else, which follow from these.
    pub fn another(&mut self) -> Self {
        Self(self.throw())
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.throw() % end.max(1)
    }

    /// A moment of at most so long.
    pub fn within(&mut self, longest: Duration) -> Duration {
        Duration::from_micros(self.below(u64::try_from(longest.as_micros()).expect("a short time") + 1))
    }

    // SplitMix64: every seed is as good as any other.
    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// How many rounds are made where so many are usual.
pub fn rounds(usual: usize) -> usize {
    let times = std::env::var("MIDWATCH_KILLS").ok().and_then(|times| times.parse::<usize>().ok());
    usual * times.unwrap_or(1).max(1)
}
