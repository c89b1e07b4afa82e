//! Processes on an operator's behalf: started, heard, stopped whole, told truly.

mod group;
mod hide;
mod intake;
mod lines;
mod start;
mod supervise;
mod tell;
mod voice;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use crate::domain::remediation::Hidden;
use crate::domain::remediation::output::{Output, OutputLine, Stream};
use crate::domain::remediation::plan::{EnvValue, ProcessCall};
use hide::Needles;
use intake::Intake;
use tell::Teller;
use voice::{Pipe, Voice};

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
///
/// At its deadline, and when it is cancelled, all of its session is told to end, and killed after the grace. What it
/// leaves behind when it ends by itself stays. If this is dropped before the end, everything is killed at once.
pub async fn run(
    call: &ProcessCall,
    secrets: &BTreeMap<String, Hidden>,
    limits: Limits,
    heard: mpsc::Sender<Heard>,
    cancel: watch::Receiver<bool>,
) -> Finished {
    let begun = Instant::now();
    if *cancel.borrow() {
        return never(Ended::Cancelled);
    }
    let mut started = match start::start(call, secrets) {
        Ok(started) => started,
        Err(why) => return never(Ended::NotStarted(why)),
    };
    let needles = Arc::new(needles(call, secrets));
    let mut voice = Voice::new(begun, Teller::new(heard));
    let leader = started.group.leader();
    voice.event(Heard::Began(leader, group::began(leader)));
    let out = Pipe::new(started.out.take(), Intake::new(Stream::Out, Arc::clone(&needles)));
    let error = Pipe::new(started.error.take(), Intake::new(Stream::Error, needles));
    // Beneath its wrapper, which would wait for processes that are left behind on purpose.
    let child = started.child.inner_mut();
    let finished = supervise::to_the_end(child, started.group, limits, (out, error, voice), cancel).await;
    drop(started.script);
    finished
}

/// What may not be shown: every hidden value that the process was given.
fn needles(call: &ProcessCall, secrets: &BTreeMap<String, Hidden>) -> Needles {
    let typed = call.env.iter().filter_map(|(_, value)| match value {
        EnvValue::Typed(value) => Some(value),
        _ => None,
    });
    Needles::of(secrets.values().chain(typed).map(Hidden::reveal))
}

fn never(ended: Ended) -> Finished {
    Finished { ended, took: Duration::ZERO, output: Output::default(), notes: Vec::new() }
}

/// Whether a process group of an earlier midwatch is still there: its leader has this number and began then.
#[must_use]
pub fn is_alive(process: (i32, u64)) -> bool {
    let (leader, began) = process;
    group::is_alive(leader, began)
}

/// Whether no process of this machine has this number, or only one that has ended.
#[must_use]
pub fn is_gone(process: i32) -> bool {
    group::is_gone(process)
}

/// The lines that a process said with these bytes, in pieces of any size, as text.
#[cfg(any(test, fuzzing))]
pub(crate) fn lines_of(bytes: &[u8]) -> Vec<String> {
    let said = |chunk: usize| {
        let (mut lines, mut done) = (lines::Lines::new(Stream::Out, Arc::default()), Vec::new());
        bytes.chunks(chunk).for_each(|part| lines.feed(0, part, &mut done));
        lines.end(0, &mut done);
        done.iter().map(OutputLine::text).collect::<Vec<String>>()
    };
    let whole = said(usize::MAX);
    assert_eq!(whole, said(3), "where the pieces end makes a difference");
    whole
}

#[cfg(test)]
mod tests;
