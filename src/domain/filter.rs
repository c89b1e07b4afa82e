//! The filter language: `service=checkout severity>=high @acked=no @age>10m text`.
//!
//! What lives here: reading a filter, asking it, writing it out again, and what may come next while it is
//! typed. What must not: lists, views, or anything that knows where the things asked about come from: they
//! answer through [`Subject`].

mod complete;
mod field;
mod parse;
mod subject;
mod term;

use std::fmt;

use serde::{Serialize, Serializer};

pub use complete::{Completion, complete};
pub use parse::FilterError;
pub use subject::{IncidentSubject, Subject, Value};
use term::Term;

use super::Moment;

/// Conditions that must all hold. The empty filter holds for everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    terms: Vec<Term>,
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// Where the text stops being one, and what is meant instead.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        parse::parse(text).map(|terms| Self { terms })
    }

    /// Whether it holds for everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether it names this field: what is hidden by default is shown when the filter speaks of it.
    #[must_use]
    pub fn speaks_of(&self, field: &str) -> bool {
        self.terms.iter().any(|term| term.field() == Some(field))
    }

    /// Whether it holds for `subject` at `now`.
    #[must_use]
    pub fn matches(&self, subject: &impl Subject, now: Moment) -> bool {
        self.terms.iter().all(|term| term.holds(subject, now))
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, term) in self.terms.iter().enumerate() {
            let space = if at == 0 { "" } else { " " };
            write!(f, "{space}{term}")?;
        }
        Ok(())
    }
}

impl Serialize for Filter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests;
