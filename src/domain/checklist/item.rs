//! One item of a checklist.

use serde::{Deserialize, Serialize};

use super::concern::Priority;
use super::{Probe, When};
use crate::domain::identity::named;
use crate::domain::remediation::RemedyId;

named! {
    /// The id of an item within its list: `[a-z0-9][a-z0-9-]*`.
    ItemId
}

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// What is looked at, in a few words.
    pub text: String,
    /// What good looks like, and what to do if it does not.
    pub help: String,
    /// What is answered.
    pub kind: ItemKind,
    /// What is asked of the systems; its outcome is the evidence.
    pub probe: Option<Probe>,
    /// What to look at meanwhile.
    pub open: Option<Opens>,
    /// Where it leads: an `https://` address.
    pub link: Option<String>,
    /// Under which condition it is looked at.
    pub when: Option<When>,
    /// Whether going on without it is not possible: a failed one blocks.
    pub blocker: bool,
    /// When a note must be written.
    pub note: NoteRule,
    /// Who answers for it; empty for whoever walks.
    pub owner: String,
    /// The remedy that is offered when it fails.
    pub remedy: Option<RemedyId>,
    /// What a failure means, for an assessment.
    pub concern: Option<ConcernHint>,
}

impl Item {
    /// An item with nothing beside what is answered.
    #[must_use]
    pub fn new(id: &str, text: &str, kind: ItemKind) -> Self {
        Self {
            id: ItemId::new(id),
            text: text.to_owned(),
            help: String::new(),
            kind,
            probe: None,
            open: None,
            link: None,
            when: None,
            blocker: false,
            note: NoteRule::Optional,
            owner: String::new(),
            remedy: None,
            concern: None,
        }
    }
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ItemKind {
    /// A tick.
    Tick,
    /// A number to enter.
    Value {
        /// Its unit; empty for a bare number.
        unit: String,
        /// The least that is good.
        min: Option<f64>,
        /// The most that is good.
        max: Option<f64>,
    },
    /// One of some words.
    Choice {
        /// The words.
        words: Vec<String>,
        /// Those that are good; the others fail.
        good: Vec<String>,
    },
    /// The probe answers; the operator agrees or not.
    Probe,
}

/// When a note must be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteRule {
    /// Never.
    #[default]
    Optional,
    /// When it fails.
    OnFailure,
    /// Always.
    Always,
}

/// What can be opened from an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is the view of its name")]
pub enum Opens {
    Watch,
    Incidents,
    Signals,
    Logs,
    Mutes,
    Remedies,
    Journal,
    Sources,
}

impl Opens {
    /// Each with its word.
    pub const WORDS: [(&'static str, Self); 8] = [
        ("watch", Self::Watch),
        ("incidents", Self::Incidents),
        ("signals", Self::Signals),
        ("logs", Self::Logs),
        ("mutes", Self::Mutes),
        ("remedies", Self::Remedies),
        ("journal", Self::Journal),
        ("sources", Self::Sources),
    ];
}

/// What is known beforehand about what a failure of an item means.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ConcernHint {
    /// Of which sort: `reliability`, `security` …
    pub sort: String,
    /// What users would feel.
    pub impact: String,
    /// What to do about it.
    pub recommendation: String,
    /// How pressing.
    pub priority: Option<Priority>,
}
