//! One file for each screen; here is which is drawn, and how panes share the room.

mod checklists;
mod history;
mod incident;
mod incidents;
mod journal;
mod logs;
mod mutes;
mod remedies;
mod run;
pub(super) mod runbook;
mod signals;
mod sources;
mod walk;
mod watch;

use ratatui::text::Line;

use super::scene::Scene;
use super::widget::pane::Pane as Frame;
use super::widget::{Canvas, text};
use crate::app::{Pane, Place, View};
use crate::theme::{Glyph, Role};

/// Draws the body of the place where the operator is.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    match scene.app.place() {
        Place::View(View::Watch) => watch::draw(scene, canvas),
        Place::View(View::Incidents) => incidents::draw(scene, canvas),
        Place::View(View::Signals) => signals::draw(scene, canvas),
        Place::View(View::Logs) => logs::draw(scene, canvas),
        Place::View(View::Checklists) => checklists::draw(scene, canvas),
        Place::View(View::Mutes) => mutes::draw(scene, canvas),
        Place::View(View::Remedies) => remedies::draw(scene, canvas),
        Place::View(View::Journal) => journal::draw(scene, canvas),
        Place::View(View::Sources) => sources::draw(scene, canvas),
        Place::Incident(id) => incident::draw(scene, canvas, id),
        Place::Runbook => runbook::draw(scene, canvas),
        Place::Run(run) => run::draw(scene, canvas, run),
        Place::Walk(id) => walk::draw(scene, canvas, id),
        Place::History => history::draw(scene, canvas),
    }
}

/// Whether a body of this size has room for one thing without a frame. The body is three rows less than the
/// screen; the limit for the screen is 60 by 16.
pub(super) fn is_small(width: u16, height: u16) -> bool {
    width < 60 || height < 13
}

/// Draws a frame around one pane, or none where there is no room for one, and hands out what is inside.
fn framed<'c>(
    scene: &Scene<'_>,
    canvas: &'c mut Canvas<'_>,
    pane: Pane,
    title: impl Into<Line<'static>>,
    info: impl Into<Line<'static>>,
) -> Canvas<'c> {
    if scene.small {
        return canvas.again();
    }
    Frame::titled(title).info(info).focused(scene.focused(pane)).draw(scene.theme, canvas)
}

/// Makes a line independent of what it was made from.
fn owned(line: Line<'_>) -> Line<'static> {
    let style = line.style;
    let spans = line.spans.into_iter().map(|span| ratatui::text::Span::styled(span.content.into_owned(), span.style));
    spans.collect::<Line<'static>>().style(style)
}

/// Draws lines, scrolled, and says how many there are below.
fn scrolling(scene: &Scene<'_>, canvas: &mut Canvas<'_>, lines: Vec<Line<'_>>, from: usize) {
    let rows = canvas.rows();
    let from = from.min(lines.len().saturating_sub(rows));
    let below = lines.len().saturating_sub(from + rows);
    if below == 0 {
        canvas.put_all(0, 0, lines.into_iter().skip(from));
        return;
    }
    let more = |below: usize| scene.line(Role::Dim, format!(" {} {below} more ", scene.glyph(Glyph::Below)));
    let last = lines.get((from + rows).saturating_sub(1)).map_or(0, text::line_width);
    // It stands over nothing: where the last line is too long for both, it has that row for itself.
    let over = last + text::line_width(&more(below)) > canvas.columns();
    let (rows, below) = if over && rows > 1 { (rows - 1, below + 1) } else { (rows, below) };
    canvas.put_all(0, 0, lines.into_iter().skip(from).take(rows));
    let (last, room) = (canvas.height().saturating_sub(1), canvas.width());
    canvas.put_right(last, &more(below), room);
}

/// The rows of a list that are in sight, the row of the cursor near the middle.
fn window(count: usize, place: usize, height: usize) -> std::ops::Range<usize> {
    let first = place.saturating_sub(height / 2).min(count.saturating_sub(height));
    first..count.min(first + height)
}
