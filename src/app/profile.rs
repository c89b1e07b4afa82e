//! What the app must know of the configuration, as plain values.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono_tz::Tz;

use crate::domain::checklist::{Checklist, ChecklistId, when::Ground};
use crate::domain::mute::AckRules;
use crate::domain::remediation::{Remedy, RemedyId};
use crate::domain::runbook::Catalogue;
use crate::domain::{Operator, Severity, SourceName};

/// Who watches what, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The environment that is shown in the header and in every prompt.
    pub environment: Option<String>,
    /// Who acts.
    pub operator: Operator,
    /// The operator's zone; local times are shown in it.
    pub timezone: Tz,
    /// For each source that can mute: how acks are made there.
    pub acks: BTreeMap<SourceName, AckRules>,
    /// How an ack that the store keeps is made.
    pub local_ack: AckRules,
    /// Which log lines belong to which service: the source, and what the line's origin must contain.
    pub service_logs: BTreeMap<String, SourceName>,
    /// The least severity that rings for a new incident that waits for somebody; `None` never rings.
    pub notify: Option<Severity>,
    /// What a new watch must be told at once: rows of the keymap or theme that were left out, and the like.
    pub notices: Vec<String>,
    /// The remedies that are declared, in the order of the configuration.
    pub remedies: Arc<[Remedy]>,
    /// Which runbook belongs to which alert.
    pub catalogue: Arc<Catalogue>,
    /// The checklists that are offered, in the order of the Checklists view.
    pub checklists: Arc<[Arc<Checklist>]>,
    /// What conditions of items are read from.
    pub ground: Ground,
    /// Tells ids that this process gives from those of others.
    pub seed: u64,
    /// Whether this is the simulated production of `midwatch demo`.
    pub demo: bool,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            environment: None,
            operator: Operator::new("nobody", "nowhere"),
            timezone: Tz::UTC,
            acks: BTreeMap::new(),
            local_ack: AckRules::default(),
            service_logs: BTreeMap::new(),
            notify: Some(Severity::High),
            notices: Vec::new(),
            remedies: Arc::new([]),
            catalogue: Arc::default(),
            checklists: Arc::new([]),
            ground: Ground::default(),
            seed: 0,
            demo: false,
        }
    }
}

impl Profile {
    /// A remedy by its id.
    #[must_use]
    pub fn remedy(&self, id: &RemedyId) -> Option<&Remedy> {
        self.remedies.iter().find(|remedy| remedy.id == *id)
    }

    /// A checklist by its id.
    #[must_use]
    pub fn checklist(&self, id: &ChecklistId) -> Option<&Arc<Checklist>> {
        self.checklists.iter().find(|list| list.id == *id)
    }

    /// How acks are made at a source, if it can mute.
    #[must_use]
    pub fn ack_rules(&self, source: &SourceName) -> Option<AckRules> {
        self.acks.get(source).cloned()
    }

    /// The notices as the one line of a banner.
    #[must_use]
    pub fn notice(&self) -> Option<String> {
        match self.notices.as_slice() {
            [] => None,
            [only] => Some(only.clone()),
            [first, ..] => Some(format!("{} notices, 'midwatch check' lists them: {first}", self.notices.len())),
        }
    }
}
