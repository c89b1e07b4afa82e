//! Text that is never shown: a secret that was typed.

use serde::{Serialize, Serializer};

/// A secret. `Debug` and serialisation tell that it is there, never what it is.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Hidden(String);

/// What stands in its place.
pub const SHOWN: &str = "‹hidden›";

impl Hidden {
    /// Hides a text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// What it is; only for handing it to the child.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(SHOWN)
    }
}

impl Serialize for Hidden {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(SHOWN)
    }
}
