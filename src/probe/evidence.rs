//! From what was found to evidence: harmless, and within its bounds.

use std::time::Duration;

use crate::domain::checklist::Evidence;
use crate::domain::checklist::probe::{Held, LINES, WIDE};
use crate::domain::{Moment, harmless};

/// The longest name of who was asked, in characters.
const FROM: usize = 160;
/// The longest unit.
const UNIT: usize = 24;

/// What one probe found, as it came.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Finding {
    /// Who was asked.
    pub(super) from: String,
    /// How it stands.
    pub(super) held: Held,
    /// The number.
    pub(super) value: Option<f64>,
    /// Its unit.
    pub(super) unit: String,
    /// In a line.
    pub(super) words: String,
    /// More of it.
    pub(super) lines: Vec<String>,
}

impl Finding {
    /// Something that stands so.
    pub(super) fn new(held: Held, words: impl Into<String>) -> Self {
        Self { from: String::new(), held, value: None, unit: String::new(), words: words.into(), lines: Vec::new() }
    }

    /// Nobody can tell, in words why.
    pub(super) fn unknown(words: impl Into<String>) -> Self {
        Self::new(Held::Unknown, words)
    }

    /// Told by somebody.
    pub(super) fn from(mut self, from: impl Into<String>) -> Self {
        self.from = from.into();
        self
    }

    /// With a number.
    pub(super) fn value(mut self, value: f64, unit: &str) -> Self {
        self.value = Some(value);
        unit.clone_into(&mut self.unit);
        self
    }

    /// With more of it. Of too many lines the last one says how many are missing.
    pub(super) fn lines(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        let mut all = lines.into_iter();
        self.lines.extend(all.by_ref().take(LINES.saturating_sub(self.lines.len())));
        let more = all.count();
        if more > 0
            && let Some(last) = self.lines.last_mut()
        {
            *last = format!("… and {} more", more + 1);
        }
        self
    }

    /// As it is kept.
    pub(super) fn evidence(self, at: Moment, took: Duration) -> Evidence {
        let line = |text: &str, wide| harmless::line(text, wide).into_owned();
        Evidence {
            at,
            took_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            from: line(&self.from, FROM),
            held: self.held,
            value: self.value.filter(|value| value.is_finite()),
            unit: line(&self.unit, UNIT),
            words: line(&self.words, WIDE),
            lines: self.lines.iter().take(LINES).map(|text| line(text.trim_end(), WIDE)).collect(),
        }
    }
}

/// Evidence of a probe that was not asked, in words why.
#[must_use]
pub fn unknown(at: Moment, words: impl Into<String>) -> Evidence {
    Finding::unknown(words).evidence(at, Duration::ZERO)
}
