//! What every key of the configuration file means.
//!
//! What lives here: one file for each part of the configuration, from a page to plain options. What must
//! not: opening files, deciding between file and command line ([`super::layers`]), resolving secrets.

mod checklist;
#[cfg(test)]
pub(super) mod example;
mod host;
mod http;
mod logs;
mod matchers;
mod preset;
mod remedy;
mod runbook;
mod secret;
mod service;
mod source;
#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use chrono_tz::Tz;

pub(super) use logs::FORMATS;
pub use preset::preset;

/// What is reached over the network, for whoever else reads addresses.
pub(super) mod access {
    pub(in crate::config) use super::http::{guarded, server};
}
pub(super) use remedy::words;
pub(super) use source::EXTEND;

use super::checklist::offered;
use super::diagnostic::Diagnostic;
use super::machine::Machine;
use super::nearest::nearest_zone;
use super::reader::{Item, Mention, Page, Table};
use super::settings::{Colours, LogLevel, Look, NOTIFY, Settings};
use crate::domain::Severity;
use crate::domain::checklist::ChecklistId;
use crate::domain::remediation::Origin;
use crate::domain::severity::SeverityTable;

/// The themes that ship.
pub const THEMES: [&str; 6] = ["midnight", "daylight", "high-contrast", "colour-blind", "ansi16", "mono"];
/// The keymaps that ship.
pub const KEYMAPS: [&str; 3] = ["default", "vim", "k9s"];

/// What a text comes to, and what is still to be done by whoever opens files.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The settings; without what presets add, and with the shipped checklists as they are.
    pub settings: Settings,
    /// Everything that is wrong in it.
    pub found: Vec<Diagnostic>,
    /// The presets it names, each to be read with [`preset()`].
    pub presets: Vec<Mention>,
    /// What else must be there.
    pub mentions: Vec<Mention>,
    /// The checklists that it adjusts, each with the warning that there is none of that name.
    pub checklists: Vec<(ChecklistId, Diagnostic)>,
}

/// Settings from the text of a file, and everything that is wrong in it. What is wrong or not said is as on a
/// machine without a configuration; the presets it names are not read, and there are no checklists of one's own.
#[must_use]
pub fn read(file: &Path, text: &str, machine: &Machine, own_themes: &[String]) -> (Settings, Vec<Diagnostic>) {
    let Reading { mut settings, mut found, checklists, .. } = reading(file, text, machine, own_themes);
    found.extend(offered::offer(&mut settings, Vec::new(), &[], checklists));
    (settings, found)
}

/// The same with the files that it names.
#[must_use]
pub fn reading(file: &Path, text: &str, machine: &Machine, own_themes: &[String]) -> Reading {
    let mut settings = Settings::default_for(machine);
    let (page, root) = Page::open(file, text, &machine.folders.home);
    let table = page.root(&root);
    top(&table, &mut settings, machine);
    look(&table, &mut settings.look, own_themes);
    table.set("severity", severity, &mut settings.severity);
    let mut sources = source::sources(&table, machine, &settings.severity);
    settings.services = service::services(&table, &mut sources);
    settings.sources =
        sources.into_options().unwrap_or_else(|| super::settings::local_sources(machine, &settings.severity));
    runbook::runbooks(&table, &mut settings);
    remedy::remedies(&table, &Origin::File(page.place()), &mut settings);
    let presets = preset::named(&table);
    settings.presets = presets.iter().map(|mention| mention.path.clone()).collect();
    let (adjusted, checklists) = checklist::adjusted(&table);
    settings.adjusted = adjusted;
    table.finish(&[""]);
    let (found, mentions) = page.into_found();
    Reading { settings, found, presets, mentions, checklists }
}

