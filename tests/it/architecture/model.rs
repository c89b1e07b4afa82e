//! Only `update` changes the model, and drawing changes nothing.

use super::source::{File, Tree};
use super::tokens::{Token, follows};

/// Methods that change what they are called on, among those that the model's parts have.
const CHANGING: &[&str] = &[
    "absorb",
    "apply",
    "banner",
    "clear",
    "drain",
    "entry",
    "extend",
    "get_mut",
    "insert",
    "lift",
    "pop",
    "push",
    "push_back",
    "push_front",
    "rebuild",
    "refresh",
    "remember",
    "remove",
    "retain",
    "select",
    "set",
    "settle",
    "step",
    "take",
    "take_journal",
    "tick",
    "truncate",
];

/// Who may hold the model to change it, because it hands messages to `update` itself.
const FEEDS: &[(&str, &str)] = &[("cli/look", "one look without keys: what sources report goes straight to update")];

/// Every change of the model outside its own room.
pub(super) fn broken(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for file in tree.files.iter().filter(|file| !matches!(file.room(), "app" | "board")) {
        for (at, token) in file.shipped() {
            let feeds = FEEDS.iter().any(|(place, _)| file.is_in(place));
            if !feeds && follows(&file.tokens, at, &["&", "mut", "App"]) {
                found.push(told(file, token, "takes the model to change it"));
            }
            if token.is("app") && changes(&file.tokens, at + 1) {
                found.push(told(file, token, "changes the model past update"));
            }
        }
    }
    found
}

fn told(file: &File, token: &Token, what: &str) -> String {
    format!("src/{}:{}: {what}", file.path, token.line)
}

/// Whether `.field.field =` or `.field.change(` stands here.
fn changes(tokens: &[Token], mut at: usize) -> bool {
    let mut fields = 0;
    while follows(tokens, at, &["."]) {
        let Some(name) = tokens.get(at + 1).filter(|name| name.is_name()) else { return false };
        if follows(tokens, at + 2, &["("]) {
            return fields > 0 && CHANGING.contains(&name.text.as_str());
        }
        fields += 1;
        at += 2;
    }
    let assigns = |token: &Token| matches!(token.text.as_str(), "=" | "+=" | "-=" | "*=" | "|=" | "&=");
    fields > 0 && tokens.get(at).is_some_and(assigns)
}
