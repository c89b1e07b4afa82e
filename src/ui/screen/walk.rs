//! A walk: the list on the left, one item large on the right with its evidence; at its end the completion.
//!
//! What lives here: which parts are drawn where. What must not: what an item's words are, which is `ui::pane`'s.

mod about;
mod beside;
mod completion;
mod concerns;
mod evidence;
mod item;
mod items;
mod page;
mod past;
mod probe;
mod said;

use ratatui::text::Line;

use super::{framed, owned, scrolling};
use crate::app::Pane;
use crate::domain::checklist::WalkId;
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, text};
use page::Page;

/// From this width on the list stands beside the item.
const TWO_COLUMNS: u16 = 100;

/// Draws a walk.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, id: WalkId) {
    let Some(page) = Page::of(scene, id) else { return draw_gone(scene, canvas, id) };
    let (width, height) = (canvas.width(), canvas.height());
    if scene.app.full && scene.app.focus == Pane::Items {
        items::draw(scene, canvas, &page);
    } else if scene.app.full {
        draw_stop(scene, canvas, &page, page.schedule(scene));
    } else if scene.small {
        draw_small(scene, canvas, &page);
    } else if width >= TWO_COLUMNS {
        let left = (width * 2 / 5).clamp(40, 72);
        items::draw(scene, &mut canvas.part(0, 0, left, height), &page);
        draw_stop(scene, &mut canvas.part(left, 0, width - left, height), &page, page.schedule(scene));
    } else {
        canvas.put(1, 0, &beside::folded(scene, &page, canvas.columns().saturating_sub(2)));
        // Where the list is not beside it, the frame says how far the walk is.
        draw_stop(scene, &mut canvas.strip(1, height.saturating_sub(1)), &page, page.progress(scene));
    }
}

fn draw_stop(scene: &Scene<'_>, canvas: &mut Canvas<'_>, page: &Page<'_>, info: Line<'static>) {
    let title = match page.item() {
        Some((at, item)) => format!("{} · {}", at + 1, item.text),
        None => "Completion".to_owned(),
    };
    let mut inner = framed(scene, canvas, Pane::Item, title, info);
    let mut inner = inner.inset(2);
    let (wide, rows) = (inner.columns(), inner.rows());
    let lines = match page.item() {
        Some((_, item)) => item::lines(scene, page, item, wide, rows),
        None => completion::lines(scene, page, wide),
    };
    scrolling(scene, &mut inner, lines, scene.scrolled(Pane::Item));
}

/// The item alone, with a line for what is before it and one for what is next.
fn draw_small(scene: &Scene<'_>, canvas: &mut Canvas<'_>, page: &Page<'_>) {
    let (width, height) = (canvas.width(), canvas.height());
    let rows = u16::from(height >= 5);
    let mut middle = canvas.part(1, rows, width.saturating_sub(2), height.saturating_sub(2 * rows));
    let wide = middle.columns();
    let lines = match page.item() {
        Some((_, item)) => item::compact(scene, page, item, wide),
        None => completion::lines(scene, page, wide),
    };
    scrolling(scene, &mut middle, lines, scene.scrolled(Pane::Item));
    if rows > 0 {
        canvas.put(1, 0, &beside::before(scene, page));
        canvas.put(1, height - 1, &beside::after(scene, page));
    }
}

/// A walk that is on its way, or that nobody knows any more.
fn draw_gone(scene: &Scene<'_>, canvas: &mut Canvas<'_>, id: WalkId) {
    let words = if scene.app.walks.expected == Some(id) {
        "The walk begins when the store has it."
    } else {
        "This walk is not known here: it may have ended meanwhile. The history of its list (t in 5 Checklists) holds it."
    };
    let mut inner = framed(scene, canvas, Pane::Item, "Walk", "");
    let lines = text::wrap(words, inner.columns().saturating_sub(2));
    let lines: Vec<Line<'_>> = lines.into_iter().map(|words| scene.line(Role::Text, words)).collect();
    inner.inset(1).put_all(0, 0, lines);
}
