//! A walk as JSON: everything that is kept of it.

use std::io::{self, Write};

use serde::Serialize;

use super::{Break, Exported};
use crate::domain::Moment;
use crate::domain::checklist::concern::{Concern, Verdict};
use crate::domain::checklist::{Answer, Checklist, Entry, Evidence, Item, ItemId, Outcome, Update};
use crate::report::checklists::short::Short;
use crate::report::json::{self, VERSION};

/// Writes everything of a walk: in short, item by item, and every update in its order.
///
/// # Errors
/// Where the writer fails.
pub fn json(exported: &Exported, out: &mut dyn Write) -> io::Result<()> {
    let walk = exported.walk;
    let assessed = walk.list.assessment;
    let document = Document {
        version: VERSION,
        walk: Short::of_walk(walk),
        items: walk.list.items().map(|item| Row::new(exported, item)).collect(),
        interruptions: exported.breaks,
        verdict: assessed.then(|| walk.verdict(exported.applies)),
        concerns: assessed.then(|| walk.concerns().into_iter().map(|(_, concern)| concern).collect()),
        updates: walk.updates(),
        list: &walk.list,
    };
    json::write(&document, out)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    walk: Short<'a>,
    items: Vec<Row<'a>>,
    interruptions: &'a [Break],
    /// `null` where the list is no assessment.
    verdict: Option<Verdict>,
    concerns: Option<Vec<Concern>>,
    updates: &'a [Update],
    /// As it was when the walk began.
    list: &'a Checklist,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a ItemId,
    section: Option<&'a str>,
    text: &'a str,
    applies: bool,
    /// `done failed skipped`; `null` if nobody looked.
    outcome: Option<Outcome>,
    answer: Option<&'a Answer>,
    /// What was entered: a number or a word; else the number that the probe found.
    value: Option<Value<'a>>,
    unit: &'a str,
    note: Option<&'a str>,
    evidence: Option<&'a Evidence>,
    owner: Option<&'a str>,
    followed: &'a [String],
    by: Option<&'a str>,
    at: Option<Moment>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Value<'a> {
    Number(f64),
    Word(&'a str),
}

impl<'a> Value<'a> {
    fn of(entry: &'a Entry) -> Option<Self> {
        match &entry.answer {
            Some(Answer::Choice(word) | Answer::Text(word)) => Some(Self::Word(word)),
            _ => entry.number().map(Self::Number),
        }
    }
}

impl<'a> Row<'a> {
    fn new(exported: &Exported<'a>, item: &'a Item) -> Self {
        let walk = exported.walk;
        let entry = walk.entry(&item.id);
        let text = |text: &'a str| Some(text).filter(|text| !text.is_empty());
        let section = walk.list.section_of(&item.id).map(|section| section.title.as_str());
        Self {
            id: &item.id,
            section: section.and_then(text),
            text: &item.text,
            applies: (exported.applies)(item),
            outcome: entry.and_then(|entry| entry.outcome),
            answer: entry.and_then(|entry| entry.answer.as_ref()),
            value: entry.and_then(Value::of),
            unit: crate::report::checklists::words::unit(item),
            note: entry.and_then(|entry| text(&entry.note)),
            evidence: entry.and_then(|entry| entry.evidence.as_ref()),
            owner: entry.and_then(|entry| text(&entry.owner)).or_else(|| text(&item.owner)),
            followed: entry.map(|entry| entry.followed.as_slice()).unwrap_or_default(),
            by: entry.and_then(|entry| entry.by.as_ref()).map(|(by, _)| by.name.as_str()),
            at: entry.and_then(|entry| entry.by.as_ref()).map(|(_, at)| *at),
        }
    }
}
