//! One item of a list.

use super::{choice, concern, probe, text, when, words};
use crate::config::file::access;
use crate::config::reader::{Item, Table};
use crate::domain::checklist::item::Opens;
use crate::domain::checklist::{Item as Asked, ItemId, ItemKind};
use crate::domain::remediation::RemedyId;

/// What stands before an item in its list.
pub(super) struct Earlier<'e> {
    /// The ids of all items of the list, in their order, as they are written.
    pub ids: &'e [&'e str],
    /// The items before this one; `None` for one that could not be read.
    pub asked: &'e [Option<Asked>],
}

impl Earlier<'_> {
    /// Which item of the list this one is.
    pub(super) fn at(&self) -> usize {
        self.asked.len()
    }

    /// The ids of the items before this one.
    pub(super) fn before(&self) -> &[&str] {
        self.ids.get(..self.at()).unwrap_or_default()
    }
}

/// One item. Whether something is wrong with it is known by its page.
pub(super) fn item(table: &Table<'_>, earlier: &Earlier<'_>) -> Option<Asked> {
    let id = table.need("id", |item| id(item, earlier));
    let words = table.need("text", |item| text::line(item, text::TEXT));
    let help = table.get("help", |item| text::block(item, text::HELP));
    let probe = table.get("probe", probe::probe);
    let kind = choice::kind(table, table.item("probe").is_some());
    let open = table.get("open", |item| item.choice("view", &Opens::WORDS));
    let link = table.get("link", link);
    let when = table.get("when", |item| when::when(item, earlier));
    let blocker = table.get("blocker", Item::flag).unwrap_or_default();
    let note = table.get("note", |item| item.choice("time for a note", &words::NOTES)).unwrap_or_default();
    let owner = table.get("owner", |item| text::line(item, text::WORD)).unwrap_or_default();
    let remedy = table.get("remedy", |item| text::id(item, "a remedy")).map(|id| RemedyId::new(&id));
    let concern = table.get("concern", concern::hint);
    table.finish(&["list.item"]);
    if table.item("help").is_none() && !table.has_slips(&["list.item"]) {
        table.warn("this item has no 'help'; say what good looks like, and what to do if it does not");
    }
    let (id, help) = (ItemId::new(&id?), help.unwrap_or_default());
    let kind: ItemKind = kind?;
    Some(Asked { id, text: words?, help, kind, probe, open, link, when, blocker, note, owner, remedy, concern })
}

fn id(item: &Item<'_>, earlier: &Earlier<'_>) -> Option<String> {
    let id = text::id(item, "an item")?;
    if earlier.before().contains(&id.as_str()) {
        item.wrong(&format!("there is an item '{id}' already; an id is given once in a list"));
        return None;
    }
    Some(id)
}

fn link(item: &Item<'_>) -> Option<String> {
    text::exact(item, text::LONG)?;
    access::guarded(item, "an address such as \"https://wiki.example/backups\"", "links are written without it")
}
