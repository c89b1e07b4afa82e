//! Under which condition an item is looked at.

use super::item::Earlier;
use super::text;
use crate::config::reader::{Item, Table};
use crate::domain::checklist::when::Condition;
use crate::domain::checklist::{Item as Asked, ItemId, ItemKind, Outcome, When};

/// A condition.
pub(super) fn when(item: &Item<'_>, earlier: &Earlier<'_>) -> Option<When> {
    let table =
        item.table("a table, such as { source = \"prometheus\" } or { item = \"backup\", was = \"failed\" }")?;
    let not = table.get("not", Item::flag).unwrap_or_default();
    let ways: Vec<(&str, Item<'_>)> =
        table.items().into_iter().filter(|(key, _)| ["source", "environment", "item"].contains(key)).collect();
    let is = match ways.as_slice() {
        [("item", item)] => outcome(&table, item, earlier),
        [(key, item)] => {
            if let Some(was) = table.item("was") {
                was.misplaced("'was' asks how an item went; it stands beside 'item' alone");
            }
            let make = if *key == "source" { Condition::Source } else { Condition::Environment };
            text::line(item, text::WORD).map(make)
        }
        [] => {
            if !table.has_slips(&["list.when"]) {
                table.lacks("a condition has 'source' or 'environment', or 'item' and 'was'");
            }
            None
        }
        [_, (key, second), ..] => {
            second.misplaced(&format!("'{key}' is a second condition; an item has one"));
            None
        }
    };
    table.finish(&["list.when"]);
    Some(When { not, is: is? })
}

/// How an earlier item went.
fn outcome(table: &Table<'_>, item: &Item<'_>, earlier: &Earlier<'_>) -> Option<Condition> {
    let id = item.word()?;
    let Some(at) = earlier.before().iter().position(|known| *known == id) else {
        if earlier.ids.contains(&id.as_str()) {
            let message = format!("'{id}' does not come before this item; only what was looked at already is known");
            item.wrong(&message);
        } else {
            item.misspelt(
                &format!("there is no item {} in this list", item.quote()),
                &id,
                earlier.before().iter().copied(),
            );
        }
        return None;
    };
    let asked = earlier.asked.get(at).and_then(Option::as_ref);
    let choice = match asked {
        Some(Asked { kind: ItemKind::Choice { words, .. }, .. }) => words.as_slice(),
        _ => &[],
    };
    let mut known: Vec<&str> = Outcome::ALL.map(Outcome::word).to_vec();
    known.extend(choice.iter().map(String::as_str));
    let Some(was) = table.item("was") else {
        if !table.has_slips(&["list.when"]) {
            table.lacks("'was' is missing, such as was = \"failed\"");
        }
        return None;
    };
    let word = text::line(&was, text::WORD)?;
    // Of an item that could not be read, the words are not known either.
    if asked.is_some() && !known.contains(&word.as_str()) {
        let message = format!("{} is nothing that '{id}' can be; there are {}", was.quote(), known.join(", "));
        was.misspelt(&message, &word, known);
        return None;
    }
    Some(Condition::Item { item: ItemId::new(&id), was: word })
}
