//! The real screen in a terminal, byte by byte.

use std::time::Duration;

use super::home;
use crate::support::pty::Terminal;
use crate::support::recogniser::{Meant, read};

/// Every view, the page of an incident, its runbook, a remedy's prompt and the help.
const KEYS: [&str; 13] = ["1", "2", "3", "4", "5", "6", "7", "8", "0", "2", "\r", "r", "?"];

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
    screen.press("\x1b\x1bq");
    let copied = screen.raw_bytes();
    let meant = read(&copied).unwrap_or_else(|error| panic!("{error}"));
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
    let meant = read(&screen.raw_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert!(meant.iter().any(|what| matches!(what, Meant::Copy(_))), "{meant:?}\n{}", screen.text());
}
