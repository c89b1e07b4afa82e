//! The log lines around the moment the incident began.

use ratatui::text::Line;

use crate::app::Pane;
use crate::domain::Incident;
use crate::theme::Role;
use crate::ui::pane::log_rows::{self, Shown};
use crate::ui::scene::Scene;
use crate::ui::screen::{framed, owned};
use crate::ui::widget::Canvas;

/// Draws the lines before, a divider, and the lines after.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, incident: &Incident) {
    let shown = Shown::here(scene);
    let title = format!("Logs at the start{}", shown.words());
    let mut inner = framed(scene, canvas, Pane::Logs, title, owned(log_rows::info(scene)));
    let mut inner = inner.inset(1);
    let rows = inner.rows().saturating_sub(1);
    let (before, after) = shown.around(scene, incident.since, rows + scene.scrolled(Pane::Logs));
    if before.is_empty() && after.is_empty() {
        let words = format!("no line of about {} UTC is kept", scene.day_hour(incident.since));
        inner.put(0, 0, &scene.line(Role::Dim, words));
        return;
    }
    // A third before, two thirds after; what one side does not need, the other may use.
    let above = before.len().min((rows / 3).max(rows.saturating_sub(after.len())));
    let mut lines: Vec<Line<'_>> =
        before.iter().skip(before.len() - above).map(|kept| log_rows::row(scene, kept, "")).collect();
    lines.push(divider(scene, incident, inner.columns()));
    lines.extend(after.iter().map(|kept| log_rows::row(scene, kept, "")));
    inner.put_all(0, 0, lines.into_iter().skip(scene.scrolled(Pane::Logs)));
}

fn divider<'a>(scene: &Scene<'a>, incident: &Incident, wide: usize) -> Line<'a> {
    let words = format!(" {} the alert began ", Scene::second(incident.since));
    let dash = if scene.theme.is_ascii() { "-" } else { "─" };
    let side = dash.repeat(wide.saturating_sub(words.len()).min(20) / 2);
    let role = Role::of_severity(incident.rated.severity);
    Line::from(scene.strong(role, format!("{side}{words}{side}")))
}

/// The first line after it began.
pub(super) fn first<'a>(scene: &Scene<'a>, incident: &Incident) -> Line<'a> {
    let (before, after) = Shown::here(scene).around(scene, incident.since, 1);
    match after.first().or(before.last()) {
        Some(kept) => log_rows::row(scene, kept, ""),
        None => scene.line(Role::Dim, "no line of that time is kept"),
    }
}
