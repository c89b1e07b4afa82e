//! The Alertmanager itself goes away, and comes back.

use serde_json::Value;

use super::setting::{self, ALERT, SIZE, firing};
use crate::support::home::Home;
use crate::support::lab::Lab;
use crate::support::pty::Terminal;
use crate::support::wait;

#[test]
fn a_lost_alertmanager_leaves_its_alerts_greyed_and_dated() {
    let Some(lab) = Lab::with_alerting() else { return };
    let mut am = lab.alertmanager();
    let _prometheus = lab.prometheus(&firing(), &[&am], None);
    am.wait_for_alert(ALERT);
    let home = Home::with_config(&setting::alertmanager(&[&am], ""));
    let screen = Terminal::open(&home, &[], SIZE);
    screen.wait_row(ALERT, "unacked");
    let id = home.incident(ALERT).expect("the incident is known")["id"].clone();
    let fresh = style_of(&screen, ALERT);

    am.kill();
    screen.wait_row(ALERT, "as of ");
    screen.wait_until("the header says what is missing", |text| header(text).contains("am"));
    assert!(screen.text().contains("unreachable"), "{}", screen.text());
    assert_ne!(style_of(&screen, ALERT), fresh, "what is not known to be so looks different");
    // One look knows nothing from before.
    let (exit, status) = home.status();
    assert_eq!((exit, &status["verdict"]), (3, &Value::from("unknown")), "{status}");
    assert_eq!(status["sources"][0]["state"], "unreachable", "{status}");
    assert!(status["sources"][0]["error"].as_str().unwrap().contains("127.0.0.1"), "{status}");

    am.start_again();
    // Two polls of a second, and what a busy machine needs.
    wait::within(std::time::Duration::from_secs(10), "live again", || {
        let text = screen.text();
        if text.contains("● am live") && !text.contains("unreachable") { Ok(()) } else { Err(text) }
    });
    am.wait_for_alert(ALERT);
    screen.wait_row(ALERT, "unacked");
    screen.wait_gone("as of ");
    // A restarted Alertmanager has forgotten its alerts; that is no resolution, and so no second incident.
    assert!(!screen.text().contains("×2") && !screen.text().contains("resolved"), "{}", screen.text());
    assert_eq!(home.incident(ALERT).expect("the incident is known")["id"], id);
}

fn header(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// How a word on the screen looks.
fn style_of(screen: &Terminal, word: &str) -> (vt100::Color, bool) {
    let text = screen.text();
    let row = text.lines().position(|line| line.contains(word)).expect("the word is on the screen");
    let line = text.lines().nth(row).expect("a line");
    let column = line.split(word).next().expect("what is before it").chars().count();
    screen.look(|screen| {
        let place = |number: usize| u16::try_from(number).expect("a place on the screen");
        let cell = screen.cell(place(row), place(column)).expect("a cell");
        (cell.fgcolor(), cell.bold())
    })
}
