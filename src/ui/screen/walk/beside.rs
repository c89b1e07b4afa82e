//! What is before and after the item that is looked at, in a line, where there is no room for the list.

use ratatui::text::{Line, Span};

use super::owned;
use super::page::Page;
use crate::domain::checklist::Item;
use crate::theme::Role;
use crate::ui::pane::item_words;
use crate::ui::scene::Scene;
use crate::ui::widget::text;

/// An item in a line: its sign, its text, its value.
fn small(scene: &Scene<'_>, page: &Page<'_>, item: &Item) -> Line<'static> {
    let mut line = Line::from(item_words::sign_span(scene, page.walk, item));
    line.push_span(scene.span(Role::Dim, format!(" {}", item.text)));
    let value = item_words::short(scene, page.walk, item);
    if text::line_width(&value) > 0 {
        line.push_span("  ");
        line.extend(value.spans);
    }
    owned(line)
}

/// The list in a line: `Weekly review · before: ✓ Error budget · next: · Backups`. How far it is stands in the frame.
pub(super) fn folded(scene: &Scene<'_>, page: &Page<'_>, wide: usize) -> Line<'static> {
    let title = text::fit(&page.walk.list.title, wide / 3).into_owned();
    let mut line = owned(scene.line(Role::Text, title));
    let beside = [("before", page.before(scene)), ("next", page.after(scene))];
    let said: Vec<_> = beside.into_iter().filter_map(|(word, item)| item.map(|item| (word, item))).collect();
    let room = wide.saturating_sub(text::line_width(&line)) / said.len().max(1);
    for (word, item) in said {
        let mut part = Line::from(Span::styled(format!(" · {word}: "), scene.style(Role::Dim)));
        part.extend(small(scene, page, item).spans);
        line.extend(text::fit_line(&part, room).spans);
    }
    line
}

/// What is before, in the first line of a small screen, after how far the walk is.
pub(super) fn before(scene: &Scene<'_>, page: &Page<'_>) -> Line<'static> {
    let (looked_at, of) = page.counted(scene);
    let mut line = owned(scene.line(Role::Text, format!("{looked_at}/{of} ")));
    match page.before(scene) {
        Some(item) => line.extend(small(scene, page, item).spans),
        None => line.push_span(Span::styled(page.walk.list.title.clone(), scene.style(Role::Dim))),
    }
    line
}

/// What is next, in the last line of a small screen.
pub(super) fn after(scene: &Scene<'_>, page: &Page<'_>) -> Line<'static> {
    match (page.after(scene), page.at) {
        (Some(item), _) => {
            let mut line = owned(scene.line(Role::Dim, "next "));
            line.extend(small(scene, page, item).spans);
            line
        }
        (None, Some(_)) => owned(scene.line(Role::Dim, "next: the completion")),
        (None, None) => Line::default(),
    }
}
