//! Every way in which midwatch ends.

use std::time::Duration;

use nix::sys::signal::Signal;

use super::{SIZE, STANDING, standing};
use crate::support::home::Home;
use crate::support::process::cpu_time;
use crate::support::pty::Terminal;
use crate::support::wait::{self, DEADLINE};

/// How the terminal is told to be as it was: what each of these switches on must be switched off.
const ON_AND_OFF: [(&str, &str); 3] =
    [("\x1b[?1049h", "\x1b[?1049l"), ("\x1b[?2004h", "\x1b[?2004l"), ("\x1b[?25l", "\x1b[?25h")];

/// Takes the terminal over, lets `end` end midwatch, and looks at what is left.
fn ends_well(end: impl FnOnce(&mut Terminal), exit: u32) {
    let home = Home::new();
    let mut screen = Terminal::open(&home, STANDING, SIZE);
    let before = screen.modes();
    screen.wait_for("CheckoutErrorsHigh");
    assert_ne!(screen.modes(), before, "raw while it runs");
    end(&mut screen);
    assert_eq!(screen.wait_exit(DEADLINE), exit, "{}", screen.text());
    screen.after_exit();
    assert_eq!(screen.modes(), before, "lines, echo and signals as before");
    let (alternate, hidden, paste) =
        screen.look(|screen| (screen.alternate_screen(), screen.hide_cursor(), screen.bracketed_paste()));
    assert_eq!((alternate, hidden, paste), (false, false, false));
    let raw = screen.raw_since(0);
    for (on, off) in ON_AND_OFF {
        let (last_on, last_off) = (raw.rfind(on), raw.rfind(off));
        assert!(last_on.is_some() && last_off > last_on, "{on:?} is switched off again");
    }
}

#[test]
fn q_leaves_the_terminal_as_it_was() {
    ends_well(|screen| screen.press("q"), 0);
}

#[test]
fn ctrl_c_leaves_the_terminal_as_it_was() {
    ends_well(|screen| screen.press("\x03"), 0);
}

#[test]
fn sigterm_leaves_the_terminal_as_it_was() {
    ends_well(|screen| screen.signal(Signal::SIGTERM), 143);
}

#[test]
fn sigint_leaves_the_terminal_as_it_was() {
    ends_well(|screen| screen.signal(Signal::SIGINT), 130);
}

#[test]
fn sighup_leaves_the_terminal_as_it_was() {
    ends_well(|screen| screen.signal(Signal::SIGHUP), 129);
}

#[test]
fn a_terminal_that_vanishes_takes_midwatch_with_it() {
    let home = Home::new();
    let mut screen = standing(&home);
    let process = screen.process();
    let before = cpu_time(process).expect("it runs");
    screen.hang_up();
    let mut last = before;
    let limit = Duration::from_secs(3);
    let exit = wait::within(limit, "midwatch ends with its terminal", || {
        last = cpu_time(process).unwrap_or(last);
        screen.try_exit().ok_or_else(|| "it runs".to_owned())
    });
    assert_eq!(exit, 129);
    let used = last.saturating_sub(before);
    assert!(used < Duration::from_millis(1500), "{used:?} of CPU after the end");
}

#[test]
fn a_terminal_that_vanishes_without_a_word_takes_midwatch_with_it() {
    // Under sudo and some multiplexers no SIGHUP arrives: here a shell that ignores it hands that down.
    let home = Home::new();
    let script =
        home.script("ignoring", &format!("#!/bin/sh\ntrap '' HUP\nexec {} \"$@\"\n", crate::support::home::MIDWATCH));
    let mut screen = Terminal::start(&home, &script, STANDING, SIZE);
    screen.wait_for("CheckoutErrorsHigh");
    screen.hang_up();
    let exit = wait::within(Duration::from_secs(4), "midwatch ends with its terminal", || {
        screen.try_exit().ok_or_else(|| "it runs".to_owned())
    });
    assert_eq!(exit, 129);
}

#[test]
fn without_a_terminal_it_says_so_and_writes_no_escapes() {
    let ran = Home::new().run(&[]);
    assert_eq!(ran.status, 64, "{ran:?}");
    assert!(ran.err.contains("no terminal") && ran.err.contains("midwatch status"), "{ran:?}");
    assert!(!ran.out.contains('\x1b') && !ran.err.contains('\x1b'), "{ran:?}");
}
