//! What a line about a walk asks for: the unit and the range of a value, how a walk stands that is signed off.

use crate::app::overlay::{Prompt, Purpose};
use crate::domain::checklist::{Item, ItemKind, Outcome, Walk};
use crate::ui::pane::item_words;
use crate::ui::scene::Scene;

/// What is asked, where more is to be said of it than of any such line.
pub(super) fn asks(scene: &Scene<'_>, prompt: &Prompt) -> Option<String> {
    let (walk, item) = prompt.item.as_ref()?;
    let walk = scene.app.walk(*walk)?;
    let item = item.as_ref().and_then(|item| walk.list.item(item));
    match (prompt.purpose, item) {
        (Purpose::Value, Some(item)) => value(item),
        (Purpose::Skip, Some(item)) if item.blocker => {
            Some("why it is left out; it is a blocker, and stays one".to_owned())
        }
        (Purpose::Fail, Some(item)) => {
            Some(if item.blocker { "what is wrong; it is a blocker".to_owned() } else { "what is wrong".to_owned() })
        }
        (Purpose::SignOff, _) => Some(signed(scene, walk)),
        _ => None,
    }
}

/// `what you read, in %; good is 0 % to 1 %`.
fn value(item: &Item) -> Option<String> {
    let ItemKind::Value { unit, min, max } = &item.kind else { return None };
    let of =
        if unit.is_empty() { "what you read, as a number".to_owned() } else { format!("what you read, in {unit}") };
    Some(match item_words::range(unit, *min, *max) {
        Some(range) => format!("{of}; good is {range}"),
        None => of,
    })
}

/// `the name that the walk is signed off with; 1 failed, 2 not looked at`.
fn signed(scene: &Scene<'_>, walk: &Walk) -> String {
    let asked: Vec<&Item> = walk.list.items().filter(|item| scene.app.applies(walk, item)).collect();
    let so = |outcome: Option<Outcome>| {
        asked.iter().filter(|item| walk.entry(&item.id).and_then(|entry| entry.outcome) == outcome).count()
    };
    let counts =
        [(so(Some(Outcome::Failed)), "failed"), (so(Some(Outcome::Skipped)), "left out"), (so(None), "not looked at")];
    let said: Vec<String> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    let said = if said.is_empty() { format!("all {} done", asked.len()) } else { said.join(", ") };
    format!("the name that the walk is signed off with; {said}")
}
