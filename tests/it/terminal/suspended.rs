//! Ctrl-z and its like, under a shell that controls jobs.

use std::time::Duration;

use nix::sys::signal::Signal;

use super::{INCIDENT, SIZE, STANDING, standing};
use crate::support::home::{Home, MIDWATCH};
use crate::support::process::{children, is_stopped, lives, send};
use crate::support::pty::Terminal;
use crate::support::wait;

/// A shell with midwatch in its foreground.
struct Shell {
    screen: Terminal,
    midwatch: u32,
    cooked: String,
    raw: String,
}

impl Shell {
    fn open(home: &Home) -> Self {
        let shell = home.script("shell", "#!/bin/sh\nPS1='ready> ' exec /bin/sh -i\n");
        let mut screen = Terminal::start(home, &shell, &[], SIZE);
        screen.wait_for("ready>");
        let cooked = screen.modes();
        screen.press(&format!("'{MIDWATCH}' {}\n", STANDING.join(" ")));
        screen.wait_for(INCIDENT);
        screen.wait_settled(Duration::from_secs(2));
        let midwatch = wait::until("midwatch runs", || {
            children(screen.process()).first().copied().ok_or_else(|| "no child".to_owned())
        });
        let raw = screen.modes();
        assert_ne!(raw, cooked);
        Self { screen, midwatch, cooked, raw }
    }

    /// The shell has the terminal, as it was.
    fn is_back(&mut self, mark: &str) {
        wait::until("midwatch is stopped", || if is_stopped(self.midwatch) { Ok(()) } else { Err(self.screen.text()) });
        self.screen.press(&format!("echo {mark}-$((6*7))\n"));
        self.screen.wait_for(&format!("{mark}-42"));
        assert!(!self.screen.look(vt100::Screen::alternate_screen), "{}", self.screen.text());
        assert!(!self.screen.look(vt100::Screen::hide_cursor));
    }

    /// Midwatch has it again, and all is drawn.
    fn comes_back(&mut self) {
        self.screen.press("fg\n");
        self.screen.wait_for(INCIDENT);
        self.screen.wait_settled(Duration::from_secs(1));
        assert!(self.screen.look(|screen| screen.alternate_screen() && screen.bracketed_paste()));
        assert_eq!(self.screen.modes(), self.raw);
        self.screen.press("8");
        self.screen.wait_for("Journal");
        self.screen.press("1");
        self.screen.wait_row(INCIDENT, "unacked");
    }

    fn leaves(mut self) {
        self.screen.press("q");
        wait::until("midwatch ends", || if lives(self.midwatch) { Err(self.screen.text()) } else { Ok(()) });
        self.screen.press("echo over-$((6*7))\n");
        self.screen.wait_for("over-42");
        assert_eq!(self.screen.modes(), self.cooked);
    }
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_back() {
    let home = Home::new();
    let mut shell = Shell::open(&home);
    let before = shell.screen.text();
    for mark in ["one", "two"] {
        shell.screen.press("\x1a");
        shell.is_back(mark);
        assert_eq!(shell.screen.modes(), shell.cooked);
        shell.comes_back();
    }
    shell.screen.wait_until("the screen as it was", |text| text == before);
    shell.leaves();
}

#[test]
fn a_signal_to_stop_does_the_same_and_so_does_one_that_nobody_hears() {
    let home = Home::new();
    let mut shell = Shell::open(&home);
    send(shell.midwatch, Signal::SIGTSTP);
    shell.is_back("asked");
    shell.comes_back();
    send(shell.midwatch, Signal::SIGSTOP);
    wait::until("midwatch is stopped", || if is_stopped(shell.midwatch) { Ok(()) } else { Err("it runs".to_owned()) });
    // The shell finds the screen as midwatch left it; what counts is that all is drawn again.
    shell.screen.press("clear 2>/dev/null; echo heard-$((6*7))\n");
    shell.screen.wait_for("heard-42");
    shell.comes_back();
    assert!(!shell.screen.text().contains("heard-42"), "{}", shell.screen.text());
    shell.leaves();
}

#[test]
fn in_the_background_it_stops_again_and_can_be_ended() {
    let home = Home::new();
    let mut shell = Shell::open(&home);
    shell.screen.press("\x1a");
    shell.is_back("first");
    let drawn = shell.screen.drawn();
    shell.screen.press("bg\n");
    shell.is_back("second");
    assert!(!shell.screen.raw_since(drawn).contains(INCIDENT), "it draws on nobody's screen");
    // Some shells let a job go on that they end, others leave that to the operator.
    shell.screen.press("kill %1; kill -CONT %1\n");
    wait::until("midwatch ends", || if lives(shell.midwatch) { Err(shell.screen.text()) } else { Ok(()) });
    assert_eq!(shell.screen.modes(), shell.cooked);
}

#[test]
fn where_no_shell_could_let_it_go_on_it_does_not_stop() {
    let home = Home::new();
    let mut screen = standing(&home);
    screen.press("\x1a");
    screen.wait_for("not suspended: no shell here");
    assert!(!is_stopped(screen.process()));
    screen.signal(Signal::SIGTSTP);
    screen.press("8");
    screen.wait_for("Journal");
}
