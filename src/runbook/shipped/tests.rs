//! What holds for every runbook that ships.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use super::*;
use crate::domain::runbook::document::{Block, Document, Inline, Runs, Step};
use crate::domain::runbook::plain;
use crate::runbook::fill::{self, Values};
use crate::runbook::markdown;

/// What each has, in this order.
const SECTIONS: [&str; 5] = ["Symptoms", "Checks", "Mitigation", "Verification", "Escalation"];

fn all() -> impl Iterator<Item = (&'static str, Document)> {
    SHIPPED.iter().map(|(name, text)| (*name, markdown::parse(text)))
}

/// Every block, those inside of others too.
fn each<'a>(blocks: &'a [Block], see: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        see(block);
        match block {
            Block::Quote(inside) => each(inside, see),
            Block::List { items, .. } => items.iter().for_each(|item| each(&item.blocks, see)),
            _ => {}
        }
    }
}

fn steps(document: &Document) -> Vec<&Step> {
    let mut found = Vec::new();
    each(&document.blocks, &mut |block| {
        if let Block::Step(step) = block {
            found.push(step);
        }
    });
    found
}

#[test]
fn every_file_of_the_folder_is_in_the_library() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runbooks");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let markdown = paths.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let there: BTreeSet<String> =
        markdown.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let known: BTreeSet<String> = SHIPPED.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(known, there);
}

#[test]
fn each_has_a_title_and_the_five_sections() {
    for (name, document) in all() {
        assert!(document.title.is_some(), "{name}");
        let mut sections = Vec::new();
        each(&document.blocks, &mut |block| {
            if let Block::Heading { level: 2, text } = block {
                sections.push(plain::inline(text));
            }
        });
        sections.retain(|section| SECTIONS.contains(&section.as_str()));
        assert_eq!(sections, SECTIONS, "{name}");
    }
}

#[test]
fn no_alert_has_two() {
    let mut seen = BTreeSet::new();
    for (name, alerts) in names() {
        for alert in alerts {
            assert!(seen.insert(alert.clone()), "{alert} is in {name} and in another one");
        }
    }
    assert!(seen.contains("HostMemoryHigh"));
}

#[test]
fn each_has_steps_whose_shell_reads_them_and_that_splice_no_value() {
    for (name, document) in all() {
        let steps = steps(&document);
        assert!(!steps.is_empty(), "{name}");
        for Step { text, runs, number, .. } in steps {
            assert!(!text.contains("{{"), "{name}, step {number}: a script reads a value as $MIDWATCH_LABEL_…");
            let Runs::Shell(shell) = runs else { continue };
            let read = Command::new(shell).args(["-n", "-c", text]).output().unwrap();
            let error = String::from_utf8_lossy(&read.stderr);
            assert!(read.status.success() && error.is_empty(), "{name}, step {number}: {error}");
        }
    }
}

#[test]
fn each_link_leads_somewhere_safe() {
    fn look(name: &str, all: &[Inline]) {
        for one in all {
            match one {
                Inline::Link { target, text } => {
                    assert!(target.starts_with("https://"), "{name}: {target}");
                    look(name, text);
                }
                Inline::Strong(inside) | Inline::Emphasis(inside) | Inline::Strike(inside) => look(name, inside),
                _ => {}
            }
        }
    }
    for (name, document) in all() {
        each(&document.blocks, &mut |block| match block {
            Block::Paragraph(text) | Block::Heading { text, .. } => look(name, text),
            Block::Table { head, rows, .. } => rows.iter().chain([head]).flatten().for_each(|cell| look(name, cell)),
            _ => {}
        });
    }
}

#[test]
fn what_is_filled_in_reads_well() {
    let labels = [("instance", "db-2:9100"), ("service", "checkout")].into();
    let filled = fill::fill(markdown::parse(text("memory-leak").unwrap()), &Values { labels, ..Values::default() });
    let words = plain::document(&filled);
    assert!(words.contains("db-2:9100") && !words.contains("{{labels.instance}}"), "{words}");
}
