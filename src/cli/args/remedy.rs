//! Arguments of `midwatch remedy`.

use std::ffi::OsStr;
use std::path::PathBuf;

use chrono::TimeDelta;
use clap::builder::TypedValueParser;
use clap::error::ErrorKind;
use clap::{Arg, Command, Subcommand};

use super::look::Format;
use super::values::{Wait, long};
use crate::source::options::SecretRef;

const REMEDY: &str = "\
Examples:
  midwatch remedy list
  midwatch remedy run restart-checkout --for CheckoutErrorsHigh --dry-run
  midwatch remedy runs";

const LIST: &str = "\
Examples:
  midwatch remedy list
  midwatch remedy list --format json";

const SHOW: &str = "\
Examples:
  midwatch remedy show restart-checkout";

const RUN: &str = "\
Examples:
  midwatch remedy run restart-checkout --for CheckoutErrorsHigh
  midwatch remedy run restart-checkout --set instance=checkout-7 --dry-run
  midwatch remedy run restart-checkout --for 4f2a --yes restart-checkout
  midwatch remedy run restart-checkout --for 4f2a --watch 5m
  midwatch remedy run rotate-key --secret new_key=env:NEW_KEY

Exit codes: 0 it did what it should, 1 it failed, was cancelled or was refused,
3 its outcome is not known or could not be verified.";

const APPROVE: &str = "\
Examples:
  midwatch remedy approve 5be1c0de
  midwatch remedy approve 5be1c0de --yes fail-over-db";

const ACCEPT: &str = "\
Examples:
  midwatch remedy accept /srv/presets/payments.toml
  midwatch remedy accept ./failover.md --yes 9f86d081";

const RUNS: &str = "\
Examples:
  midwatch remedy runs
  midwatch remedy runs --format json";

const OUTPUT: &str = "\
Examples:
  midwatch remedy output 5be1c0de";

/// `midwatch remedy`.
#[derive(Debug, Clone, PartialEq, clap::Args)]
#[command(after_help = REMEDY)]
pub struct Remedy {
    /// What to do.
    #[command(subcommand)]
    pub command: RemedyCommand,
}

/// The commands under `midwatch remedy`.
#[derive(Debug, Clone, PartialEq, Subcommand)]
pub enum RemedyCommand {
    /// List the remedies that are declared
    List(List),
    /// Show everything that is declared of a remedy
    Show(Show),
    /// Run a remedy: planned, checked, agreed to, locked, recorded, verified
    Run(Box<Run>),
    /// Agree, as the second person, that a remedy runs
    Approve(Approve),
    /// Accept the commands of a file or an address as they are now, after showing them
    Accept(Accept),
    /// List the runs: those that run now, and the newest of the others
    Runs(Runs),
    /// Show what a run said
    Output(Shown),
}

/// `midwatch remedy list`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = LIST)]
pub struct List {
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `midwatch remedy show`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = SHOW)]
pub struct Show {
    /// The remedy's id
    #[arg(value_name = "ID")]
    pub id: String,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `midwatch remedy run`.
#[derive(Debug, Clone, PartialEq, clap::Args)]
#[command(after_help = RUN)]
pub struct Run {
    /// The remedy's id
    #[arg(value_name = "ID")]
    pub id: String,
    /// About which incident; its alerts' labels fill the parameters
    #[arg(long = "for", value_name = "INCIDENT")]
    pub incident: Option<String>,
    /// The value of a parameter; again for each
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = pair)]
    pub values: Vec<(String, String)>,
    /// Where the value of a secret parameter is: name=env:VARIABLE or name=file:PATH
    #[arg(long = "secret", value_name = "NAME=PLACE", value_parser = SecretPlace)]
    pub secrets: Vec<(String, SecretRef)>,
    /// Show exactly what would run, and run nothing
    #[arg(long)]
    pub dry_run: bool,
    /// With --dry-run: let the remedy's own dry run show what it would change
    #[arg(long = "try", requires = "dry_run")]
    pub try_it: bool,
    /// Agree beforehand: the remedy's id, as it would be typed
    #[arg(long, value_name = "ID")]
    pub yes: Option<String>,
    /// How long to wait for the second person, where one must agree
    #[arg(long, value_name = "DURATION", default_value = "15m", value_parser = long)]
    pub wait_approval: TimeDelta,
    /// Watch the incident for so long afterwards: does it resolve?
    #[arg(long, value_name = "DURATION", default_value = "0s", value_parser = long, requires = "incident")]
    pub watch: TimeDelta,
    /// How long to wait for the sources.
    #[command(flatten)]
    pub wait: Wait,
}

