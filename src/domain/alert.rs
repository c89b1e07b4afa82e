//! One firing condition as a source tells it.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Labels, Moment, Rated, hex};

/// The identity of an alert: a hash over its labels. Two sources that tell of the same labels tell of
/// the same alert.
///
/// It is the 64-bit FNV-1a over `name 0xff value 0xff …` in the order of names, which is what Prometheus'
/// `common/model` computes, so it equals the `fingerprint` that Alertmanager shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub u64);

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

impl Fingerprint {
    /// The fingerprint of a set of labels.
    #[must_use]
    pub fn of(labels: &Labels) -> Self {
        let pairs = labels.iter().flat_map(|(name, value)| [name, value]);
        Self(hash_fields(pairs))
    }
}

/// FNV-1a over fields, each closed by the byte 0xff, which UTF-8 never holds: no two lists collide by
/// where one field ends.
pub(crate) fn hash_fields<'a>(fields: impl Iterator<Item = &'a str>) -> u64 {
    let bytes = fields.flat_map(|field| field.bytes().chain(std::iter::once(0xff)));
    bytes.fold(FNV_OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME))
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        hex::sixteen(&text).map(Self).ok_or_else(|| serde::de::Error::custom("not 16 hexadecimal digits"))
    }
}

/// What a source says of an alert's own life. Silenced and inhibited are told apart: the first is
/// somebody's decision, the second the source's rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AlertState {
    /// The condition holds, but not yet for as long as its rule asks.
    Pending,
    /// It fires and nothing hides it.
    Firing,
    /// It fires and a silence of the source covers it.
    Silenced,
    /// It fires and another alert of the source inhibits it.
    Inhibited,
}

/// One alert of one source. Shared between the poller, the board and the screen, so it never changes
/// once built.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alert {
    /// Hash of the labels.
    pub fingerprint: Fingerprint,
    /// What it is about.
    pub labels: Labels,
    /// What it says to people: summary, description, runbook.
    pub annotations: Labels,
    /// Since when it fires (or is pending), as the source says.
    pub since: Moment,
    /// Its state at the source.
    pub state: AlertState,
    /// Its severity by the configured table.
    pub rated: Rated,
    /// Ids of the source's silences that cover it.
    pub silenced_by: Vec<String>,
    /// Fingerprints, as the source writes them, of the alerts that inhibit it.
    pub inhibited_by: Vec<String>,
    /// The value that made it fire, if the source tells it.
    pub value: Option<f64>,
    /// Where the source explains it; empty if nowhere.
    pub link: Option<Box<str>>,
}

impl Alert {
    /// The alert's name, or `unnamed` where the label is missing.
    #[must_use]
    pub fn name(&self) -> &str {
        self.labels.get("alertname").unwrap_or("unnamed")
    }

    /// The one line that says what is wrong, from the annotations that people use for it.
    #[must_use]
    pub fn summary(&self) -> Option<&str> {
        ["summary", "description", "message"].into_iter().find_map(|name| self.annotations.get(name))
    }

    /// Where its runbook is, from the annotations (then labels) that people use for it.
    #[must_use]
    pub fn runbook(&self) -> Option<&str> {
        const NAMES: [&str; 5] = ["runbook_url", "runbookURL", "runbook", "playbook_url", "playbook"];
        NAMES
            .into_iter()
            .find_map(|name| self.annotations.get(name))
            .or_else(|| NAMES.into_iter().find_map(|name| self.labels.get(name)))
    }
}

/// What changed in a source's alerts between two successful answers.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct AlertChanges {
    /// New alerts, and known ones that are told differently now.
    pub told: Vec<Arc<Alert>>,
    /// Alerts that a successful answer no longer holds.
    pub gone: Vec<Fingerprint>,
}

impl AlertChanges {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.told.is_empty() && self.gone.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_is_the_one_that_alertmanager_shows() {
        // Recorded from Alertmanager 0.25.
        let labels: Labels = [
            ("alertname", "TargetDown"),
            ("instance", "127.0.0.1:1"),
            ("job", "deadtarget"),
            ("service", "checkout"),
            ("severity", "critical"),
        ]
        .into();
        assert_eq!(Fingerprint::of(&labels).to_string(), "3d11ddfe67b53a23");
    }
}
