//! Remedies, requests and runs on the left; runbooks, gaps and steps that were wrong on the right.

mod list;
mod shelf;

use ratatui::text::Line;

use crate::app::Pane;
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, text};

/// From this width on the panes stand side by side.
const TWO_COLUMNS: u16 = 100;

/// Draws the view.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let (width, height) = (canvas.width(), canvas.height());
    let focus = scene.app.focus;
    if scene.app.full || scene.small {
        return draw_pane(scene, canvas, focus);
    }
    if width >= TWO_COLUMNS {
        let left = width * 3 / 5;
        draw_pane(scene, &mut canvas.part(0, 0, left, height), Pane::Remedies);
        return draw_pane(scene, &mut canvas.part(left, 0, width - left, height), Pane::Runbooks);
    }
    let other = if focus == Pane::Runbooks { Pane::Remedies } else { Pane::Runbooks };
    let open = height.saturating_sub(1);
    draw_pane(scene, &mut canvas.strip(0, open), focus);
    canvas.put(1, open, &fold(scene, other));
}

fn draw_pane(scene: &Scene<'_>, canvas: &mut Canvas<'_>, pane: Pane) {
    if pane == Pane::Runbooks { shelf::draw(scene, canvas) } else { list::draw(scene, canvas) }
}

/// A pane in one line.
fn fold<'a>(scene: &Scene<'a>, pane: Pane) -> Line<'a> {
    let (name, words) = if pane == Pane::Runbooks {
        ("Runbooks", shelf::summary(scene, &scene.app.shelf()))
    } else {
        ("Remedies", list::summary(scene))
    };
    Line::from_iter([scene.span(Role::Dim, text::pad(name, 10)), scene.span(Role::Text, words)])
}
