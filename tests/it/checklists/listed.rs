//! What is listed and shown: for people, and in shapes that scripts can rely on.

use serde_json::{Value, json};

use super::{home, json, keys};
use crate::support::home::Home;

const RELEASE: &str = r#"
id = "release"
title = "Release train"
help = "Every other week."
schedule = "weekly fri 15:00"
[[section]]
title = "Before"
[[section.item]]
id = "frozen"
text = "The branch is frozen"
help = "Nobody merges."
[[section.item]]
id = "errors"
text = "Error rate"
help = "Below 1 %."
value = { unit = "%", min = 0, max = 1 }
"#;

fn release() -> Home {
    home("release", RELEASE)
}

#[test]
fn an_own_list_stands_beside_the_shipped_ones() {
    let home = release();
    let ran = home.run(&["checklist", "list", "--format", "json"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let all = json(&ran);
    assert_eq!((keys(&all), &all["version"]), (vec!["at", "checklists", "version"], &json!(1)));
    let rows = all["checklists"].as_array().unwrap();
    let row = rows.iter().find(|row| row["id"] == "release").unwrap_or_else(|| panic!("{all}"));
    assert_eq!(
        keys(row),
        ["adopted", "due", "id", "last", "missed", "overdue_since", "schedule", "state", "streak", "title", "walk"]
    );
    assert_eq!((&row["title"], &row["schedule"]), (&json!("Release train"), &json!("weekly fri 15:00")));
    assert_eq!((&row["adopted"], &row["walk"], &row["last"]), (&json!(true), &Value::Null, &Value::Null));
    let states = ["overdue", "due", "soon", "ahead", "on-demand"];
    assert!(states.contains(&row["state"].as_str().unwrap_or_default()), "with a store it is known: {row}");
    assert!(rows.iter().any(|row| row["adopted"] == false), "the shipped ones are there too: {all}");
    let text = home.run(&["checklist", "list"]).out;
    let line = text.lines().find(|line| line.contains("Release train")).unwrap_or_else(|| panic!("{text}"));
    assert!(line.contains("  release  ") && line.contains("  weekly fri 15:00"), "{line}");
    let md = home.run(&["checklist", "list", "--format", "md"]).out;
    assert!(md.starts_with("| state | title | id |"), "{md}");
}

#[test]
fn a_list_is_shown_by_its_id_its_title_or_a_beginning() {
    let home = release();
    let md = home.run(&["checklist", "show", "release", "--format", "md"]);
    assert_eq!(md.status, 0, "{md:?}");
    for part in ["# Release train\n", "\n## Before\n", "- [ ] The branch is frozen\n\n  Nobody merges.\n"] {
        assert!(md.out.contains(part), "{part} in {}", md.out);
    }
    for other in ["releas", "RELEASE train"] {
        assert_eq!(home.run(&["checklist", "show", other, "--format", "md"]).out, md.out, "{other}");
    }
    let all = json(&home.run(&["checklist", "show", "release", "--format", "json"]));
    assert_eq!(all["checklist"]["sections"][0]["items"][1]["kind"]["unit"], "%");
    let text = home.run(&["checklist", "show", "release"]).out;
    assert!(text.contains("• [ ] Error rate") && text.contains("from 0 to 1"), "{text}");
}

#[test]
fn a_list_that_is_not_there_is_told_with_what_was_meant() {
    let home = release();
    for command in [&["checklist", "show", "relase"][..], &["checklist", "walk", "relase", "--probes-only"]] {
        let ran = home.run(command);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{ran:?}");
        assert!(ran.err.contains("did you mean 'release'?"), "{ran:?}");
    }
    let ran = home.run(&["checklist", "export", "release"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("release was never walked"), "{ran:?}");
    let ran = home.run(&["checklist", "history", "--compare", "abc1", "abc2"]);
    assert!(ran.status == 1 && ran.err.contains("no walk is called 'abc1'"), "{ran:?}");
    let ran = home.run(&["checklist", "walk", "release"]);
    assert_eq!(ran.status, 64, "a walk needs a terminal");
    assert!(ran.err.contains("midwatch checklist walk release --probes-only"), "{ran:?}");
}

#[test]
fn status_has_the_lists_with_a_schedule_and_says_the_same_verdict() {
    let home = release();
    let (_, status) = home.status();
    let rows = status["checklists"].as_array().unwrap_or_else(|| panic!("{status}"));
    let row = rows.iter().find(|row| row["id"] == "release").unwrap_or_else(|| panic!("{status}"));
    assert_eq!(keys(row), ["due", "id", "missed", "state", "title", "walk"]);
    assert_eq!(row["missed"], 0, "nothing is missed before the list was known");
    let none = json(&home.run(&["checklist", "history", "--format", "json"]));
    assert_eq!(none, json!({"version": 1, "walks": [], "items": []}));
}
