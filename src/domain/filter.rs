//! (in work)

use std::collections::BTreeSet;

use super::{Alert, Incident, Moment, SourceName};

/// A filter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter;

/// An incident as a filter sees it.
#[derive(Debug)]
pub struct IncidentSubject<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// Its alerts.
    pub alerts: &'a [&'a Alert],
    /// The sources that tell of them.
    pub sources: &'a BTreeSet<&'a SourceName>,
}

impl Filter {
    /// Whether it holds for everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        true
    }
    /// Whether it names this field.
    #[must_use]
    pub fn speaks_of(&self, _name: &str) -> bool {
        false
    }
    /// Whether it holds.
    #[must_use]
    pub fn matches(&self, _subject: &IncidentSubject<'_>, _now: Moment) -> bool {
        true
    }
}
