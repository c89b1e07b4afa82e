//! Four steps of severity and the table that maps what teams write in labels to them.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Labels;

/// How bad it is. The order is by urgency: `Critical` sorts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Down, or a risk of losing data.
    Critical,
    /// Degraded, or short of capacity.
    High,
    /// A trend or a cost.
    Medium,
    /// Maintenance and improvement.
    Low,
}

impl Severity {
    /// All four, most urgent first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Medium, Self::Low];

    /// The letter that stands for it on every screen: C, H, M, L.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Critical => 'C',
            Self::High => 'H',
            Self::Medium => 'M',
            Self::Low => 'L',
        }
    }

    /// The word, in lower case.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    /// Reads one of our own four words or letters, in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| {
            severity.word().eq_ignore_ascii_case(text)
                || text.len() == 1 && text.eq_ignore_ascii_case(&severity.letter().to_string())
        })
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A severity, and whether it was known or had to be assumed. An assumed one is shown with a `?`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rated {
    /// The step.
    pub severity: Severity,
    /// `false` if the label was missing or its value unknown to the table.
    pub known: bool,
}

impl Rated {
    /// A severity that somebody named.
    #[must_use]
    pub fn known(severity: Severity) -> Self {
        Self { severity, known: true }
    }

    /// What is assumed when nobody said: High, marked.
    #[must_use]
    pub fn assumed() -> Self {
        Self { severity: Severity::High, known: false }
    }
}

/// What ships: label value to severity.
const SHIPPED: [(Severity, &[&str]); 4] = [
    (Severity::Critical, &["critical", "page", "p1", "sev1", "emergency", "disaster"]),
    (Severity::High, &["high", "error", "major", "warning", "p2", "sev2"]),
    (Severity::Medium, &["medium", "minor", "ticket", "notice", "p3", "sev3"]),
    (Severity::Low, &["info", "low", "none", "p4", "p5"]),
];

/// Maps label values to severities. Values are compared without case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeverityTable {
    label: String,
    values: BTreeMap<String, Severity>,
}

impl Default for SeverityTable {
    fn default() -> Self {
        let values = SHIPPED
            .iter()
            .flat_map(|(severity, words)| words.iter().map(|word| ((*word).to_owned(), *severity)))
            .collect();
        Self { label: "severity".to_owned(), values }
    }
}

impl SeverityTable {
    /// The shipped table with another label to read, if given, and rows that replace or add to it.
    #[must_use]
    pub fn with(label: Option<&str>, rows: impl IntoIterator<Item = (String, Severity)>) -> Self {
        let mut table = Self::default();
        if let Some(label) = label {
            label.clone_into(&mut table.label);
        }
        table.values.extend(rows.into_iter().map(|(value, severity)| (value.to_lowercase(), severity)));
        table
    }

    /// The label that is read.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Every value that it knows, in lower case, with its severity.
    pub fn rows(&self) -> impl Iterator<Item = (&str, Severity)> {
        self.values.iter().map(|(value, severity)| (value.as_str(), *severity))
    }

    /// The severity of an alert with these labels.
    #[must_use]
    pub fn rate(&self, labels: &Labels) -> Rated {
        labels
            .get(&self.label)
            .and_then(|value| self.values.get(value).or_else(|| self.values.get(&value.to_lowercase())))
            .map_or_else(Rated::assumed, |severity| Rated::known(*severity))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_words_and_what_is_not_known() {
        let table = SeverityTable::default();
        let rate = |value: &str| table.rate(&[("severity", value)].into());
        assert_eq!(rate("Page"), Rated::known(Severity::Critical));
        assert_eq!(rate("warning"), Rated::known(Severity::High));
        assert_eq!(rate("notice"), Rated::known(Severity::Medium));
        assert_eq!(rate("p5"), Rated::known(Severity::Low));
        assert_eq!(rate("purple"), Rated::assumed());
        assert_eq!(table.rate(&Labels::default()), Rated::assumed());
    }

    #[test]
    fn a_configured_row_wins() {
        let table = SeverityTable::with(Some("prio"), [("Warning".to_owned(), Severity::Low)]);
        assert_eq!(table.rate(&[("prio", "warning")].into()), Rated::known(Severity::Low));
    }
}
