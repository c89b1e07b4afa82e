//! `midwatch checklist history`: earlier walks, and the last values of each item.

mod values;

use std::io::{self, Write};

use serde::Serialize;

pub use values::{Values, values};

use super::page::{self, Shape};
use super::short::Short;
use super::{Here, words};
use crate::domain::checklist::{Walk, Walked};
use crate::domain::harmless;
use crate::report::json::{self, VERSION};
use crate::report::table::{self, Fit};

/// A walk in a table: one that is kept whole, or in short.
#[derive(Debug, Clone, Copy)]
pub enum Told<'a> {
    /// Everything of it is known.
    Whole(&'a Walk),
    /// It ended, and is known in short.
    Short(&'a Walked),
}

/// Walks, newest first; and what they say of each item, where they are of one list.
#[derive(Debug)]
pub struct History<'a> {
    /// The walks.
    pub walks: Vec<Told<'a>>,
    /// The items of the list, in its order.
    pub items: Vec<Values>,
}

/// Writes a line for each walk, then a line for each item that has values.
///
/// # Errors
/// Where the writer fails.
pub fn text(history: &History, here: Here, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<[String; 6]> = history.walks.iter().map(|told| cells(*told, here)).collect();
    let fits = [Fit::Left, Fit::Left, Fit::Shrinks, Fit::Right, Fit::Left, Fit::Shrinks];
    table::write(fits, &rows, here.width, out)?;
    let rows: Vec<[String; 3]> = history.items.iter().filter_map(Values::cells).collect();
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nLast values, oldest first")?;
    table::write([Fit::Shrinks, Fit::Left, Fit::Left], &rows, here.width, out)
}

/// Writes the same as Markdown.
///
/// # Errors
/// Where the writer fails.
pub fn md(history: &History, here: Here, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Vec<String>> = history.walks.iter().map(|told| cells(*told, here).to_vec()).collect();
    let mut blocks = vec![page::table(&["walk", "begun", "checklist", "took", "went", "ended"], &rows)];
    let rows: Vec<Vec<String>> = history.items.iter().filter_map(Values::cells).map(Vec::from).collect();
    if !rows.is_empty() {
        blocks.extend([page::heading(2, "Last values"), page::table(&["item", "oldest first", "trend"], &rows)]);
    }
    page::write(blocks, Shape::Markdown, out)
}

/// Writes the same as JSON.
///
/// # Errors
/// Where the writer fails.
pub fn json(history: &History, out: &mut dyn Write) -> io::Result<()> {
    let walks = history.walks.iter().map(|told| match told {
        Told::Whole(walk) => Short::of_walk(walk),
        Told::Short(walked) => Short::of(walked),
    });
    json::write(&Document { version: VERSION, walks: walks.collect(), items: &history.items }, out)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    walks: Vec<Short<'a>>,
    items: &'a [Values],
}

fn cells(told: Told, here: Here) -> [String; 6] {
    let (id, begun, title, ended) = match told {
        Told::Whole(walk) => (walk.id, walk.begun, &walk.list.title, walk.ended.as_ref()),
        Told::Short(walked) => (walked.id, walked.begun, &walked.title, Some(&walked.end)),
    };
    let (counts, ending) = match told {
        Told::Whole(walk) => (words::counts_of(walk), words::ending(walk)),
        Told::Short(walked) => (words::counts(walked), words::end(&walked.end)),
    };
    let line = |text: &str| harmless::line(text, 200).into_owned();
    [
        id.to_string(),
        words::at(begun, here.zone),
        line(title),
        ended.map_or_else(String::new, |end| words::took(begun, end.at)),
        counts,
        line(&ending),
    ]
}
