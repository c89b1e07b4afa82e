//! Lending the terminal to a pager or an editor.

use super::{INCIDENT, standing};
use crate::support::home::Home;
use crate::support::wait;

#[test]
fn a_pager_has_the_keys_until_it_ends() {
    let home = Home::new();
    let pager = home.script(
        "pager",
        "#!/bin/sh\nprintf 'PAGER %s' \"$(head -c 9 \"$1\")\"\nread -r line\necho \"$line\" > typed.part && mv typed.part typed\n",
    );
    let home = home.with("PAGER", &pager.display().to_string());
    let mut screen = standing(&home);
    screen.press("8v");
    screen.wait_for("PAGER ");
    screen.look(|screen| assert!(!screen.alternate_screen(), "the pager has the terminal's own screen"));
    // 'q' would leave midwatch, 'a' would ack.
    screen.press("aq?\n");
    let typed = wait::until("the pager's own key", || {
        std::fs::read_to_string(home.path("typed")).map_err(|error| error.to_string())
    });
    assert_eq!(typed.trim(), "aq?", "no key was stolen");
    screen.wait_for("Journal");
    screen.look(|screen| assert!(screen.alternate_screen()));
    screen.press("1");
    screen.wait_row(INCIDENT, "unacked");
    screen.wait_gone("PAGER");
}

#[test]
fn an_editor_writes_a_comment() {
    let home = Home::new();
    let editor = home.script(
        "editor",
        "#!/bin/sh\nprintf 'pool is full\\n' > \"$1.new\" && cat \"$1\" >> \"$1.new\" && mv \"$1.new\" \"$1\"\n",
    );
    let home = home.with("EDITOR", &editor.display().to_string());
    let mut screen = standing(&home);
    screen.press("C");
    screen.wait_for("pool is full");
    screen.press("8");
    screen.wait_row("said of", "pool is full");
}

#[test]
fn a_pager_that_is_not_there_is_told() {
    let home = Home::new().with("PAGER", "no-such-pager -R");
    let mut screen = standing(&home);
    screen.press("8v");
    screen.wait_for("cannot start 'no-such-pager'");
    screen.look(|screen| assert!(screen.alternate_screen()));
}
