//! The parameters of a remedy, to be filled in: a line each, and what the one at hand takes.

use ratatui::layout::Position;
use ratatui::text::{Line, Span};

use super::{inner_width, modal};
use crate::app::overlay::{ParamField, ParamForm};
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, canvas::cells, field, flow, text};

const WIDTH: u16 = 80;
/// How many lines the choices may take.
const CHOICES: usize = 3;
/// How wide the names may be.
const NAME: usize = 18;

/// Draws it; returns where the cursor stands.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, form: &ParamForm) -> Option<Position> {
    let wide = inner_width(canvas, WIDTH);
    let here = form.fields.get(form.at);
    let below = here.map(|field| below(scene, field, wide)).unwrap_or_default();
    let gap = usize::from(!scene.small);
    let mut inner = modal(scene, canvas, title(scene, form), (WIDTH, form.fields.len() + gap + below.len()));
    // The line at hand is never without room: what stands below it gives way.
    let fields = form.fields.len().min(inner.rows().saturating_sub(below.len()).max(1));
    let first = form.at.saturating_sub(fields / 2).min(form.fields.len().saturating_sub(fields));
    let name = form.fields.iter().map(|field| text::width(&field.name)).max().unwrap_or(0).min(NAME) + 2;
    let mut cursor = None;
    for (y, (at, field)) in (0..).zip(form.fields.iter().enumerate().skip(first).take(fields)) {
        let position = draw_field(scene, &mut inner.strip(y, 1), field, name, at == form.at);
        cursor = cursor.or(position);
    }
    let y = cells(fields + gap).min(inner.height().saturating_sub(cells(below.len())).max(cells(fields)));
    inner.put_all(0, y, below);
    cursor
}

fn title(scene: &Scene<'_>, form: &ParamForm) -> Line<'static> {
    let mut line = Line::from("Parameters · ");
    if let Some(environment) = &scene.app.profile.environment {
        line.push_span(Span::styled(environment.clone(), scene.bold(Role::High)));
        line.push_span(" · ");
    }
    line.push_span(Span::raw(form.title.clone()));
    line
}

/// What is wrong with the line at hand, what it takes, and how to go on.
fn below(scene: &Scene<'_>, field: &ParamField, wide: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if let Some(problem) = &field.problem {
        lines.extend(flow::plain(scene.style(Role::Failed), problem, wide));
    }
    if !field.choices.is_empty() && (!scene.small || field.entry.text().is_empty()) {
        let words = format!("one of {}", field.choices.join(", "));
        lines.extend(flow::plain(scene.style(Role::Text), &words, wide).into_iter().take(CHOICES));
    }
    if lines.is_empty() || !scene.small {
        lines.extend(flow::plain(scene.style(Role::Dim), &field.help, wide));
    }
    if !scene.small {
        let how = if field.choices.is_empty() { "" } else { "← → choose · " };
        let words = format!("{how}Tab next line · Enter goes on · Esc leaves everything as it is");
        lines.push(Line::default());
        lines.extend(flow::plain(scene.style(Role::Dim), &words, wide));
    }
    lines
}

fn draw_field(
    scene: &Scene<'_>,
    row: &mut Canvas<'_>,
    field: &ParamField,
    name: usize,
    active: bool,
) -> Option<Position> {
    let label = text::pad(&field.name, name.saturating_sub(1));
    let label = if active { Line::from(scene.strong(Role::Accent, label)) } else { scene.line(Role::Dim, label) };
    row.put(0, 0, &label);
    let x = cells(name);
    if field.choices.is_empty() {
        let style = if active { scene.bold(Role::Strong) } else { scene.style(Role::Text) };
        let dots = scene.glyph(Glyph::Hidden).repeat(field.entry.text().chars().count());
        let shown = if field.secret { dots.as_str() } else { field.entry.text() };
        let caret = if active { field.entry.cursor() } else { 0 };
        let position = field::field(row, x, 0, shown, caret, style);
        if field.problem.is_some() {
            mark(scene, row);
        }
        return position.filter(|_| active);
    }
    row.put(x, 0, &choice(scene, field, active));
    if field.problem.is_some() {
        mark(scene, row);
    }
    row.position(x, 0).filter(|_| active)
}

/// What is wrong is seen in the line that is not at hand, too.
fn mark(scene: &Scene<'_>, row: &mut Canvas<'_>) {
    let room = row.width();
    row.put_right(0, &Line::from(scene.strong(Role::Failed, format!(" {}", scene.glyph(Glyph::Lost)))), room);
}

/// `‹ checkout-7 ›  2 of 3`.
fn choice<'a>(scene: &Scene<'a>, field: &ParamField, active: bool) -> Line<'a> {
    let (before, after) = (scene.glyph(Glyph::Before), scene.glyph(Glyph::After));
    let chosen = field.choices.iter().position(|choice| choice == field.entry.text());
    let arrows = if active { Role::Accent } else { Role::Dim };
    let (role, words, place) = match chosen {
        Some(at) => (Role::Strong, field.entry.text().to_owned(), format!("  {} of {}", at + 1, field.choices.len())),
        None => (Role::Dim, "choose".to_owned(), format!("  {} choices", field.choices.len())),
    };
    Line::from_iter([
        scene.span(arrows, format!("{before} ")),
        if active { scene.strong(role, words) } else { scene.span(role, words) },
        scene.span(arrows, format!(" {after}")),
        scene.span(Role::Dim, place),
    ])
}
