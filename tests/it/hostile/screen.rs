//! The real screen in a terminal, byte by byte.

use std::time::Duration;

use nix::sys::signal::Signal;

use super::home;
use crate::support::pty::Terminal;
use crate::support::recogniser::{Meant, read};
use crate::support::wait::DEADLINE;

/// Every view, the page of an incident, its runbook, a remedy's prompt and the help.
const KEYS: [&str; 13] = ["1", "2", "3", "4", "5", "6", "7", "8", "0", "2", "\r", "r", "?"];

/// Ends it; what was meant by all that it sent until it gave the terminal back.
fn meant(screen: &mut Terminal) -> Vec<Meant> {
    screen.signal(Signal::SIGTERM);
    screen.wait_exit(DEADLINE);
    screen.after_exit();
    let sent = screen.raw_bytes();
    let end = sent.windows(8).rposition(|bytes| bytes == b"\x1b[?1049l").map(|at| at + 8).expect("it gives back");
    read(&sent[..end]).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_terminal_gets_text_and_our_sequences_alone() {
    let home = home();
    let mut screen = Terminal::open(&home, &[], (120, 36));
    screen.wait_for("MARK");
    for keys in KEYS {
        screen.press(keys);
        screen.wait_settled(Duration::from_millis(400));
    }
    screen.resize(70, 20);
    screen.wait_settled(Duration::from_millis(400));
    let meant = meant(&mut screen);
    for what in &meant {
        match what {
            Meant::Link(to) => assert!(to.starts_with("http://") || to.starts_with("https://"), "{to}"),
            Meant::Title(title) => assert_eq!(title, "midwatch"),
            Meant::Notice(_) | Meant::Copy(_) => {}
        }
    }
    assert!(meant.contains(&Meant::Title("midwatch".to_owned())), "{meant:?}");
}

#[test]
fn what_is_copied_is_base64_whatever_it_was() {
    let home = home();
    let mut screen = Terminal::open(&home, &[], (120, 36));
    screen.wait_for("MARK");
    screen.press("2");
    screen.wait_settled(Duration::from_millis(400));
    screen.press("y");
    screen.wait_settled(Duration::from_millis(600));
    let meant = meant(&mut screen);
    assert!(meant.iter().any(|what| matches!(what, Meant::Copy(_))), "{meant:?}\n{}", screen.text());
}
