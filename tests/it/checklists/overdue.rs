//! A list of one's own that was not walked in its time.

use chrono::{TimeDelta, Utc};
use midwatch::domain::checklist::ChecklistId;
use midwatch::store::Store;

use super::{RELEASE, SIZE, WALK, json, quiet};
use crate::support::home::Home;
use crate::support::pty::Terminal;
use crate::support::wait;

/// The reminder.
const TITLE: &str = "Release train overdue";

/// A home whose store knows the list for two days.
fn neglected() -> Home {
    let scheduled =
        RELEASE.replace("[[item]]\nid = \"frozen\"", "schedule = \"1h after completion\"\n[[item]]\nid = \"frozen\"");
    let home = quiet("ana", "", "release", &scheduled);
    let file = home.path("state/midwatch/midwatch.db");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let store = Store::open(&file).await.expect("a store").store;
        let since = Utc::now() - TimeDelta::days(2);
        store.know_lists(&[ChecklistId::new("release")], since).await.expect("the store can be written");
        store.close().await;
    });
    home
}

#[test]
fn it_is_a_low_incident_until_it_is_walked() {
    let home = neglected();
    let all = json(&home.run(&["checklist", "list", "--format", "json"]));
    let row = all["checklists"].as_array().unwrap().iter().find(|row| row["id"] == "release").unwrap().clone();
    assert_eq!(row["state"], "overdue", "{row}");
    let (exit, status) = home.status();
    let incident = home.incident(TITLE).unwrap_or_else(|| panic!("{status}"));
    assert_eq!((exit, &incident["severity"], &incident["state"]), (1, &"low".into(), &"open".into()));

    let mut screen = Terminal::open(&home, WALK, SIZE);
    screen.wait_for("Good: nobody merges.");
    screen.press(" ");
    screen.wait_for("Good: below 1 %.");
    screen.press("=0.4\r");
    screen.wait_for("Good: they know when.");
    screen.press(" C");
    screen.wait_for("signed off");
    screen.press("\r");
    screen.wait_for("Release train is completed: 3 done");
    screen.press("1");
    screen.wait_row(TITLE, "resolved");
    wait::until("the reminder has ended", || {
        let open = home.incident(TITLE).filter(|incident| incident["state"] != "resolved");
        open.map_or(Ok(()), |incident| Err(incident.to_string()))
    });
    assert_eq!(home.status().0, 0);
}
