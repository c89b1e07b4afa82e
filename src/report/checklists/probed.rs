//! `midwatch checklist walk ID --probes-only`: what the probes of a list found.

use std::io::{self, Write};

use serde::Serialize;

use super::page::{self, Shape};
use super::{Here, words};
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::{Checklist, ChecklistId, Evidence, Item, ItemId};
use crate::domain::runbook::Block;
use crate::domain::{Moment, harmless, quantity};
use crate::report::json::{self, VERSION};
use crate::report::table::{self, Fit};

/// An item of the list, and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// Its probe was asked.
    Found(Evidence),
    /// It has no probe: somebody has to look.
    Manual,
    /// Its condition does not hold, or is only known in a walk.
    Aside,
}

impl Asked {
    /// How it stands; `None` for what was not judged.
    #[must_use]
    pub fn held(&self) -> Option<Held> {
        match self {
            Self::Found(evidence) => Some(evidence.held),
            Self::Manual | Self::Aside => None,
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Found(evidence) => held(evidence.held),
            Self::Manual => "manual",
            Self::Aside => "left out",
        }
    }
}

/// What all together come to: bad before unknown before good; nothing at all is not known.
#[must_use]
pub fn verdict<'a>(all: impl IntoIterator<Item = &'a Asked>) -> Held {
    let held: Vec<Held> = all.into_iter().filter_map(Asked::held).collect();
    if held.contains(&Held::Bad) {
        Held::Bad
    } else if held.is_empty() || held.contains(&Held::Unknown) {
        Held::Unknown
    } else {
        Held::Good
    }
}

fn held(held: Held) -> &'static str {
    match held {
        Held::Good => "good",
        Held::Bad => "bad",
        Held::Unknown => "unknown",
    }
}

/// Writes a line for each item, then the lines of what is not good.
///
/// # Errors
/// Where the writer fails.
pub fn text(list: &Checklist, all: &[(&Item, Asked)], here: Here, out: &mut dyn Write) -> io::Result<()> {
    let title = harmless::line(&list.title, 200);
    writeln!(out, "{title}: {}", held(verdict(all.iter().map(|(_, asked)| asked))))?;
    let rows: Vec<[String; 4]> = all.iter().map(|(item, asked)| cells(item, asked)).collect();
    table::write([Fit::Left, Fit::Shrinks, Fit::Right, Fit::Shrinks], &rows, here.width, out)?;
    for (item, asked) in all {
        let Asked::Found(evidence) = asked else { continue };
        if evidence.held != Held::Good && !evidence.lines.is_empty() {
            writeln!(out, "\n{}", harmless::line(&item.text, 200))?;
            evidence.lines.iter().try_for_each(|line| writeln!(out, "    {}", harmless::line(line, 300)))?;
        }
    }
    Ok(())
}

/// Writes them as a page of Markdown.
///
/// # Errors
/// Where the writer fails.
pub fn md(list: &Checklist, all: &[(&Item, Asked)], here: Here, out: &mut dyn Write) -> io::Result<()> {
    let verdict = held(verdict(all.iter().map(|(_, asked)| asked)));
    let about = format!("{verdict} · {}", words::at(here.now, here.zone));
    let rows: Vec<Vec<String>> = all.iter().map(|(item, asked)| cells(item, asked).to_vec()).collect();
    let mut blocks = vec![page::heading(1, &list.title), page::paragraph(&about)];
    blocks.push(page::table(&["", "item", "value", "found"], &rows));
    for (item, asked) in all {
        let Asked::Found(evidence) = asked else { continue };
        let lines: Option<Block> = page::output(&evidence.lines).filter(|_| evidence.held != Held::Good);
        blocks.extend(lines.into_iter().flat_map(|lines| [page::heading(2, &item.text), lines]));
    }
    page::write(blocks, Shape::Markdown, out)
}

fn cells(item: &Item, asked: &Asked) -> [String; 4] {
    let (value, found) = match asked {
        Asked::Found(evidence) => {
            (evidence.value.map(|value| quantity::text(Some(value), &evidence.unit)), evidence.words.clone())
        }
        Asked::Manual => (None, String::new()),
        Asked::Aside => (None, item.when.as_ref().map(|when| format!("only {when}")).unwrap_or_default()),
    };
    let line = |text: &str| harmless::line(text, 300).into_owned();
    [asked.word().to_owned(), line(&item.text), value.unwrap_or_default(), line(&found)]
}

/// Writes them as JSON.
///
/// # Errors
/// Where the writer fails.
pub fn json(list: &Checklist, all: &[(&Item, Asked)], here: Here, out: &mut dyn Write) -> io::Result<()> {
    let rows = all.iter().map(|(item, asked)| Row::new(item, asked)).collect();
    let verdict = verdict(all.iter().map(|(_, asked)| asked));
    let (checklist, title) = (&list.id, list.title.as_str());
    json::write(&Document { version: VERSION, at: here.now, checklist, title, verdict, items: rows }, out)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    at: Moment,
    checklist: &'a ChecklistId,
    title: &'a str,
    verdict: Held,
    items: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a ItemId,
    text: &'a str,
    /// Whether it has no probe: somebody has to look.
    manual: bool,
    /// Whether its condition holds.
    applies: bool,
    /// `good bad unknown`; `null` for what was not judged.
    held: Option<Held>,
    value: Option<f64>,
    unit: Option<&'a str>,
    expected: Option<String>,
    words: Option<&'a str>,
    lines: &'a [String],
    took_ms: Option<u64>,
    from: Option<&'a str>,
    blocker: bool,
}

impl<'a> Row<'a> {
    fn new(item: &'a Item, asked: &'a Asked) -> Self {
        let evidence = if let Asked::Found(evidence) = asked { Some(evidence) } else { None };
        Self {
            id: &item.id,
            text: &item.text,
            manual: *asked == Asked::Manual,
            applies: *asked != Asked::Aside,
            held: asked.held(),
            value: evidence.and_then(|evidence| evidence.value),
            unit: evidence.map(|evidence| evidence.unit.as_str()),
            expected: item.probe.as_ref().map(words::expected),
            words: evidence.map(|evidence| evidence.words.as_str()),
            lines: evidence.map(|evidence| evidence.lines.as_slice()).unwrap_or_default(),
            took_ms: evidence.map(|evidence| evidence.took_ms),
            from: evidence.map(|evidence| evidence.from.as_str()),
            blocker: item.blocker,
        }
    }
}
