//! The form of a maintenance window: what, when, why, the way back, and what it would do as it stands.

use ratatui::layout::Position;
use ratatui::text::Line;

use super::{inner_width, modal};
use crate::app::overlay::WindowForm;
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, field, text};

const WIDTH: u16 = 84;
/// How wide the names of the fields are.
const NAME: u16 = 10;

/// Draws the form; returns where the cursor stands.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, form: &WindowForm) -> Option<Position> {
    let wide = inner_width(canvas, WIDTH);
    let title = match scene.app.profile.environment.as_deref() {
        Some(environment) => format!("Maintenance · {environment}"),
        None => "Maintenance".to_owned(),
    };
    let preview = preview(scene, form, wide);
    let gap = u16::from(!scene.small);
    let rows = 5 + preview.len() + usize::from(3 * gap);
    let mut inner = modal(scene, canvas, title, (WIDTH, rows));
    let fields = [
        ("service", &form.service),
        ("from", &form.starts),
        ("for/until", &form.ends),
        ("because", &form.reason),
        ("to go back", &form.rollback),
    ];
    // Where there is no room for all, the field with the cursor and those after it are in sight.
    let room = inner.rows();
    let first =
        if room < fields.len() + 1 { form.field.min(fields.len() + 1 - room.clamp(1, fields.len())) } else { 0 };
    let mut cursor = None;
    let mut y = 0;
    for (at, (name, entry)) in fields.into_iter().enumerate().skip(first) {
        let active = form.field == at;
        let name = text::pad(name, usize::from(NAME));
        let name = if active { Line::from(scene.strong(Role::Accent, name)) } else { scene.line(Role::Dim, name) };
        inner.put(0, y, &name);
        let style = if active { scene.bold(Role::Strong) } else { scene.style(Role::Text) };
        let caret = if active { entry.cursor() } else { 0 };
        let position = field::field(&mut inner, NAME + 1, y, entry.text(), caret, style);
        cursor = if active { position } else { cursor };
        y += 1;
    }
    y += gap;
    y = inner.put_all(0, y, preview);
    if gap > 0 {
        let words = "Tab next line · Enter asks once more · Esc leaves everything as it is";
        inner.put(0, y + 1, &scene.line(Role::Dim, words));
    }
    cursor
}

fn preview<'a>(scene: &Scene<'a>, form: &'a WindowForm, wide: usize) -> Vec<Line<'a>> {
    let (role, lines) = match &form.preview {
        Ok(lines) => (Role::Text, lines.clone()),
        Err(problem) => (Role::Failed, vec![problem.clone()]),
    };
    lines.iter().flat_map(|words| text::wrap(words, wide)).map(|words| scene.line(role, words)).collect()
}
