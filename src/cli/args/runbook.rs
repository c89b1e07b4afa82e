//! Arguments of `midwatch runbook`.

use clap::ValueEnum;

use super::values::Wait;

const RUNBOOK: &str = "\
Examples:
  midwatch runbook CheckoutErrorsHigh   # of this incident, filled in
  midwatch runbook storage-full         # a shipped one, or one of your own
  midwatch runbook ./failover.md --format md
  midwatch runbook --list";

/// How a runbook is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum Form {
    /// Wrapped, for people: the default on a terminal
    Text,
    /// As Markdown, placeholders filled: the default into a pipe or a file
    Md,
}

/// `midwatch runbook`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = RUNBOOK)]
pub struct Runbook {
    /// An incident (its id, a unique beginning of one, or its title), a Markdown file, or a runbook's name
    #[arg(value_name = "INCIDENT|FILE|NAME", required_unless_present = "list", conflicts_with = "list")]
    pub what: Option<String>,
    /// How to say it
    #[arg(long, value_enum)]
    pub format: Option<Form>,
    /// List the runbooks that are known by name
    #[arg(long)]
    pub list: bool,
    /// Ask the address again, even if an answer of it was kept
    #[arg(long, conflicts_with = "list")]
    pub afresh: bool,
    /// How long to wait for the sources.
    #[command(flatten)]
    pub wait: Wait,
}
