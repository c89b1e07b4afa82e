//! What time it is: the machine's clock, or one that a test or a screenshot has fixed.

use chrono::Utc;

use crate::domain::Moment;

/// A clock. Cheap to copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// The machine's.
    #[default]
    System,
    /// It stands still.
    Fixed(Moment),
}

impl Clock {
    /// What time it is.
    #[must_use]
    pub fn now(self) -> Moment {
        match self {
            Self::System => Utc::now(),
            Self::Fixed(at) => at,
        }
    }

    /// Whether it stands still.
    #[must_use]
    pub fn stands(self) -> bool {
        matches!(self, Self::Fixed(_))
    }
}
