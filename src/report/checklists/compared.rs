//! `midwatch checklist history --compare`: what differs between two walks.

use std::io::{self, Write};

use serde::Serialize;

use super::page::{self, Shape};
use super::short::Short;
use super::{Here, words};
use crate::domain::checklist::Walk;
use crate::domain::checklist::trend::{Difference, Past, compare};
use crate::domain::{harmless, quantity};
use crate::report::json::{self, VERSION};
use crate::report::table::{self, Fit};

/// Writes a line for each item that differs.
///
/// # Errors
/// Where the writer fails.
pub fn text(older: &Walk, newer: &Walk, here: Here, out: &mut dyn Write) -> io::Result<()> {
    for (word, walk) in [("before", older), ("after", newer)] {
        writeln!(out, "{word:6}  {}  {}", words::at(walk.begun, here.zone), words::ending(walk))?;
    }
    let rows: Vec<[String; 4]> = compare(older, newer).iter().map(|one| cells(one, older, newer)).collect();
    writeln!(out)?;
    table::write([Fit::Shrinks, Fit::Shrinks, Fit::Shrinks, Fit::Right], &rows, here.width, out)
}

/// Writes the same as Markdown.
///
/// # Errors
/// Where the writer fails.
pub fn md(older: &Walk, newer: &Walk, here: Here, out: &mut dyn Write) -> io::Result<()> {
    let head = ["item", &words::at(older.begun, here.zone), &words::at(newer.begun, here.zone), "change"];
    let rows: Vec<Vec<String>> = compare(older, newer).iter().map(|one| cells(one, older, newer).to_vec()).collect();
    let blocks = vec![page::heading(1, &newer.list.title), page::table(&head, &rows)];
    page::write(blocks, Shape::Markdown, out)
}

/// Writes the same as JSON.
///
/// # Errors
/// Where the writer fails.
pub fn json(older: &Walk, newer: &Walk, out: &mut dyn Write) -> io::Result<()> {
    let (before, after) = (Short::of_walk(older), Short::of_walk(newer));
    json::write(&Document { version: VERSION, before, after, differences: compare(older, newer) }, out)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    before: Short<'a>,
    after: Short<'a>,
    differences: Vec<Difference>,
}

fn cells(one: &Difference, older: &Walk, newer: &Walk) -> [String; 4] {
    let item = newer.list.item(&one.item).or_else(|| older.list.item(&one.item));
    let unit = item.map(words::unit).unwrap_or_default();
    let change = one.per_cent.map(|change| format!("{change:+.0} %")).unwrap_or_default();
    [
        harmless::line(&one.text, 200).into_owned(),
        side(one.before.as_ref(), unit),
        side(one.after.as_ref(), unit),
        change,
    ]
}

fn side(past: Option<&Past>, unit: &str) -> String {
    let Some(past) = past else { return quantity::NONE.to_owned() };
    let value = past.value.map(|value| quantity::text(Some(value), unit));
    let outcome = past.outcome.map(|outcome| outcome.word().to_owned());
    let words = Some(past.words.clone()).filter(|words| !words.is_empty());
    let said: Vec<String> = [outcome, value, words].into_iter().flatten().collect();
    if said.is_empty() { "not looked at".to_owned() } else { harmless::line(&said.join(", "), 200).into_owned() }
}
