//! What is answered: a tick, a number, a word.

use super::text;
use crate::config::reader::{Item, Table};
use crate::domain::checklist::ItemKind;

/// The most words of a choice.
const MOST: usize = 12;

/// What an item asks for.
pub(super) fn kind(table: &Table<'_>, has_probe: bool) -> Option<ItemKind> {
    let (value, choice, good) = (table.item("value"), table.item("choice"), table.item("good"));
    if let (Some(good), None) = (&good, &choice) {
        good.misplaced("'good' names words of a 'choice', and there is none");
    }
    match (value, choice) {
        (Some(value), Some(choice)) => {
            let later = if value.at().start < choice.at().start { choice } else { value };
            later.misplaced("an item asks for one thing: 'value' or 'choice'; write two items");
            None
        }
        (Some(value), None) => number(&value),
        (None, Some(choice)) => words(&choice, good.as_ref()),
        (None, None) => Some(if has_probe { ItemKind::Probe } else { ItemKind::Tick }),
    }
}

fn number(item: &Item<'_>) -> Option<ItemKind> {
    let table = item.table("a table, such as { unit = \"%\", max = 80 }")?;
    let unit = table.get("unit", unit).unwrap_or_default();
    let [min, max] = ["min", "max"].map(|key| table.get(key, Item::number));
    table.finish(&["list.value"]);
    if let (Some(min), Some(max), Some(item)) = (min, max, table.item("max"))
        && min > max
    {
        item.wrong("'max' is less than 'min': no number would be good");
    }
    Some(ItemKind::Value { unit, min, max })
}

/// The unit of numbers.
pub(super) fn unit(item: &Item<'_>) -> Option<String> {
    text::line(item, text::UNIT)
}

fn words(item: &Item<'_>, good: Option<&Item<'_>>) -> Option<ItemKind> {
    let rows = item.list("a list of words, such as [\"green\", \"amber\", \"red\"]")?;
    if !(2..=MOST).contains(&rows.len()) {
        item.wrong(&format!("a choice is between 2 to {MOST} words"));
        return None;
    }
    let mut words: Vec<String> = Vec::new();
    for row in &rows {
        let Some(word) = text::line(row, text::WORD) else { continue };
        if words.contains(&word) {
            row.wrong("this word stands there already");
        } else {
            words.push(word);
        }
    }
    let first = || words.iter().take(1).cloned().collect();
    let good = good.map_or_else(|| Some(first()), |item| among(item, &words))?;
    Some(ItemKind::Choice { words, good })
}

/// The good words of a choice.
fn among(item: &Item<'_>, words: &[String]) -> Option<Vec<String>> {
    let rows = item.list("a list of words, such as [\"green\"]")?;
    if rows.is_empty() {
        item.wrong("'good' is empty: no answer would be good");
    }
    let mut good: Vec<String> = Vec::new();
    for row in &rows {
        let Some(word) = text::line(row, text::WORD) else { continue };
        if words.contains(&word) {
            good.push(word);
        } else {
            let known = || words.iter().map(String::as_str);
            let message = format!("{} is no word of this choice; there are {}", row.quote(), words.join(", "));
            row.misspelt(&message, &word, known());
        }
    }
    Some(good)
}
