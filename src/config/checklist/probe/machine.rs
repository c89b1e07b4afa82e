//! Probes of this machine: programs and files.

use std::path::PathBuf;

use chrono::TimeDelta;

use crate::config::checklist::schedule::expect;
use crate::config::checklist::{choice, text};
use crate::config::file::within_secs;
use crate::config::reader::{Item, Table};
use crate::domain::checklist::Probe;

/// The most arguments.
const MOST: usize = 100;
/// The largest size that a file can be asked for, in bytes.
const LARGEST: u64 = 1 << 50;

pub(super) fn command(table: &Table<'_>, item: &Item<'_>) -> Option<Probe> {
    let argv = argv(item);
    let expect = table.get("expect", expect);
    let unit = table.get("unit", choice::unit).unwrap_or_default();
    let mut timeout = TimeDelta::seconds(10);
    table.set("timeout", |item| item.span(&within_secs(1, 300)), &mut timeout);
    Some(Probe::Command { argv: argv?, timeout, unit, expect })
}

/// A program and its arguments. A program with a slash belongs to the folder of the file, any other is looked for
/// in `PATH`.
fn argv(item: &Item<'_>) -> Option<Vec<String>> {
    const WHAT: &str = "a program and its arguments as a list, such as [\"df\", \"-h\"]";
    if item.as_text().is_some() {
        return item.takes(WHAT);
    }
    let rows = item.list(WHAT)?;
    let Some(first) = rows.first() else {
        item.wrong("this list names no program");
        return None;
    };
    if rows.len() > MOST {
        item.wrong(&format!("there may be {MOST} arguments; put them into a script"));
        return None;
    }
    // Every row is read, so that every wrong one is noted.
    let read: Vec<Option<String>> = rows.iter().map(argument).collect();
    let mut argv: Vec<String> = read.into_iter().collect::<Option<_>>()?;
    let program = argv.first_mut()?;
    if program.trim().is_empty() || program.starts_with('-') {
        first.wrong("this is no program; write its name or its path");
        return None;
    }
    if program.contains('/') {
        *program = item.page().locate(program).to_string_lossy().into_owned();
    }
    Some(argv)
}

fn argument(item: &Item<'_>) -> Option<String> {
    let text = text::exact(item, text::LONG)?;
    if text.contains(char::is_control) {
        item.wrong("an argument holds no control character");
        return None;
    }
    Some(text)
}

pub(super) fn file(table: &Table<'_>, item: &Item<'_>) -> Option<Probe> {
    let path: Option<PathBuf> = text::exact(item, text::LONG).and_then(|_| item.place());
    let younger = table.get("younger", |item| item.span(&within_secs(60, 366 * 86_400)));
    let at_least = table.get("at_least", |item| item.count(0..=LARGEST));
    if table.item("younger").is_none() && table.item("at_least").is_none() && !table.has_slips(&["list.probe.file"]) {
        table.lacks("say what is good of the file: younger = \"26h\", at_least = 1000, or both");
    }
    Some(Probe::File { path: path?, younger, at_least })
}
