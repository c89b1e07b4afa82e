//! The record: when, who, what, on what, how it went; the newest first.

use ratatui::text::Line;

use super::{framed, owned, window};
use crate::app::Pane;
use crate::domain::journal::Row;
use crate::theme::{Glyph, Role};
use crate::ui::pane::journal_rows;
use crate::ui::scene::Scene;
use crate::ui::widget::table::{self, Column};
use crate::ui::widget::{Canvas, canvas::cells};

/// Draws the view.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let rows: Vec<&Row> = scene.board.journal().iter().rev().collect();
    let info = format!("{} rows · times in UTC", rows.len());
    let mut inner = framed(scene, canvas, Pane::Whole, "Journal · newest first", owned(scene.line(Role::Dim, info)));
    if rows.is_empty() {
        inner.put(1, 0, &scene.line(Role::Dim, "nothing was done or noticed yet"));
        return;
    }
    let chosen = scene.app.journal.key().copied();
    let place = rows.iter().position(|row| Some(row.id) == chosen).unwrap_or(0);
    let range = window(rows.len(), place, inner.rows());
    for (y, row) in (0..).zip(rows.get(range).unwrap_or_default()) {
        let mut strip = inner.strip(y, 1);
        let is_chosen = Some(row.id) == chosen;
        if is_chosen {
            strip.put(0, 0, &scene.line(Role::Accent, scene.glyph(Glyph::Cursor)));
        }
        draw_row(scene, &mut strip, row);
        if is_chosen {
            strip.tint(0, scene.style(Role::Selection));
        }
    }
}

fn draw_row(scene: &Scene<'_>, strip: &mut Canvas<'_>, row: &Row) {
    let entry = &row.entry;
    let columns = [Column::new(12, 0), Column::new(10, 1), Column::new(19, 0), Column::new(24, 2)];
    let (rest, [when, who, what, target]) = table::widths(strip.columns().saturating_sub(1), 24, columns);
    let who_line = if journal_rows::is_fact(row) {
        scene.line(Role::Dim, "—")
    } else {
        scene.line(Role::Text, entry.operator.name.as_str())
    };
    let verb = journal_rows::verb(row);
    // A failure stands before the words, so that no narrow screen cuts it away.
    let about = journal_rows::target(scene, row);
    let mut detail = Line::default();
    if target == 0 && !about.is_empty() {
        detail.push_span(scene.span(Role::Text, format!("{about}  ")));
    }
    detail.extend(journal_rows::told(scene, row).spans);
    // Where the words say what it is about, the room is theirs.
    let (target, rest) = if about.is_empty() && target > 0 { (0, target + 1 + rest) } else { (target, rest) };
    let parts: [(usize, Line<'_>); 5] = [
        (when, scene.line(Role::Dim, entry.at.format("%-d %b %H:%M").to_string())),
        (who, who_line),
        (what, scene.line(Role::Text, verb)),
        (target, scene.line(Role::Text, about.clone())),
        (rest, detail),
    ];
    let mut x = 1;
    for (wide, line) in parts {
        if wide > 0 {
            strip.part(x, 0, cells(wide), 1).put(0, 0, &line);
            x += cells(wide) + 1;
        }
    }
}
