//! A fault of ours while the terminal is ours: it is given back before the words are written, so that they can be read.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether there is a screen, also while it is lent to a pager.
static WATCHING: AtomicBool = AtomicBool::new(false);

/// What is said after where and what.
const WHAT_NOW: &str = concat!(
    "midwatch ",
    env!("CARGO_PKG_VERSION"),
    " ended by a fault of its own. What was entered before is in the store; start it again to go on watching.\n",
    "Please report the lines above, and the log of this time in the folder 'log' of midwatch's state folder, ",
    "to whoever provides midwatch to you."
);

/// Says that a screen begins or ends.
pub(super) fn tell_at_the_end(watching: bool) {
    WATCHING.store(watching, Ordering::SeqCst);
}

/// Puts the terminal back before a panic of the UI task is told. A panic elsewhere (a poller's) leaves the screen
/// alone: it becomes a state of its source.
pub fn restore_on_panic() {
    let ui_thread = std::thread::current().id();
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let ours = std::thread::current().id() == ui_thread;
        if ours || !WATCHING.load(Ordering::SeqCst) {
            tracing::error!(panic = %info, "midwatch ends by a fault of its own");
            super::leave();
            tell(info);
            if ours {
                // Without stderr there is nobody to tell; the exit status still says it.
                let _ = writeln!(std::io::stderr(), "\n{WHAT_NOW}");
            }
        } else {
            tracing::error!(panic = %info, "a background task panicked");
        }
    }));
}
