//! A document as Markdown: what was read, with its placeholders filled.

use std::io::{self, Write};

use super::inline;
use crate::domain::harmless;
use crate::domain::runbook::document::{Align, Runs};
use crate::domain::runbook::{Block, Document, Item};

/// Writes a document.
///
/// # Errors
/// Where the writer fails.
pub fn write(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(blocks(&document.blocks).as_bytes())
}

fn blocks(all: &[Block]) -> String {
    all.iter().map(block).collect::<Vec<_>>().join("\n")
}

/// One block, with a line break at its end.
fn block(block: &Block) -> String {
    match block {
        Block::Heading { level, text } => {
            let marks = "#".repeat(usize::from((*level).clamp(1, 6)));
            format!("{marks} {}\n", inline::markdown(text).replace("\\\n", " "))
        }
        Block::Paragraph(text) => format!("{}\n", guarded(&inline::markdown(text))),
        Block::List { first, items } => list(*first, items),
        Block::Quote(inside) => indented(&blocks(inside), "> ", "> "),
        Block::Code { info, text } => fenced(info, text),
        Block::Step(step) => match &step.runs {
            Runs::Shell(shell) => fenced(shell, &step.text),
            Runs::Remedy { id, .. } => fenced(&format!("remedy {id}"), &step.text),
        },
        Block::Table { align, head, rows } => table(align, head, rows),
        Block::Rule => "---\n".to_owned(),
        Block::Html(text) => format!("{}\n", lines(text).join("\n")),
    }
}

/// Text whose lines do not begin like a heading, a list or a rule.
fn guarded(text: &str) -> String {
    let line = |line: &str| {
        let line = line.trim_start();
        let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
        if line.starts_with(['#', '+', '-', '=']) {
            format!("\\{line}")
        } else if number.len() < line.len() && number.starts_with(['.', ')']) {
            let (digits, rest) = line.split_at(line.len() - number.len());
            format!("{digits}\\{rest}")
        } else {
            line.to_owned()
        }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn list(first: Option<u64>, items: &[Item]) -> String {
    let mut made = String::new();
    for (number, item) in (first.unwrap_or(0)..).zip(items) {
        let mark = first.map_or_else(|| "- ".to_owned(), |_| format!("{number}. "));
        let task = item.task.as_ref().map_or("", |task| if task.done { "[x] " } else { "[ ] " });
        let inside = format!("{task}{}", blocks(&item.blocks));
        made.push_str(&indented(&inside, &mark, &" ".repeat(mark.len())));
    }
    made
}

/// Every line with something before it.
fn indented(text: &str, first: &str, rest: &str) -> String {
    let mut made = String::new();
    let mut before = first;
    for line in text.lines() {
        let whole = format!("{before}{line}");
        made.push_str(whole.trim_end());
        made.push('\n');
        before = rest;
    }
    if text.is_empty() {
        made.extend([first.trim_end(), "\n"]);
    }
    made
}

fn fenced(info: &str, text: &str) -> String {
    let lines = lines(text);
    let ticks = |line: &String| line.trim_start().chars().take_while(|c| *c == '`').count();
    let fence = "`".repeat(lines.iter().map(ticks).max().unwrap_or(0).max(2) + 1);
    let info = harmless::line(info, 200).replace('`', "");
    let inside = lines.iter().flat_map(|line| [line.as_str(), "\n"]);
    [&fence, &info, "\n"].into_iter().chain(inside).chain([fence.as_str(), "\n"]).collect()
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| harmless::line(line, 1 << 20).into_owned()).collect()
}

fn table(
    align: &[Align],
    head: &[Vec<crate::domain::runbook::Inline>],
    rows: &[Vec<Vec<crate::domain::runbook::Inline>>],
) -> String {
    let row = |cells: &[Vec<crate::domain::runbook::Inline>]| {
        let cells: Vec<String> = cells.iter().map(|cell| inline::markdown(cell).replace("\\\n", " ")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule = |align: &Align| match align {
        Align::Left => "---",
        Align::Centre => ":-:",
        Align::Right => "--:",
    };
    let rules: Vec<&str> = (0..head.len()).map(|at| align.get(at).map_or("---", rule)).collect();
    let mut made = row(head);
    made.extend(["| ", &rules.join(" | "), " |\n"]);
    made.extend(rows.iter().map(|cells| row(cells)));
    made
}
