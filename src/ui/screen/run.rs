//! One run of a remedy: what it is, how it stands, and what it says.

mod head;
mod output;

use ratatui::text::Line;

use super::{framed, owned};
use crate::app::Pane;
use crate::domain::remediation::RunId;
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::pane::Pane as Frame;
use crate::ui::widget::{Canvas, canvas::cells};

/// Draws the page.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, id: RunId) {
    let Some(run) = scene.app.run(id) else { return draw_gone(scene, canvas, id) };
    let (width, height) = (canvas.width(), canvas.height());
    if scene.app.full {
        return output::draw(scene, canvas, run);
    }
    if scene.small {
        let lines = head::short(scene, run, canvas.columns().saturating_sub(2));
        let rows = cells(lines.len()).min(height.saturating_sub(1));
        canvas.part(1, 0, width.saturating_sub(2), rows).put_all(0, 0, lines);
        return output::draw(scene, &mut canvas.strip(rows, height.saturating_sub(rows)), run);
    }
    let lines = head::lines(scene, run, canvas.columns().saturating_sub(4));
    let rows = cells(lines.len() + 2).min(height / 2);
    let title = format!("Run {} · {}", id.short(), run.title);
    let mut top = canvas.strip(0, rows);
    let mut inner = Frame::titled(title).draw(scene.theme, &mut top);
    inner.inset(1).put_all(0, 0, lines);
    output::draw(scene, &mut canvas.strip(rows, height.saturating_sub(rows)), run);
}

/// The store keeps no run for ever.
fn draw_gone(scene: &Scene<'_>, canvas: &mut Canvas<'_>, id: RunId) {
    let mut inner = framed(scene, canvas, Pane::Output, format!("Run {}", id.short()), "");
    let lines: Vec<Line<'_>> = crate::ui::widget::text::wrap(
        "This run is not known any more. The journal (8) holds that it was and how it ended.",
        inner.columns().saturating_sub(2),
    )
    .into_iter()
    .map(|words| scene.line(Role::Text, words))
    .collect();
    inner.inset(1).put_all(0, 0, lines);
}
