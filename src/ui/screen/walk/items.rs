//! The list of a walk: every item with its sign and a short value, sections as rules between them; and the same
//! folded to a line.

use ratatui::text::{Line, Span};

use super::page::Page;
use super::{framed, owned};
use crate::app::Pane;
use crate::domain::checklist::{Item, Mode};
use crate::theme::{Glyph, Role};
use crate::ui::pane::item_words;
use crate::ui::scene::Scene;
use crate::ui::screen::window;
use crate::ui::widget::{Canvas, canvas::cells, text};

/// A line of the list.
enum Row<'a> {
    Rule(&'a str),
    Item(usize, &'a Item),
    Completion,
}

/// Draws the list.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, page: &Page<'_>) {
    let title = page.walk.list.title.clone();
    let mut inner = framed(scene, canvas, Pane::Items, title, page.progress(scene));
    let rows = rows(page);
    let is_here = |row: &Row<'_>| match row {
        Row::Item(at, _) => page.at == Some(*at),
        Row::Completion => page.at.is_none(),
        Row::Rule(_) => false,
    };
    let place = rows.iter().position(is_here).unwrap_or(0);
    let range = window(rows.len(), place, inner.rows());
    for (y, row) in (0..).zip(rows.get(range).unwrap_or_default()) {
        let mut strip = inner.strip(y, 1);
        match row {
            Row::Rule(title) => {
                let dashes = strip.columns().saturating_sub(text::width(title) + 5);
                let line = [scene.span(Role::Faint, "── "), scene.span(Role::Dim, *title)];
                let rest = scene.span(Role::Faint, format!(" {}", "─".repeat(dashes)));
                strip.put(1, 0, &Line::from_iter(line.into_iter().chain([rest])));
            }
            Row::Completion => {
                let sign = if page.at.is_none() { Glyph::Running } else { Glyph::Waiting };
                let role = if page.at.is_none() { Role::Strong } else { Role::Dim };
                strip.put(1, 0, &scene.line(Role::Accent, scene.glyph(sign)));
                let words = if page.walk.is_open() { "Completion" } else { "How it ended" };
                let line =
                    if page.at.is_none() { Line::from(scene.strong(role, words)) } else { scene.line(role, words) };
                strip.put(3, 0, &line);
            }
            Row::Item(at, item) => draw_item(scene, &mut strip, page, *at, item),
        }
        if is_here(row) {
            strip.tint(0, scene.style(Role::Selection));
        }
    }
}

fn rows<'a>(page: &Page<'a>) -> Vec<Row<'a>> {
    let (mut rows, mut at) = (Vec::new(), 0);
    for section in &page.walk.list.sections {
        if !section.title.is_empty() {
            rows.push(Row::Rule(&section.title));
        }
        for item in &section.items {
            rows.push(Row::Item(at, item));
            at += 1;
        }
    }
    rows.push(Row::Completion);
    rows
}

fn draw_item(scene: &Scene<'_>, strip: &mut Canvas<'_>, page: &Page<'_>, at: usize, item: &Item) {
    let here = page.at == Some(at);
    let sign = item_words::sign_span(scene, page.walk, item);
    // What was said of the item that is looked at is seen beside it.
    let sign = if here { scene.span(Role::Accent, scene.glyph(Glyph::Running)) } else { sign };
    strip.put(1, 0, &Line::from(sign));
    let room = strip.columns().saturating_sub(4);
    let value = text::fit_line(&value(scene, page, item), room * 2 / 5);
    let taken = text::line_width(&value);
    let wide = room.saturating_sub(if taken > 0 { taken + 1 } else { 0 });
    strip.part(3, 0, cells(wide), 1).put(0, 0, &Line::from(name(scene, page, at, item)));
    let whole = strip.width().saturating_sub(1);
    strip.part(0, 0, whole, 1).put_right(0, &value, cells(taken));
}

/// Its text: bold where the operator stands, dim where it is done, does not apply, or is not yet to be read.
fn name<'a>(scene: &Scene<'a>, page: &Page<'a>, at: usize, item: &'a Item) -> Span<'a> {
    if page.at == Some(at) {
        return scene.strong(Role::Strong, item.text.as_str());
    }
    let not_yet = page.walk.list.mode == Mode::ReadDo && page.at.is_some_and(|here| at > here);
    let open = page.outcome(item).is_none() && scene.app.applies(page.walk, item);
    scene.span(if open && !not_yet { Role::Text } else { Role::Dim }, item.text.as_str())
}

fn value<'a>(scene: &Scene<'a>, page: &Page<'a>, item: &Item) -> Line<'a> {
    let mut line = item_words::short(scene, page.walk, item);
    if let Some(by) = item_words::by_another(scene, page.walk.entry(&item.id)) {
        let gap = if line.spans.iter().all(|span| span.content.is_empty()) { "" } else { " · " };
        line.push_span(scene.span(Role::Owned, format!("{gap}{by}")));
    }
    line
}

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

/// The list in a line: `3 of 7 · before: ✓ Error budget · next: · Backups`.
pub(super) fn folded(scene: &Scene<'_>, page: &Page<'_>, wide: usize) -> Line<'static> {
    let (looked_at, of) = page.counted(scene);
    let title = text::fit(&page.walk.list.title, wide / 4).into_owned();
    let mut line = owned(scene.line(Role::Text, format!("{title} {looked_at} of {of}")));
    let beside = [("before", page.before(scene)), ("next", page.after(scene))];
    let said: Vec<_> = beside.into_iter().filter_map(|(word, item)| item.map(|item| (word, item))).collect();
    let room = wide.saturating_sub(text::line_width(&line)) / said.len().max(1);
    for (word, item) in said {
        let part =
            Line::from_iter(std::iter::once(Span::raw(format!(" · {word}: "))).chain(small(scene, page, item).spans));
        let mut part = text::fit_line(&part, room);
        if let Some(first) = part.spans.first_mut() {
            first.style = scene.style(Role::Dim);
        }
        line.extend(part.spans);
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
