//! Sessions over a real OpenSSH on loopback.

use std::time::Duration;

use nix::sys::signal::Signal;

use super::{INCIDENT, SIZE, STANDING, storm};
use crate::support::counting::Counting;
use crate::support::home::Home;
use crate::support::process::{cpu_time, lives, send};
use crate::support::pty::Terminal;
use crate::support::sshd::Sshd;
use crate::support::wait::{self, DEADLINE};

/// A number that a script wrote.
pub(super) fn number(home: &Home, name: &str) -> u32 {
    wait::until(&format!("the file {name}"), || {
        let text = std::fs::read_to_string(home.path(name)).map_err(|error| error.to_string())?;
        text.trim().parse().map_err(|error| format!("{text:?}: {error}"))
    })
}

/// Waits until a process whose terminal is lost is gone, which must be soon, and that it did not spin until then.
pub(super) fn goes(process: u32, before: Duration) {
    let mut last = before;
    wait::within(Duration::from_secs(3), "midwatch is gone with its terminal", || {
        last = cpu_time(process).unwrap_or(last);
        if lives(process) { Err("it runs".to_owned()) } else { Ok(()) }
    });
    let used = last.saturating_sub(before);
    assert!(used < Duration::from_millis(1500), "{used:?} of CPU after its terminal was lost");
}

#[test]
fn keys_and_a_storm_of_sizes_arrive_and_it_is_left_as_it_was() {
    let Some(sshd) = Sshd::start() else { return };
    let homes = [Home::new(), Home::new()];
    let session = sshd.session(&homes[0], sshd.port(), STANDING);
    let mut screen = Terminal::start(&homes[0], &session, &[], SIZE);
    let before = screen.modes();
    screen.wait_for(INCIDENT);
    storm(&mut screen, &homes[1]);
    screen.press("8");
    screen.wait_for("Journal");
    screen.press("q");
    screen.press("q");
    assert_eq!(screen.wait_exit(DEADLINE), 0, "{}", screen.text());
    screen.after_exit();
    assert_eq!(screen.modes(), before);
    assert!(!screen.look(|screen| screen.alternate_screen() || screen.hide_cursor()));
}

#[test]
fn a_lost_link_takes_midwatch_with_it_and_what_was_typed_is_kept() {
    let Some(sshd) = Sshd::start() else { return };
    let server = Counting::start();
    server.fire("LinkLost");
    let home = Home::with_config(&server.config("1s"));
    let session = sshd.session(&home, sshd.port(), &[]);
    let mut screen = Terminal::start(&home, &session, &[], SIZE);
    screen.wait_for("LinkLost");
    screen.press("c");
    screen.wait_for("omment");
    screen.press("pool is full\r");
    screen.wait_for("pool is full");
    let process = number(&home, "process");
    let before = cpu_time(process).expect("it runs");
    // The server's end of the session is gone without a word; the terminal goes with it.
    send(number(&home, "link"), Signal::SIGKILL);
    goes(process, before);
    let rows = home.journal();
    assert!(rows.iter().any(|row| row.to_string().contains("pool is full")), "{rows:?}");
    assert_eq!(home.run(&["journal", "--verify"]).status, 0);
}
