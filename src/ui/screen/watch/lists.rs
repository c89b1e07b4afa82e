//! The checklists on Watch: what is overdue, due, soon or begun, with the timeline below; and both in a line.

use ratatui::text::{Line, Span};

use super::{framed, owned, timeline};
use crate::app::Pane;
use crate::app::walks::ListRow;
use crate::domain::checklist::standing::State;
use crate::theme::Role;
use crate::ui::pane::{list_words, schedule};
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, text};

/// The most lists that are shown.
const MOST: usize = 4;
/// The rows that the timeline has at least where lists stand above it: its rule and three rows.
const TIMELINE: usize = 4;

/// Draws the pane. Where no checklist is offered, it is the timeline's alone.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let rows = shown(scene);
    let inside = canvas.rows().saturating_sub(if scene.small { 0 } else { 2 });
    let asks = rows.iter().any(|row| waits(row));
    if scene.app.walks.rows.is_empty() || (!asks && inside <= TIMELINE) {
        return timeline::draw(scene, canvas);
    }
    let info = owned(scene.line(Role::Dim, counts(scene)));
    let mut inner = framed(scene, canvas, Pane::Checklists, "Checklists", info);
    let mut inner = inner.inset(1);
    // What was done lately is not lost, but for what waits it gives way.
    let room = inner.rows().saturating_sub(TIMELINE).clamp(1, MOST);
    let lists = if rows.is_empty() { vec![nothing(scene)] } else { lines(scene, &rows, room, inner.columns()) };
    let y = inner.put_all(0, 0, lists);
    let left = inner.height().saturating_sub(y);
    if left >= 2 {
        let dashes = inner.columns().saturating_sub(11);
        let rule = Line::from_iter([
            scene.span(Role::Faint, "─ "),
            scene.span(Role::Dim, "Timeline"),
            scene.span(Role::Faint, format!(" {}", "─".repeat(dashes))),
        ]);
        inner.put(0, y, &rule);
        timeline::draw_rows(scene, &mut inner.strip(y + 1, left - 1));
    }
}

/// What is shown, the most overdue first.
fn shown<'a>(scene: &Scene<'a>) -> Vec<&'a ListRow> {
    let near = |row: &&ListRow| row.open.is_some() || row.standing.state <= State::Soon;
    let mut rows: Vec<&ListRow> = scene.app.walks.rows.iter().filter(near).collect();
    rows.sort_by_key(|row| (row.standing.state, row.standing.due));
    rows
}

/// Whether somebody has to walk it now.
fn waits(row: &ListRow) -> bool {
    row.open.is_some() || row.standing.state <= State::Due
}

/// `1 overdue · 1 due`.
fn counts(scene: &Scene<'_>) -> String {
    let app = scene.app;
    let counts = [(app.count_lists(State::Overdue), "overdue"), (app.count_lists(State::Due), "due")];
    let said: Vec<String> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    said.join(" · ")
}

/// A row for each, as many as there is room for; the last says how many more there are.
fn lines<'a>(scene: &Scene<'a>, rows: &[&'a ListRow], room: usize, wide: usize) -> Vec<Line<'a>> {
    let taken = if rows.len() > room { room.saturating_sub(1).max(1) } else { rows.len() };
    let due = rows.iter().map(|row| text::width(&list_words::due(scene, row).1)).max().unwrap_or(0);
    let name = rows.iter().map(|row| text::width(&row.list.title)).max().unwrap_or(0);
    // The sign, the progress, and what is between: a long title gives way, never the time.
    let progress = rows.iter().map(|row| text::width(&progress(row))).max().unwrap_or(0).max(5);
    let name = name.min(wide.saturating_sub(due + progress + 6));
    let mut lines: Vec<Line<'a>> = rows.iter().take(taken).map(|row| line(scene, row, name)).collect();
    if rows.len() > taken && taken < room {
        lines.push(scene.line(Role::Dim, format!("  {} more in 5 Checklists", rows.len() - taken)));
    }
    lines
}

/// `◑ Daily maintenance      2/4  due 09:00`.
fn line<'a>(scene: &Scene<'a>, row: &'a ListRow, name: usize) -> Line<'a> {
    let (glyph, role) = list_words::sign(scene, row);
    let (due_role, due) = list_words::due(scene, row);
    let title = text::pad(&row.list.title, name);
    let title = if waits(row) { scene.strong(Role::Text, title) } else { scene.span(Role::Dim, title) };
    let progress = progress(row);
    Line::from_iter([
        scene.strong(role, scene.glyph(glyph)),
        Span::raw(" "),
        title,
        scene.span(Role::Dim, format!("  {}  ", text::pad_left(&progress, 5))),
        scene.span(due_role, due),
    ])
}

fn progress(row: &ListRow) -> String {
    if row.open.is_some() { list_words::progress(row) } else { format!("0/{}", row.of) }
}

/// Nothing is due: what comes next.
fn nothing<'a>(scene: &Scene<'a>) -> Line<'a> {
    let ahead = scene.app.walks.rows.iter().filter_map(|row| row.standing.due.map(|due| (due, row)));
    let next = ahead.min_by_key(|(due, _)| *due);
    let next = next.map(|(due, row)| format!(" · next {} {}", schedule::local(scene, due, true), row.list.title));
    scene.line(Role::Dim, format!("no checklist is due{}", next.unwrap_or_default()))
}

/// The pane in a line: what is most overdue, then the newest of the timeline.
pub(super) fn folded<'a>(scene: &Scene<'a>) -> Line<'a> {
    let rows: Vec<&ListRow> = shown(scene).into_iter().filter(|row| waits(row)).collect();
    let Some(first) = rows.first() else { return timeline::folded(scene) };
    let mut said = Line::from(scene.span(Role::Dim, text::pad("Lists", 9)));
    said.extend(line(scene, first, text::width(&first.list.title).min(24)).spans);
    if rows.len() > 1 {
        said.push_span(scene.span(Role::Dim, format!(" +{}", rows.len() - 1)));
    }
    if let Some(newest) = timeline::newest(scene) {
        said.push_span(scene.span(Role::Dim, " · "));
        said.extend(newest.spans);
    }
    said
}