/// `midwatch remedy approve`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = APPROVE)]
pub struct Approve {
    /// The request's id, or a unique beginning of one
    #[arg(value_name = "REQUEST")]
    pub request: String,
    /// Agree without being asked: the remedy's id
    #[arg(long, value_name = "ID")]
    pub yes: Option<String>,
}

/// `midwatch remedy accept`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = ACCEPT)]
pub struct Accept {
    /// A configuration, a preset, a script or a runbook; or the address of a runbook
    #[arg(value_name = "FILE|URL")]
    pub what: PathBuf,
    /// Accept without being asked: the first eight digits or more of the content's SHA-256
    #[arg(long, value_name = "HASH")]
    pub yes: Option<String>,
}

/// `midwatch remedy runs`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = RUNS)]
pub struct Runs {
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `midwatch remedy output`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = OUTPUT)]
pub struct Shown {
    /// The run's id, or a unique beginning of one
    #[arg(value_name = "RUN")]
    pub run: String,
}

/// `name=value`.
fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as name=value")?;
    if name.is_empty() {
        Err("the name is missing; write it as name=value".to_owned())
    } else {
        Ok((name.to_owned(), value.to_owned()))
    }
}

/// `name=env:VARIABLE` or `name=file:PATH`. A secret itself is never an argument: everybody on the machine could
/// read it.
fn secret(text: &str) -> Result<(String, SecretRef), String> {
    let wrong = || "write it as name=env:VARIABLE or name=file:PATH; a secret itself is no argument".to_owned();
    let (name, place) = pair(text).map_err(|_| wrong())?;
    let place = match place.split_once(':') {
        Some(("env", variable)) if !variable.is_empty() => SecretRef::Env(variable.to_owned()),
        Some(("file", path)) if !path.is_empty() => SecretRef::File(PathBuf::from(path)),
        _ => return Err(wrong()),
    };
    Ok((name, place))
}

/// Reads [`secret`]; where it is wrong, what was given is not repeated, as clap would: it may be the secret itself.
#[derive(Debug, Clone)]
struct SecretPlace;

impl TypedValueParser for SecretPlace {
    type Value = (String, SecretRef);

    fn parse_ref(&self, command: &Command, _: Option<&Arg>, given: &OsStr) -> Result<Self::Value, clap::Error> {
        secret(given.to_str().unwrap_or_default()).map_err(|words| {
            clap::Error::raw(ErrorKind::ValueValidation, format!("--secret <NAME=PLACE>: {words}\n")).with_cmd(command)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_hold_an_equals_sign_and_a_secret_is_only_a_place() {
        assert_eq!(pair("a=b=c"), Ok(("a".to_owned(), "b=c".to_owned())));
        assert_eq!(pair("a="), Ok(("a".to_owned(), String::new())));
        assert!(pair("a").is_err() && pair("=b").is_err());
        assert_eq!(secret("key=env:KEY"), Ok(("key".to_owned(), SecretRef::Env("KEY".to_owned()))));
        let file = SecretRef::File(PathBuf::from("/run/key:1"));
        assert_eq!(secret("key=file:/run/key:1"), Ok(("key".to_owned(), file)));
        for wrong in ["key=hunter2", "key=env:", "key", "key=vault:x"] {
            let words = secret(wrong).unwrap_err();
            assert!(words.contains("no argument") && !words.contains("hunter2"), "{words}");
        }
    }
}
