//! `midwatch checklist export`: a walk, written down.

mod json;

use std::io::{self, Write};

pub use json::json;

use super::page::{self, Shape};
use super::{Here, shown, words};
use crate::domain::checklist::{Entry, Evidence, Item, ItemKind, Outcome, Walk};
use crate::domain::runbook::Block;
use crate::domain::{Moment, age};

/// A walk, and what only the app can tell of it.
pub struct Exported<'a> {
    /// It.
    pub walk: &'a Walk,
    /// Whether an item is looked at in it.
    pub applies: &'a dyn Fn(&Item) -> bool,
    /// When it was left and gone on with, oldest first.
    pub breaks: &'a [Break],
}

/// A time in which nobody went on with a walk.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Break {
    /// When it was left.
    pub from: Moment,
    /// When it was gone on with; `None` while it is not.
    pub until: Option<Moment>,
    /// What called the operator away; empty for nothing that is known.
    pub by: String,
}

/// Writes it as a page: sections as headings, items as a task list with what was entered, found and written.
///
/// # Errors
/// Where the writer fails.
pub fn page(exported: &Exported, here: Here, shape: Shape, out: &mut dyn Write) -> io::Result<()> {
    let walk = exported.walk;
    let mut blocks = vec![page::heading(1, &walk.list.title), page::paragraph(&about(walk, here))];
    if walk.list.assessment {
        let verdict = walk.verdict(exported.applies).words();
        blocks.push(page::paragraph(&format!("Verdict: {verdict}")));
    }
    for section in &walk.list.sections {
        if !section.title.is_empty() {
            blocks.push(page::heading(2, &section.title));
        }
        blocks.push(page::tasks(section.items.iter().map(|item| task(exported, item, here)).collect()));
    }
    let breaks: Vec<String> = exported.breaks.iter().map(|one| interruption(one, here)).collect();
    if let Some(list) = page::bullets(&breaks) {
        blocks.extend([page::heading(2, "Interruptions"), list]);
    }
    blocks.extend([page::heading(2, "Sign-off"), page::paragraph(&sign_off(walk, here))]);
    page::write(blocks, shape, out)
}

fn about(walk: &Walk, here: Here) -> String {
    let mut parts = vec![format!("Walk {}", walk.id)];
    parts.extend(walk.turn.map(|turn| format!("due {}", words::at(turn, here.zone))));
    parts.push(format!("begun {} by {}", words::at(walk.begun, here.zone), walk.by.name));
    let counts = Outcome::ALL.map(|outcome| format!("{} {}", walk.count(outcome), outcome.word()));
    parts.push(format!("{} of {}", counts.join(", "), walk.list.items().count()));
    parts.join(" · ")
}

fn task(exported: &Exported, item: &Item, here: Here) -> (bool, Vec<Block>) {
    let nothing = Entry::default();
    let entry = exported.walk.entry(&item.id).unwrap_or(&nothing);
    let mut blocks = vec![page::paragraph(&item.text)];
    let applies = (exported.applies)(item);
    blocks.extend(page::bullets(&said(item, entry, applies, here)));
    blocks.extend(entry.evidence.as_ref().and_then(|evidence| page::output(&evidence.lines)));
    (entry.outcome == Some(Outcome::Done), blocks)
}

/// What was said of an item, a line for each.
fn said(item: &Item, entry: &Entry, applies: bool, here: Here) -> Vec<String> {
    let mut said = Vec::new();
    let by = entry.by.as_ref().map(|(by, at)| format!(", {} at {}", by.name, words::at(*at, here.zone)));
    match entry.outcome {
        Some(outcome) => said.push(format!("{}{}", outcome.word(), by.unwrap_or_default())),
        None if applies => said.push("not looked at".to_owned()),
        None => said.extend(item.when.as_ref().map(|when| format!("does not apply: only {when}"))),
    }
    if let Some(answer) = &entry.answer {
        let good = match &item.kind {
            ItemKind::Value { min, max, .. } => shown::range("", *min, *max),
            ItemKind::Choice { good, .. } => format!(", good: {}", good.join(", ")),
            ItemKind::Tick | ItemKind::Probe => String::new(),
        };
        said.push(format!("answer: {}{good}", words::answer(answer, words::unit(item))));
    }
    let texts = [("note", &entry.note), ("owner", &entry.owner)];
    said.extend(texts.iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| format!("{name}: {text}")));
    said.extend(entry.evidence.as_ref().map(|evidence| found(evidence, here)));
    said.extend(entry.followed.iter().map(|words| format!("followed: {words}")));
    said
}

fn found(evidence: &Evidence, here: Here) -> String {
    let took = std::time::Duration::from_millis(evidence.took_ms);
    let took = chrono::TimeDelta::from_std(took).map(age::spoken).unwrap_or_default();
    format!("evidence: {} ({}, {}, {took})", evidence.words, evidence.from, words::at(evidence.at, here.zone))
}

fn interruption(one: &Break, here: Here) -> String {
    let by = if one.by.is_empty() { String::new() } else { format!(" by {}", one.by) };
    let until = one.until.map_or_else(
        || "not gone on with".to_owned(),
        |until| format!("gone on with after {}", words::took(one.from, until)),
    );
    format!("{}: interrupted{by}, {until}", words::at(one.from, here.zone))
}

fn sign_off(walk: &Walk, here: Here) -> String {
    let Some(end) = &walk.ended else { return "Open: it is not completed.".to_owned() };
    let took = words::took(walk.begun, end.at);
    format!("{}, {} at {} after {took}", words::end(end), end.by.name, words::at(end.at, here.zone))
}
