//! A team without an Alertmanager.

use super::setting::{self, ALERT, SIZE, firing};
use crate::support::home::Home;
use crate::support::lab::Lab;
use crate::support::pty::Terminal;
use crate::support::wait;

#[test]
fn an_ack_of_a_prometheus_alert_is_kept_here_and_survives_a_restart() {
    let Some(lab) = Lab::open(&["prometheus"]) else { return };
    let prometheus = lab.prometheus(&firing(), &[], None);
    let home = Home::with_config(&setting::prometheus(&prometheus));
    let mut screen = Terminal::open(&home, &[], SIZE);
    screen.wait_row(ALERT, "unacked");
    let before = home.incident(ALERT).expect("the incident is known");

    screen.press("a");
    screen.wait_row(ALERT, "ana 1");
    wait::until("the ack is in the store", || {
        let incident = home.incident(ALERT).expect("the incident is known");
        if incident["acked_by"] == "ana" { Ok(()) } else { Err(incident.to_string()) }
    });
    screen.press("q");
    assert_eq!(screen.wait_exit(wait::DEADLINE), 0);

    let mut again = Terminal::open(&home, &[], SIZE);
    again.wait_row(ALERT, "ana 1");
    let after = home.incident(ALERT).expect("the incident is known");
    assert_eq!(after["id"], before["id"], "an id outlives the process");
    again.press("u");
    again.wait_row(ALERT, "unacked");
    assert_eq!(home.incident(ALERT).unwrap()["acked_by"], serde_json::Value::Null);
}
