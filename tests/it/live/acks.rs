//! From a rule that fires to an ack that is taken back, on the screen and on the command line.

use std::collections::BTreeMap;

use serde_json::Value;

use super::setting::{self, ALERT, SIZE, firing};
use crate::support::api::Api;
use crate::support::home::Home;
use crate::support::lab::{Lab, rules};
use crate::support::pty::Terminal;
use crate::support::wait;

#[test]
fn a_key_acks_at_the_alertmanager_renews_and_takes_back() {
    let Some(lab) = Lab::open(&["prometheus", "prometheus-alertmanager", "prometheus-node-exporter"]) else { return };
    let (am, node) = (lab.alertmanager(), lab.node_exporter());
    let measured = "node_memory_MemTotal_bytes{job=\"node\"} > 0";
    let _prometheus = lab.prometheus(&rules(&[(ALERT, measured, setting::LABELS)]), &[&am], Some(&node));
    let home = Home::with_config(&setting::alertmanager(&[&am], ""));
    let mut screen = Terminal::open(&home, &[], SIZE);
    screen.wait_for("0 firing · 1/1 sources live");
    screen.wait_row(ALERT, "unacked");

    screen.press("a");
    screen.wait_row(ALERT, "ana ");
    screen.wait_for("1 acked");
    let ack = only_ack(&am.api);
    assert!(ack["comment"].as_str().unwrap().starts_with("ACK! ana"), "{ack}");
    assert_eq!(ack["createdBy"], "ana");
    let labels = [
        ("alertname", ALERT),
        ("instance", &node.api.address()),
        ("job", "node"),
        ("service", "checkout"),
        ("severity", "critical"),
    ];
    let equal = labels.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(equals_of(&ack), BTreeMap::from(equal), "the pod changes while the alert stays the same");

    let first_end = ends(&ack);
    wait::until("the ack is renewed", || {
        let now = only_ack(&am.api);
        if ends(&now) > first_end { Ok(()) } else { Err(ends(&now)) }
    });
    screen.wait_row(ALERT, "ana ");

    screen.press("u");
    screen.wait_row(ALERT, "unacked");
    assert_eq!(am.api.active_silences(), Vec::<Value>::new(), "taken back at the source");
    assert!(am.api.silences().iter().all(|silence| silence["status"]["state"] == "expired"));
}

#[test]
fn a_command_acks_and_takes_back() {
    let Some(lab) = Lab::with_alerting() else { return };
    let am = lab.alertmanager();
    let _prometheus = lab.prometheus(&firing(), &[&am], None);
    am.wait_for_alert(ALERT);
    let home = Home::with_config(&setting::alertmanager(&[&am], ""));
    let (exit, status) = home.status();
    assert_eq!((exit, &status["verdict"]), (2, &Value::from("critical")));

    let acked = home.run(&["ack", ALERT, "--comment", "rolling back"]);
    assert_eq!(acked.status, 0, "{acked:?}");
    let ack = only_ack(&am.api);
    assert_eq!(ack["comment"], "ACK! rolling back");
    assert!(!equals_of(&ack).contains_key("pod"), "{ack}");
    let (exit, status) = wait::until("the ack shows in status", || {
        let (exit, status) = home.status();
        if exit == 0 { Ok((exit, status)) } else { Err(status.to_string()) }
    });
    let incident = &status["incidents"][0];
    assert_eq!((exit, &incident["state"], &incident["acked_by"]), (0, &Value::from("acked"), &Value::from("ana")));
    assert!(incident["acked_until"].is_string(), "{incident}");

    let id = incident["id"].as_str().unwrap().to_owned();
    let unacked = home.run(&["unack", &id]);
    assert_eq!(unacked.status, 0, "{unacked:?}");
    assert_eq!(am.api.active_silences(), Vec::<Value>::new());
    let incident = home.incident(ALERT).expect("the incident is still there");
    assert_eq!((&incident["state"], &incident["acked_by"]), (&Value::from("open"), &Value::Null));
    assert_eq!(incident["id"], id.as_str());

    let journal = home.run(&["journal", "--format", "json"]);
    assert!(journal.out.contains("\"ack\"") && journal.out.contains("\"unack\""), "{}", journal.out);
    assert_eq!(home.run(&["journal", "--verify"]).status, 0);
}

/// The one silence in force.
fn only_ack(am: &Api) -> Value {
    let mut active = am.active_silences();
    assert_eq!(active.len(), 1, "one silence in force: {active:?}");
    active.remove(0)
}

fn ends(silence: &Value) -> String {
    silence["endsAt"].as_str().expect("a silence has an end").to_owned()
}

fn equals_of(silence: &Value) -> BTreeMap<String, String> {
    let matchers = silence["matchers"].as_array().expect("a silence has matchers");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let plain = |matcher: &&Value| matcher["isEqual"] == true && matcher["isRegex"] == false;
    assert!(matchers.iter().all(|matcher| plain(&matcher)), "{silence}");
    matchers.iter().map(|matcher| (text(&matcher["name"]), text(&matcher["value"]))).collect()
}
