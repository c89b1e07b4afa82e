//! Arguments of `midwatch checklist`.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::values::{self, Wait};

const CHECKLIST: &str = "\
Examples:
  midwatch checklist list
  midwatch checklist walk daily
  midwatch checklist walk daily --probes-only   # for cron, without a screen
  midwatch checklist history daily";

const LIST: &str = "\
Examples:
  midwatch checklist list
  midwatch checklist list --format json";

const SHOW: &str = "\
Examples:
  midwatch checklist show daily
  midwatch checklist show \"Daily maintenance\" --format md";

const WALK: &str = "\
Examples:
  midwatch checklist walk daily
  midwatch checklist walk daily --probes-only --format json

With --probes-only nothing is recorded: no walk begins, no turn is taken.
Items without a probe are listed as manual and not judged. With --read-only
no process is started, so what a command would tell is unknown.

Exit codes of --probes-only: 0 everything that was asked is good, 1 something
is bad, 3 something is unknown, or nothing could be asked (1 wins over 3).";

const HISTORY: &str = "\
Examples:
  midwatch checklist history
  midwatch checklist history daily --limit 30
  midwatch checklist history --compare 5be1c0de 77aa01f3";

const EXPORT: &str = "\
Examples:
  midwatch checklist export daily       # as Markdown, for a file
  midwatch checklist export 5be1c0de --format json
  midwatch checklist export production-readiness --concerns yaml";

const IMPORT: &str = "\
Examples:
  midwatch checklist import release.md
  midwatch checklist import release.md --id release --title \"Release\" --write";

/// How a report is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, ValueEnum)]
pub enum Form {
    /// For people
    #[default]
    Text,
    /// As Markdown
    Md,
    /// For programs: stable, on stdout alone
    Json,
}

/// How the concerns of an assessment are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum ConcernForm {
    /// As YAML
    Yaml,
    /// As Markdown
    Md,
}

/// `midwatch checklist`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = CHECKLIST)]
pub struct Checklist {
    /// What to do.
    #[command(subcommand)]
    pub command: ChecklistCommand,
}

/// The commands under `midwatch checklist`.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum ChecklistCommand {
    /// List the checklists, and how each stands
    List(List),
    /// Show a checklist: its sections, its items, and what good looks like
    Show(Show),
    /// Walk a checklist on the screen; or run its probes alone, without one
    Walk(Walk),
    /// Show earlier walks, the last values of each item, or what differs between two walks
    History(History),
    /// Write a walk down: every item, value, note and evidence
    Export(Export),
    /// Make a checklist of a Markdown task list
    Import(Import),
}

/// `midwatch checklist list`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = LIST)]
pub struct List {
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    pub format: Form,
}

/// `midwatch checklist show`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = SHOW)]
pub struct Show {
    /// The checklist's id, a unique beginning of it, or its title
    #[arg(value_name = "ID")]
    pub id: String,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    pub format: Form,
}

/// `midwatch checklist walk`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = WALK)]
pub struct Walk {
    /// The checklist's id, a unique beginning of it, or its title
    #[arg(value_name = "ID")]
    pub id: String,
    /// Run all its probes without a screen, and record nothing
    #[arg(long)]
    pub probes_only: bool,
    /// How to say it
    #[arg(long, value_enum, default_value_t, requires = "probes_only")]
    pub format: Form,
    /// How long to wait for the sources.
    #[command(flatten)]
    pub wait: Wait,
}

/// `midwatch checklist history`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = HISTORY)]
pub struct History {
    /// Of which checklist: its id, a unique beginning of it, or its title; of all without one
    #[arg(value_name = "ID", conflicts_with = "compare")]
    pub id: Option<String>,
    /// At most so many walks, the newest
    #[arg(long, value_name = "NUMBER", default_value = "20", value_parser = values::limit)]
    pub limit: usize,
    /// What differs between two walks: their ids, or unique beginnings of them
    #[arg(long, num_args = 2, value_names = ["WALK", "WALK"])]
    pub compare: Option<Vec<String>>,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    pub format: Form,
}

/// `midwatch checklist export`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = EXPORT)]
pub struct Export {
    /// A checklist, for its newest walk, open or ended; or a walk's id or a unique beginning of it
    #[arg(value_name = "ID|WALK")]
    pub what: String,
    /// How to say it
    #[arg(long, value_enum, default_value_t = Form::Md, conflicts_with = "concerns")]
    pub format: Form,
    /// Only what an assessment comes to: its concerns and its verdict
    #[arg(long, value_enum, value_name = "FORM")]
    pub concerns: Option<ConcernForm>,
}

/// `midwatch checklist import`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = IMPORT)]
pub struct Import {
    /// A Markdown file with a task list; headings become sections, text below an item its help
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The id of the checklist; else made of its title
    #[arg(long, value_name = "ID", value_parser = values::checklist_id)]
    pub id: Option<String>,
    /// What it is called; else the first heading, else the name of the file
    #[arg(long, value_name = "TEXT", value_parser = values::text)]
    pub title: Option<String>,
    /// Write it into checklists/ beside the configuration; never over a file that is there
    #[arg(long)]
    pub write: bool,
}

#[cfg(test)]
mod tests;
