//! A daily walk on a real Prometheus: values and probes by real queries, an item that fails, an alert in the middle,
//! leaving, coming back, a killed terminal, completion, history and export.

use std::time::Duration;

use nix::sys::signal::Signal;
use serde_json::Value;

use super::setting::{self, ALERT, LABELS, SIZE};
use crate::support::home::Home;
use crate::support::lab::{Backend, Lab, Prometheus, rules};
use crate::support::pty::Terminal;
use crate::support::wait;

const ENTER: &str = "\r";
const ESC: &str = "\x1b";
/// How long after it was entered something is kept at the latest, on a busy machine.
const SOON: Duration = Duration::from_secs(10);

/// The daily list of this team: it takes the place of the shipped one.
fn list(home: &Home) -> String {
    format!(
        r#"id = "daily"
title = "Daily maintenance"
help = "Before the day begins."
schedule = "daily 09:00"

[[section]]
title = "Signals"

[[section.item]]
id = "targets"
text = "Every target answers"
help = "Good: none is down."
probe = {{ query = "count(up) - sum(up)", expect = "== 0" }}
blocker = true

[[section.item]]
id = "memory"
text = "Memory is measured"
help = "Good: over a megabyte."
probe = {{ source = "prom", query = "node_memory_MemTotal_bytes", unit = "B", expect = "> 1000000" }}

[[section.item]]
id = "headroom"
text = "CPU leaves room"
help = "Good: under 30 %."
probe = {{ query = "vector(73.5)", unit = "%", expect = "< 30" }}
note = "on failure"

[[section]]
title = "By hand"

[[section.item]]
id = "vouchers"
text = "Vouchers are loaded"
help = "Good: a thousand or more."
value = {{ unit = "vouchers", min = 1000 }}

[[section.item]]
id = "bulletins"
text = "Security bulletins are read"
help = "Good: none for us."
choice = ["none", "urgent"]

[[section.item]]
id = "backup"
text = "The backup is there"
help = "Good: younger than a day."
probe = {{ file = "{}", younger = "1d" }}

[[section.item]]
id = "staging"
text = "Staging is like production"
help = "Good: the same versions."

[[section.item]]
id = "elsewhere"
text = "Only in another environment"
help = "Good: never seen here."
when = {{ environment = "elsewhere" }}
"#,
        home.path("backup.dump").display()
    )
}

/// Prometheus, Alertmanager and a node exporter, and a home with the list.
struct Scene {
    prometheus: Prometheus,
    home: Home,
    _others: [Backend; 2],
}

fn set(lab: &Lab) -> Scene {
    let (am, node) = (lab.alertmanager(), lab.node_exporter());
    let prometheus = lab.prometheus(&rules(&[]), &[&am], Some(&node));
    let source = format!(
        "[[source]]\nname = \"prom\"\nkind = \"prometheus\"\nurl = \"{}\"\nevery = \"1s\"\nalerts = false\n",
        prometheus.backend.api.url()
    );
    let home = Home::with_config(&setting::alertmanager(&[&am], &source));
    prometheus.wait_for_series("up");
    prometheus.wait_for_series("node_memory_MemTotal_bytes");
    home.write("backup.dump", "rows");
    home.write("config/midwatch/checklists/daily.toml", &list(&home));
    Scene { prometheus, home, _others: [am, node] }
}

