//! Names that identify a source and a person. Cheap to clone, never empty.

use serde::{Deserialize, Serialize};

/// Makes a type of names: cheap to clone, and not to be mistaken for another sort of name.
macro_rules! named {
    ($(#[$words:meta])* $name:ident) => {
        $(#[$words])*
        #[derive(
            Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// Takes it as it is written.
            #[must_use]
            pub fn new(text: &str) -> Self {
                Self(std::sync::Arc::from(text))
            }

            /// It as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}
pub(crate) use named;

named! {
    /// The configured name of a source, as in `[[source]] name = "am-eu"`.
    SourceName
}

impl From<&str> for SourceName {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

/// Who acts: a name and the host they act from. An ack renews itself only for the same pair.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Operator {
    /// The name that others see, from `[operator] name` or `$USER`.
    pub name: String,
    /// The host midwatch runs on.
    pub host: String,
}

impl Operator {
    /// An operator by name and host.
    #[must_use]
    pub fn new(name: impl Into<String>, host: impl Into<String>) -> Self {
        Self { name: name.into(), host: host.into() }
    }
}
