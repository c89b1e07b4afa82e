//! The keys of a place, made from the keys that are really bound.

use ratatui::text::Line;

use super::modal;
use crate::app::Context;
use crate::app::keys::KeyRow;
use crate::theme::Role;
use crate::ui::footer;
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, canvas::cells, text};

/// The width of the keys' column.
const KEYS: usize = 10;
/// From this width on there are two columns.
const TWO_COLUMNS: usize = 90;

/// Draws the keys by context, scrolled.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, contexts: &[Context], top: usize) {
    let inside = super::inner_width(canvas, canvas.width().min(120));
    let columns = if inside >= TWO_COLUMNS { 2 } else { 1 };
    let lines = lines(scene, contexts, if columns == 2 { inside / 2 - 1 } else { inside.min(68).saturating_sub(1) });
    let rows = lines.len().div_ceil(columns);
    let width = canvas.width().min(if columns == 2 { 120 } else { 72 });
    let mut inner = modal(scene, canvas, "Keys of this place", (width, rows.max(1)));
    let (wide, shown) = (inner.width() / cells(columns), inner.rows());
    // Both columns are scrolled together, and never past the end.
    let top = top.min(rows.saturating_sub(shown));
    for column in 0..columns {
        let part = lines.iter().skip(column * rows).take(rows).skip(top).take(shown).cloned();
        inner.part(wide * cells(column), 0, wide.saturating_sub(1), u16::MAX).put_all(0, 0, part);
    }
    let below = rows.saturating_sub(top + shown);
    if below > 0 {
        let words = format!(" {} {below} more ", scene.glyph(crate::theme::Glyph::Below));
        let (last, room) = (inner.height().saturating_sub(1), inner.width());
        inner.put_right(last, &scene.line(Role::Dim, words), room);
    }
}

fn lines<'a>(scene: &Scene<'a>, contexts: &[Context], wide: usize) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    // What an inner context does with a key, no outer one does.
    let mut taken: Vec<&str> = Vec::new();
    for context in contexts {
        let rows: Vec<&KeyRow> =
            scene.app.keys.of(*context).filter(|row| !taken.contains(&row.keys.as_str())).collect();
        taken.extend(rows.iter().map(|row| row.keys.as_str()));
        if rows.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::from(scene.strong(Role::Strong, heading(*context))));
        lines.extend(rows.into_iter().flat_map(|row| entry(scene, row, wide)));
    }
    if lines.is_empty() {
        lines.push(scene.line(Role::Dim, "no key is bound here"));
    }
    lines
}

/// One binding; where it does nothing here, why.
fn entry<'a>(scene: &Scene<'a>, row: &'a KeyRow, wide: usize) -> Vec<Line<'a>> {
    let keys = format!("{} ", text::pad(&row.keys, KEYS));
    let Some(why) = footer::why_not_behind(scene, row.action) else {
        return vec![Line::from_iter([scene.strong(Role::Accent, keys), scene.span(Role::Text, row.words.as_str())])];
    };
    let wrapped = text::wrap(&format!("{}: {why}", row.words), wide.saturating_sub(KEYS + 1));
    let lead = |at: usize| if at == 0 { keys.clone() } else { " ".repeat(KEYS + 1) };
    wrapped.into_iter().enumerate().map(|(at, words)| scene.line(Role::Dim, format!("{}{words}", lead(at)))).collect()
}

fn heading(context: Context) -> &'static str {
    match context {
        Context::Global => "everywhere",
        Context::List => "in lists",
        Context::Incidents => "on the highlighted incident",
        Context::Incident => "on this page",
        Context::Signals => "in signals",
        Context::Logs => "in logs",
        Context::Mutes => "in mutes",
        Context::Runbook => "in a runbook",
        Context::Remedies => "in remedies",
        Context::Run => "on a run",
        Context::Checklists => "in the list of checklists",
        Context::Walk => "in a walk",
        Context::History => "in a history",
        Context::Journal => "in the journal",
        Context::Sources => "in sources",
        Context::Prompt => "while typing",
        Context::Confirm => "in questions",
        Context::Help => "in this help",
    }
}
