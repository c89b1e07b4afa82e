//! Arguments of the commands that only look.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::values::{Size, Wait, size, speed};
use crate::domain::Moment;
use crate::domain::when::When;

const DEMO: &str = "\
Examples:
  midwatch demo
  midwatch demo --speed 4               # the outage unfolds in half a minute
  midwatch demo --at 2026-11-20T03:12:00Z   # the clock stands still";

const STATUS: &str = "\
Examples:
  midwatch status
  midwatch status --format json --wait 5s

Exit codes: 0 quiet and all sources live, 1 something unacked below critical,
2 an unacked critical, 3 a source is not live (2 wins over 3, 3 over 1).";

const CHECK: &str = "\
Examples:
  midwatch check
  midwatch check --format json";

const INCIDENTS: &str = "\
Examples:
  midwatch incidents
  midwatch incidents service=checkout 'severity>=high' @acked=no
  midwatch incidents '@age>10m' --format json";

const JOURNAL: &str = "\
Examples:
  midwatch journal --since 8h
  midwatch journal --since 18:00 --format json
  midwatch journal --verify             # no row was changed or removed";

const CONFIG: &str = "\
Examples:
  midwatch config init                  # a commented sample, in its place
  midwatch config path
  midwatch config show                  # what is in force, without secrets
  midwatch config schema                # JSON Schema, for an editor";

const KEYS: &str = "\
Examples:
  midwatch keys
  midwatch keys --format markdown";

const COMPLETIONS: &str = "\
Examples:
  midwatch completions bash
  midwatch completions zsh";

/// Text for people or JSON for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs: stable, on stdout alone
    Json,
}

/// How `status` says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, ValueEnum)]
pub enum StatusFormat {
    /// For people
    #[default]
    Text,
    /// For programs: stable, on stdout alone
    Json,
    /// One line, for a prompt or a status bar
    Line,
}

/// How `keys` says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, ValueEnum)]
pub enum TableFormat {
    /// For people
    #[default]
    Text,
    /// As a table for a document
    Markdown,
}

/// `midwatch demo`.
#[derive(Debug, Clone, PartialEq, clap::Args)]
#[command(after_help = DEMO)]
pub struct Demo {
    /// Let the clock stand at a time (RFC 3339), so that every run looks the same
    #[arg(long, value_name = "RFC3339", value_parser = super::values::moment, conflicts_with = "speed")]
    pub at: Option<Moment>,
    /// How fast the outage unfolds; 1 is two minutes
    #[arg(long, value_name = "TIMES", default_value = "1", value_parser = speed)]
    pub speed: f64,
}

/// `midwatch status`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = STATUS)]
pub struct Status {
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    pub format: StatusFormat,
    /// How long to wait for the sources.
    #[command(flatten)]
    pub wait: Wait,
}

/// `midwatch check`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = CHECK)]
pub struct Check {
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// How long to wait for the sources.
    #[command(flatten)]
    pub wait: Wait,
}

/// `midwatch incidents`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = INCIDENTS)]
pub struct Incidents {
    /// Only those that this holds for, as after `/` on the screen
    #[arg(value_name = "FILTER")]
    pub filter: Vec<String>,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// How long to wait for the sources.
    #[command(flatten)]
    pub wait: Wait,
}

impl Incidents {
    /// The filter as one text.
    #[must_use]
    pub fn filter_text(&self) -> String {
        self.filter.join(" ")
    }
}

/// `midwatch journal`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = JOURNAL)]
pub struct Journal {
    /// From when on: 8h, 18:00, 2026-11-20 (in your time zone) or 2026-11-20T08:00:00Z
    #[arg(long, value_name = "DURATION|TIME", value_parser = When::parse)]
    pub since: Option<When>,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Prove that no row was changed or removed; exit code 1 if one was
    #[arg(long)]
    pub verify: bool,
}

/// `midwatch config`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = CONFIG)]
pub struct Config {
    /// What to do.
    #[command(subcommand)]
    pub command: ConfigCommand,
}

/// The commands under `midwatch config`.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum ConfigCommand {
    /// Write a commented sample file; refuses to write over one that exists
    Init {
        /// Write over a file that exists
        #[arg(long)]
        force: bool,
    },
    /// Say where the configuration, the state and the log are
    Path,
    /// Show what is in force, secrets as where they are kept
    Show,
    /// Print the JSON Schema of the file
    Schema,
}

/// `midwatch keys`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = KEYS)]
pub struct Keys {
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    pub format: TableFormat,
}

/// `midwatch completions`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = COMPLETIONS)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// What a screenshot shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, ValueEnum)]
pub enum View {
    /// Everything at a glance
    #[default]
    Watch,
    /// The list of incidents
    Incidents,
    /// One incident's page
    Incident,
    /// Signals
    Signals,
    /// Logs
    Logs,
    /// Acks, silences and snoozes
    Mutes,
    /// The record
    Journal,
    /// Sources
    Sources,
    /// The keys of the Watch view
    Help,
    /// The runbook beside its incident
    Runbook,
    /// A remedy's prompt, planned and tried
    Remedy,
    /// A remedy while it runs
    Run,
    /// Remedies, requests and runbooks
    Remedies,
    /// A maintenance window that lasts
    Maintenance,
    /// The checklists
    Checklists,
    /// A walk that was interrupted
    Walk,
    /// The history of a checklist
    History,
}

/// `midwatch screenshot`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
pub struct Screenshot {
    /// Columns and rows
    #[arg(long, value_name = "COLUMNSxROWS", default_value = "120x36", value_parser = size)]
    pub size: Size,
    /// What it shows
    #[arg(long, value_enum, default_value_t)]
    pub view: View,
    /// Where it is written; the ending decides the format
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}
