//! Everything of one earlier walk.

use ratatui::text::Line;

use super::{owned, table};
use crate::domain::checklist::{Change, Item, Walk};
use crate::theme::Role;
use crate::ui::pane::item_words;
use crate::ui::scene::Scene;
use crate::ui::widget::{flow, text};

/// The walk, item by item, with what was entered, found and written.
pub(super) fn lines(scene: &Scene<'_>, walk: &Walk, wide: usize) -> Vec<Line<'static>> {
    let (dim, strong) = (scene.style(Role::Dim), scene.bold(Role::Strong));
    let signed = walk.ended.as_ref().filter(|end| end.completed).map(|end| format!(" · signed {}", end.sign));
    let head = format!("{} by {}", table::date(scene, walk), walk.by.name);
    let mut lines = flow::flow([(strong, head.as_str()), (dim, &signed.unwrap_or_default())], wide);
    let outcome = table::outcome(scene, walk);
    lines.extend(flow::flow(outcome.spans.iter().map(|span| (span.style, &*span.content)), wide));
    let left = walk.updates().iter().filter_map(|update| match &update.change {
        Change::Interrupted { by, .. } if by.is_empty() => Some(("left", update.at)),
        Change::Interrupted { by, .. } => Some((by.as_str(), update.at)),
        _ => None,
    });
    for (by, at) in left {
        let words = format!("interrupted {} UTC by {by}", scene.day_hour(at));
        lines.extend(flow::plain(scene.style(Role::Stale), &words, wide));
    }
    for section in &walk.list.sections {
        lines.push(Line::default());
        if !section.title.is_empty() {
            lines.push(owned(scene.line(Role::Dim, section.title.clone())));
        }
        lines.extend(section.items.iter().flat_map(|item| of_item(scene, walk, item, wide)));
    }
    lines
}

fn of_item(scene: &Scene<'_>, walk: &Walk, item: &Item, wide: usize) -> Vec<Line<'static>> {
    let entry = walk.entry(&item.id);
    let (glyph, role) = item_words::sign(scene, walk, item);
    let said = entry.and_then(|entry| item_words::found(item, entry));
    let said = said.or_else(|| (!scene.app.applies(walk, item)).then(|| item_words::not_asked(item)));
    let by = entry.and_then(|entry| entry.by.as_ref()).filter(|(by, _)| by.name != walk.by.name);
    let by = by.map(|(by, _)| format!(" · {}", by.name)).unwrap_or_default();
    let said = said.map(|said| format!("  {said}")).unwrap_or_default();
    let sign = format!("{} ", scene.glyph(glyph));
    let pieces = [
        (scene.style(role), sign.as_str()),
        (scene.style(Role::Text), item.text.as_str()),
        (scene.style(Role::Dim), &said),
        (scene.style(Role::Owned), &by),
    ];
    let mut lines = flow::flow(pieces, wide);
    let note = entry.map(|entry| entry.note.as_str()).unwrap_or_default();
    let followed = entry.map(|entry| entry.followed.as_slice()).unwrap_or_default();
    let more = std::iter::once(note).filter(|note| !note.is_empty()).chain(followed.iter().map(String::as_str));
    for words in more {
        let wrapped = text::wrap(words, wide.saturating_sub(4));
        lines.extend(wrapped.into_iter().map(|words| owned(scene.line(Role::Dim, format!("  {words}")))));
    }
    lines
}
