//! Being told to stop while a command waits: the first word asks, the second leaves no time.

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::runtime::effects::Hands;

/// Hears that this command is to stop.
#[derive(Debug)]
pub(super) struct Stops {
    interrupt: Signal,
    terminate: Signal,
    hang_up: Signal,
    before: bool,
}

/// How urgently to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// It may take its grace.
    Asked,
    /// At once: it was asked before, or the terminal is gone.
    AtOnce,
}

impl Stops {
    /// Begins to listen.
    ///
    /// # Errors
    /// Where the system gives no signal handlers.
    pub(super) fn listen() -> Result<Self, String> {
        let listen = |kind| signal(kind).map_err(|error| format!("cannot listen to signals: {error}"));
        Ok(Self {
            interrupt: listen(SignalKind::interrupt())?,
            terminate: listen(SignalKind::terminate())?,
            hang_up: listen(SignalKind::hangup())?,
            before: false,
        })
    }

    /// The next word to stop.
    pub(super) async fn next(&mut self) -> Stop {
        let stop = tokio::select! {
            _ = self.interrupt.recv() => Stop::Asked,
            _ = self.terminate.recv() => Stop::Asked,
            _ = self.hang_up.recv() => Stop::AtOnce,
        };
        if std::mem::replace(&mut self.before, true) { Stop::AtOnce } else { stop }
    }
}

/// Tells the runs of this process; their outcomes are waited for elsewhere.
pub(super) fn tell(hands: &Hands, stop: Stop) {
    let why = format!("{} stopped it", hands.operator.name);
    match stop {
        Stop::Asked => hands.remedies.running.stop_all(&why),
        Stop::AtOnce => hands.remedies.running.stop_at_once(&why),
    }
}
