//! Probes without a screen: what they find, what the status says, and that nothing is recorded.

use serde_json::{Value, json};

use std::fmt::Write as _;

use super::{home, json, keys};
use crate::support::home::Home;

/// A list whose items have these probes; an empty one is an item without.
fn probed(probes: &[&str]) -> Home {
    let mut list = "id = \"own\"\ntitle = \"Own\"\n".to_owned();
    for (number, probe) in probes.iter().enumerate() {
        let probe = if probe.is_empty() { String::new() } else { format!("probe = {probe}\n") };
        write!(list, "[[item]]\nid = \"item-{number}\"\ntext = \"Item {number}\"\nhelp = \"x\"\n{probe}").unwrap();
    }
    home("own", &list)
}

const WALK: [&str; 6] = ["checklist", "walk", "own", "--probes-only", "--format", "json"];

/// The status, and how each item stands.
fn held(home: &Home) -> (i32, Vec<Value>) {
    let ran = home.run(&WALK);
    let all = json(&ran);
    (ran.status, all["items"].as_array().unwrap().iter().map(|item| item["held"].clone()).collect())
}

#[test]
fn all_good_is_0_and_what_has_no_probe_is_not_judged() {
    let home = probed(&[
        "{ command = [\"true\"] }",
        "{ command = [\"echo\", \"71 %\"], expect = \"< 80\", unit = \"%\" }",
        "",
    ]);
    assert_eq!(held(&home), (0, vec![json!("good"), json!("good"), Value::Null]));
    let all = json(&home.run(&WALK));
    assert_eq!(keys(&all), ["at", "checklist", "items", "title", "verdict", "version"]);
    let item = &all["items"][1];
    assert_eq!(
        keys(item),
        [
            "applies", "blocker", "expected", "from", "held", "id", "lines", "manual", "text", "took_ms", "unit",
            "value", "words"
        ]
    );
    assert_eq!((&item["value"], &item["unit"], &item["expected"]), (&json!(71.0), &json!("%"), &json!("< 80")));
    assert_eq!((&all["verdict"], &all["items"][2]["manual"]), (&json!("good"), &json!(true)));
    let text = home.run(&["checklist", "walk", "own", "--probes-only"]).out;
    assert!(text.starts_with("Own: good\n") && text.contains("\nmanual  Item 2"), "{text}");
}

#[test]
fn something_bad_is_1_and_wins_over_what_is_not_known() {
    let unknown = "{ command = [\"no-such-program-anywhere\"] }";
    let bad = "{ command = [\"sh\", \"-c\", \"echo it is broken; exit 3\"] }";
    let home = probed(&["{ command = [\"true\"] }", unknown]);
    assert_eq!(held(&home), (3, vec![json!("good"), json!("unknown")]));
    let home = probed(&[bad, unknown]);
    assert_eq!(held(&home), (1, vec![json!("bad"), json!("unknown")]));
    let text = home.run(&WALK[..4]).out;
    assert!(text.contains("it is broken"), "what it said is told: {text}");
}

#[test]
fn files_are_looked_at() {
    let home = probed(&[]);
    let backup = home.write("backup.dump", "0123456789");
    let list = |least: u32| {
        let file = backup.display();
        format!(
            "id = \"own\"\ntitle = \"Own\"\n[[item]]\nid = \"a\"\ntext = \"A backup\"\nhelp = \"x\"\nprobe = {{ file = \
             \"{file}\", younger = \"1h\", at_least = {least} }}\n"
        )
    };
    home.write("config/midwatch/checklists/own.toml", &list(10));
    assert_eq!(held(&home), (0, vec![json!("good")]));
    home.write("config/midwatch/checklists/own.toml", &list(11));
    assert_eq!(held(&home), (1, vec![json!("bad")]));
}

#[test]
fn nothing_that_could_be_asked_is_not_known() {
    let home = probed(&["", ""]);
    let ran = home.run(&WALK);
    assert_eq!(ran.status, 3, "{ran:?}");
    assert!(ran.err.contains("nothing was judged"), "{ran:?}");
}

#[test]
fn read_only_starts_no_process_and_nothing_is_ever_recorded() {
    let home = probed(&["{ command = [\"sh\", \"-c\", \"echo x >> ran\"] }"]);
    let ran = home.run(&["checklist", "walk", "own", "--probes-only", "--format", "json", "--read-only"]);
    assert_eq!((ran.status, &json(&ran)["items"][0]["held"]), (3, &json!("unknown")), "{ran:?}");
    assert!(!home.path("ran").exists());
    home.run(&WALK);
    assert_eq!(home.journal(), Vec::<Value>::new(), "no walk began");
    let all = json(&home.run(&["checklist", "history", "own", "--format", "json"]));
    assert_eq!(all["walks"], json!([]));
}
