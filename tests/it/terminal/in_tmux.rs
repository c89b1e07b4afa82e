//! Sessions in a real tmux.

use super::over_ssh::goes;
use super::{INCIDENT, SIZE, STANDING, storm};
use crate::support::home::Home;
use crate::support::process::cpu_time;
use crate::support::tmux::Tmux;

#[test]
fn keys_and_a_storm_of_sizes_arrive() {
    let homes = [Home::new(), Home::new()];
    let Some((tmux, mut screen)) = Tmux::open(&homes[0], STANDING, SIZE) else { return };
    screen.wait_for(INCIDENT);
    storm(&mut screen, &homes[1]);
    screen.press("8");
    screen.wait_for("Journal");
    // Detached and attached again, the screen is there.
    assert!(tmux.tell("capture-pane -p -t watch").contains("Journal"));
}

#[test]
fn a_killed_session_or_server_takes_midwatch_with_it() {
    for end in ["kill-session -t watch", "kill-server"] {
        let home = Home::new();
        let Some((tmux, screen)) = Tmux::open(&home, STANDING, SIZE) else { return };
        screen.wait_for(INCIDENT);
        let process = tmux.process();
        let before = cpu_time(process).expect("it runs");
        tmux.tell(end);
        goes(process, before);
    }
}
