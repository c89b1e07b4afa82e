//! The table of earlier walks, newest first.

use ratatui::text::Line;

use super::{put_cells, window};
use crate::app::walks::History;
use crate::domain::age;
use crate::domain::checklist::{Outcome, Walk};
use crate::theme::{Glyph, Role};
use crate::ui::pane::schedule;
use crate::ui::scene::Scene;
use crate::ui::widget::Canvas;
use crate::ui::widget::table::{self, Column};

/// Draws the table, the row of the cursor in sight.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, history: &History, walks: &[Walk]) {
    let widths = widths(canvas.columns());
    let heading = u16::from(canvas.height() > 4 && canvas.width() >= 50);
    if heading > 0 {
        let words = ["begun (local)", "by", "took", "what came of it", "signed"];
        let words = words.map(|word| scene.line(Role::Dim, word));
        put_cells(&mut canvas.part(2, 0, u16::MAX, 1), &widths, &words);
    }
    let is_chosen = |walk: &Walk| history.cursor.key() == Some(&walk.id);
    let place = walks.iter().position(is_chosen).unwrap_or(0);
    let range = window(walks.len(), place, canvas.rows().saturating_sub(usize::from(heading)));
    for (y, walk) in (heading..).zip(walks.get(range).unwrap_or_default()) {
        let mut strip = canvas.strip(y, 1);
        if is_chosen(walk) {
            strip.put(0, 0, &scene.line(Role::Accent, scene.glyph(Glyph::Cursor)));
        }
        if history.marked.contains(&walk.id) {
            strip.put(1, 0, &scene.line(Role::Marked, scene.glyph(Glyph::Mark)));
        }
        let words = words(scene, walk);
        put_cells(&mut strip.part(2, 0, u16::MAX, 1), &widths, &words);
        if is_chosen(walk) {
            strip.tint(0, scene.style(Role::Selection));
        }
    }
}

/// The widths of date, by, took, outcome, signed: the signature goes first, then who and how long.
fn widths(total: usize) -> [usize; 5] {
    let columns = [Column::new(13, 0), Column::new(8, 2), Column::new(6, 3), Column::new(12, 1)];
    let (outcome, [date, by, took, signed]) = table::widths(total.saturating_sub(1), 22, columns);
    [date, by, took, outcome, signed]
}

fn words<'a>(scene: &Scene<'a>, walk: &'a Walk) -> [Line<'a>; 5] {
    let end = walk.ended.as_ref();
    let took = end.map(|end| age::coarse(end.at - walk.begun)).unwrap_or_default();
    let sign = end.filter(|end| end.completed).map_or("", |end| end.sign.as_str());
    [
        scene.line(Role::Text, date(scene, walk)),
        scene.line(Role::Owned, walk.by.name.as_str()),
        scene.line(Role::Dim, took),
        outcome(scene, walk),
        scene.line(Role::Dim, sign),
    ]
}

/// `fri 15:04`, `2 Oct 15:04`.
pub(super) fn date(scene: &Scene<'_>, walk: &Walk) -> String {
    let day = schedule::local(scene, walk.begun, true);
    let hour = walk.begun.with_timezone(&scene.app.profile.timezone).format("%H:%M").to_string();
    if day.ends_with(&hour) { day } else { format!("{day} {hour}") }
}

/// `● 7 of 7`, `◆ 1 failed · 5 of 7`, `– given up: a page came`.
pub(super) fn outcome<'a>(scene: &Scene<'a>, walk: &'a Walk) -> Line<'a> {
    let [done, failed, skipped] = Outcome::ALL.map(|outcome| walk.count(outcome));
    let of = walk.list.items().filter(|item| scene.app.applies(walk, item)).count();
    let (glyph, role) = match &walk.ended {
        Some(end) if !end.completed => (Glyph::Skipped, Role::Dim),
        _ if failed > 0 => (Glyph::High, Role::High),
        _ if done < of => (Glyph::Live, Role::Dim),
        _ => (Glyph::Live, scene.good()),
    };
    let mut line = Line::from(scene.span(role, format!("{} ", scene.glyph(glyph))));
    if failed > 0 {
        line.push_span(scene.span(Role::High, format!("{failed} failed · ")));
    }
    if skipped > 0 {
        line.push_span(scene.span(Role::Text, format!("{skipped} skipped · ")));
    }
    line.push_span(scene.span(Role::Dim, format!("{done} of {of} fine")));
    if let Some(end) = walk.ended.as_ref().filter(|end| !end.completed) {
        line.push_span(scene.span(Role::Dim, format!(" · given up: {}", end.sign)));
    }
    line
}
