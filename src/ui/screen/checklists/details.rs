//! One checklist: what it is for, when its turn comes, what is in it, how it went of late.

use ratatui::text::Line;

use super::owned;
use crate::app::walks::ListRow;
use crate::domain::age;
use crate::domain::checklist::trend::Day;
use crate::domain::checklist::{Checklist, Declared, Mode};
use crate::theme::{Glyph, Role};
use crate::ui::pane::{days, list_words, schedule};
use crate::ui::scene::Scene;
use crate::ui::widget::flow;

/// How many days the strip shows: eight weeks.
const DAYS: usize = 56;

/// The lines.
pub(super) fn lines(scene: &Scene<'_>, row: &ListRow, wide: usize) -> Vec<Line<'static>> {
    let list = &*row.list;
    let (dim, text) = (scene.style(Role::Dim), scene.style(Role::Text));
    let mut lines = Vec::new();
    if let Some(walk) = row.open.and_then(|id| scene.app.walk(id)) {
        let ago = age::coarse(scene.now - walk.begun);
        let words = format!("{} begun {ago} ago by {}", scene.glyph(Glyph::Begun), walk.by.name);
        lines.extend(flow::plain(scene.bold(Role::Accent), &words, wide));
    }
    let (role, due) = list_words::due(scene, row);
    let when = format!(" · {}", schedule::words(scene, list.schedule));
    let when = if list.schedule.is_some() { when } else { String::new() };
    lines.extend(flow::flow([(scene.style(role), due.as_str()), (text, &when)], wide));
    lines.extend(flow::plain(dim, &list.help, wide));
    lines.push(Line::default());
    lines.extend(flow::plain(text, &contents(row), wide));
    lines.extend(flow::plain(dim, &manner(list), wide));
    lines.extend(late(scene, row, wide));
    lines
}

/// `13 items, 11 asked for here: Logs 3 · Performance 2`.
fn contents(row: &ListRow) -> String {
    let list = &*row.list;
    let count = list.items().count();
    let items = if count == 1 { "1 item".to_owned() } else { format!("{count} items") };
    let items = if row.of < count { format!("{items}, {} asked for here", row.of) } else { items };
    let named = list.sections.iter().filter(|section| !section.title.is_empty());
    let said: Vec<String> = named.map(|section| format!("{} {}", section.title, section.items.len())).collect();
    if said.is_empty() { items } else { format!("{items}: {}", said.join(" · ")) }
}

/// How it is walked, and where it is from.
fn manner(list: &Checklist) -> String {
    let mode = match list.mode {
        Mode::ReadDo => "read an item, then do it",
        Mode::DoVerify => "do, then verify by the list",
    };
    let assessment = if list.assessment { " · an assessment" } else { "" };
    let from = match &list.origin {
        Declared::Shipped => "shipped".to_owned(),
        Declared::File(path) => path.display().to_string(),
    };
    format!("{mode}{assessment} · {from}")
}

/// The last weeks, the last walk, and what failed in it.
fn late(scene: &Scene<'_>, row: &ListRow, wide: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let strip = scene.app.strip(&row.list.id, DAYS);
    // Where nothing was due or walked yet, dots would say nothing.
    if strip.iter().any(|(_, day)| *day != Day::Free) {
        lines.push(Line::default());
        lines.push(owned(days::row(scene, &strip, wide)));
        let legend = days::legend(scene);
        lines.extend(flow::flow(legend.spans.iter().map(|span| (span.style, &*span.content)), wide));
    }
    let Some(last) = &row.last else { return lines };
    lines.push(Line::default());
    let mut said = scene.line(Role::Dim, "last ");
    said.extend(list_words::last(scene, row).spans);
    let (role, kept) = list_words::kept(row);
    if !kept.is_empty() {
        said.push_span(scene.span(role, format!(" · {kept}")));
    }
    lines.extend(flow::flow(said.spans.iter().map(|span| (span.style, &*span.content)), wide));
    let sign = format!("{} ", scene.glyph(Glyph::Lost));
    for failed in &last.failures {
        lines.extend(flow::flow([(scene.style(Role::Failed), sign.as_str()), (scene.style(Role::Text), failed)], wide));
    }
    lines
}
