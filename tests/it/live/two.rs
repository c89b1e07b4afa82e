//! Two midwatch on one store.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::setting::{self, ALERT, SIZE, firing};
use crate::support::home::Home;
use crate::support::lab::Lab;
use crate::support::pty::Terminal;
use crate::support::wait;

#[test]
fn two_screens_that_ack_at_once_make_one_silence_and_renew_it_once() {
    let Some(lab) = Lab::with_alerting() else { return };
    let am = lab.alertmanager();
    let _prometheus = lab.prometheus(&firing(), &[&am], None);
    am.wait_for_alert(ALERT);
    let home = Home::with_config(&setting::alertmanager(&[&am], ""));
    let mut screens = [(); 2].map(|()| Terminal::open(&home, &[], SIZE));
    for screen in &screens {
        screen.wait_row(ALERT, "unacked");
    }
    for screen in &mut screens {
        screen.press("a");
    }
    for screen in &screens {
        screen.wait_row(ALERT, "ana ");
    }
    assert_eq!(am.api.silences().len(), 1, "{:?}", am.api.silences());

    let mut end = end_of_only(&am.api.active_silences());
    for renewal in 1..=2 {
        end = wait::until(&format!("renewal {renewal}"), || {
            let now = end_of_only(&am.api.active_silences());
            if now - end > TimeDelta::seconds(20) { Ok(now) } else { Err(now.to_rfc3339()) }
        });
        assert_eq!(am.api.silences().len(), 1, "a renewal makes no second silence: {:?}", am.api.silences());
    }
    for screen in &screens {
        screen.wait_row(ALERT, "ana ");
    }
}

/// The end of the one silence in force.
fn end_of_only(active: &[Value]) -> DateTime<Utc> {
    assert_eq!(active.len(), 1, "one silence in force: {active:?}");
    active[0]["endsAt"].as_str().expect("a silence has an end").parse().expect("a time")
}
