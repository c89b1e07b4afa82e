//! The list of a walk: every item with its sign and a short value, sections as rules between them.

use ratatui::text::{Line, Span};

use super::framed;
use super::page::Page;
use crate::app::Pane;
use crate::domain::checklist::{Item, Mode};
use crate::theme::{Glyph, Role};
use crate::ui::pane::item_words;
use crate::ui::scene::Scene;
use crate::ui::screen::window;
use crate::ui::widget::{Canvas, canvas::cells, text};

/// What is kept of the frame for how far the walk is, how long it has taken, and what is between.
const PROGRESS: usize = 24;

/// A line of the list.
enum Row<'a> {
    Rule(&'a str),
    Item(usize, &'a Item),
    Completion,
}

/// Draws the list.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, page: &Page<'_>) {
    // How far it is matters more than the end of a long title.
    let room = canvas.columns().saturating_sub(PROGRESS).max(12);
    let title = text::fit(&page.walk.list.title, room).into_owned();
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
                let line = Line::from_iter([
                    scene.span(Role::Faint, "── "),
                    scene.span(Role::Dim, *title),
                    scene.span(Role::Faint, format!(" {}", "─".repeat(dashes))),
                ]);
                strip.put(1, 0, &line);
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
    // What the text leaves free is the value's, and two fifths in any case.
    let free = room.saturating_sub(text::width(&item.text) + 1);
    let value = text::fit_line(&value(scene, page, item), free.max(room * 2 / 5));
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
