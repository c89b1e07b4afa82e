//! What would be done, whole: nothing is decided any more when it runs.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::TimeDelta;
use serde::Serialize;

use super::kind::{Body, Dialect, Poll};
use super::{Confirm, Exit, Hidden, Origin, RemedyId};
use crate::domain::{IncidentId, discreet};

/// What would be done.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// The remedy; for a step of a runbook, an id made from the runbook's name and the step's number.
    pub remedy: RemedyId,
    /// What it does, in a few words.
    pub title: String,
    /// What lock and cool-down are for.
    pub target: String,
    /// About which incident.
    pub incident: Option<IncidentId>,
    /// Its title.
    pub subject: Option<String>,
    /// The environment's name, for the prompt.
    pub environment: Option<String>,
    /// Parameters and values as they may be shown.
    pub values: Vec<(String, String)>,
    /// What runs.
    pub run: Call,
    /// What shows what would be done.
    pub dry_run: Option<Call>,
    /// What must succeed afterwards.
    pub verify: Option<Call>,
    /// What must succeed before.
    pub checks: Vec<Check>,
    /// How the operator must agree.
    pub confirm: Confirm,
    /// How many people must agree.
    pub approvals: u8,
    /// How long nobody may run it again on this target.
    pub cooldown: TimeDelta,
    /// How long it may run.
    pub timeout: TimeDelta,
    /// How long after TERM it is killed.
    pub grace: TimeDelta,
    /// How long the alert is watched afterwards.
    pub watch: TimeDelta,
    /// What exit codes mean.
    pub exits: BTreeMap<i32, Exit>,
    /// Where it was declared.
    pub origin: Origin,
    /// SHA-256 over everything that decides what is done, 64 hexadecimal digits: what was shown is what runs.
    pub hash: String,
}

/// One thing that is done.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Call {
    /// A process.
    Process(ProcessCall),
    /// A request.
    Http(Box<HttpCall>),
}

/// A process.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProcessCall {
    /// The program as an absolute path, and its arguments.
    pub argv: Vec<String>,
    /// A script that is written to a private file first.
    pub script: Option<Script>,
    /// Its environment: this and nothing else.
    pub env: Vec<(String, EnvValue)>,
    /// Where it runs.
    pub cwd: PathBuf,
}

/// A script that is written to a private file when the process starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Script {
    /// What it says.
    pub text: String,
    /// Which argument its path takes the place of.
    pub at: usize,
}

/// Where the value of a variable comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum EnvValue {
    /// midwatch's own variable of the same name, if it is set.
    Inherited,
    /// This.
    Plain(String),
    /// A secret that was typed.
    Typed(Hidden),
    /// A secret that is read when the process starts.
    Secret,
}

/// A request, all placeholders filled.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HttpCall {
    /// What speaks at the other end.
    pub dialect: Dialect,
    /// The method.
    pub method: String,
    /// The address.
    pub url: String,
    /// Headers beside those for access.
    pub headers: Vec<(String, String)>,
    /// The body, as JSON.
    pub body: Option<Body>,
    /// The answers that mean that it was taken; any 2xx if empty.
    pub expect: Vec<u16>,
    /// How it is followed, its address filled.
    pub poll: Option<Poll>,
}

/// What must hold before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Check {
    /// A process that must end with 0.
    Process(ProcessCall),
    /// What a signal says now, in words, and whether that is as it must be.
    Signal {
        /// `checkout errors 4.7 %, must be > 1`.
        words: String,
        /// Whether it holds.
        holds: bool,
    },
}

impl Call {
    /// The command line as [`command_line`] tells it; a request as method and address.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Process(process) => process.words(),
            Self::Http(http) => format!("{} {}", http.method, discreet::text(&http.url)),
        }
    }
}

impl ProcessCall {
    /// The command line as [`command_line`] tells it.
    #[must_use]
    pub fn words(&self) -> String {
        command_line(&self.argv)
    }
}

/// A command line as it is told: exact, but that an argument which a reader could take for two is quoted, and that what
/// opens an address is not in it.
#[must_use]
pub fn command_line(argv: &[String]) -> String {
    let plain = |argument: &str| {
        !argument.is_empty() && argument.chars().all(|c| c.is_ascii_alphanumeric() || "@%+=:,./_-".contains(c))
    };
    let quoted = |argument: &String| {
        let told = discreet::text(argument);
        let shown = crate::domain::harmless::line(&told, usize::MAX);
        if plain(argument) { shown.into_owned() } else { format!("'{}'", shown.replace('\'', "'\\''")) }
    };
    argv.iter().map(quoted).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(argv: &[&str]) -> String {
        let argv = argv.iter().map(|&argument| argument.to_owned()).collect();
        ProcessCall { argv, script: None, env: Vec::new(), cwd: "/".into() }.words()
    }

    #[test]
    fn what_a_reader_could_take_for_two_is_quoted() {
        assert_eq!(words(&["/bin/systemctl", "restart", "checkout@7"]), "/bin/systemctl restart checkout@7");
        assert_eq!(words(&["/bin/echo", "a b", "", "it's", "~", "$x"]), r"/bin/echo 'a b' '' 'it'\''s' '~' '$x'");
        // A letter for Unicode, and nothing for the eye.
        assert_eq!(words(&["a", "b\u{3164}c"]), "a 'b·c'");
    }

    #[test]
    fn what_opens_an_address_is_not_told() {
        assert_eq!(words(&["curl", "https://ana:hunter2@h/x?token=abc"]), "curl 'https://…@h/x?token=…'");
    }

    #[test]
    fn nothing_in_it_acts_on_a_terminal() {
        assert_eq!(words(&["a", "b\u{1b}[2Jc\u{202e}d\0"]), "a 'bc·d·'");
    }

    #[test]
    fn a_typed_secret_is_neither_debugged_nor_serialised() {
        let env = vec![("MIDWATCH_PARAM_PIN".to_owned(), EnvValue::Typed(Hidden::new("hunter2")))];
        let call = ProcessCall { argv: vec!["/bin/true".to_owned()], script: None, env, cwd: "/".into() };
        let told = format!("{call:?} {} {}", call.words(), serde_json::to_string(&call).unwrap());
        assert!(!told.contains("hunter2") && told.contains("MIDWATCH_PARAM_PIN"), "{told}");
    }
}
