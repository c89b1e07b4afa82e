//! What earlier walks say of an item, and what interrupted this one.

use ratatui::text::Line;

use super::page::Page;
use crate::app::checklists::Interruption;
use crate::domain::age;
use crate::domain::checklist::{Change, Entry, Item};
use crate::theme::Role;
use crate::ui::pane::past as words;
use crate::ui::scene::Scene;
use crate::ui::widget::flow;

/// How many earlier walks are looked at.
const MOST: usize = 4;

/// `last four  ● ● ◆ ●  now ◆   180 ms → 312 ms · +73 %`.
pub(super) fn lines(scene: &Scene<'_>, page: &Page<'_>, item: &Item, wide: usize) -> Vec<Line<'static>> {
    let list = &page.walk.list.id;
    let mut past = scene.app.past_of(list, &item.id, MOST + 1);
    // The one that is open was begun like the others, and is no earlier one.
    past.retain(|past| past.walk != page.walk.id);
    past.drain(..past.len().saturating_sub(MOST));
    let dim = scene.style(Role::Dim);
    if past.is_empty() {
        let (role, words) = match scene.app.walks.past.get(list) {
            None => (Role::Dim, "earlier walks are being read".to_owned()),
            Some(Ok(_)) => (Role::Dim, "no earlier walk".to_owned()),
            Some(Err(why)) => (Role::Stale, format!("earlier walks are not known: {why}")),
        };
        return flow::plain(scene.style(role), &words, wide);
    }
    let label = ["", "last", "last two", "last three", "last four"].get(past.len()).copied().unwrap_or("last");
    let mut line = scene.line(Role::Dim, format!("{label}   "));
    line.extend(words::signs(scene, &past).spans);
    let entry = page.walk.entry(&item.id);
    if let Some(outcome) = page.outcome(item) {
        line.push_span(scene.span(Role::Dim, "   now "));
        line.push_span(words::sign(scene, Some(outcome)));
    }
    let numbers = words::numbers(&past, words::unit(item), entry.and_then(Entry::number));
    let numbers = numbers.map(|numbers| format!("   {numbers}")).unwrap_or_default();
    let pieces = line.spans.iter().map(|span| (span.style, &*span.content));
    flow::flow(pieces.chain([(dim, numbers.as_str())]), wide)
}

/// What interrupted the walk last.
pub(super) fn interrupted(scene: &Scene<'_>, page: &Page<'_>, wide: usize) -> Vec<Line<'static>> {
    let Some(last) = scene.app.interruptions(page.walk).pop() else { return Vec::new() };
    let by = if last.by.is_empty() { String::new() } else { format!(" by {}", last.by) };
    let from = scene.day_hour(last.from);
    let words = match last.until {
        None => format!("interrupted since {from} UTC{by}"),
        Some(until) if resumed_here(page, &last) => {
            let ago = age::coarse(scene.now - last.from);
            format!("interrupted {ago} ago{by}, {from}–{} UTC, resumed here", scene.day_hour(until))
        }
        Some(until) => format!("interrupted {from}–{} UTC{by}, resumed", scene.day_hour(until)),
    };
    flow::plain(scene.style(Role::Stale), &words, wide)
}

/// Whether nothing was said since the walk was gone on with: then it is what must be told first.
pub(super) fn is_resumed_here(scene: &Scene<'_>, page: &Page<'_>) -> bool {
    scene.app.interruptions(page.walk).pop().is_some_and(|last| resumed_here(page, &last))
}

fn resumed_here(page: &Page<'_>, last: &Interruption) -> bool {
    let Some(until) = last.until else { return false };
    let says =
        |change: &Change| !matches!(change, Change::Resumed | Change::Interrupted { .. } | Change::Evidence { .. });
    !page.walk.updates().iter().any(|update| update.at > until && says(&update.change))
}
