//! A run of a remedy, as the store keeps it and the screen shows it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::RemedyId;
use super::output::OutputLine;
use crate::domain::{IncidentId, Moment, Operator, hex};

/// The id of a run, or of a request for approval: 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct RunId(pub u64);

impl RunId {
    /// Reads the 16 digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        hex::sixteen(text).map(Self)
    }

    /// The first four digits, for people; the whole where it must be unique.
    #[must_use]
    pub fn short(self) -> String {
        format!("{:04x}", self.0 >> 48)
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl From<RunId> for String {
    fn from(id: RunId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for RunId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("an id of a run has 16 hexadecimal digits")
    }
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ending", content = "why", rename_all = "lowercase")]
pub enum Ending {
    /// It did what it should, and the verification (if there is one) agrees.
    Ok,
    /// It ended with a code that means failure, or a request was refused; in words.
    Failed(String),
    /// It did what it should, but the verification failed; in words.
    Unverified(String),
    /// It was killed at its deadline.
    TimedOut,
    /// An operator stopped it, or midwatch left; in words.
    Cancelled(String),
    /// It died of a signal; its name.
    Signalled(String),
    /// Nobody knows: midwatch ended while it ran, or an answer was lost; in words.
    Unknown(String),
}

impl Ending {
    /// Whether it did what it should.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        *self == Self::Ok
    }

    /// The word that the store keeps.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed(_) => "failed",
            Self::Unverified(_) => "unverified",
            Self::TimedOut => "timedout",
            Self::Cancelled(_) => "cancelled",
            Self::Signalled(_) => "signalled",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Why, where there is a why.
    #[must_use]
    pub fn why(&self) -> &str {
        match self {
            Self::Ok | Self::TimedOut => "",
            Self::Failed(why)
            | Self::Unverified(why)
            | Self::Cancelled(why)
            | Self::Signalled(why)
            | Self::Unknown(why) => why,
        }
    }

    /// Puts the two columns of the store together again.
    #[must_use]
    pub fn from_parts(word: &str, why: &str) -> Option<Self> {
        let why = why.to_owned();
        Some(match word {
            "ok" => Self::Ok,
            "failed" => Self::Failed(why),
            "unverified" => Self::Unverified(why),
            "timedout" => Self::TimedOut,
            "cancelled" => Self::Cancelled(why),
            "signalled" => Self::Signalled(why),
            "unknown" => Self::Unknown(why),
            _ => return None,
        })
    }

    /// How it is told: `ok`, `failed: exit 3, the unit does not exist` …
    #[must_use]
    pub fn words(&self) -> String {
        let name = match self {
            Self::Ok => "ok",
            Self::Failed(_) => "failed",
            Self::Unverified(_) => "ran, but not verified",
            Self::TimedOut => "killed at its deadline",
            Self::Cancelled(_) => "cancelled",
            Self::Signalled(_) => "died of a signal",
            Self::Unknown(_) => "outcome unknown",
        };
        if self.why().is_empty() { name.to_owned() } else { format!("{name}: {}", self.why()) }
    }
}

/// What a run is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Its preconditions are asked once more.
    Checking,
    /// It runs, or a request is followed.
    Running,
    /// It was told to end.
    Stopping,
    /// The verification runs.
    Verifying,
}

impl Phase {
    /// In a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Running => "running",
            Self::Stopping => "stopping",
            Self::Verifying => "verifying",
        }
    }
}

/// One run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its id.
    pub id: RunId,
    /// The remedy.
    pub remedy: RemedyId,
    /// What it does, in a few words.
    pub title: String,
    /// On what.
    pub target: String,
    /// About which incident.
    pub incident: Option<IncidentId>,
    /// Its title then.
    pub subject: Option<String>,
    /// Who ran it, and from where.
    pub operator: Operator,
    /// Which process: `ana@bastion (4711)`.
    pub holder: String,
    /// The leader of its process group, once it is known, and when that began in clock ticks since boot: with both
    /// it can be told from a later process of the same number.
    pub process: Option<(i32, u64)>,
    /// The exact command line.
    pub command: String,
    /// When it began.
    pub started: Moment,
    /// When it ended; `None` while it runs.
    pub ended: Option<Moment>,
    /// How it ended.
    pub ending: Option<Ending>,
    /// Until when its midwatch vouches for it; past that nobody does.
    pub lease: Moment,
    /// Until when nobody may run it again on the same target.
    pub cooldown_until: Moment,
    /// Whether midwatch ran it by itself.
    pub auto: bool,
    /// The second person who agreed.
    pub approved_by: Option<String>,
}

impl Run {
    /// Whether it runs, as far as is known.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.ended.is_none()
    }
}

/// A wish that waits for a second person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Its id.
    pub id: RunId,
    /// The hash of the plan: what is approved is what runs.
    pub plan: String,
    /// The remedy.
    pub remedy: RemedyId,
    /// What it does, in a few words.
    pub title: String,
    /// On what.
    pub target: String,
    /// About which incident.
    pub incident: Option<IncidentId>,
    /// Its title.
    pub subject: Option<String>,
    /// The exact command line.
    pub command: String,
    /// Who asks.
    pub asked_by: Operator,
    /// When.
    pub asked: Moment,
    /// Until when it can be approved and run.
    pub expires: Moment,
    /// Who approved it: never the one who asked.
    pub approved_by: Option<Operator>,
    /// Whether it was run, taken back or refused.
    pub closed: bool,
}

/// What a run tells while it lives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum RunNews {
    /// It began.
    Began(Run),
    /// It is at something else.
    Phase(RunId, Phase),
    /// It said something.
    Output {
        /// Which.
        run: RunId,
        /// How many of the last lines are taken back: a progress line that was written anew.
        back: usize,
        /// The lines that follow.
        lines: Vec<OutputLine>,
        /// How many lines were left out before these, because they came faster than anybody reads.
        left_out: u64,
    },
    /// It ended.
    Ended(Run),
    /// It never began: in words, why. With the wish's token.
    Refused(u64, String),
    /// It waits for a second person.
    Waits(Request),
}
