//! A document as text within a width, for a terminal without the screen.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use super::inline;
use crate::domain::harmless;
use crate::domain::runbook::document::Runs;
use crate::domain::runbook::plain;
use crate::domain::runbook::{Block, Document, Inline, Item, Step};
use crate::report::table::{self, Fit, cut};

/// No text is made narrower than this.
const LEAST: usize = 20;

/// Writes a document.
///
/// # Errors
/// Where the writer fails.
pub fn write(document: &Document, width: usize, out: &mut dyn Write) -> io::Result<()> {
    for line in blocks(&document.blocks, width.max(LEAST)) {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn blocks(all: &[Block], width: usize) -> Vec<String> {
    let mut made: Vec<String> = Vec::new();
    for block in all {
        if !made.is_empty() {
            made.push(String::new());
        }
        made.extend(self::block(block, width));
    }
    made
}

fn block(block: &Block, width: usize) -> Vec<String> {
    match block {
        Block::Heading { level, text } => heading(*level, text, width),
        Block::Paragraph(text) => wrapped(&inline::text(text), width),
        Block::List { first, items } => list(*first, items, width),
        Block::Quote(inside) => behind("│ ", "│ ", blocks(inside, narrower(width, 2))),
        Block::Code { text, .. } => behind("    ", "    ", lines(text)),
        Block::Step(step) => self::step(step),
        Block::Table { head, rows, .. } => table(head, rows, width),
        Block::Rule => vec!["─".repeat(width.min(40))],
        Block::Html(text) => lines(text),
    }
}

fn heading(level: u8, text: &[Inline], width: usize) -> Vec<String> {
    let mut made = wrapped(&inline::text(text), width);
    let wide = made.iter().map(|line| line.width()).max().unwrap_or(0);
    let under = match level {
        1 => "═",
        2 => "─",
        _ => return made,
    };
    made.push(under.repeat(wide));
    made
}

fn list(first: Option<u64>, items: &[Item], width: usize) -> Vec<String> {
    let mut made = Vec::new();
    for (number, item) in (first.unwrap_or(0)..).zip(items) {
        let task = item.task.as_ref().map_or("", |task| if task.done { "[x] " } else { "[ ] " });
        let mark = first.map_or_else(|| format!("• {task}"), |_| format!("{number}. {task}"));
        let room = mark.width();
        made.extend(behind(&mark, &" ".repeat(room), blocks(&item.blocks, narrower(width, room))));
    }
    made
}

/// A step is seen to be one: how it is run from the screen, and its number.
fn step(step: &Step) -> Vec<String> {
    let what = match &step.runs {
        Runs::Shell(shell) => shell.clone(),
        Runs::Remedy { id, .. } => format!("remedy {id}"),
    };
    let mut made = vec![format!("  ▸ step {} · {}", step.number, harmless::line(&what, 200))];
    // What is read is what the screen shows; what is run has variables where values stand here.
    let filled = (!step.shown.is_empty()).then(|| plain::inline(&step.shown));
    made.extend(behind("    ", "    ", lines(filled.as_deref().unwrap_or(&step.text))));
    made
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| harmless::line(&line.replace('\t', "    "), 1 << 20).into_owned()).collect()
}

/// Lines with something before the first and the others.
fn behind(first: &str, rest: &str, lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() {
        return vec![first.to_owned()];
    }
    let with = |(at, line): (usize, String)| format!("{}{line}", if at == 0 { first } else { rest });
    lines.into_iter().enumerate().map(with).collect()
}

fn narrower(width: usize, by: usize) -> usize {
    width.saturating_sub(by).max(LEAST)
}

fn table(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], width: usize) -> Vec<String> {
    let cells =
        |row: &[Vec<Inline>]| -> Vec<String> { row.iter().map(|cell| inline::text(cell).replace('\n', " ")).collect() };
    let head = cells(head);
    let all: Vec<Vec<String>> = rows.iter().map(|row| cells(row)).collect();
    let columns = head.len();
    let widest = |at: usize| {
        let rows = std::iter::once(&head).chain(&all);
        rows.filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    if widths.iter().sum::<usize>() + 2 * columns <= width {
        let line = |row: &Vec<String>| {
            let padded = row
                .iter()
                .zip(&widths)
                .map(|(cell, wide)| format!("{cell}{}", " ".repeat(wide - cell.width().min(*wide))));
            padded.collect::<Vec<_>>().join("  ")
        };
        let rule = widths.iter().map(|wide| "─".repeat(*wide)).collect::<Vec<_>>().join("  ");
        return std::iter::once(line(&head)).chain([rule]).chain(all.iter().map(line)).collect();
    }
    // Too wide: each row as a little list, so that nothing is lost.
    let mut made = Vec::new();
    for row in &all {
        for (name, cell) in head.iter().zip(row) {
            made.extend(behind("", "  ", wrapped(&format!("{name}: {cell}"), narrower(width, 2))));
        }
        made.push(String::new());
    }
    made.pop();
    made
}

/// Words on lines of at most `width`; a longer word has a line of its own, so that it can be copied.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut made = Vec::new();
    for part in text.split('\n') {
        let mut line = String::new();
        for word in part.split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                made.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        made.push(line);
    }
    made
}

/// The runbooks that are known by name, and the alerts that each is for.
///
/// # Errors
/// Where the writer fails.
pub fn list_names(names: &[(String, String)], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<[String; 2]> =
        names.iter().map(|(name, about)| [cut(name, 60), harmless::line(about, 400).into_owned()]).collect();
    table::write([Fit::Left, Fit::Shrinks], &rows, width, out)
}
