//! `midwatch checklist …` through the real program: lists of one's own, probes without a screen, Markdown in and out.

mod imported;
mod listed;
mod probes;
mod resolved;

use serde_json::Value;

use crate::support::home::{Home, Ran};

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
