//! What the journal tells of walks: that they began and ended, and what failed, was left out or undone in them.

use crate::domain::checklist::{Answer, Change, Outcome, Update, Walk, WalkId, Walked};
use crate::domain::{Moment, Operator, harmless, journal};

/// The longest title or text of an item in a row, in characters.
const NAME: usize = 300;

fn entry(action: &str, walk: WalkId, by: &Operator, at: Moment, detail: String) -> journal::Entry {
    journal::Entry {
        at,
        operator: by.clone(),
        action: action.to_owned(),
        target: walk.to_string(),
        detail,
        outcome: journal::Outcome::Done,
    }
}

pub(super) fn began(walk: &Walk) -> journal::Entry {
    entry("walk.began", walk.id, &walk.by, walk.begun, name(&walk.list.title))
}

/// "Daily maintenance: 7 done, 1 failed, 1 skipped of 10, signed off by Ana".
pub(super) fn ended(short: &Walked) -> journal::Entry {
    let (end, title) = (&short.end, name(&short.title));
    let counts = format!("{} done, {} failed, {} skipped of {}", short.done, short.failed, short.skipped, short.of);
    let action = if end.completed { "walk.completed" } else { "walk.given-up" };
    let detail = match (end.sign.as_str(), end.completed) {
        ("", _) => format!("{title}: {counts}"),
        (sign, true) => format!("{title}: {counts}, signed off by {sign}"),
        (why, false) => format!("{title}: {counts}, given up: {why}"),
    };
    entry(action, short.id, &end.by, end.at, detail)
}

/// Whether the journal tells of a change.
pub(super) fn is_told_of(change: &Change) -> bool {
    action(change).is_some()
}

fn action(change: &Change) -> Option<&'static str> {
    match outcome(change) {
        Some(Outcome::Failed) => Some("walk.failed"),
        Some(Outcome::Skipped) => Some("walk.skipped"),
        Some(Outcome::Done) => None,
        None => matches!(change, Change::Undo { .. }).then_some("walk.undone"),
    }
}

fn outcome(change: &Change) -> Option<Outcome> {
    match change {
        Change::Outcome { outcome, .. } => Some(*outcome),
        Change::Answer { outcome, .. } => *outcome,
        _ => None,
    }
}

/// "Daily maintenance · Error logs: too many of them". Of what was undone it tells what that was, and whose.
pub(super) fn said(
    walk: WalkId,
    title: &str,
    item: Option<&str>,
    update: &Update,
    undone: Option<&Update>,
) -> journal::Entry {
    let place = match item {
        Some(item) => format!("{} · {}", name(title), name(item)),
        None => name(title),
    };
    let why = match (&update.change, undone) {
        (Change::Undo { .. }, Some(undone)) => format!("{}, by {}", words(&undone.change), undone.by.name),
        (Change::Undo { .. }, None) => String::new(),
        (change, _) => reason(change),
    };
    let detail = if why.is_empty() { place } else { format!("{place}: {why}") };
    entry(action(&update.change).unwrap_or("walk"), walk, &update.by, update.at, detail)
}

/// Why something failed or was left out.
fn reason(change: &Change) -> String {
    match change {
        Change::Outcome { why, .. } => why.clone(),
        Change::Answer { answer: Answer::Number(number), .. } => number.to_string(),
        Change::Answer { answer: Answer::Choice(text) | Answer::Text(text), .. } => text.clone(),
        _ => String::new(),
    }
}

/// What a change was, in words.
fn words(change: &Change) -> String {
    let what = match change {
        Change::Outcome { outcome, .. } => outcome.word(),
        Change::Answer { .. } => "answer",
        Change::Note { .. } => "note",
        Change::Evidence { .. } => "evidence",
        Change::Owner { .. } => "owner",
        Change::Concern { .. } => "concern",
        Change::Followed { .. } => "what followed",
        Change::Undo { .. } => "undoing",
        Change::Interrupted { .. } => "interruption",
        Change::Resumed => "return",
    };
    let why = reason(change);
    if why.is_empty() { what.to_owned() } else { format!("{what} ({why})") }
}

fn name(text: &str) -> String {
    harmless::line(text, NAME).into_owned()
}
