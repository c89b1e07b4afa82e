//! What an operator works on: alerts grouped, with a life.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::alert::hash_fields;
use super::{Fingerprint, Labels, Moment, Rated, hex};

/// An incident's id. It is made from the group and the moment the episode began, so two midwatches that
/// see the same thing begin give it the same id; the store keeps it over restarts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IncidentId(pub u64);

impl IncidentId {
    /// The id of the episode of `group` that began at `since`.
    #[must_use]
    pub fn of(group: &GroupKey, since: Moment) -> Self {
        let began = since.timestamp_millis().to_string();
        Self(hash_fields(group.0.iter().flat_map(|(name, value)| [name, value]).chain([began.as_str()])))
    }

    /// The first four digits, for a title; the whole where it must be unique.
    #[must_use]
    pub fn short(self) -> String {
        format!("{:04x}", self.0 >> 48)
    }

    /// Reads the 16 digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        hex::sixteen(text).map(Self)
    }
}

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for IncidentId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for IncidentId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("an incident id has 16 hexadecimal digits"))
    }
}

/// What alerts of one incident have in common: the `group_by` labels and their values.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GroupKey(pub Labels);

/// Where an incident stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IncidentState {
    /// It fires and nobody has said "I am on it".
    Open,
    /// Somebody is on it.
    Acked,
    /// The effect on users is gone, the cause not yet.
    Mitigated,
    /// A successful answer no longer holds any of its alerts.
    Resolved,
}

impl IncidentState {
    /// The word, in lower case.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Acked => "acked",
            Self::Mitigated => "mitigated",
            Self::Resolved => "resolved",
        }
    }
}

/// Who is on it, and how long that holds unless it is renewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ownership {
    /// The operator's name.
    pub by: String,
    /// When the ack lapses.
    pub until: Moment,
    /// Alerts that joined after the ack and are covered by it.
    pub joined_since: usize,
}

/// Why nobody needs to look, although it fires and nobody acked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Quiet {
    /// Every alert is covered by a silence that is no ack.
    Silenced {
        /// Who made the longest one.
        by: String,
        /// When the first of them ends; `None` while the source has not said by what it is silenced.
        until: Option<Moment>,
    },
    /// Every alert is inhibited by another one at the source.
    Inhibited,
}

/// One incident. The board builds it from alerts, mutes and what the store kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// What its alerts share.
    pub group: GroupKey,
    /// The alert name, or the group where alerts are not grouped by it.
    pub title: String,
    /// The service, if the alerts name one or a configured service matches.
    pub service: Option<String>,
    /// The worst severity of its alerts.
    pub rated: Rated,
    /// Since when: the earliest of its alerts.
    pub since: Moment,
    /// When midwatch first and last saw it fire.
    pub first_seen: Moment,
    /// See `first_seen`.
    pub last_seen: Moment,
    /// The alerts that fire, in the order of their fingerprints.
    pub alerts: Vec<Fingerprint>,
    /// How many alerts it had at most.
    pub most: usize,
    /// Who acked it.
    pub owner: Option<Ownership>,
    /// Why it is quiet without an owner.
    pub quiet: Option<Quiet>,
    /// Until when this operator does not want to see it.
    pub snoozed_until: Option<Moment>,
    /// Whether somebody declared its effect gone.
    pub mitigated: bool,
    /// When the last of its alerts was gone from a successful answer.
    pub resolved: Option<Moment>,
    /// Whether every source that told of it is away: what is shown is the last that was known.
    pub stale: bool,
    /// How often it came back after it had resolved, within the time resolved ones are kept.
    pub refired: u32,
}

impl Incident {
    /// All of it but the list of its alerts, which may be long.
    #[must_use]
    pub fn without_alerts(&self) -> Self {
        Self {
            alerts: Vec::new(),
            group: self.group.clone(),
            title: self.title.clone(),
            service: self.service.clone(),
            owner: self.owner.clone(),
            quiet: self.quiet.clone(),
            ..*self
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> IncidentState {
        match (self.resolved, self.mitigated, &self.owner) {
            (Some(_), ..) => IncidentState::Resolved,
            (_, true, _) => IncidentState::Mitigated,
            (_, _, Some(_)) => IncidentState::Acked,
            _ => IncidentState::Open,
        }
    }

    /// Whether it waits for somebody: it fires, nobody owns it, and nothing keeps it quiet.
    #[must_use]
    pub fn needs_somebody(&self) -> bool {
        self.state() == IncidentState::Open && self.quiet.is_none() && self.snoozed_until.is_none()
    }

    /// Whether it fires.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.resolved.is_none()
    }

    /// Its place in the list: what waits for somebody before what is owned, the worse first, the older
    /// first. Resolved ones come last, the newest first.
    #[must_use]
    pub fn rank(&self) -> Rank {
        let resolved = self.resolved.map(|at| -at.timestamp_millis());
        let owned = self.owner.is_some() || self.mitigated;
        Rank {
            resolved: resolved.is_some(),
            quiet: self.quiet.is_some() || self.snoozed_until.is_some(),
            severity: self.rated,
            owned,
            since: resolved.unwrap_or(self.since.timestamp_millis()),
            id: self.id,
        }
    }
}

/// The order of the incident list; total, and stable while nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Rank {
    resolved: bool,
    quiet: bool,
    severity: Rated,
    owned: bool,
    since: i64,
    /// Whose rank it is.
    pub id: IncidentId,
}

impl Rank {
    /// Whether it is the rank of one that has resolved.
    #[must_use]
    pub fn has_resolved(&self) -> bool {
        self.resolved
    }
}
