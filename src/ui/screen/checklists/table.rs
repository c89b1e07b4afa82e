//! The table of checklists, in groups: what is due, what is ahead, what is walked on demand.

use ratatui::text::Line;

use super::{group, window};
use crate::app::walks::ListRow;
use crate::domain::checklist::standing::State;
use crate::theme::{Glyph, Role};
use crate::ui::pane::list_words;
use crate::ui::scene::Scene;
use crate::ui::widget::table::{self, Column};
use crate::ui::widget::{Canvas, canvas::cells, text};

/// Below this width a title has but its beginning.
const NARROW: usize = 50;

/// A line of the table.
enum Item<'a> {
    Heading(&'static str),
    Gap,
    Row(&'a ListRow),
}

/// Draws the table, the row of the cursor in sight.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, chosen: Option<&ListRow>) {
    let rows = &scene.app.walks.rows;
    let widths = widths(scene, rows, canvas.columns());
    let heading = u16::from(canvas.height() > 8 && canvas.width() >= 60);
    if heading > 0 {
        let words = ["checklist", "items", "turn (local)", "last walk", "kept"].map(|word| scene.line(Role::Dim, word));
        draw_cells(&mut canvas.strip(0, 1), widths, &words);
    }
    let items = items(rows, canvas.rows() >= rows.len() + 6, canvas.rows() >= rows.len() + 3);
    let is_chosen = |item: &Item<'_>| match item {
        Item::Row(row) => chosen.is_some_and(|chosen| chosen.list.id == row.list.id),
        _ => false,
    };
    let place = items.iter().position(is_chosen).unwrap_or(0);
    let height = canvas.rows().saturating_sub(usize::from(heading));
    let range = window(items.len(), place, height);
    for (y, item) in (heading..).zip(items.get(range).unwrap_or_default()) {
        let mut strip = canvas.strip(y, 1);
        match item {
            Item::Gap => {}
            Item::Heading(words) => {
                strip.put(1, 0, &scene.line(Role::Dim, *words));
            }
            Item::Row(row) => {
                draw_row(scene, &mut strip, row, widths);
                if is_chosen(item) {
                    strip.put(0, 0, &scene.line(Role::Accent, scene.glyph(Glyph::Cursor)));
                    strip.tint(0, scene.style(Role::Selection));
                }
            }
        }
    }
}

/// The rows under their headings; where there is no room for these, the rows alone.
fn items(rows: &[ListRow], roomy: bool, headed: bool) -> Vec<Item<'_>> {
    let (mut items, mut before) = (Vec::new(), None);
    for row in rows {
        let group = group(row);
        if before != Some(group) && headed {
            if roomy && before.is_some() {
                items.push(Item::Gap);
            }
            items.push(Item::Heading(group));
            before = Some(group);
        }
        items.push(Item::Row(row));
    }
    items
}

/// The widths of title, progress, turn, last walk, and what was kept.
type Widths = [usize; 5];

/// Columns give way in turn: what was kept, the last walk, the progress; the turn stays the longest.
fn widths(scene: &Scene<'_>, rows: &[ListRow], total: usize) -> Widths {
    let most = |of: &dyn Fn(&ListRow) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let due = most(&|row| text::width(&list_words::due(scene, row).1)).max(12);
    let last = most(&|row| text::line_width(&list_words::last(scene, row))).clamp(9, 34);
    let kept = most(&|row| text::width(&list_words::kept(row).1)).clamp(4, 14);
    let progress = most(&|row| text::width(&list_words::progress(row))).max(5);
    let columns = [Column::new(progress, 3), Column::new(due, 4), Column::new(last, 2), Column::new(kept, 1)];
    let title = most(&|row| text::width(&row.list.title)).max(12);
    // On the least of screens a title is cut before its turn is left out.
    let shortest = if total < NARROW { 18 } else { 24 };
    let (free, [progress, due, last, kept]) = table::widths(total.saturating_sub(4), title.min(shortest), columns);
    // What is left over stands at the end: a title is read together with its turn.
    [free.min(title + 2), progress, due, last, kept]
}

fn draw_row(scene: &Scene<'_>, strip: &mut Canvas<'_>, row: &ListRow, widths: Widths) {
    let (glyph, role) = list_words::sign(scene, row);
    strip.put(1, 0, &Line::from(scene.strong(role, scene.glyph(glyph))));
    let waits = matches!(row.standing.state, State::Overdue | State::Due);
    let title = row.list.title.as_str();
    let title = if waits { Line::from(scene.strong(Role::Strong, title)) } else { scene.line(Role::Text, title) };
    let (due_role, due) = list_words::due(scene, row);
    let (kept_role, kept) = list_words::kept(row);
    let progress = text::pad_left(&list_words::progress(row), widths.get(1).copied().unwrap_or(0));
    let progress_role = if row.open.is_some() { Role::Accent } else { Role::Dim };
    let line = [
        title,
        scene.line(progress_role, progress),
        scene.line(due_role, due),
        list_words::last(scene, row),
        scene.line(kept_role, kept),
    ];
    draw_cells(strip, widths, &line);
}

fn draw_cells(row: &mut Canvas<'_>, widths: Widths, words: &[Line<'_>; 5]) {
    let mut x = 3;
    for (wide, line) in widths.into_iter().zip(words) {
        if wide > 0 {
            row.part(x, 0, cells(wide), 1).put(0, 0, line);
            x += cells(wide) + 1;
        }
    }
}
