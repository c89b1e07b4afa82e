//! Ten times as many alerts within moments: one summary, keys live, few rings, the worst on top.

use super::fake::{Fake, alert};
use super::{ALERT, QUIET, config, keys_are_answered};
use crate::support::home::Home;
use crate::support::pty::Terminal;
use crate::support::wait;

fn storm(count: usize) -> String {
    let one = |at: usize| alert(&format!("Storm{at:04}"), "warning", "2026-01-01T00:00:00Z", "");
    let worst = alert(ALERT, "critical", "2026-01-02T00:00:00Z", "");
    let all: Vec<String> = (1..count).map(one).chain([worst]).collect();
    format!("[{}]", all.join(","))
}

#[test]
fn three_hundred_alerts_become_three_thousand() {
    let am = Fake::telling(&storm(300));
    let home = Home::with_config(&config(&am.url()));
    let mut screen = Terminal::open(&home, &[], super::SIZE);
    screen.wait_for(ALERT);
    let before = screen.drawn();
    for tenths in 4..=30 {
        am.tells(&storm(tenths * 100));
        am.wait_asked(1);
        keys_are_answered(&mut screen);
    }
    screen.wait_for("3000");
    let rung = screen.raw_since(before).matches('\x07').count();
    // Each poll of the storm brings a hundred; keys were answered at each.
    assert!(rung <= 8, "{rung} rings in {} waves", 27);
    let first = screen.text().lines().position(|row| row.contains(ALERT)).expect("the worst is on the screen");
    let storms = screen.text().lines().position(|row| row.contains("Storm")).expect("and others");
    assert!(first < storms, "{}", screen.text());
    screen.wait_settled(QUIET);
    let rows = wait::until("the journal can be read", || Ok::<_, String>(home.journal()));
    assert!(rows.len() < 200, "one row for each wave: {}", rows.len());
}