fn exported(home: &Home) -> Value {
    let ran = home.run(&["checklist", "export", "daily", "--format", "json"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    serde_json::from_str(&ran.out).expect("JSON")
}

/// Opens the list's walk from the Checklists view.
fn open_walk(screen: &mut Terminal) {
    screen.press("5");
    screen.wait_for("Daily maintenance");
    screen.press("g");
    screen.press(ENTER);
}

#[test]
fn a_daily_walk_is_interrupted_killed_resumed_and_completed() {
    let programs = ["prometheus", "prometheus-alertmanager", "prometheus-node-exporter"];
    let Some(lab) = Lab::open(&programs) else { return };
    let scene = set(&lab);
    let mut screen = Terminal::open(&scene.home, &[], SIZE);
    screen.wait_for("prom");
    open_walk(&mut screen);

    // The probes are asked as one arrives; what they found is agreed to.
    screen.wait_for("Good: none is down.");
    screen.wait_for("✓ good: ");
    screen.press(" ");
    screen.wait_for("Good: over a megabyte.");
    screen.wait_for("✓ good: ");
    screen.press(" ");
    screen.wait_for("Good: under 30 %.");
    screen.wait_for("73.5 %");
    screen.press("F");
    screen.wait_for("what is wrong");
    screen.press("sale load, OPS-311\r");
    screen.wait_for("declare an incident");
    screen.press(ESC);
    screen.wait_for("Vouchers are loaded");

    // An alert in the middle calls the operator away.
    scene.prometheus.reload(&rules(&[(ALERT, "vector(1)", LABELS)]));
    screen.wait_for("1 critical");
    screen.press("1");
    screen.wait_row(ALERT, "unacked");
    screen.press("g");
    screen.press("a");
    screen.wait_row(ALERT, "ana");
    open_walk(&mut screen);
    screen.wait_row("interrupted", ALERT);
    screen.wait_for("Good: a thousand or more.");
    screen.press("=");
    screen.wait_for("what you read");
    screen.press("1200\r");
    screen.wait_for("Good: none for us.");

    // What was entered is kept at once, so a terminal that is killed loses nothing of it.
    wait::within(SOON, "what was entered is kept", || {
        let kept = exported(&scene.home).to_string();
        if kept.contains("1200") && kept.contains("OPS-311") { Ok(()) } else { Err(kept) }
    });
    screen.signal(Signal::SIGKILL);
    drop(screen);
    let mut screen = Terminal::open(&scene.home, &[], SIZE);
    open_walk(&mut screen);
    screen.wait_row("▶", "Security bulletins are read");
    screen.wait_row("Vouchers are loaded", "1.2 k");
    screen.wait_for("no earlier walk");
    screen.press("=");
    screen.wait_for("urgent");
    screen.press(ENTER);
    screen.wait_for("Good: younger than a day.");
    screen.wait_for("✓ good: ");
    screen.press(" ");
    screen.wait_for("Good: the same versions.");
    screen.press("-");
    screen.wait_for("why it is left out");
    screen.press("freeze\r");

    // The completion says what failed and what was left out, and is signed.
    screen.wait_row("Staging is like production", "freeze");
    screen.wait_row("CPU leaves room", "OPS-311");
    screen.press("C");
    screen.wait_for("signed off");
    screen.press(ENTER);
    screen.wait_for("completed");

    told_rightly(&scene.home);
    assert_eq!(scene.home.run(&["journal", "--verify"]).status, 0);
}

/// History and export say what was entered and found.
fn told_rightly(home: &Home) {
    let walk = wait::until("the walk is kept as completed", || {
        let walk = exported(home);
        if walk.to_string().contains("\"completed\":true") { Ok(walk) } else { Err(walk.to_string()) }
    });
    let item = |id: &str| {
        let items = walk["items"].as_array().expect("items");
        items.iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("{id}: {walk}")).clone()
    };
    assert_eq!(item("targets")["outcome"], "done");
    assert_eq!(item("targets")["evidence"]["value"], 0.0);
    assert!(item("memory")["evidence"]["value"].as_f64().expect("a number") > 1e6);
    assert_eq!(item("headroom")["outcome"], "failed");
    assert_eq!(item("headroom")["evidence"]["value"], 73.5);
    assert_eq!(item("headroom")["note"], "sale load, OPS-311");
    assert_eq!(item("vouchers")["value"], 1200.0);
    assert_eq!(item("bulletins")["value"], "none");
    assert_eq!(item("staging")["outcome"], "skipped");
    assert_eq!(item("elsewhere")["outcome"], Value::Null);
    let history = home.run(&["checklist", "history", "daily", "--format", "json"]);
    let walks: Value = serde_json::from_str(&history.out).expect("JSON");
    assert_eq!(walks["walks"].as_array().map(Vec::len), Some(1), "{history:?}");
    let markdown = home.run(&["checklist", "export", "daily", "--format", "md"]);
    assert!(markdown.out.contains("- [x] Every target answers"), "{markdown:?}");
    assert!(markdown.out.contains("interrupted") && markdown.out.contains(ALERT), "{markdown:?}");
}
