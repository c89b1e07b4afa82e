//! What a remedy does: one variant for each kind that can be declared.

use std::path::PathBuf;

use chrono::TimeDelta;
use serde::Serialize;

use super::pattern::Pattern;
use super::template::Template;
use crate::domain::discreet;

/// What a remedy does.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A program with arguments.
    Command(Vec<Template>),
    /// A script file, given to its interpreter; the parameters come as arguments and as `MIDWATCH_PARAM_NAME`.
    Script {
        /// The file.
        path: PathBuf,
        /// The interpreter and its arguments; empty where the file itself is run.
        interpreter: Vec<String>,
        /// What follows the file.
        arguments: Vec<Template>,
    },
    /// A program on another machine, by OpenSSH.
    Ssh {
        /// The host; a value of it must match `hosts` whole.
        host: Template,
        /// Which hosts are allowed.
        hosts: Pattern,
        /// As whom; as OpenSSH decides for `None`.
        user: Option<String>,
        /// The port; as OpenSSH decides for `None`.
        port: Option<u16>,
        /// What runs there, each argument quoted for a POSIX shell.
        command: Vec<Template>,
    },
    /// A request.
    Http(Box<Http>),
    /// A systemd unit.
    Systemd {
        /// What is done with it.
        verb: Verb,
        /// The unit.
        unit: Template,
        /// Whether it is a unit of the user's own manager.
        user: bool,
    },
    /// A recipe of kubectl.
    Kubectl {
        /// What is done.
        recipe: Recipe,
        /// `deployment/checkout`, `statefulset/db` …
        resource: Template,
        /// The namespace; kubectl's own for `None`.
        namespace: Option<Template>,
        /// The context; kubectl's own for `None`.
        context: Option<String>,
    },
    /// A playbook of Ansible; its dry run is `--check --diff`.
    Ansible {
        /// The playbook.
        playbook: PathBuf,
        /// The inventory.
        inventory: Option<PathBuf>,
        /// The hosts it is limited to.
        limit: Option<Template>,
        /// Variables, handed over as JSON.
        vars: Vec<(String, Template)>,
    },
}

impl Kind {
    /// The word for it in the configuration.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Command(_) => "command",
            Self::Script { .. } => "script",
            Self::Ssh { .. } => "ssh",
            Self::Http(_) => "http",
            Self::Systemd { .. } => "systemd",
            Self::Kubectl { .. } => "kubectl",
            Self::Ansible { .. } => "ansible",
        }
    }
}

/// What is done with a systemd unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verb {
    /// Start it.
    Start,
    /// Stop it.
    Stop,
    /// Stop and start it.
    Restart,
    /// Let it read its configuration.
    Reload,
}

/// What kubectl does.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipe {
    /// `rollout restart`.
    RolloutRestart,
    /// `rollout undo`, to a revision or the one before.
    RolloutUndo(Option<Template>),
    /// `scale --replicas`.
    Scale(Template),
}

/// A request, and how its end is found out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Http {
    /// What speaks at the other end.
    pub dialect: Dialect,
    /// GET, POST, PUT, PATCH or DELETE.
    pub method: String,
    /// The address; placeholders may stand in path and query only, and are percent-encoded.
    pub url: Template,
    /// Headers beside those for access.
    pub headers: Vec<(String, Template)>,
    /// The body: JSON whose texts may hold placeholders; they stay texts.
    pub body: Option<Body>,
    /// The answers that mean that it was taken; any 2xx if empty.
    pub expect: Vec<u16>,
    /// How it is followed to its end; the dialect's own way, or not at all, for `None`.
    pub poll: Option<Poll>,
}

/// What speaks at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// Nothing that we know.
    Webhook,
    /// GitHub's `workflow_dispatch`, followed by its run.
    Github,
    /// A Jenkins job, followed from the queue to the build.
    Jenkins,
    /// A Rundeck job, followed by its execution.
    Rundeck,
    /// An AWX job template, followed by its job.
    Awx,
}

/// A JSON text whose strings may hold placeholders.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Body {
    /// A text with placeholders.
    Text(Template),
    /// A number, true, false or null, as it is written.
    Plain(String),
    /// A list.
    List(Vec<Body>),
    /// An object; its names hold no placeholders.
    Object(Vec<(String, Body)>),
}

impl Body {
    /// As it may be shown: without the texts whose names say that they are secret.
    #[must_use]
    pub fn discreet(&self) -> Self {
        match self {
            Self::Text(text) if discreet::holds_a_secret(text.source()) => {
                Self::Text(Template::literal(&discreet::text(text.source())))
            }
            Self::Text(_) | Self::Plain(_) => self.clone(),
            Self::List(parts) => Self::List(parts.iter().map(Self::discreet).collect()),
            Self::Object(fields) => {
                let shown = |(name, part): &(String, Self)| match part {
                    Self::Text(text) if discreet::names_a_secret(name) && text.params().next().is_none() => {
                        (name.clone(), Self::Text(Template::literal(discreet::HIDDEN)))
                    }
                    part => (name.clone(), part.discreet()),
                };
                Self::Object(fields.iter().map(shown).collect())
            }
        }
    }
}

/// How a request is followed to its end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Poll {
    /// Where: an address, or `None` for the answer's `Location`.
    pub url: Option<Template>,
    /// How often.
    pub every: TimeDelta,
    /// The JSON pointer of the field that tells.
    pub pointer: String,
    /// Its values that mean that it did what it should.
    pub done: Vec<String>,
    /// Its values that mean that it failed. Every other one means that it goes on.
    pub failed: Vec<String>,
}
