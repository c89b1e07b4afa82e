//! What can be written on the command line, and what it means as plain values.
//!
//! What lives here: the arguments, their help and the reading of their values. What must not: doing anything
//! with them.

pub mod act;
pub mod checklist;
pub mod look;
pub mod remedy;
pub mod runbook;
#[cfg(test)]
mod tests;
pub mod values;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use crate::config::{CommandLine, LogLevel};
use act::{Ack, Comment, Resolve, Silence, Snooze, Unack};
use checklist::Checklist;
use look::{Check, Completions, Config, Demo, Incidents, Journal, Keys, Screenshot, Status};
use remedy::Remedy;
use runbook::Runbook;

const EXAMPLES: &str = "\
Examples:
  midwatch                              # the screen; by default, this machine
  midwatch demo                         # a simulated production with an outage
  midwatch status --format line         # one line, for a prompt or status bar
  midwatch --config ./prod.toml check   # every problem, with file and line
  midwatch ack CheckoutErrorsHigh       # I am on it
  midwatch runbook CheckoutErrorsHigh   # what to do, filled in
  midwatch checklist walk daily         # the daily maintenance

Exit codes: 0 done or quiet, 1 firing or not done, 2 critical, 3 unknown,
64 bad usage, 70 a fault of midwatch, 78 a bad configuration.";

/// The version, with the commit that an optimised build is made of: `0.1.0 (abc1234 2026-11-21)`.
pub const VERSION: &str = env!("MIDWATCH_VERSION");

/// The terminal for whoever has the middle watch: what is wrong, since when, who is on it, what to do, and
/// whether it worked.
#[derive(Debug, Clone, PartialEq, Parser)]
#[command(name = "midwatch", version = VERSION, after_help = EXAMPLES, max_term_width = 100)]
pub struct Args {
    /// What applies to every command.
    #[command(flatten)]
    pub global: Global,
    /// The command; the screen if there is none.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What applies to every command.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// The configuration file; the default one need not exist, a named one must
    #[arg(long, value_name = "FILE", env = "MIDWATCH_CONFIG", hide_env_values = true, value_parser = values::file(), global = true)]
    pub config: Option<PathBuf>,
    /// The theme, over what the configuration says; `midwatch themes` lists them
    #[arg(long, value_name = "NAME", global = true)]
    pub theme: Option<String>,
    /// Change nothing anywhere: no request but reads, no process
    #[arg(long, global = true)]
    pub read_only: bool,
    /// How much midwatch's own log says
    #[arg(long, value_name = "LEVEL", value_parser = values::log_level(), global = true)]
    pub log_level: Option<LogLevel>,
    /// Use no colour; the variable `NO_COLOR` says the same
    #[arg(long, global = true)]
    pub no_color: bool,
}

/// The commands.
#[derive(Debug, Clone, PartialEq, Subcommand)]
pub enum Command {
    /// Open the screen (the default)
    Watch,
    /// Open the screen on a simulated production with an outage in it
    Demo(Demo),
    /// Look once, without a screen, and say how things stand
    Status(Status),
    /// Read the configuration, ask every source, and tell every problem and what to do about it
    Check(Check),
    /// List the incidents
    Incidents(Incidents),
    /// Say "I am on it": short, renewed while it fires, ends with the alert
    Ack(Ack),
    /// Take an ack back
    Unack(Unack),
    /// Ask the source to be quiet for a time, after a preview
    Silence(Silence),
    /// Hide an incident from your own view for a time; nothing changes at the source
    Snooze(Snooze),
    /// Add a comment to an incident's timeline
    Comment(Comment),
    /// Declare an incident over that was declared; what a source tells is refused while it still fires
    Resolve(Resolve),
    /// Show the runbook of an incident, filled in; or one by its file or name
    Runbook(Runbook),
    /// List, show and run remedies: declared commands with a seat-belt
    Remedy(Remedy),
    /// List, show, walk and look back on checklists
    Checklist(Checklist),
    /// Show or prove the record of what was done
    Journal(Journal),
    /// Write, find, show or describe the configuration
    Config(Config),
    /// List every key and what it does, from the keymap in force
    Keys(Keys),
    /// List the themes, the one in force marked
    Themes,
    /// Print the completions for a shell
    Completions(Completions),
    /// Print the manual page
    Man,
    /// Draw one frame of the demo into a file
    #[command(hide = true)]
    Screenshot(Screenshot),
}

impl Args {
    /// Reads arguments, the program's name first, and checks what no single argument can know.
    ///
    /// # Errors
    /// What is wrong with them, or the help or version that they ask for; [`super::exit::after`] knows the
    /// exit code.
    pub fn read<I>(arguments: I) -> Result<Self, clap::Error>
    where
        I: IntoIterator,
        I::Item: Into<OsString> + Clone,
    {
        let args = Self::try_parse_from(arguments)?;
        if let Some(Command::Snooze(snooze)) = &args.command {
            snooze.ends().map_err(|why| Self::command().error(ErrorKind::ValueValidation, why))?;
        }
        Ok(args)
    }

    /// The command; the screen if none was given.
    #[must_use]
    pub fn command_or_watch(&self) -> Command {
        self.command.clone().unwrap_or(Command::Watch)
    }
}

impl Global {
    /// What it decides over the configuration.
    #[must_use]
    pub fn command_line(&self) -> CommandLine {
        CommandLine {
            // An empty variable is one that is not set.
            config: self.config.clone().filter(|file| !file.as_os_str().is_empty()),
            theme: self.theme.clone(),
            read_only: self.read_only,
            log_level: self.log_level,
            no_color: self.no_color,
        }
    }
}
