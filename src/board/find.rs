//! Which incident is meant by what a person types.

use super::Board;
use crate::domain::{Incident, IncidentId};

/// Why no incident, or more than one, is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotOne {
    /// What was typed.
    pub text: String,
    /// The incidents that it could mean: id and title.
    pub candidates: Vec<(IncidentId, String)>,
}

impl std::fmt::Display for NotOne {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.candidates.is_empty() {
            return write!(f, "no incident is called '{}'; 'midwatch incidents' lists them", self.text);
        }
        write!(f, "'{}' could be any of these; give the id:", self.text)?;
        for (id, title) in &self.candidates {
            write!(f, "\n  {id}  {title}")?;
        }
        Ok(())
    }
}

/// The fewest digits of an id that mean an incident.
const FEWEST: usize = 3;

impl Board {
    /// The incident of an id, a unique beginning of one, or a title that only one open incident has.
    ///
    /// # Errors
    /// Everything that could be meant, if that is not one.
    pub fn find(&self, text: &str) -> Result<&Incident, NotOne> {
        let text = text.trim();
        let called: Vec<&Incident> =
            self.incidents().filter(|incident| incident.is_open() && incident.title == text).collect();
        let by_id = |incident: &&Incident| {
            text.len() >= FEWEST && incident.id.to_string().starts_with(&text.to_ascii_lowercase())
        };
        let found: Vec<&Incident> = if called.is_empty() { self.incidents().filter(by_id).collect() } else { called };
        if let [one] = found.as_slice() {
            return Ok(one);
        }
        let candidates = found.iter().map(|incident| (incident.id, incident.title.clone())).collect();
        Err(NotOne { text: text.to_owned(), candidates })
    }
}
