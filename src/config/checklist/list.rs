//! A list as a whole: what stands before its first item.

use std::path::Path;

use super::{Named, part, schedule, text, words};
use crate::config::reader::{Item, Table};
use crate::config::schema;
use crate::domain::Severity;
use crate::domain::checklist::{Checklist, ChecklistId, Declared};

/// The list that a page holds, and what it names. Whether something is wrong is known by its page.
pub(super) fn list(root: &Table<'_>, file: Option<&Path>) -> (Option<Checklist>, Vec<Named>) {
    let id = need(root, "id", |item| id(item, file));
    let title = need(root, "title", |item| text::line(item, text::TITLE));
    let help = root.get("help", |item| text::block(item, text::HELP)).unwrap_or_default();
    let schedule = root.get("schedule", schedule::schedule);
    let mode = root.get("mode", |item| item.choice("way to go through a list", &words::MODES)).unwrap_or_default();
    let remind = root.item("remind");
    if let Some(item) = remind.as_ref().filter(|_| root.item("schedule").is_none()) {
        item.idle("'remind' does nothing: without 'schedule' no turn is missed");
    }
    let remind = remind.and_then(|item| item.choice("reminder", &words::REMIND));
    let assessment = root.get("assessment", Item::flag).unwrap_or_default();
    let (sections, named) = part::sections(root);
    root.finish(&["list"]);
    let whole = || {
        Some(Checklist {
            id: ChecklistId::new(&id?),
            title: title?,
            help,
            schedule,
            mode,
            remind: remind.unwrap_or(Some(Severity::Low)).filter(|_| schedule.is_some()),
            assessment,
            adopted: file.is_some(),
            sections,
            origin: file.map_or(Declared::Shipped, |_| Declared::File(root.page().place())),
        })
    };
    (whole(), named)
}

/// A key of the root that has to be there. The root has no name by which an example would be found.
fn need<'a, T>(root: &Table<'a>, key: &str, read: impl FnOnce(&Item<'a>) -> Option<T>) -> Option<T> {
    if root.item(key).is_none() {
        let example = schema::of("list").find(|known| known.name == key).map_or("", |known| known.example);
        root.lacks(&format!("'{key}' is missing, such as {key} = {example}"));
    }
    root.get(key, read)
}

/// The id of a list: its file is called like it, so that nobody looks for it in vain.
fn id(item: &Item<'_>, file: Option<&Path>) -> Option<String> {
    let id = text::id(item, "a checklist")?;
    let Some(stem) = file.and_then(|file| file.file_stem()?.to_str()).filter(|stem| *stem != id) else {
        return Some(id);
    };
    let message = format!("the file of the checklist '{id}' is called {id}.toml; rename it, or change its id");
    item.meant(&message, Some(stem).filter(|stem| text::is_id(stem)));
    None
}
