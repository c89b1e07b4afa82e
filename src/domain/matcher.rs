//! A condition on one label, as silences and `match` tables use it.

use std::fmt;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::Labels;

/// How a matcher compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Operation {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `=~`, anchored at both ends
    Regex,
    /// `!~`, anchored at both ends
    NotRegex,
}

impl Operation {
    /// The sign that people write.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Regex => "=~",
            Self::NotRegex => "!~",
        }
    }
}

/// `name=value` and its three relatives. A missing label is the empty string.
#[derive(Debug, Clone, Serialize)]
pub struct Matcher {
    /// The label.
    pub name: String,
    /// How to compare.
    pub operation: Operation,
    /// The value or the expression, as written.
    pub value: String,
    #[serde(skip)]
    pattern: Option<Regex>,
}

impl PartialEq for Matcher {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, self.operation, &self.value) == (&other.name, other.operation, &other.value)
    }
}

impl Eq for Matcher {}

/// The most memory a compiled expression may take, in bytes.
const REGEX_LIMIT: usize = 1 << 20;

/// Compiles `expression` so that it must match a value whole.
///
/// # Errors
/// Where the expression does not parse or would grow over 1 MiB.
pub fn anchored(expression: &str) -> Result<Regex, regex::Error> {
    regex::RegexBuilder::new(&format!("^(?s:{expression})$")).size_limit(REGEX_LIMIT).build()
}

impl Matcher {
    /// `name=value`.
    #[must_use]
    pub fn equal(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), operation: Operation::Equal, value: value.into(), pattern: None }
    }

    /// A matcher of any kind.
    ///
    /// # Errors
    /// Where a regular expression does not parse or is too large.
    pub fn new(name: impl Into<String>, operation: Operation, value: impl Into<String>) -> Result<Self, regex::Error> {
        let value = value.into();
        let pattern = match operation {
            Operation::Regex | Operation::NotRegex => Some(anchored(&value)?),
            Operation::Equal | Operation::NotEqual => None,
        };
        Ok(Self { name: name.into(), operation, value, pattern })
    }

    /// Whether it holds for these labels.
    #[must_use]
    pub fn matches(&self, labels: &Labels) -> bool {
        self.holds(labels.get(&self.name).unwrap_or(""))
    }

    /// Whether it holds for a value.
    #[must_use]
    pub fn holds(&self, value: &str) -> bool {
        let found = self.pattern.as_ref().is_some_and(|pattern| pattern.is_match(value));
        match self.operation {
            Operation::Equal => value == self.value,
            Operation::NotEqual => value != self.value,
            Operation::Regex => found,
            Operation::NotRegex => !found,
        }
    }
}

impl fmt::Display for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{:?}", self.name, self.operation.sign(), self.value)
    }
}

/// Whether every matcher holds. An empty list matches nothing: it is never a silence of everything.
#[must_use]
pub fn all_match(matchers: &[Matcher], labels: &Labels) -> bool {
    !matchers.is_empty() && matchers.iter().all(|matcher| matcher.matches(labels))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_anchored_and_an_empty_list_matches_nothing() {
        let labels: Labels = [("job", "api-7")].into();
        assert!(Matcher::new("job", Operation::Regex, "api-.*").unwrap().matches(&labels));
        assert!(!Matcher::new("job", Operation::Regex, "api").unwrap().matches(&labels));
        assert!(!Matcher::new("job", Operation::Regex, "x|api").unwrap().matches(&labels));
        assert!(Matcher::equal("missing", "").matches(&labels));
        assert!(!all_match(&[], &labels));
    }
}
