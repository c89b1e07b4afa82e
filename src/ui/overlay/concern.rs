//! The form of a concern: what a failed item of an assessment means.

use ratatui::layout::Position;
use ratatui::text::Line;

use super::{inner_width, modal};
use crate::app::overlay::ConcernForm;
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, canvas::cells, field, text};

const WIDTH: u16 = 88;
/// How wide the names of the lines are.
const NAME: u16 = 15;

/// Draws the form; returns where the cursor stands.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, form: &ConcernForm) -> Option<Position> {
    let wide = inner_width(canvas, WIDTH);
    let below = below(scene, form, wide);
    let about = if scene.small { Vec::new() } else { vec![about(scene, form), Line::default()] };
    let fields = ConcernForm::FIELDS.len();
    let mut inner = modal(scene, canvas, "Concern", (WIDTH, about.len() + fields + below.len()));
    let top = inner.put_all(0, 0, about);
    // The line at hand is never without room: what stands below it gives way.
    let room = inner.rows().saturating_sub(usize::from(top));
    let shown = fields.min(room.saturating_sub(below.len()).max(1));
    let first = form.field.saturating_sub(shown / 2).min(fields - shown);
    let mut cursor = None;
    for (y, (at, name)) in (top..).zip(ConcernForm::FIELDS.into_iter().enumerate().skip(first).take(shown)) {
        let position = draw_field(scene, &mut inner.strip(y, 1), form, at, name);
        cursor = cursor.or(position);
    }
    inner.put_all(0, top + cells(shown), below);
    cursor
}

fn about<'a>(scene: &Scene<'a>, form: &'a ConcernForm) -> Line<'a> {
    Line::from(scene.strong(Role::Strong, form.title.as_str()))
}

/// What is wrong, and how to go on.
fn below<'a>(scene: &Scene<'a>, form: &ConcernForm, wide: usize) -> Vec<Line<'a>> {
    let problem = form.problem.as_deref().map(|problem| text::wrap(problem, wide)).unwrap_or_default();
    let mut lines: Vec<Line<'_>> = problem.into_iter().map(|words| scene.line(Role::Failed, words)).collect();
    if !scene.small {
        let words = "Tab next line · ← → choose · Enter keeps it · Esc leaves everything as it is";
        lines.push(Line::default());
        lines.extend(text::wrap(words, wide).into_iter().map(|words| scene.line(Role::Dim, words)));
    }
    lines
}

fn draw_field(scene: &Scene<'_>, row: &mut Canvas<'_>, form: &ConcernForm, at: usize, name: &str) -> Option<Position> {
    let active = form.field == at;
    // On a narrow screen the text needs the room more.
    let wide = if row.width() < 60 { NAME.min(row.width() / 3) } else { NAME };
    let name = text::pad(name, usize::from(wide));
    let name = if active { Line::from(scene.strong(Role::Accent, name)) } else { scene.line(Role::Dim, name) };
    row.put(0, 0, &name);
    let x = wide + 1;
    if let Some(entry) = form.texts.get(at) {
        let style = if active { scene.bold(Role::Strong) } else { scene.style(Role::Text) };
        let caret = if active { entry.cursor() } else { 0 };
        return field::field(row, x, 0, entry.text(), caret, style).filter(|_| active);
    }
    let word = match at {
        5 if form.blocker => "yes, nothing is deployed before it is mended",
        5 => "no",
        _ => form.priority.word(),
    };
    let arrows = if active { Role::Accent } else { Role::Dim };
    let chosen = if active { scene.strong(Role::Strong, word) } else { scene.span(Role::Text, word) };
    let line = Line::from_iter([
        scene.span(arrows, format!("{} ", scene.glyph(Glyph::Before))),
        chosen,
        scene.span(arrows, format!(" {}", scene.glyph(Glyph::After))),
    ]);
    row.put(x, 0, &line);
    row.position(x, 0).filter(|_| active)
}
