//! The command palette: type what to do; the keys that do it stand beside.

use ratatui::layout::Position;
use ratatui::text::{Line, Span};

use super::modal;
use crate::app::overlay::{Choice, Palette};
use crate::theme::{Glyph, Role};
use crate::ui::footer;
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, canvas::cells, field, text};

/// How wide and how high it wants to be.
const WIDTH: u16 = 76;
const ROWS: usize = 14;

/// Draws the line and what fits it.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, palette: &Palette) -> Option<Position> {
    let mut inner = modal(scene, canvas, "Command", (WIDTH, ROWS + 2));
    inner.put(0, 0, &scene.line(Role::Accent, ":"));
    let entry = &palette.entry;
    let cursor = field::field(&mut inner, 2, 0, entry.text(), entry.cursor(), scene.style(Role::Strong));
    let top = if inner.height() > 6 { 2 } else { 1 };
    let rows = inner.rows().saturating_sub(usize::from(top));
    if palette.found.is_empty() {
        inner.put(0, top, &scene.line(Role::Dim, "no command fits"));
        return cursor;
    }
    let chosen = palette.cursor.key();
    let place = palette.found.iter().position(|choice| Some(&choice.action) == chosen).unwrap_or(0);
    let first = place.saturating_sub(rows / 2).min(palette.found.len().saturating_sub(rows));
    for (y, choice) in (top..).zip(palette.found.iter().skip(first).take(rows)) {
        let is_chosen = Some(&choice.action) == chosen;
        draw_choice(scene, &mut inner.strip(y, 1), choice, is_chosen);
    }
    cursor
}

fn draw_choice(scene: &Scene<'_>, row: &mut Canvas<'_>, choice: &Choice, chosen: bool) {
    let spec = choice.action.spec();
    if chosen {
        row.put(0, 0, &scene.line(Role::Accent, scene.glyph(Glyph::Cursor)));
    }
    let contexts = scene.app.contexts_of_place();
    let keys = scene.app.keys.keys_for(&contexts, choice.action).unwrap_or("");
    let kept = cells(text::width(keys) + 1);
    let width = row.width();
    let mut words = row.part(1, 0, width.saturating_sub(kept + 1), 1);
    let name: Vec<Span<'_>> = spec
        .name
        .chars()
        .enumerate()
        .map(|(at, letter)| {
            let letter = letter.to_string();
            if choice.at.contains(&at) { scene.strong(Role::Found, letter) } else { scene.span(Role::Text, letter) }
        })
        .collect();
    words.put(0, 0, &Line::from(name));
    let at = cells(text::width(spec.name) + 2).max(22);
    let why = footer::why_not_behind(scene, choice.action).map(|why| format!(" · {why}")).unwrap_or_default();
    let says = Line::from_iter([scene.span(Role::Dim, spec.words), scene.span(Role::Stale, why)]);
    let room = words.width().saturating_sub(at);
    words.part(at, 0, room, 1).put(0, 0, &says);
    row.put_right(0, &Line::from(scene.strong(Role::Accent, keys.to_owned())), kept);
    if chosen {
        row.tint(0, scene.style(Role::Selection));
    }
}
