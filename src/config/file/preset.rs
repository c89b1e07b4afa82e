//! Presets: files that others keep, with runbooks and remedies for everybody.
//!
//! Nothing that is wrong in one keeps midwatch from starting: it is told as a warning, and what it is in is left out.

use std::path::Path;

use super::{remedy, runbook};
use crate::config::diagnostic::Diagnostic;
use crate::config::machine::Machine;
use crate::config::reader::{Item, Mention, Page, Sort, Table};
use crate::config::settings::Settings;
use crate::domain::remediation::Origin;

/// The tables that a preset may hold.
const TABLES: [&str; 3] = ["remedy", "runbook", "runbook_root"];

/// The presets that a configuration names, each once.
pub(super) fn named(root: &Table<'_>) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for item in root.get("presets", |item| item.list("a list of files in quotes")).unwrap_or_default() {
        let Some(path) = item.place() else { continue };
        if path == item.page().place() {
            item.wrong("a configuration is no preset of its own");
        } else if found.iter().any(|before| before.path == path) {
            item.warn("this preset is named already; it is read once");
        } else {
            let message = format!("the preset {} is left out", path.display());
            found.push(item.mentioned(path, Sort::File, &message));
        }
    }
    found
}

/// Adds what a preset holds to the settings. What is wrong in it comes back as warnings, then what it names on disk.
#[must_use]
pub fn preset(file: &Path, text: &str, machine: &Machine, settings: &mut Settings) -> (Vec<Diagnostic>, Vec<Mention>) {
    let (page, root) = Page::open(file, text, &machine.folders.home);
    let table = page.root(&root);
    runbook::runbooks(&table, settings);
    remedy::remedies(&table, &Origin::Preset(page.place()), settings);
    for (name, item) in table.items() {
        if !TABLES.contains(&name) {
            foreign(name, &item);
        }
    }
    let (found, mentions) = page.into_found();
    (found.into_iter().map(Diagnostic::warning).collect(), mentions)
}

fn foreign(name: &str, item: &Item<'_>) {
    let known = super::super::schema::of("").any(|key| key.name == name);
    let message = format!("a preset holds {} and nothing else; '{name}' is left out", TABLES.join(", "));
    if known { item.misplaced(&message) } else { item.unknown(&message, name, TABLES) }
}
