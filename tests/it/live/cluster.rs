//! Two Alertmanagers of one cluster, of which one is lost.

use super::setting::{self, ALERT, SIZE, firing};
use crate::support::home::Home;
use crate::support::lab::Lab;
use crate::support::pty::Terminal;
use crate::support::wait;

#[test]
fn a_lost_peer_loses_nothing_and_doubles_nothing() {
    let Some(lab) = Lab::with_alerting() else { return };
    let mut first = lab.cluster_peer("am-0", None);
    let second = lab.cluster_peer("am-1", Some(&first));
    let _prometheus = lab.prometheus(&firing(), &[&first, &second], None);
    first.wait_for_alert(ALERT);
    second.wait_for_alert(ALERT);
    let home = Home::with_config(&setting::alertmanager(&[&first, &second], ""));
    let mut screen = Terminal::open(&home, &[], SIZE);
    screen.wait_row(ALERT, "unacked");
    let before = home.incident(ALERT).expect("the incident is known");
    assert_eq!(before["alerts"].as_array().unwrap().len(), 1, "two peers tell of one alert: {before}");

    first.kill();
    wait::until("the other peer answers for both", || {
        let (exit, status) = home.status();
        let incidents = status["incidents"].as_array().unwrap().clone();
        if exit == 2 && incidents.len() == 1 { Ok(incidents) } else { Err(status.to_string()) }
    });
    let after = home.incident(ALERT).expect("the incident is known");
    assert_eq!((&after["id"], &after["alerts"][0]), (&before["id"], &before["alerts"][0]));
    screen.wait_row(ALERT, "unacked");
    screen.wait_gone("as of ");
    assert_eq!(screen.text().matches(ALERT).count(), rows_with_one_incident(&screen), "{}", screen.text());

    screen.press("a");
    screen.wait_row(ALERT, "ana ");
    let active = second.api.active_silences();
    assert_eq!(active.len(), 1, "{active:?}");
    assert!(active[0]["comment"].as_str().unwrap().starts_with("ACK!"));
}

/// The header counts what is listed: one critical, named in one row of the list.
fn rows_with_one_incident(screen: &Terminal) -> usize {
    assert!(screen.text().contains("▲ 1 critical"), "{}", screen.text());
    screen.text().lines().filter(|row| row.contains(ALERT)).count()
}
