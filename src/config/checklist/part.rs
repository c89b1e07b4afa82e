//! The sections of a list, or its items where it has none.

use super::item::{Earlier, item};
use super::{Named, named, text};
use crate::config::reader::{Item, Table};
use crate::domain::checklist::{Item as Asked, Section};

/// The most sections of a list.
const MOST_SECTIONS: usize = 40;
/// The most items of a list.
const MOST_ITEMS: usize = 200;
/// How many items somebody goes through without a pause.
const WITHOUT_PAUSE: usize = 9;

/// A section before its items are read.
struct Part<'a> {
    title: String,
    help: String,
    items: Vec<Table<'a>>,
}

/// The sections of a page, and what their items name.
pub(super) fn sections(root: &Table<'_>) -> (Vec<Section>, Vec<Named>) {
    let parts = match (root.item("section"), root.item("item")) {
        (Some(sections), None) => parts(&sections),
        (None, Some(items)) => vec![alone(&items)],
        (Some(sections), Some(items)) => {
            let later = if sections.at().start < items.at().start { items } else { sections };
            later.misplaced("a checklist has [[section]] or [[item]] at its top, not both; write [[section.item]]");
            Vec::new()
        }
        (None, None) => {
            if !root.has_slips(&["list"]) {
                root.lacks("this checklist has no item; write [[item]], or [[section]] and [[section.item]]");
            }
            Vec::new()
        }
    };
    let all = parts.iter().map(|part| part.items.len()).sum::<usize>();
    if all > MOST_ITEMS {
        root.wrong(&format!("this checklist has {all} items; there may be {MOST_ITEMS}: make several of it"));
        return (Vec::new(), Vec::new());
    }
    read(parts)
}

/// The items of a list without sections.
fn alone<'a>(items: &Item<'a>) -> Part<'a> {
    let tables = items.tables();
    if tables.len() > WITHOUT_PAUSE {
        items.idle(&too_long(tables.len()));
    }
    Part { title: String::new(), help: String::new(), items: tables }
}

fn too_long(count: usize) -> String {
    format!(
        "{count} items without a pause are hard to keep in mind; {WITHOUT_PAUSE} at most are better: make sections of them"
    )
}

fn parts<'a>(sections: &Item<'a>) -> Vec<Part<'a>> {
    let tables = sections.tables();
    if tables.len() > MOST_SECTIONS {
        sections.wrong(&format!("there may be {MOST_SECTIONS} sections; make several checklists of this one"));
        return Vec::new();
    }
    tables.iter().map(part).collect()
}

fn part<'a>(table: &Table<'a>) -> Part<'a> {
    let title = table.need("title", |item| text::line(item, text::TITLE)).unwrap_or_default();
    let help = table.get("help", |item| text::block(item, text::HELP)).unwrap_or_default();
    let items = table.item("item").map(|item| item.tables()).unwrap_or_default();
    table.finish(&["list.section"]);
    if items.is_empty() && table.item("item").is_none_or(|item| item.is_list()) && !table.has_slips(&["list.section"]) {
        table.lacks("this section has no item; write [[section.item]] below it");
    }
    if items.len() > WITHOUT_PAUSE {
        table.warn(&too_long(items.len()));
    }
    Part { title, help, items }
}

/// Reads the items of all sections; a condition is read from those before it.
fn read(parts: Vec<Part<'_>>) -> (Vec<Section>, Vec<Named>) {
    let tables = || parts.iter().flat_map(|part| &part.items);
    let ids: Vec<&str> =
        tables().map(|table| table.item("id").and_then(|id| id.as_text()).unwrap_or_default().trim()).collect();
    let named = tables().flat_map(named::of).collect();
    let mut asked: Vec<Option<Asked>> = Vec::new();
    for table in tables() {
        let one = item(table, &Earlier { ids: &ids, asked: &asked });
        asked.push(one);
    }
    let mut rest = asked.into_iter();
    let mut section = |part: Part<'_>| Section {
        items: rest.by_ref().take(part.items.len()).flatten().collect(),
        title: part.title,
        help: part.help,
    };
    (parts.into_iter().map(&mut section).collect(), named)
}
