//! An alert ends.

use super::setting::{self, ALERT, SIZE, calm, firing};
use crate::support::home::Home;
use crate::support::lab::Lab;
use crate::support::pty::Terminal;
use crate::support::wait;

#[test]
fn an_alert_is_resolved_by_an_answer_without_it_and_by_nothing_else() {
    let Some(lab) = Lab::with_alerting() else { return };
    let mut am = lab.alertmanager();
    let prometheus = lab.prometheus(&firing(), &[&am], None);
    am.wait_for_alert(ALERT);
    let home = Home::with_config(&setting::alertmanager(&[&am], ""));
    let screen = Terminal::open(&home, &[], SIZE);
    screen.wait_row(ALERT, "unacked");

    // The rule stops while nobody can tell midwatch.
    am.kill();
    prometheus.reload(&calm());
    screen.wait_row(ALERT, "as of ");
    wait::until("Prometheus has no alert any more", || {
        let alerts = prometheus.backend.api.json("/api/v1/alerts")?;
        let none = alerts["data"]["alerts"].as_array().is_some_and(Vec::is_empty);
        if none { Ok(()) } else { Err(alerts.to_string()) }
    });
    let row = screen.row(ALERT).expect("it is still listed");
    assert!(row.contains("as of ") && !row.contains("resolved"), "{row}");

    am.start_again();
    screen.wait_row(ALERT, "resolved");
    screen.wait_for("0 firing · 1/1 sources live");
    let row = screen.row(ALERT).expect("it is shown for a while");
    assert!(row.contains('✓') && !row.contains("as of "), "{row}");
}
