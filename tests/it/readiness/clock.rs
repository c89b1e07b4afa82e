//! A server whose clock is an hour ahead: no age below zero, nothing hidden.

use super::fake::{Fake, alert};
use super::{ALERT, config};
use crate::support::home::Home;
use crate::support::pty::Terminal;

#[test]
fn a_server_that_is_an_hour_ahead() {
    let ahead = chrono::Utc::now() + chrono::TimeDelta::hours(1);
    let starts = ahead.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let am = Fake::telling(&format!("[{}]", alert(ALERT, "critical", &starts, "")));
    am.state().date = Some(ahead.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    let home = Home::with_config(&config(&am.url()));
    let screen = Terminal::open(&home, &[], super::SIZE);
    screen.wait_row(ALERT, "unacked");
    let row = screen.row(ALERT).expect("the alert is there");
    assert!(!row.contains(" -") && row.contains("<1m"), "{row}");
    let (exit, status) = home.status();
    assert_eq!(exit, 2, "{status}");
    let told = home.run(&["status"]);
    assert!(told.out.contains(ALERT) && !told.out.contains(" -"), "{told:?}");
}
