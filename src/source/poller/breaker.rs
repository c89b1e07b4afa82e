//! Whether a source is asked eagerly or left in peace. Pure: a state and what it makes of outcomes.

/// Failures in a row that may pass by themselves, until a source is left in peace.
const TRANSIENT: u32 = 5;

/// The same for failures that do not, such as a wrong secret.
const LASTING: u32 = 2;

/// How a source is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaker {
    /// It answers, or failed only a few times: asked as planned, after a failure soon again.
    Closed {
        /// Failures in a row.
        failures: u32,
    },
    /// It failed too often: asked only after the longest wait, or when the operator wants it.
    Open,
    /// One attempt is under way that decides.
    HalfOpen,
}

impl Default for Breaker {
    fn default() -> Self {
        Self::Closed { failures: 0 }
    }
}

impl Breaker {
    /// An attempt begins.
    #[must_use]
    pub fn asking(self) -> Self {
        if self == Self::Open { Self::HalfOpen } else { self }
    }

    /// It answered in full.
    #[must_use]
    pub fn answered(self) -> Self {
        Self::default()
    }

    /// It failed. `transient` says whether asking again soon can help.
    #[must_use]
    pub fn failed(self, transient: bool) -> Self {
        let most = if transient { TRANSIENT } else { LASTING };
        match self {
            Self::Closed { failures } if failures + 1 < most => Self::Closed { failures: failures + 1 },
            _ => Self::Open,
        }
    }

    /// How many failures in a row the next wait is to be reckoned with.
    #[must_use]
    pub fn failures(self) -> u32 {
        match self {
            Self::Closed { failures } => failures,
            Self::Open | Self::HalfOpen => u32::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn opens_after_some_failures_and_one_answer_closes_it() {
        let mut breaker = Breaker::default();
        for _ in 1..TRANSIENT {
            breaker = breaker.asking().failed(true);
            assert!(matches!(breaker, Breaker::Closed { .. }));
        }
        breaker = breaker.asking().failed(true);
        assert_eq!(breaker, Breaker::Open);
        assert_eq!(breaker.asking(), Breaker::HalfOpen);
        assert_eq!(breaker.asking().failed(true), Breaker::Open);
        assert_eq!(breaker.asking().answered(), Breaker::Closed { failures: 0 });
    }

    #[test]
    fn what_does_not_pass_by_itself_opens_it_sooner() {
        let once = Breaker::default().asking().failed(false);
        assert_eq!(once, Breaker::Closed { failures: 1 });
        assert_eq!(once.asking().failed(false), Breaker::Open);
    }

    proptest! {
        #[test]
        fn an_answer_always_closes_and_failures_never_count_down(outcomes in prop::collection::vec(prop::option::of(any::<bool>()), 0..40)) {
            let mut breaker = Breaker::default();
            for outcome in outcomes {
                let before = breaker.failures();
                breaker = breaker.asking();
                breaker = match outcome {
                    None => breaker.answered(),
                    Some(transient) => breaker.failed(transient),
                };
                match outcome {
                    None => prop_assert_eq!(breaker.failures(), 0),
                    Some(_) => prop_assert!(breaker.failures() > before || breaker == Breaker::Open),
                }
                prop_assert!(breaker != Breaker::HalfOpen);
            }
        }
    }
}
