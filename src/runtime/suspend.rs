//! Stopping for a while, as shells let programs do: Ctrl-z or SIGTSTP, and SIGCONT after.

use std::io;
use std::path::Path;

use nix::sys::signal::{Signal as Number, kill};
use nix::unistd::{Pid, getpgid, getpgrp, getppid, getsid, tcgetpgrp};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// How many parents are looked at.
const PARENTS: usize = 16;

/// What a shell wants of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// It is to stop.
    Stop,
    /// It goes on: it was stopped, perhaps without having been told before.
    GoOn,
}

/// Hears what a shell wants.
#[derive(Debug)]
pub struct Jobs {
    stop: Signal,
    go_on: Signal,
}

impl Jobs {
    /// Begins to listen.
    ///
    /// # Errors
    /// Where the system gives no signal handlers.
    pub fn listen() -> io::Result<Self> {
        let of = |number: Number| signal(SignalKind::from_raw(number as i32));
        Ok(Self { stop: of(Number::SIGTSTP)?, go_on: of(Number::SIGCONT)? })
    }

    /// The next wish.
    pub async fn next(&mut self) -> Job {
        tokio::select! {
            _ = self.stop.recv() => Job::Stop,
            _ = self.go_on.recv() => Job::GoOn,
        }
    }

    /// Ends when the job was told to go on.
    pub async fn go_on(&mut self) {
        self.go_on.recv().await;
    }
}

/// Stops midwatch and everything of its job, as the terminal's own Ctrl-z does: whoever waits for the job sees it.
/// What runs in a session of its own, such as a remedy, goes on.
///
/// # Errors
/// Where the system refuses.
pub fn stop() -> io::Result<()> {
    Ok(kill(Pid::from_raw(0), Number::SIGSTOP)?)
}

/// Whether the terminal is this job's: keys come here, and it may be drawn on.
#[must_use]
pub fn has_the_terminal() -> bool {
    tcgetpgrp(super::terminal::standard()).map_or(true, |group| group == getpgrp())
}

/// Whether somebody could let it go on again: a shell of this session that controls jobs. Where midwatch was started
/// without one (`ssh host midwatch`, a window of tmux) a stop would be for ever.
#[must_use]
pub fn is_a_job() -> bool {
    let (group, session) = (getpgrp(), getsid(None).ok());
    let mut process = getppid();
    for _ in 0..PARENTS {
        if process.as_raw() <= 0 || getsid(Some(process)).ok() != session {
            return false;
        }
        if getpgid(Some(process)).is_ok_and(|other| other != group) {
            return true;
        }
        // A script that waits for us is of the same job.
        let Some(parent) = parent(process) else { return false };
        process = parent;
    }
    false
}

fn parent(process: Pid) -> Option<Pid> {
    let stat = std::fs::read_to_string(Path::new("/proc").join(process.to_string()).join("stat")).ok()?;
    // The name is in parentheses and may hold anything; the parent is the second field after it.
    let number = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?;
    number.parse().ok().map(Pid::from_raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_has_the_parent_that_the_system_says() {
        assert_eq!(parent(Pid::this()), Some(getppid()));
        assert_eq!(parent(Pid::from_raw(i32::MAX)), None);
    }
}
