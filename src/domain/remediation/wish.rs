//! What an operator asks for: a remedy or a step of a runbook, about an incident, with values.

use std::collections::BTreeMap;

use serde::Serialize;

use super::run::Run;
use super::{Hidden, Plan, RemedyId};
use crate::domain::runbook::Step;
use crate::domain::{Incident, IncidentId, Labels, SignalLevel};

/// What is to be run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum What {
    /// A declared remedy.
    Remedy(RemedyId),
    /// A block of a runbook; with the runbook's key.
    Step(String, Box<Step>),
}

/// What an operator asks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Wish {
    /// Tells the answer's message which question it belongs to.
    pub token: u64,
    /// What is to be run.
    pub what: What,
    /// About which incident.
    pub incident: Option<IncidentId>,
    /// Its title then.
    pub subject: Option<String>,
    /// The labels that its alerts share; values of parameters that come from labels.
    pub labels: Labels,
    /// The values that were typed or chosen, by parameter.
    pub values: BTreeMap<String, String>,
    /// The secrets that were typed, by parameter.
    pub secrets: BTreeMap<String, Hidden>,
    /// The signals that its preconditions name, as they stand now: service, name, value, level.
    pub signals: Vec<(String, String, Option<f64>, SignalLevel)>,
    /// Whether midwatch asks by itself.
    pub auto: bool,
}

impl Wish {
    /// A wish about an incident, if there is one, with nothing typed yet. It has no token and knows no signals.
    #[must_use]
    pub fn about(what: What, incident: Option<&Incident>, labels: Labels) -> Self {
        Self {
            token: 0,
            what,
            incident: incident.map(|incident| incident.id),
            subject: incident.map(|incident| incident.title.clone()),
            labels,
            values: BTreeMap::new(),
            secrets: BTreeMap::new(),
            signals: Vec::new(),
            auto: false,
        }
    }
}

/// A wish that was planned, with everything that the operator must see before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prepared {
    /// What was asked for.
    pub wish: Wish,
    /// What would be done; or in words, why it cannot be planned.
    pub plan: Result<Plan, String>,
    /// What stands in the way now, each in words that say what to do. Nothing runs while there is one.
    pub hurdles: Vec<String>,
    /// The last run of the same remedy on the same target.
    pub last: Option<Run>,
}

/// What a dry run said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DryRun {
    /// The plan's hash.
    pub plan: String,
    /// Whether it ended well.
    pub ok: bool,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// How it ended, in words.
    pub words: String,
    /// The last lines that it said; harmless.
    pub lines: Vec<String>,
}
