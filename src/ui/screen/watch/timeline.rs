//! What was done and noticed of late, newest first.

use ratatui::text::Line;

use super::{framed, owned};
use crate::app::Pane;
use crate::theme::Role;
use crate::ui::pane::journal_rows;
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, text};

/// What is said before anything happened.
const NOTHING: &str = "nothing was done or noticed yet";

/// Draws it in a frame of its own.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let info = if scene.board.journal().is_empty() { "" } else { "newest first" };
    let mut inner = framed(scene, canvas, Pane::Checklists, "Timeline", owned(scene.line(Role::Dim, info)));
    draw_rows(scene, &mut inner.inset(1));
}

/// Draws its rows, scrolled.
pub(super) fn draw_rows(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    if scene.board.journal().is_empty() {
        canvas.put(0, 0, &scene.line(Role::Dim, NOTHING));
        return;
    }
    let rows = canvas.rows();
    let from = scene.scrolled(Pane::Checklists);
    let newest = journal_rows::newest(scene).skip(from).take(rows);
    canvas.put_all(0, 0, newest.map(|row| journal_rows::sentence(scene, row, true)));
}

/// The newest row.
pub(super) fn newest<'a>(scene: &Scene<'a>) -> Option<Line<'a>> {
    journal_rows::newest(scene).next().map(|row| journal_rows::sentence(scene, row, true))
}

/// The newest row, in a line of its own.
pub(super) fn folded<'a>(scene: &Scene<'a>) -> Line<'a> {
    let mut line = Line::from(scene.span(Role::Dim, text::pad("Timeline", 9)));
    match newest(scene) {
        Some(newest) => line.extend(newest.spans),
        None => line.push_span(scene.span(Role::Dim, NOTHING)),
    }
    line
}
