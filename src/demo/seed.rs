//! Noise that is a pure function: the same seed, name and step give the same number, on every machine.

/// `SplitMix64`'s finaliser (Steele, Lea, Flood 2014): every bit of the input reaches every bit of the output.
#[must_use]
pub fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// Numbers drawn one after the other from a seed, a stream and a step of it.
#[derive(Debug, Clone)]
pub struct Draw(u64);

impl Draw {
    /// Begins at one step of a stream.
    #[must_use]
    pub fn new(seed: u64, stream: u64, step: i64) -> Self {
        Self(mix(mix(seed ^ mix(stream)) ^ step.cast_unsigned()))
    }

    /// A number from 0 up to and without 1.
    pub fn share(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit a float whole")]
        let bits = (self.next() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }

    /// A number from 0 up to and without `bound`; 0 for a bound of 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next().checked_rem(bound).unwrap_or(0)
    }

    /// One of these; `None` if there are none.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let at = usize::try_from(self.below(all.len() as u64)).ok()?;
        all.get(at)
    }

    fn next(&mut self) -> u64 {
        self.0 = mix(self.0);
        self.0
    }
}

/// Smooth noise from -1 to 1: a new value every `every` seconds, and a straight line between them.
#[must_use]
pub fn noise(seed: u64, stream: u64, unix: f64, every: f64) -> f64 {
    let at = unix / every;
    #[expect(clippy::cast_possible_truncation, reason = "a cast from float saturates")]
    let step = at.floor() as i64;
    let knot = |step| 2.0 * Draw::new(seed, stream, step).share() - 1.0;
    let part = at - at.floor();
    knot(step) * (1.0 - part) + knot(step.saturating_add(1)) * part
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn noise_stays_in_its_bounds_and_repeats(seed: u64, stream: u64, unix in -1e10_f64..1e12) {
            let made = noise(seed, stream, unix, 15.0);
            prop_assert!((-1.0..=1.0).contains(&made));
            prop_assert_eq!(made.to_bits(), noise(seed, stream, unix, 15.0).to_bits());
        }
    }

    #[test]
    fn another_seed_is_another_noise() {
        let run = |seed| (0..50).map(|step| Draw::new(seed, 3, step).below(1000)).collect::<Vec<_>>();
        assert_ne!(run(1), run(2));
        assert!(run(1).iter().collect::<std::collections::BTreeSet<_>>().len() > 40);
        assert_eq!(Draw::new(1, 1, 1).below(0), 0);
    }
}
