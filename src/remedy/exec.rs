//! Processes on an operator's behalf: started, heard, stopped whole, told truly.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use crate::domain::remediation::output::{Output, OutputLine};
use crate::domain::remediation::plan::ProcessCall;

/// How long a process may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Until it is told to end with TERM.
    pub timeout: Duration,
    /// From then until its whole group is killed.
    pub grace: Duration,
}

/// What is heard of a process while it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// It began: the leader of its process group, and when that began in clock ticks since boot.
    Began(i32, u64),
    /// It said something; see `RunNews::Output`.
    Said {
        /// How many of the last lines are taken back.
        back: usize,
        /// The lines that follow.
        lines: Vec<OutputLine>,
        /// How many lines were left out before these.
        left_out: u64,
    },
    /// It was told to end.
    Stopping,
}

/// How a process ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// With a code.
    Exit(i32),
    /// Of a signal, by its name; not one that we sent.
    Signal(String),
    /// Killed at its deadline.
    TimedOut,
    /// Stopped because it was asked for.
    Cancelled,
    /// It never began; in words, why.
    NotStarted(String),
}

/// A process that has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Finished {
    /// How.
    pub ended: Ended,
    /// How long it took.
    pub took: Duration,
    /// What is kept of what it said.
    pub output: Output,
    /// Something odd that must be told: processes that it left behind, output that was cut.
    pub notes: Vec<String>,
}

/// Runs a process to its end: in a session and process group of its own, without a terminal, standard input at its
/// end, its environment as planned and nothing else. `secrets` are the values of its hidden variables, by name; where
/// it says one of them, that is hidden. `cancel` stops it when it becomes true.
pub async fn run(
    _call: &ProcessCall,
    _secrets: &BTreeMap<String, crate::domain::remediation::Hidden>,
    _limits: Limits,
    _heard: mpsc::Sender<Heard>,
    _cancel: watch::Receiver<bool>,
) -> Finished {
    Finished {
        ended: Ended::NotStarted("not built yet".to_owned()),
        took: Duration::ZERO,
        output: Output::default(),
        notes: Vec::new(),
    }
}

/// Whether a process group of an earlier midwatch is still there: its leader has this number and began then.
#[must_use]
pub fn is_alive(_process: (i32, u64)) -> bool {
    false
}
