//! A list to choose from.

use ratatui::text::Line;

use super::modal;
use crate::app::overlay::{Menu, MenuRow};
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, canvas::cells, text};

/// How wide it wants to be, and how many rows at most.
const WIDTH: u16 = 76;
const ROWS: usize = 20;
/// The least room in which what is said beside a row is begun.
const LEAST: u16 = 10;

/// Draws the rows around the one that is highlighted, and how many there are beyond the edge.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, menu: &Menu) {
    let count = menu.rows.len();
    let mut inner = modal(scene, canvas, menu.title.clone(), (WIDTH, count.clamp(1, ROWS)));
    if count == 0 {
        inner.put(0, 0, &scene.line(Role::Dim, "there is nothing to choose from"));
        return;
    }
    let rows = inner.rows();
    let first = menu.at.saturating_sub(rows / 2).min(count.saturating_sub(rows));
    for (y, (at, row)) in (0..inner.height()).zip(menu.rows.iter().enumerate().skip(first)) {
        draw_row(scene, &mut inner.strip(y, 1), row, at == menu.at);
    }
}

fn draw_row(scene: &Scene<'_>, row: &mut Canvas<'_>, menu: &MenuRow, chosen: bool) {
    let width = row.width();
    // What is said beside it gives way: what is chosen must be read. A part of it says more than nothing.
    let room = width.saturating_sub(cells(text::width(&menu.words)) + 4);
    let beside = cells(text::width(&menu.info)).min(room);
    let beside = if beside < LEAST.min(cells(text::width(&menu.info))) { 0 } else { beside };
    let style = if chosen { scene.bold(Role::Strong) } else { scene.style(Role::Text) };
    if chosen {
        row.put(0, 0, &scene.line(Role::Accent, scene.glyph(Glyph::Cursor)));
    }
    row.part(2, 0, width.saturating_sub(beside + 3), 1).put(0, 0, &Line::styled(menu.words.as_str(), style));
    row.put_right(0, &scene.line(Role::Dim, menu.info.as_str()), beside);
    if chosen {
        row.tint(0, scene.style(Role::Selection));
    }
}
