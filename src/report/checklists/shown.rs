//! `midwatch checklist show`: a checklist itself.

use std::io::{self, Write};

use serde::Serialize;

use super::page::{self, Shape};
use super::words;
use crate::domain::checklist::item::{NoteRule, Opens};
use crate::domain::checklist::{Checklist, Item, ItemKind, Mode};
use crate::domain::runbook::Block;
use crate::report::json::{self, VERSION};

/// Writes a checklist as a page: sections as headings, items as a task list, each with its help and what is declared
/// of it.
///
/// # Errors
/// Where the writer fails.
pub fn page(list: &Checklist, shape: Shape, out: &mut dyn Write) -> io::Result<()> {
    let mut blocks = vec![page::heading(1, &list.title), page::paragraph(&about(list))];
    blocks.extend(page::paragraphs(&list.help));
    for section in &list.sections {
        if !section.title.is_empty() {
            blocks.push(page::heading(2, &section.title));
        }
        blocks.extend(page::paragraphs(&section.help));
        blocks.push(page::tasks(section.items.iter().map(|item| (false, item_blocks(item))).collect()));
    }
    page::write(blocks, shape, out)
}

/// Writes everything that is declared of it.
///
/// # Errors
/// Where the writer fails.
pub fn json(list: &Checklist, out: &mut dyn Write) -> io::Result<()> {
    let schedule = list.schedule.map(|schedule| schedule.to_string());
    json::write(&Document { version: VERSION, schedule, checklist: list }, out)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    /// As it is written in a file.
    schedule: Option<String>,
    checklist: &'a Checklist,
}

fn about(list: &Checklist) -> String {
    let mut parts = vec![list.id.to_string()];
    parts.push(list.schedule.map_or_else(|| "on demand".to_owned(), |schedule| schedule.to_string()));
    parts.push(match list.mode {
        Mode::ReadDo => "read, then do".to_owned(),
        Mode::DoVerify => "do, then verify".to_owned(),
    });
    if let (Some(severity), Some(_)) = (list.remind, list.schedule) {
        parts.push(format!("reminds as {severity}"));
    }
    if list.assessment {
        parts.push("an assessment".to_owned());
    }
    parts.join(" · ")
}

fn item_blocks(item: &Item) -> Vec<Block> {
    let mut blocks = vec![page::paragraph(&item.text)];
    blocks.extend(page::paragraphs(&item.help));
    blocks.extend(page::bullets(&facts(item)));
    blocks
}

/// What is declared of an item beside its text and its help.
fn facts(item: &Item) -> Vec<String> {
    let mut facts = Vec::new();
    match &item.kind {
        ItemKind::Value { unit, min, max } => facts.push(format!("a value{}", range(unit, *min, *max))),
        ItemKind::Choice { words, good } => facts.push(format!("{}; good: {}", words.join(", "), good.join(", "))),
        ItemKind::Tick | ItemKind::Probe => {}
    }
    if let Some(probe) = &item.probe {
        facts.push(format!("probe: {}; expected: {}", words::asks(probe), words::expected(probe)));
    }
    let opens = |opens: Opens| Opens::WORDS.iter().find(|(_, known)| *known == opens).map_or("", |(word, _)| *word);
    let said = [
        item.when.as_ref().map(|when| format!("only {when}")),
        item.blocker.then(|| "a blocker".to_owned()),
        match item.note {
            NoteRule::Optional => None,
            NoteRule::OnFailure => Some("a note when it fails".to_owned()),
            NoteRule::Always => Some("a note".to_owned()),
        },
        Some(&item.owner).filter(|owner| !owner.is_empty()).map(|owner| format!("owner: {owner}")),
        item.remedy.as_ref().map(|remedy| format!("remedy: {remedy}")),
        item.open.map(|view| format!("opens {}", opens(view))),
        item.link.as_ref().map(|link| format!("see {link}")),
    ];
    facts.extend(said.into_iter().flatten());
    facts
}

/// ` in %, from 0 to 1`.
pub(super) fn range(unit: &str, min: Option<f64>, max: Option<f64>) -> String {
    let unit = if unit.is_empty() { String::new() } else { format!(" in {unit}") };
    let range = match (min, max) {
        (Some(min), Some(max)) => format!(", from {min} to {max}"),
        (Some(min), None) => format!(", at least {min}"),
        (None, Some(max)) => format!(", at most {max}"),
        (None, None) => String::new(),
    };
    format!("{unit}{range}")
}
