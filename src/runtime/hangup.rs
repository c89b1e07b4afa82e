//! Leaving when told to, and when the terminal is gone.
//!
//! A lost SSH link should bring SIGHUP, but under sudo and some multiplexers it does not, and crossterm 0.29 then
//! reads the dead terminal in a loop without end. So a thread of its own sleeps until the terminal itself says so.

use std::io;
use std::os::fd::AsFd;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use nix::poll::{PollFd, PollFlags, PollTimeout};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

use super::effects::remedies::Registry;

/// How long the terminal may keep its end to itself: it is asked again after that. Mostly it tells at once.
const CHECK: u16 = 2_000;
/// How long the event loop has to leave by itself then: to see that runs of remedies are gone and walks are kept.
const CHANCE: Duration = Duration::from_millis(900);
/// A pause where the terminal could not be asked.
const PAUSE: Duration = Duration::from_millis(20);

/// A file that may not grow any more (`RLIMIT_FSIZE`) is a full disk, told by whoever writes, and not the end of the
/// process, as the signal has it otherwise. Once for a process; called inside of a runtime.
pub fn survive_file_limit() {
    let number = nix::sys::signal::Signal::SIGXFSZ as i32;
    // The handler stays when what listens is dropped.
    if let Err(error) = signal(SignalKind::from_raw(number)) {
        tracing::warn!(%error, "a limit on the size of files would end midwatch");
    }
}

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
    gone: watch::Receiver<bool>,
    runs: Arc<OnceLock<Registry>>,
}

impl Hangups {
    /// Begins to listen.
    ///
    /// # Errors
    /// Where the system gives no signal handlers.
    pub fn listen() -> io::Result<Self> {
        let (tell, gone) = watch::channel(false);
        let runs = Arc::new(OnceLock::new());
        watch_terminal(tell, Arc::clone(&runs));
        Ok(Self {
            gone,
            runs,
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
            () = until(&mut self.gone) => Told::TerminalGone,
        }
    }

    /// Runs that must not outlive the process, even where the event loop is stuck.
    pub fn take_care_of(&self, runs: &Registry) {
        // There is one session, and so one registry, in a process.
        let _ = self.runs.set(runs.clone());
    }
}

/// Ends when the terminal is gone; never, where nobody watches it.
async fn until(gone: &mut watch::Receiver<bool>) {
    if gone.wait_for(|gone| *gone).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Ends the process when the terminal is gone and nothing else does. A thread of its own: neither a stuck write nor a
/// spinning reader can keep it from looking. The event loop is told first and has its chance.
fn watch_terminal(gone: watch::Sender<bool>, runs: Arc<OnceLock<Registry>>) {
    let watch = move || {
        loop {
            if is_gone(PollTimeout::from(CHECK)) {
                gone.send_replace(true);
                if let Some(runs) = runs.get() {
                    runs.stop_at_once("the terminal is gone");
                }
                std::thread::sleep(CHANCE);
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

/// Whether the terminal is gone; waits as long as this for its end.
fn is_gone(patience: PollTimeout) -> bool {
    // Not the standard input: that may be a pipe, whose end means nothing.
    let terminal = super::terminal::standard();
    let mut asked = [PollFd::new(terminal.as_fd(), PollFlags::empty())];
    let gone = PollFlags::POLLHUP | PollFlags::POLLERR | PollFlags::POLLNVAL;
    if let Err(error) = nix::poll::poll(&mut asked, patience) {
        tracing::debug!(%error, "the terminal could not be asked");
        std::thread::sleep(PAUSE);
        return false;
    }
    asked.iter().any(|fd| fd.revents().is_some_and(|events| events.intersects(gone)))
}
