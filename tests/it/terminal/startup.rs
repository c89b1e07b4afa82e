//! Terminals that are not as they should be from the start.

use std::time::Duration;

use super::{INCIDENT, STANDING};
use crate::support::home::{Home, MIDWATCH};
use crate::support::pty::Terminal;
use crate::support::wait::{self, DEADLINE};

const SIZE: (u16, u16) = (80, 24);

/// Midwatch as this line of a shell starts it.
fn by(home: &Home, line: &str) -> Terminal {
    let midwatch = format!("'{MIDWATCH}' {}", STANDING.join(" "));
    let script = home.script("start", &format!("#!/bin/sh\n{}\n", line.replace("MIDWATCH", &midwatch)));
    Terminal::start(home, &script, &[], SIZE)
}

#[test]
fn without_keys_on_standard_input_they_come_from_the_terminal() {
    for line in
        ["exec MIDWATCH </dev/null", "exec MIDWATCH <&-", ": | MIDWATCH", "yes 2>/dev/null | MIDWATCH", "MIDWATCH 2>&-"]
    {
        let home = Home::new();
        let mut screen = by(&home, line);
        screen.wait_for(INCIDENT);
        // A standard input that has ended is no terminal that is gone.
        screen.wait_settled(Duration::from_secs(3));
        assert_eq!(screen.try_exit(), None, "{line}: {}", screen.text());
        screen.press("8");
        screen.wait_for("Journal");
        screen.press("\x03");
        assert_eq!(screen.wait_exit(DEADLINE), 0, "{line}");
    }
}

#[test]
fn without_a_terminal_to_read_keys_from_it_says_so() {
    let home = Home::new();
    let mut screen = by(&home, "setsid -w MIDWATCH </dev/null; echo status-$?");
    screen.wait_for("status-70");
    assert!(screen.text().contains("the terminal cannot be used"), "{}", screen.text());
    assert!(screen.text().contains("midwatch status"), "{}", screen.text());
    wait::until("the shell ends", || screen.try_exit().ok_or_else(|| "it runs".to_owned()));
    assert!(!screen.look(vt100::Screen::alternate_screen));
}

#[test]
fn a_terminal_that_does_not_know_its_size_has_the_usual_one() {
    let home = Home::new();
    let mut screen = by(&home, "stty rows 0 cols 0; exec MIDWATCH");
    screen.wait_for(INCIDENT);
    screen.press("8");
    screen.wait_for("Journal");
    screen.resize(120, 36);
    screen.wait_until("the larger frame", |text| text.lines().any(|row| row.chars().count() == 120));
    screen.press("\x03");
    assert_eq!(screen.wait_exit(DEADLINE), 0);
}
