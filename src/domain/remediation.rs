//! Scripted remediations: what is declared, what is planned, what runs, what came of it.
//!
//! What lives here: plain types, and rules over single values (does this value fit its parameter). What must not:
//! building a command line (`remedy::plan`), files, processes, the store.

pub mod auto;
pub mod hidden;
pub mod kind;
pub mod output;
pub mod param;
pub mod pattern;
pub mod plan;
pub mod run;
pub mod template;
pub mod wish;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::Matcher;
use super::identity::named;

pub use auto::Auto;
pub use hidden::Hidden;
pub use kind::Kind;
pub use param::Param;
pub use plan::Plan;
pub use run::{Run, RunId};
pub use template::Template;
pub use wish::Wish;

named! {
    /// The id of a remedy, as it is declared and typed.
    RemedyId
}

/// How an operator must agree before a remedy runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confirm {
    /// Not at all: for what only looks.
    None,
    /// A yes-or-no question, default No.
    Ask,
    /// The remedy's id must be typed.
    #[default]
    Type,
}

/// Where a remedy or a runbook was declared, for trust and for messages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "origin", content = "where", rename_all = "lowercase")]
pub enum Origin {
    /// Part of the program.
    Shipped,
    /// The operator's own configuration, or a file beside it.
    File(PathBuf),
    /// A preset that others keep: its commands must be accepted once for each content.
    Preset(PathBuf),
    /// An address it was fetched from.
    Web(String),
}

/// Something that must hold before a remedy may run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Precondition {
    /// A command that must end with 0.
    Command(Vec<Template>),
    /// A signal whose value must be as said; a value that is not known does not hold.
    Signal {
        /// The service; `None` for the incident's.
        service: Option<String>,
        /// The signal's name: `errors`, `latency`, `saturation cpu` …
        signal: String,
        /// How it is compared: one of `<`, `<=`, `>`, `>=`, `==`, `!=`.
        comparison: String,
        /// With what, in the signal's unit.
        bound: f64,
    },
}

/// A variable of a child's environment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum EnvVar {
    /// Handed on from midwatch's own environment, if it is there.
    Inherit(String),
    /// A fixed value, with placeholders.
    Set(String, Template),
    /// A secret, read when the process starts. Its place is kept beside the remedies, never its value.
    Secret(String),
}

/// One declared remedy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Remedy {
    /// Its id: `[a-z0-9][a-z0-9-]*`.
    pub id: RemedyId,
    /// What it does, in a few words.
    pub title: String,
    /// More about it, for its card.
    pub help: String,
    /// The alerts it is for; empty for one that is for no alert.
    pub matchers: Vec<Matcher>,
    /// The environments it may run in; empty for all.
    pub environments: Vec<String>,
    /// What it does.
    pub kind: Kind,
    /// A process that shows what would be done; ansible has its own.
    pub dry_run: Option<Vec<Template>>,
    /// A process that must end with 0 afterwards.
    pub verify: Option<Vec<Template>>,
    /// What must hold before.
    pub require: Vec<Precondition>,
    /// How the operator must agree.
    pub confirm: Confirm,
    /// How many people must agree, the one who runs it counted: 1 or 2.
    pub approvals: u8,
    /// How long after a run began nobody may run it on the same target again.
    pub cooldown: TimeDelta,
    /// How long it may run.
    pub timeout: TimeDelta,
    /// How long after TERM the process group is killed.
    pub grace: TimeDelta,
    /// How long the alert is watched afterwards.
    pub watch: TimeDelta,
    /// What lock and cool-down are for; all parameters that are no secrets for `None`.
    pub target: Option<Template>,
    /// Its parameters, in the order in which they are asked for.
    pub params: Vec<Param>,
    /// The child's environment: this and nothing else.
    pub env: Vec<EnvVar>,
    /// Where it runs; `/` if it is not said.
    pub cwd: PathBuf,
    /// What exit codes mean: 0 is success unless it says otherwise.
    pub exits: BTreeMap<i32, Exit>,
    /// Whether and when it runs by itself.
    pub auto: Option<Auto>,
    /// Where it was declared.
    pub origin: Origin,
}

/// What an exit code means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exit {
    /// Whether the remedy did what it should.
    pub ok: bool,
    /// In words: "nothing to do", "the unit does not exist".
    pub words: String,
}

impl Remedy {
    /// Whether it is for an alert with these labels, in this environment.
    #[must_use]
    pub fn fits(&self, labels: &super::Labels, environment: Option<&str>) -> bool {
        self.runs_in(environment) && !self.matchers.is_empty() && super::matcher::all_match(&self.matchers, labels)
    }

    /// Whether it may run in this environment at all.
    #[must_use]
    pub fn runs_in(&self, environment: Option<&str>) -> bool {
        self.environments.is_empty()
            || environment.is_some_and(|here| self.environments.iter().any(|name| name == here))
    }

    /// A parameter by its name.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&Param> {
        self.params.iter().find(|param| &*param.name == name)
    }
}
