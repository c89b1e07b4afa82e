//! An expression that a value must match whole.

use std::sync::Arc;

use regex::Regex;
use serde::{Serialize, Serializer};

/// An expression, anchored at both ends.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: Arc<str>,
    whole: Arc<Regex>,
}

impl Pattern {
    /// What a text must look like where nobody said it: one word that begins with a letter, a digit or `_`.
    pub const DEFAULT: &'static str = "[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,127}";

    /// Reads an expression.
    ///
    /// # Errors
    /// In words, what is wrong with it.
    pub fn new(text: &str) -> Result<Self, String> {
        let whole = Regex::new(&format!(r"\A(?:{text})\z")).map_err(|error| error.to_string())?;
        Ok(Self { text: text.into(), whole: Arc::new(whole) })
    }

    /// The expression as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the whole value matches.
    #[must_use]
    pub fn holds(&self, value: &str) -> bool {
        self.whole.is_match(value)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
