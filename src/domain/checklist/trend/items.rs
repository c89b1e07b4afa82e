//! What walks say of an item, where its number goes, and how two walks differ.

use super::{Difference, Past};
use crate::domain::checklist::{Answer, Entry, Item, ItemId, Walk};
use crate::domain::harmless;

/// The longest line of what was written or found, in characters.
const WIDE: usize = 300;

/// What walks say of an item, oldest first, at most `most` of the newest. The walks may stand in any order; one whose
/// list has the item but where nobody looked at it says that: it has neither outcome nor number.
#[must_use]
pub fn past(walks: &[Walk], item: &ItemId, most: usize) -> Vec<Past> {
    let mut walks: Vec<&Walk> = walks.iter().filter(|walk| knows(walk, item)).collect();
    walks.sort_by_key(|walk| (walk.begun, walk.id));
    let newest = walks.len().saturating_sub(most);
    walks.into_iter().skip(newest).filter_map(|walk| of(walk, item)).collect()
}

/// What differs between two walks in outcome, number or words, item by item in the order of the newer list; items that
/// are gone last. Where a list does not have an item, that side is `None`.
#[must_use]
pub fn compare(older: &Walk, newer: &Walk) -> Vec<Difference> {
    let gone = older.list.items().filter(|item| newer.list.item(&item.id).is_none());
    newer.list.items().chain(gone).filter_map(|item| difference(older, newer, item)).collect()
}

/// The change of the last number in per cent of the median of those before. `None` where that cannot be told: the last
/// walk has no number, none before it has one, or their median is 0.
#[must_use]
pub fn direction(past: &[Past]) -> Option<f64> {
    let (last, before) = past.split_last()?;
    let mut before: Vec<f64> = before.iter().filter_map(|past| past.value).filter(|value| value.is_finite()).collect();
    before.sort_unstable_by(f64::total_cmp);
    let (low, high) = (before.get(before.len().checked_sub(1)? / 2)?, before.get(before.len() / 2)?);
    per_cent(f64::midpoint(*low, *high), last.value?)
}

fn difference(older: &Walk, newer: &Walk, item: &Item) -> Option<Difference> {
    let (before, after) = (of(older, &item.id), of(newer, &item.id));
    let said = |past: &Option<Past>| past.as_ref().map(|past| (past.outcome, past.value, past.words.clone()));
    let change = before.as_ref().and_then(|past| past.value).zip(after.as_ref().and_then(|past| past.value));
    let per_cent = change.and_then(|(before, after)| per_cent(before, after));
    (said(&before) != said(&after)).then(|| Difference {
        item: item.id.clone(),
        text: item.text.clone(),
        before,
        after,
        per_cent,
    })
}

fn knows(walk: &Walk, item: &ItemId) -> bool {
    walk.list.item(item).is_some()
}

fn of(walk: &Walk, item: &ItemId) -> Option<Past> {
    let entry = walk.entry(item);
    knows(walk, item).then(|| Past {
        walk: walk.id,
        at: walk.begun,
        outcome: entry.and_then(|entry| entry.outcome),
        value: entry.and_then(Entry::number).filter(|value| value.is_finite()),
        words: entry.map(words).unwrap_or_default(),
    })
}

/// What was entered in words, what was written, else what was found.
fn words(entry: &Entry) -> String {
    let answer = match &entry.answer {
        Some(Answer::Choice(text) | Answer::Text(text)) => text.as_str(),
        Some(Answer::Number(_)) | None => "",
    };
    let said: Vec<&str> = [answer, &entry.note].into_iter().filter(|text| !text.is_empty()).collect();
    let found = || entry.evidence.as_ref().map(|evidence| evidence.words.clone()).unwrap_or_default();
    let words = if said.is_empty() { found() } else { said.join(": ") };
    harmless::line(&words, WIDE).into_owned()
}

/// The change from one number to another, in per cent of the first.
fn per_cent(before: f64, after: f64) -> Option<f64> {
    let change = (after - before) / before.abs() * 100.0;
    (before != 0.0 && change.is_finite()).then_some(change)
}
