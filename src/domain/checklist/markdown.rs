//! A walk as a Markdown task list, to be pasted into a chat or an issue.

use std::fmt::Write as _;

use super::{Answer, Entry, Item, ItemKind, Outcome, Walk};
use crate::domain::harmless;

/// The longest text that is taken over, in characters.
const LONGEST: usize = 2_000;

/// A walk as a task list. Its texts cannot be taken for Markdown.
#[must_use]
pub fn task_list(walk: &Walk) -> String {
    let mut made = format!("# {}\n\n{}\n", plain(&walk.list.title), head(walk));
    for section in &walk.list.sections {
        if !section.title.is_empty() {
            let _ = write!(made, "\n## {}\n", plain(&section.title));
        }
        made.push('\n');
        for item in &section.items {
            let _ = writeln!(made, "- {}", line(item, walk.entry(&item.id)));
        }
    }
    made
}

/// Text on one line whose marks are no Markdown, and that holds nothing invisible.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for character in harmless::line(text, LONGEST).trim().chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#') {
            made.push('\\');
        }
        made.push(character);
    }
    made
}

/// Who walked it, when, and how it ended.
fn head(walk: &Walk) -> String {
    let begun = walk.begun.format("%Y-%m-%d %H:%M UTC");
    let Some(end) = &walk.ended else { return format!("Begun {begun} by {}, not ended", plain(&walk.by.name)) };
    let (at, by, sign) = (end.at.format("%Y-%m-%d %H:%M UTC"), plain(&end.by.name), plain(&end.sign));
    let how = match (end.completed, sign.is_empty()) {
        (true, true) => format!("completed {at} by {by}"),
        (true, false) => format!("completed {at} by {by}, signed {sign}"),
        (false, true) => format!("given up {at} by {by}"),
        (false, false) => format!("given up {at} by {by}: {sign}"),
    };
    format!("Begun {begun} by {}, {how}", plain(&walk.by.name))
}

fn line(item: &Item, entry: Option<&Entry>) -> String {
    let text = plain(&item.text);
    let Some(entry) = entry else { return format!("[ ] {text}") };
    let note = plain(&entry.note);
    match entry.outcome {
        Some(Outcome::Done) => {
            let found: Vec<String> = [found(item, entry), note].into_iter().filter(|part| !part.is_empty()).collect();
            let found = if found.is_empty() { String::new() } else { format!(" — {}", found.join(" · ")) };
            format!("[x] {text}{found}{}", who(entry))
        }
        Some(Outcome::Failed) => {
            let why = if note.is_empty() { found(item, entry) } else { note };
            let why = if why.is_empty() { String::new() } else { format!(": {why}") };
            format!("[ ] {text} — FAILED{why}{}", who(entry))
        }
        Some(Outcome::Skipped) => {
            let why = if note.is_empty() { String::new() } else { format!(": {note}") };
            format!("[ ] ~~{text}~~ — skipped{why}{}", who(entry))
        }
        None if note.is_empty() => format!("[ ] {text}"),
        None => format!("[ ] {text} — {note}"),
    }
}

/// What was entered, else what the probe found.
fn found(item: &Item, entry: &Entry) -> String {
    match (&entry.answer, &item.kind) {
        (Some(Answer::Number(number)), ItemKind::Value { unit, .. }) if !unit.is_empty() => {
            format!("{number} {}", plain(unit))
        }
        (Some(Answer::Number(number)), _) => number.to_string(),
        (Some(Answer::Choice(text) | Answer::Text(text)), _) => plain(text),
        (None, _) => entry.evidence.as_ref().map(|evidence| plain(&evidence.words)).unwrap_or_default(),
    }
}

fn who(entry: &Entry) -> String {
    entry.by.as_ref().map_or_else(String::new, |(by, at)| format!(" (by {} {})", plain(&by.name), at.format("%H:%M")))
}

#[cfg(test)]
mod tests;