/// The keys before the first table, but for the screen's.
fn top(table: &Table<'_>, settings: &mut Settings, machine: &Machine) {
    if let Some(name) = table.get("environment", Item::word) {
        settings.store = machine.folders.store_file(Some(&name));
        settings.environment = Some(name);
    }
    table.set("timezone", zone, &mut settings.timezone);
    table.set("read_only", Item::flag, &mut settings.read_only);
    table.set("allow_write", Item::flag, &mut settings.allow_write);
    table.set("group_by", group_by, &mut settings.group_by);
    table.set("keep_resolved", |item| item.span(&within_secs(0, 7 * 86_400)), &mut settings.keep_resolved);
    table.set("log_lines", log_lines, &mut settings.log_lines);
    table.set("log_level", |item| item.choice("log level", &LogLevel::WORDS), &mut settings.log_level);
    if let Some(operator) = table.get("operator", |item| item.table("a table, such as { name = \"ana\" }")) {
        operator.set("name", Item::word, &mut settings.operator);
        operator.finish(&["operator"]);
    }
    if let Some(store) = table.get("store", |item| item.table("a table, such as { url = \"sqlite:midwatch.db\" }")) {
        store.set("url", store_file, &mut settings.store);
        store.finish(&["store"]);
    }
}

/// The keys of the screen.
fn look(table: &Table<'_>, look: &mut Look, own_themes: &[String]) {
    let themes = THEMES.into_iter().chain(own_themes.iter().map(String::as_str));
    table.set("theme", |item| named(item, "theme", themes), &mut look.theme);
    table.set("keymap", |item| named(item, "keymap", KEYMAPS), &mut look.keymap);
    table.set("colors", |item| item.choice("number of colours", &Colours::WORDS), &mut look.colours);
    table.set("ascii", |item| item.flag().map(Some), &mut look.ascii);
    table.set("mouse", Item::flag, &mut look.mouse);
    table.set("bell", Item::flag, &mut look.bell);
    table.set("notify", |item| item.choice("severity", &NOTIFY), &mut look.notify);
}

/// The tables under `[[name]]`.
fn rows<'a>(table: &Table<'a>, name: &str) -> Vec<Table<'a>> {
    table.item(name).map(|item| item.tables()).unwrap_or_default()
}

/// A span between two numbers of seconds.
pub(super) fn within_secs(from: i64, to: i64) -> RangeInclusive<TimeDelta> {
    TimeDelta::seconds(from)..=TimeDelta::seconds(to)
}

fn zone(item: &Item<'_>) -> Option<Tz> {
    let name = item.word()?;
    let zone = name.parse().ok();
    if zone.is_none() {
        item.meant(&format!("{} is no time zone", item.quote()), nearest_zone(&name));
    }
    zone
}

fn group_by(item: &Item<'_>) -> Option<Vec<String>> {
    let labels = item.words()?;
    if labels.is_empty() {
        item.wrong("'group_by' is empty: every alert would be of one incident; name at least one label");
        return None;
    }
    Some(labels)
}

fn log_lines(item: &Item<'_>) -> Option<usize> {
    usize::try_from(item.count(100..=1_000_000)?).ok()
}

fn named<'k>(item: &Item<'_>, what: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    if item.is_table() {
        return item.takes("a name in quotes above the first table");
    }
    let name = item.word()?;
    let list: Vec<&str> = known.into_iter().collect();
    if list.contains(&name.as_str()) {
        return Some(name);
    }
    item.misspelt(
        &format!("unknown {what} {}; there are {}", item.quote(), list.join(", ")),
        &name,
        list.iter().copied(),
    );
    None
}

fn store_file(item: &Item<'_>) -> Option<PathBuf> {
    let url = item.word()?;
    let path = url.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path));
    match path {
        Some(path) if !path.is_empty() && !path.starts_with(':') && !path.contains('?') => {
            Some(item.page().locate(path))
        }
        _ => {
            item.wrong("the store is a file of SQLite; write it as \"sqlite:midwatch.db\"");
            None
        }
    }
}

/// A table of severities on top of the shipped one.
fn severity(item: &Item<'_>) -> Option<SeverityTable> {
    let table = item.table("a table, such as { values = { warning = \"medium\" } }")?;
    let label = table.get("label", Item::word);
    let words: Vec<(&str, Severity)> = Severity::ALL.into_iter().map(|severity| (severity.word(), severity)).collect();
    let values = table.get("values", |item| item.table("a table of words, such as { warning = \"medium\" }"));
    let rows = values.map(|values| values.items()).unwrap_or_default();
    let rows: Vec<(String, Severity)> =
        rows.iter().filter_map(|(word, item)| Some(((*word).to_owned(), item.choice("severity", &words)?))).collect();
    table.finish(&["severity"]);
    Some(SeverityTable::with(label.as_deref(), rows))
}
