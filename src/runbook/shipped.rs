//! The shipped library, embedded.
//!
//! What lives here: which files of `runbooks/` are in it. What must not: which alerts they are for; that is in their
//! front matter.

use super::front;

/// Embeds `runbooks/NAME.md` for each name.
macro_rules! library {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../runbooks/", $name, ".md")))),*]
    };
}

/// Names and texts.
const SHIPPED: &[(&str, &str)] = library![
    "cache-stampede",
    "certificate-expiring",
    "clock-skew",
    "connection-exhaustion",
    "corrupt-batch",
    "dependency-failing",
    "dns-failing",
    "error-lines",
    "high-cpu",
    "leaked-credentials",
    "memory-leak",
    "read-replicas",
    "roll-back-deployment",
    "scale-out",
    "scale-up",
    "slow-queries",
    "storage-full",
    "traffic-flood",
    "unit-failed",
    "watchdog-missing",
];

/// Every shipped runbook: its name and the names of the alerts it is for.
#[must_use]
pub fn names() -> Vec<(String, Vec<String>)> {
    SHIPPED.iter().map(|(name, text)| ((*name).to_owned(), front::read(text).alerts)).collect()
}

/// The text of a shipped runbook.
#[must_use]
pub fn text(name: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests;
