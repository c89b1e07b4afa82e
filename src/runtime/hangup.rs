//! Leaving when told to, and when the terminal is gone.
//!
//! A lost SSH link should bring SIGHUP, but under sudo and some multiplexers it does not, and crossterm 0.29 then
//! reads the dead terminal in a loop without end. So the terminal itself is asked, every two seconds.

use std::io;
use std::os::fd::AsFd;
use std::time::Duration;

use nix::poll::{PollFd, PollFlags, PollTimeout};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// How often the terminal is asked whether it is still there.
const CHECK: Duration = Duration::from_secs(2);

/// Why midwatch was told to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// SIGTERM.
    Terminate,
    /// SIGHUP.
    HangUp,
    /// SIGINT from outside: raw mode keeps the terminal's own Ctrl-c a key.
    Interrupt,
    /// The terminal does not exist any more.
    TerminalGone,
}

impl Told {
    /// The exit status that says so to a shell: 128 and the signal's number.
    #[must_use]
    pub fn exit_status(self) -> u8 {
        match self {
            Self::Terminate => 143,
            Self::Interrupt => 130,
            Self::HangUp | Self::TerminalGone => 129,
        }
    }

    /// Whether there still is a terminal to put back.
    #[must_use]
    pub fn has_terminal(self) -> bool {
        matches!(self, Self::Terminate | Self::Interrupt)
    }
}

/// Waits for any reason to leave.
#[derive(Debug)]
pub struct Hangups {
    terminate: Signal,
    hang_up: Signal,
    interrupt: Signal,
}

impl Hangups {
    /// Begins to listen.
    ///
    /// # Errors
    /// Where the system gives no signal handlers.
    pub fn listen() -> io::Result<Self> {
        watch_terminal();
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// The next reason. Never ends without one.
    pub async fn next(&mut self) -> Told {
        tokio::select! {
            _ = self.terminate.recv() => Told::Terminate,
            _ = self.hang_up.recv() => Told::HangUp,
            _ = self.interrupt.recv() => Told::Interrupt,
        }
    }
}

/// Ends the process when the terminal is gone and nothing else says so. A thread of its own: neither a stuck write
/// nor a spinning reader can keep it from looking. A second after a signal the event loop has had its chance.
fn watch_terminal() {
    let watch = || {
        loop {
            std::thread::sleep(CHECK);
            if is_gone() {
                std::thread::sleep(Duration::from_millis(500));
                super::terminal::leave();
                std::process::exit(i32::from(Told::TerminalGone.exit_status()));
            }
        }
    };
    // Without the thread a lost terminal is still told by SIGHUP in most cases.
    if let Err(error) = std::thread::Builder::new().name("terminal-watch".to_owned()).spawn(watch) {
        tracing::warn!(%error, "cannot watch the terminal");
    }
}

fn is_gone() -> bool {
    let input = io::stdin();
    let mut asked = [PollFd::new(input.as_fd(), PollFlags::empty())];
    let gone = PollFlags::POLLHUP | PollFlags::POLLERR | PollFlags::POLLNVAL;
    nix::poll::poll(&mut asked, PollTimeout::ZERO).is_ok()
        && asked.iter().any(|fd| fd.revents().is_some_and(|events| events.intersects(gone)))
}
