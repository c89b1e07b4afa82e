//! A terminal that stops reading: watching goes on, frames are dropped, and midwatch can be left.

use std::time::Duration;

use nix::sys::signal::Signal;

use crate::support::counting::Counting;
use crate::support::home::Home;
use crate::support::process::{cpu_time, resident};
use crate::support::pty::Terminal;
use crate::support::wait;

const SIZE: (u16, u16) = (200, 50);
/// How long leaving may take on a busy machine. By itself it is less than two seconds.
const LEAVING: Duration = Duration::from_secs(10);

/// A watch over one alert, in a terminal that stopped reading.
fn stalled(server: &Counting) -> (Home, Terminal, String) {
    let home = Home::with_config(&server.config("200ms"));
    server.fire("BeforeStall");
    let mut screen = Terminal::open(&home, &[], SIZE);
    screen.wait_for("BeforeStall");
    screen.wait_settled(Duration::from_secs(1));
    let modes = screen.modes();
    screen.stop_reading();
    (home, screen, modes)
}

#[test]
fn watching_goes_on_and_the_screen_is_right_when_it_reads_again() {
    let server = Counting::start();
    let (home, mut screen, _) = stalled(&server);
    let process = screen.process();
    let drawn = screen.drawn();
    server.fire("DuringStall");
    wait::until("the store knows what happened meanwhile", || {
        let rows = home.journal();
        let known = rows.iter().any(|row| row["detail"] == "DuringStall");
        if known { Ok(()) } else { Err(format!("{} rows", rows.len())) }
    });
    let (memory, used) = (resident(process), cpu_time(process).expect("it runs"));
    for number in 0..20 {
        server.fire(&format!("Stall{number:02}"));
        server.wait_asked(1);
    }
    server.wait_asked(10);
    let grown = resident(process).saturating_sub(memory);
    assert!(grown < 4_000_000, "{grown} bytes more after thirty frames that nobody read");
    let used = cpu_time(process).expect("it runs").saturating_sub(used);
    assert!(used < Duration::from_secs(5), "{used:?} of CPU: it spins");
    // Keys are heard: what they do is on the screen when it is seen.
    screen.press("2");
    screen.read_again();
    screen.wait_for("Stall19");
    screen.wait_settled(Duration::from_secs(1));
    let frames = screen.raw_since(drawn).matches("\x1b[?2026h").count();
    assert!(frames <= 8, "{frames} frames were kept for it");
    let shown = screen.text();
    screen.resize(SIZE.0, SIZE.1 - 1);
    screen.resize(SIZE.0, SIZE.1);
    wait::until("all drawn anew shows the same", || {
        let anew = screen.text();
        let differ = shown.lines().zip(anew.lines()).filter(|(one, other)| without_ages(one) != without_ages(other));
        let differ: Vec<_> = differ.collect();
        if differ.is_empty() { Ok(()) } else { Err(format!("{differ:#?}")) }
    });
}

/// Numbers and the blanks beside them change with time.
fn without_ages(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace() && *c != ':').collect()
}

fn leaves(end: impl FnOnce(&mut Terminal), status: u32) {
    let server = Counting::start();
    let (_home, mut screen, _) = stalled(&server);
    // Something waits to be drawn.
    server.fire("Unseen");
    server.wait_asked(2);
    end(&mut screen);
    let exit = wait::within(LEAVING, "midwatch leaves", || screen.try_exit().ok_or_else(|| "it runs".to_owned()));
    assert_eq!(exit, status);
    screen.read_again();
    // What gives it back found room.
    wait::until("the terminal is given back", || {
        let ours = screen.look(|screen| (screen.alternate_screen(), screen.hide_cursor()));
        if ours == (false, false) { Ok(()) } else { Err(format!("alternate, hidden: {ours:?}")) }
    });
    assert!(screen.modes().contains("ECHO"), "{}", screen.modes());
}

#[test]
fn q_leaves_a_terminal_that_never_reads() {
    leaves(|screen| screen.press("q"), 0);
}

#[test]
fn sigterm_leaves_a_terminal_that_never_reads() {
    leaves(|screen| screen.signal(Signal::SIGTERM), 143);
}

#[test]
fn sighup_leaves_a_terminal_that_never_reads() {
    leaves(|screen| screen.signal(Signal::SIGHUP), 129);
}

#[test]
fn a_terminal_that_stops_reading_and_vanishes_takes_midwatch_with_it() {
    let server = Counting::start();
    let (_home, mut screen, _) = stalled(&server);
    server.fire("Unseen");
    server.wait_asked(2);
    screen.hang_up();
    let exit = wait::within(LEAVING, "midwatch leaves", || screen.try_exit().ok_or_else(|| "it runs".to_owned()));
    assert_eq!(exit, 129);
}
