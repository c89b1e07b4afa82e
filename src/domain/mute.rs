//! What keeps an alert quiet, and by whom: acks, silences, snoozes.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{IncidentId, Labels, Matcher, Moment, SourceName, matcher};

/// A mute's id: the source's own for a silence, ours for what the store keeps.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MuteId(pub Arc<str>);

impl MuteId {
    /// An id as text.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(Arc::from(id))
    }
}

impl fmt::Display for MuteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The three kinds, from mine and short to everybody's and long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MuteKind {
    /// "I am on it": short, renews itself, ends with the alert.
    Ack,
    /// Planned or longer quiet at the source.
    Silence,
    /// Hidden from one operator's view until a time.
    Snooze,
}

impl MuteKind {
    /// The word, in lower case.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ack => "ack",
            Self::Silence => "silence",
            Self::Snooze => "snooze",
        }
    }
}

/// What a mute covers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Cover {
    /// Every alert of the source that all these matchers hold for. Never empty.
    Matchers(Vec<Matcher>),
    /// One incident, whatever its alerts: a snooze, or an ack that the store keeps.
    Incident(IncidentId),
}

/// One mute.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mute {
    /// Its id where it lives.
    pub id: MuteId,
    /// What kind it is.
    pub kind: MuteKind,
    /// The source it lives at; `None` for the store.
    pub source: Option<SourceName>,
    /// What it covers.
    pub cover: Cover,
    /// Who made it.
    pub by: String,
    /// Why, without the ack prefix.
    pub comment: String,
    /// When it begins.
    pub starts: Moment,
    /// When it ends.
    pub ends: Moment,
    /// Whether it has not begun yet.
    pub pending: bool,
}

impl Mute {
    /// Whether it is in force at `now`.
    #[must_use]
    pub fn in_force(&self, now: Moment) -> bool {
        self.starts <= now && now < self.ends
    }

    /// Whether its matchers hold for these labels. A mute of one incident matches no labels.
    #[must_use]
    pub fn matches(&self, labels: &Labels) -> bool {
        match &self.cover {
            Cover::Matchers(matchers) => matcher::all_match(matchers, labels),
            Cover::Incident(_) => false,
        }
    }
}

/// A silence that is to be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewSilence {
    /// What it covers; never empty, never only matchers that the empty value satisfies.
    pub matchers: Vec<Matcher>,
    /// When it begins.
    pub starts: Moment,
    /// When it ends.
    pub ends: Moment,
    /// Who makes it.
    pub by: String,
    /// Why; with the ack prefix if it is an ack.
    pub comment: String,
}

/// How acks are made at a source: the convention that karma and kthxbye share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AckRules {
    /// A silence whose comment begins with this is an ack.
    pub prefix: String,
    /// How long one ack lasts before it must be renewed.
    pub lasts: chrono::TimeDelta,
    /// Whether midwatch renews its own acks, or an extender of theirs does.
    pub extend: Extend,
    /// From the first moment, no ack is renewed past this.
    pub max: chrono::TimeDelta,
    /// Labels that change while the alert stays the same, and are left out of the matchers.
    pub ignore_labels: Vec<String>,
}

/// Who renews an ack. Exactly one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extend {
    /// midwatch renews what this operator acked from this host.
    #[serde(rename = "self")]
    Own,
    /// Somebody else's extender does, or nobody.
    Off,
}

impl Default for AckRules {
    fn default() -> Self {
        Self {
            prefix: "ACK!".to_owned(),
            lasts: chrono::TimeDelta::minutes(15),
            extend: Extend::Own,
            max: chrono::TimeDelta::hours(12),
            ignore_labels: ["pod", "instance_id", "pod_template_hash", "replica", "uid", "container_id"]
                .map(str::to_owned)
                .to_vec(),
        }
    }
}
