//! The back ends: whether they answer, how fast, and what to do where they do not.

use ratatui::text::Line;

use super::{framed, owned};
use crate::app::Pane;
use crate::domain::SourceStatus;
use crate::domain::quantity;
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, age, text};

/// Draws the view.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let summary = scene.board.summary(scene.now);
    let info = format!("{}/{} live", summary.live, summary.sources);
    let mut inner = framed(scene, canvas, Pane::Whole, "Sources", owned(scene.line(Role::Dim, info)));
    if summary.sources == 0 && scene.board.sources().len() == 0 {
        inner.put(1, 0, &scene.line(Role::Stale, "no source is configured"));
        return;
    }
    let chosen = scene.app.sources.key();
    let wide = inner.columns();
    let mut lines: Vec<(Line<'_>, bool)> = Vec::new();
    let mut place = 0;
    for status in scene.board.sources() {
        let is_chosen = Some(&status.name) == chosen;
        if is_chosen {
            place = lines.len();
        }
        lines.push((row(scene, status, is_chosen, wide), is_chosen));
        lines.extend(details(scene, status, wide).into_iter().map(|line| (line, false)));
    }
    let range = super::window(lines.len(), place, inner.rows());
    for (y, (line, is_chosen)) in (0..).zip(lines.get(range).unwrap_or_default()) {
        inner.put(0, y, line);
        if *is_chosen {
            inner.tint(y, scene.style(Role::Selection));
        }
    }
}

fn row<'a>(scene: &Scene<'a>, status: &'a SourceStatus, chosen: bool, wide: usize) -> Line<'a> {
    let health = status.health(scene.now);
    let role = match health {
        health if health.is_missing() => Role::Stale,
        crate::domain::Health::Live => scene.good(),
        _ => Role::Dim,
    };
    let cursor = if chosen { scene.glyph(Glyph::Cursor) } else { " " };
    let state = format!("{} {}", scene.glyph(Glyph::of_health(health)), text::pad(&age::source(status, scene.now), 18));
    let took = status.took.map(|took| quantity::text(Some(took.as_secs_f64()), "s"));
    let mut line = Line::from_iter([
        scene.span(Role::Accent, cursor),
        scene.strong(Role::Text, format!("{} ", text::pad(status.name.as_str(), 16))),
        if health.is_missing() { scene.strong(role, state) } else { scene.span(role, state) },
        scene.span(Role::Dim, format!(" {} ", text::pad(status.kind, 13))),
    ]);
    if wide >= 72 {
        let every = quantity::text(Some(status.every.as_secs_f64()), "s");
        let took = took.map(|took| format!(" · answers in {took}")).unwrap_or_default();
        line.push_span(scene.span(Role::Dim, format!("every {every}{took}")));
    }
    line
}

/// Why it does not answer and what to do, when it is tried again, and what a full answer said beside the data.
fn details<'a>(scene: &Scene<'a>, status: &'a SourceStatus, wide: usize) -> Vec<Line<'a>> {
    let mut said: Vec<(Role, String)> = Vec::new();
    if let Some(failure) = &status.failure {
        said.push((Role::Stale, failure.cause.clone()));
        let mut when = format!("fails since {} UTC", scene.day_hour(failure.since));
        if let Some(answered) = status.answered {
            when = format!("{when} · last answer {} UTC", scene.day_hour(answered));
        }
        if let Some(retry) = failure.retry {
            when = format!("{when} · tried again at {} UTC", Scene::second(retry));
        }
        said.push((Role::Dim, when));
    }
    said.extend(status.notes.iter().map(|note| (Role::Dim, note.clone())));
    let room = wide.saturating_sub(6);
    said.into_iter()
        .flat_map(|(role, words)| text::wrap(&words, room.max(8)).into_iter().map(move |words| (role, words)))
        .map(|(role, words)| scene.line(role, format!("     {words}")))
        .collect()
}
