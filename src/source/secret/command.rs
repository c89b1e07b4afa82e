//! Runs the program that prints a secret: no shell, no terminal, a deadline, a bound, and nobody left
//! behind.

use std::process::Stdio;
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tokio::io::AsyncReadExt as _;
use tokio::process::Command;

use super::unreadable;
use crate::source::SourceError;

/// How long the program may take.
pub(super) const DEADLINE: Duration = Duration::from_secs(10);

/// What the program prints, at most `longest` bytes.
///
/// # Errors
/// Where it cannot be started, fails, prints too much or takes too long. What it printed is never told.
pub(super) async fn output(argv: &[String], longest: u64) -> Result<Vec<u8>, SourceError> {
    let Some((program, arguments)) = argv.split_first() else {
        return Err(unreadable("the command for a secret is empty"));
    };
    match tokio::time::timeout(DEADLINE, run(program, arguments, longest)).await {
        Ok(outcome) => outcome,
        Err(_) => {
            Err(unreadable(format!("'{program}', which prints a secret, was stopped after {} s", DEADLINE.as_secs()))
                .advise("run it by hand: it may be waiting for a passphrase"))
        }
    }
}

async fn run(program: &str, arguments: &[String], longest: u64) -> Result<Vec<u8>, SourceError> {
    let wrong = |error: std::io::Error| {
        unreadable(format!("cannot run '{program}', which prints a secret: {error}"))
            .advise("is it installed and in PATH?")
    };
    // A group of its own: it cannot take the terminal from the screen, and is stopped whole.
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
        .map_err(wrong)?;
    let mut group = Group(child.id().and_then(|id| i32::try_from(id).ok()).map(Pid::from_raw));
    let mut printed = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        stdout.take(longest + 1).read_to_end(&mut printed).await.map_err(wrong)?;
    }
    if printed.len() as u64 > longest {
        return Err(unreadable(format!("'{program}' prints more than a secret may have")));
    }
    let status = child.wait().await.map_err(wrong)?;
    group.0 = None;
    if !status.success() {
        return Err(unreadable(format!("'{program}', which prints a secret, failed: {status}"))
            .advise("run it by hand to see why"));
    }
    Ok(printed)
}

/// Kills the program's whole group unless it ended by itself.
struct Group(Option<Pid>);

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = self.0 {
            // It may have ended in between; then there is nothing to do.
            let _ = killpg(group, Signal::SIGKILL);
        }
    }
}
