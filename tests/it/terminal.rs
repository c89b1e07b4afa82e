//! The terminal: taken over, drawn on with care, and given back as it was, whatever happens.

mod families;
mod given_away;
mod given_back;
mod in_tmux;
mod over_ssh;
mod panics;
mod quiet;
mod slow_link;
mod stalled;
mod startup;
mod suspended;
mod typed;

use crate::support::home::Home;
use crate::support::pty::Terminal;

/// A size at which everything is on the screen.
const SIZE: (u16, u16) = (120, 36);
/// The simulated production with a clock that stands.
const STANDING: &[&str] = &["demo", "--at", "2026-11-20T03:12:00Z"];
/// An incident of it.
const INCIDENT: &str = "CheckoutErrorsHigh";

/// Opens the standing demo and waits until everything is drawn.
fn standing(home: &Home) -> Terminal {
    let screen = Terminal::open(home, STANDING, SIZE);
    screen.wait_for(INCIDENT);
    screen.wait_settled(std::time::Duration::from_secs(2));
    screen
}
