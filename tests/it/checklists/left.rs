//! midwatch is left right after an item was ticked: whatever ended it, that is kept.

use nix::sys::signal::Signal;

use super::{RELEASE, SIZE, WALK, item, quiet, walked};
use crate::support::pty::Terminal;
use crate::support::wait::DEADLINE;

/// How much is written before: more than the store keeps in the time that it takes to end midwatch.
const NOTES: usize = 40;

/// Writes more and more of a note, enters a value and ticks an item; in the same breath `end` ends midwatch.
fn is_kept(end: impl FnOnce(&mut Terminal), exit: u32) {
    let home = quiet("ana", "", "release", RELEASE);
    let mut screen = Terminal::open(&home, WALK, SIZE);
    screen.wait_for("Good: nobody merges.");
    screen.press(&"cx\r".repeat(NOTES));
    screen.press("j=0.4\r ");
    end(&mut screen);
    assert_eq!(screen.wait_exit(DEADLINE), exit);
    let walk = walked(&home);
    assert_eq!(item(&walk, "frozen")["note"], "x".repeat(NOTES));
    assert_eq!((&item(&walk, "errors")["value"], &item(&walk, "errors")["outcome"]), (&0.4.into(), &"done".into()));
    assert_eq!(item(&walk, "told")["outcome"], "done", "{walk}");
    let updates = walk["updates"].as_array().expect("updates");
    let left = updates.iter().filter(|update| update["item"].is_null()).count();
    assert!(left <= 1, "it was left once at most: {walk}");
}

/// `q` goes back, then leaves; what is not kept yet is asked about.
#[test]
fn by_q() {
    is_kept(|screen| screen.press("qqy"), 0);
}

#[test]
fn by_sigterm() {
    is_kept(
        |screen| {
            screen.wait_for("✓ Support is told");
            screen.signal(Signal::SIGTERM);
        },
        143,
    );
}

#[test]
fn by_a_lost_connection() {
    is_kept(
        |screen| {
            screen.wait_for("✓ Support is told");
            screen.hang_up();
        },
        129,
    );
}
