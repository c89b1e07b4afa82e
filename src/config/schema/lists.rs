//! The sections of a checklist's file, and where in it a key belongs.

use super::{Section, of, section};

/// All of them, in the order in which people read them.
pub const LISTS: [Section; 13] = [
    section("list", "", "Before the first table"),
    section("list.section", "[[section]]", "A part of the list, with a pause behind it"),
    section("list.item", "[[section.item]] or [[item]]", "One thing to look at: a tick, unless it says more"),
    section("list.value", "value = { … }", "A number to enter"),
    section("list.probe.query", "a probe with query", "Metrics"),
    section("list.probe.logs", "a probe with logs", "Log lines, counted"),
    section("list.probe.command", "a probe with command", "A program"),
    section("list.probe.http", "a probe with http", "A request"),
    section("list.probe.certificate", "a probe with certificate", "When a server's certificate ends"),
    section("list.probe.file", "a probe with file", "A file's age and size: one of younger and at_least, or both"),
    section("list.probe.known", "a probe with known", "What midwatch itself knows"),
    section("list.when", "when = { … }", "A condition: one of source, environment, and item with was"),
    section("list.concern", "concern = { … }", "What a failure means, for an assessment"),
];

/// Whether these are sections of a checklist's file.
pub(super) fn is_list(sections: &[&str]) -> bool {
    sections.iter().any(|section| *section == "list" || section.starts_with("list."))
}

/// Where a key of a checklist belongs that does not belong to these sections.
pub(super) fn elsewhere(sections: &[&str], name: &str) -> Option<&'static str> {
    let is_probe = |section: &str| section.starts_with("list.probe");
    let wants_probe = sections.iter().any(|section| is_probe(section));
    let mut others: Vec<&Section> = LISTS.iter().filter(|section| !sections.contains(&section.name)).collect();
    // What stands in a probe is meant for one.
    others.sort_by_key(|section| wants_probe && !is_probe(section.name));
    let found = others.into_iter().find(|section| of(section.name).any(|key| key.name == name))?;
    Some(if found.header.is_empty() {
        "the top of the file, before the first [[section]] or [[item]]"
    } else {
        found.header
    })
}
