//! An alert that must always fire.

use super::setting::{self, SIZE};
use crate::support::home::Home;
use crate::support::lab::{Lab, rules};
use crate::support::pty::Terminal;

#[test]
fn a_missing_watchdog_is_critical_and_a_present_one_is_no_incident() {
    let Some(lab) = Lab::with_alerting() else { return };
    let am = lab.alertmanager();
    let prometheus = lab.prometheus(&rules(&[("Other", "vector(1)", &[("severity", "low")])]), &[&am], None);
    am.wait_for_alert("Other");
    let home = Home::with_config(&setting::alertmanager(&[&am], "watchdog = { alertname = \"Watchdog\" }"));
    let screen = Terminal::open(&home, &[], SIZE);
    screen.wait_for("▲ 1 critical");
    screen.wait_row("Watchdog", "unacked");
    let (exit, status) = home.status();
    assert_eq!(exit, 2, "{status}");

    prometheus.reload(&rules(&[
        ("Other", "vector(1)", &[("severity", "low")]),
        ("Watchdog", "vector(1)", &[("severity", "none")]),
    ]));
    am.wait_for_alert("Watchdog");
    screen.wait_gone("critical");
    let (exit, status) = home.status();
    let titles: Vec<&str> =
        status["incidents"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap()).collect();
    assert_eq!((exit, titles), (1, vec!["Other"]), "{status}");
}
