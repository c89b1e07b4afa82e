//! Arguments of the commands that act on an incident.

use chrono::TimeDelta;

use super::values::{Wait, span};
use crate::domain::when::When;

const ACK: &str = "\
Examples:
  midwatch ack 4f2a91c0
  midwatch ack CheckoutErrorsHigh --for 30m --comment \"rolling back\"";

const UNACK: &str = "\
Examples:
  midwatch unack 4f2a91c0
  midwatch unack 4f2a91c0 --yes         # also another's, no prompt";

const SILENCE: &str = "\
Examples:
  midwatch silence DiskFillsIn4h --for 2h --comment \"volume is being grown\"
  midwatch silence DiskFillsIn4h --until 09:00 --comment \"CHG-1207\" --yes
  midwatch silence --service shop --for 2h --comment CHG-7 --rollback undo.sh";

const SNOOZE: &str = "\
Examples:
  midwatch snooze 4f2a91c0 30m
  midwatch snooze 4f2a91c0 until 09:00";

const COMMENT: &str = "\
Examples:
  midwatch comment 4f2a91c0 \"failed over to db-3\"
  midwatch comment 4f2a91c0 failed over to db-3";

const RESOLVE: &str = "\
Examples:
  midwatch resolve 4f2a91c0 --comment \"fixed by CHG-1207\"
  midwatch resolve 4f2a91c0 --yes \"Nobody can log in\"

Only an incident that was declared can be declared over: nobody measures it.
What a source tells resolves by itself, and is refused while it still fires.";

/// Which incident is meant.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
pub struct Target {
    /// Its id, a unique beginning of one, or a title that only one open incident has
    #[arg(value_name = "INCIDENT")]
    pub incident: String,
    /// How long to wait for the sources.
    #[command(flatten)]
    pub wait: Wait,
}

/// `midwatch ack`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = ACK)]
pub struct Ack {
    /// Which incident.
    #[command(flatten)]
    pub target: Target,
    /// How long it lasts; then it is not renewed. Else as the source's configuration says
    #[arg(long = "for", value_name = "DURATION", value_parser = span)]
    pub lasts: Option<TimeDelta>,
    /// What others should know
    #[arg(long, value_name = "TEXT")]
    pub comment: Option<String>,
}

/// `midwatch unack`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = UNACK)]
pub struct Unack {
    /// Which incident.
    #[command(flatten)]
    pub target: Target,
    /// Take back somebody else's ack too, without asking
    #[arg(long)]
    pub yes: bool,
}

/// `midwatch silence`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = SILENCE)]
#[group(id = "ends", required = true, multiple = false, args = ["lasts", "until"])]
pub struct Silence {
    /// Its id, a unique beginning of one, or a title that only one open incident has
    #[arg(value_name = "INCIDENT", required_unless_present = "service", conflicts_with = "service")]
    pub incident: Option<String>,
    /// Plan a maintenance window for this service instead
    #[arg(long, value_name = "NAME", requires = "rollback")]
    pub service: Option<String>,
    /// When the window begins: now, 22:00, "tomorrow 22:00" or 2h
    #[arg(long, value_name = "TIME", requires = "service")]
    pub from: Option<String>,
    /// How to go back if the maintenance goes wrong
    #[arg(long, value_name = "TEXT", requires = "service", value_parser = super::values::text)]
    pub rollback: Option<String>,
    /// How long to wait for the sources.
    #[command(flatten)]
    pub wait: Wait,
    /// How long it lasts, such as 2h
    #[arg(long = "for", value_name = "DURATION", value_parser = span)]
    pub lasts: Option<TimeDelta>,
    /// When it ends: 09:00, "2026-11-20 09:00" (both in your time zone) or 2026-11-20T08:00:00Z
    #[arg(long, value_name = "TIME", value_parser = When::point)]
    pub until: Option<When>,
    /// Why; others read it
    #[arg(long, value_name = "TEXT", required = true, value_parser = super::values::text)]
    pub comment: String,
    /// Do not ask after the preview
    #[arg(long)]
    pub yes: bool,
}

impl Silence {
    /// When it ends.
    #[must_use]
    pub fn ends(&self) -> Option<When> {
        self.lasts.map(When::Span).or(self.until)
    }

    /// The incident; empty for a maintenance window.
    #[must_use]
    pub fn target(&self) -> Target {
        Target { incident: self.incident.clone().unwrap_or_default(), wait: self.wait }
    }
}

/// `midwatch snooze`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = SNOOZE)]
pub struct Snooze {
    /// Which incident.
    #[command(flatten)]
    pub target: Target,
    /// For how long, such as 30m, or until when, such as: until 09:00
    #[arg(value_name = "DURATION|until TIME", num_args = 1..=3, required = true)]
    pub when: Vec<String>,
}

impl Snooze {
    /// When it ends.
    ///
    /// # Errors
    /// In words, where that is neither a duration nor a time.
    pub fn ends(&self) -> Result<When, String> {
        When::end(&self.when.join(" "))
    }
}

/// `midwatch comment`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = COMMENT)]
pub struct Comment {
    /// Which incident.
    #[command(flatten)]
    pub target: Target,
    /// What to add
    #[arg(value_name = "TEXT", required = true, value_parser = super::values::text)]
    pub words: Vec<String>,
}

impl Comment {
    /// The words as one text.
    #[must_use]
    pub fn text(&self) -> String {
        self.words.join(" ")
    }
}

/// `midwatch resolve`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
#[command(after_help = RESOLVE)]
pub struct Resolve {
    /// Which incident.
    #[command(flatten)]
    pub target: Target,
    /// What was done
    #[arg(long, value_name = "TEXT")]
    pub comment: Option<String>,
    /// Agree beforehand: the incident's title, as it would be typed
    #[arg(long, value_name = "TITLE")]
    pub yes: Option<String>,
}
