//! The filter line: over the last row of the body, so that the list it narrows stays in sight.

use ratatui::layout::Position;

use crate::app::entry::TextEntry;
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, field};

/// Draws the line, and what is wrong with it above it.
pub(super) fn draw(
    scene: &Scene<'_>,
    canvas: &mut Canvas<'_>,
    entry: &TextEntry,
    problem: Option<&str>,
) -> Option<Position> {
    let last = canvas.height().checked_sub(1)?;
    if let (Some(problem), Some(above)) = (problem, last.checked_sub(1)) {
        let mut row = canvas.strip(above, 1);
        row.clear();
        row.put(1, 0, &scene.line(Role::Failed, problem));
        row.tint(0, scene.style(Role::Header));
    }
    let mut row = canvas.strip(last, 1);
    row.clear();
    row.put(1, 0, &scene.line(Role::Accent, "/"));
    let cursor = field::field(&mut row, 3, 0, entry.text(), entry.cursor(), scene.style(Role::Text));
    if entry.text().is_empty() {
        row.put(5, 0, &scene.line(Role::Dim, "service=checkout severity>=high @acked=no @age>10m text"));
    }
    row.tint(0, scene.style(Role::Header));
    cursor
}
