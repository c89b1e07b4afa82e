//! The shipped library, embedded.

/// Every shipped runbook: its name and the names of the alerts it is for.
#[must_use]
pub fn names() -> Vec<(String, Vec<String>)> {
    Vec::new()
}

/// The text of a shipped runbook.
#[must_use]
pub fn text(_name: &str) -> Option<&'static str> {
    None
}
