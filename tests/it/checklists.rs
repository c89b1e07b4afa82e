//! `midwatch checklist …` through the real program: lists of one's own, probes without a screen, Markdown in and out.

mod declared;
mod imported;
mod left;
mod listed;
mod overdue;
mod probes;
mod resolved;
mod shared;

use serde_json::Value;

use crate::support::home::{Home, Ran};
use crate::support::wait;

/// A size at which everything is on the screen.
const SIZE: (u16, u16) = (120, 36);

/// A list of one's own to walk: a tick, a value, a tick.
const RELEASE: &str = r#"
id = "release"
title = "Release train"
[[item]]
id = "frozen"
text = "The branch is frozen"
help = "Good: nobody merges."
[[item]]
id = "errors"
text = "Error rate"
help = "Good: below 1 %."
value = { unit = "%", min = 0, max = 1 }
[[item]]
id = "told"
text = "Support is told"
help = "Good: they know when."
"#;

/// What opens its walk.
const WALK: &[&str] = &["checklist", "walk", "release"];

/// A home of an operator where nothing is wrong: it watches an empty log. With one checklist of its own.
fn quiet(operator: &str, more: &str, name: &str, list: &str) -> Home {
    let home = Home::new();
    let log = home.write("quiet.log", "").display().to_string();
    let source = format!("[[source]]\nname = \"log\"\nkind = \"file\"\npaths = [\"{log}\"]\nevery = \"1s\"\n");
    let config = format!("operator = {{ name = \"{operator}\" }}\ntimezone = \"UTC\"\n{more}\n{source}");
    home.write("config/midwatch/config.toml", &config);
    home.write(&format!("config/midwatch/checklists/{name}.toml"), list);
    home
}

/// Everything of the newest walk of the release, once there is one.
fn walked(home: &Home) -> Value {
    wait::until("the walk is in the store", || {
        let ran = home.run(&["checklist", "export", "release", "--format", "json"]);
        if ran.status == 0 { Ok(json(&ran)) } else { Err(format!("{ran:?}")) }
    })
}

/// What is told of one of its items.
fn item(walk: &Value, id: &str) -> Value {
    let items = walk["items"].as_array().unwrap_or_else(|| panic!("{walk}"));
    items.iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("{id}: {walk}")).clone()
}

/// A home with one checklist of its own.
fn home(name: &str, list: &str) -> Home {
    let home = Home::with_config("timezone = \"Europe/Berlin\"\n");
    home.write(&format!("config/midwatch/checklists/{name}.toml"), list);
    home
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error} in {ran:?}"))
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap_or_else(|| panic!("{value}")).keys().map(String::as_str).collect()
}
