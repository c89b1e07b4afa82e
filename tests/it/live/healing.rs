//! A service hangs, and what is declared to heal it says so, counts down, and does it; or is stopped by a key.

use std::time::Duration;

use serde_json::Value;

use super::hung::{HANGS, Hung};
use super::setting::SIZE;
use crate::support::home::Home;
use crate::support::pty::Terminal;
use crate::support::wait;

/// What the banner says while a remedy is announced.
const COUNTS: &str = "any key stops it";

fn count(rows: &[Value], words: &str) -> usize {
    rows.iter().filter(|row| row.to_string().contains(words)).count()
}

/// Waits until the journal holds a row with these words; all rows.
fn told(home: &Home, words: &str) -> Vec<Value> {
    wait::until("the journal tells it", || {
        let rows = home.journal();
        if count(&rows, words) > 0 { Ok(rows) } else { Err(format!("no {words} in {rows:?}")) }
    })
}

#[test]
fn a_key_stops_what_is_announced_and_else_it_heals_by_itself() {
    let Some((_lab, scene)) = Hung::set("auto = { after = \"1s\", notice = \"5s\" }") else { return };
    let hung = scene.service.process();

    let home = Home::with_config(&scene.config);
    let mut screen = Terminal::open(&home, &[], SIZE);
    screen.wait_for(COUNTS);
    screen.press("q");
    screen.wait_for("stopped: restart-checkout");
    screen.wait_gone(COUNTS);
    let rows = told(&home, "\"remedy.held\"");
    assert_eq!(count(&rows, "ana stopped it before it ran"), 1, "{rows:?}");
    assert_eq!(screen.try_exit(), None, "the key meant nothing else");
    screen.press("q");
    screen.wait_exit(Duration::from_secs(10));
    let again = Terminal::open(&home, &[], SIZE);
    again.wait_row(HANGS, "unacked");
    // It would be announced at the first answer of the source; others look meanwhile, and it still fires.
    for _ in 0..5 {
        assert_eq!(home.status().0, 2);
        assert!(!again.text().contains(COUNTS), "{}", again.text());
    }
    assert_eq!(scene.service.process(), hung, "nothing was run");
    assert_eq!(count(&home.journal(), "\"remedy.run\""), 0);
    assert_eq!(count(&home.journal(), "\"remedy.announced\""), 1, "not even announced again");
    drop(again);

    let home = Home::with_config(&scene.config);
    let screen = Terminal::open(&home, &[], SIZE);
    screen.wait_for("restart-checkout runs in");
    screen.wait_for(COUNTS);
    screen.wait_for("resolved");
    scene.service.wait_ready();
    assert_ne!(scene.service.process(), hung);
    let rows = told(&home, "\"remedy.worked\"");
    assert_eq!(count(&rows, "\"remedy.announced\""), 1, "{rows:?}");
    assert_eq!(count(&rows, "\"remedy.run\""), 2, "intent and outcome, once: {rows:?}");
    assert_eq!(count(&rows, "s after restart-checkout"), 1, "{rows:?}");
    let at = |action: &str| rows.iter().position(|row| row.to_string().contains(action)).unwrap();
    assert_ne!(at("\"remedy.announced\""), at("\"remedy.run\""));
    assert_eq!(home.run(&["journal", "--verify"]).status, 0);
}
