//! Log lines, the newest lowest, with their pace over the last minutes.

use ratatui::text::Line;

use super::{framed, owned};
use crate::app::Pane;
use crate::theme::{Glyph, Role};
use crate::ui::pane::log_rows::{self, Shown};
use crate::ui::scene::Scene;
use crate::ui::widget::Canvas;

/// Draws the view.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    draw_pane(scene, canvas);
}

/// Draws the lines in their frame.
pub(super) fn draw_pane(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let shown = Shown::here(scene);
    let at = scene.app.logs.at;
    let follows = if at.is_some() { " · stopped" } else { "" };
    let looking = if scene.app.logs.rows.is_looking() { " · looking on" } else { "" };
    let title = format!("Logs{}{follows}{looking}", shown.words());
    let mut inner = framed(scene, canvas, Pane::Logs, title, owned(log_rows::info(scene)));
    let mut inner = inner.inset(1);
    let bars = u16::from(inner.height() >= 6);
    if bars > 0 {
        log_rows::draw_bars(scene, &mut inner.strip(0, 1));
    }
    let height = inner.height().saturating_sub(bars);
    draw_lines(scene, &mut inner.strip(bars, height));
}

fn draw_lines(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let at = scene.app.logs.at;
    // Below the line under the cursor stand a few newer ones, so that it is read in its place.
    let newer = at.map_or(0, |_| u64::try_from(canvas.rows() / 3).unwrap_or(0));
    let lines = Shown::until(scene, at.map(|at| at.saturating_add(newer)), canvas.rows());
    if lines.is_empty() {
        let words = if scene.board.logs().lines().is_empty() {
            "no line yet"
        } else if scene.app.logs.rows.is_looking() {
            "no line so far passes the level or the filter"
        } else {
            "no line passes the level or the filter"
        };
        canvas.put(0, 0, &scene.line(Role::Dim, words));
        return;
    }
    // One bare word of the filter is marked where it stands.
    let search = Some(scene.app.logs.filter_text.as_str()).filter(|text| text.chars().all(char::is_alphanumeric));
    let search = search.unwrap_or_default();
    for (y, (number, kept)) in (0..).zip(lines) {
        let mut row = canvas.strip(y, 1);
        if at != Some(number) {
            row.put(0, 0, &log_rows::row(scene, kept, search));
            continue;
        }
        let mut line = Line::from(scene.span(Role::Accent, scene.glyph(Glyph::Cursor)));
        line.extend(log_rows::row(scene, kept, search).spans);
        row.put(0, 0, &line);
        row.tint(0, scene.style(Role::Selection));
    }
}
