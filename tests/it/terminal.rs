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
use crate::support::wait;

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

/// Two hundred sizes in a burst; then the frame is that of a screen which had the last size alone.
fn storm(screen: &mut Terminal, home: &Home) {
    for step in 0..200_u16 {
        screen.resize(1 + (step * 37) % 300, 1 + (step * 13) % 100);
    }
    for (columns, rows) in [(1, 1), (300, 100), (100, 30)] {
        screen.resize(columns, rows);
    }
    let mut calm = standing(home);
    calm.resize(100, 30);
    wait::until("the frame of the last size", || {
        let (calm, stormy) = (calm.text(), screen.text());
        if calm == stormy && calm.lines().all(|row| row.chars().count() <= 100) { Ok(()) } else { Err(stormy) }
    });
}
