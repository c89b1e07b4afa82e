//! A runbook beside its incident.

mod side;
mod text;

use ratatui::text::Line;

use super::{framed, incident, owned};
use crate::app::desk::Page;
use crate::app::{Pane, page};
use crate::domain::runbook::Found;
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, age, canvas::cells};

/// Draws the page.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let Some(page) = &scene.app.desk.page else {
        let mut inner = framed(scene, canvas, Pane::Runbook, "Runbook", "");
        inner.inset(1).put(0, 0, &scene.line(Role::Dim, "no runbook is open: 'r' on an incident opens its own"));
        return;
    };
    let (width, height) = (canvas.width(), canvas.height());
    if let Some((left, right)) = sides(scene, page, width) {
        draw_runbook(scene, &mut canvas.part(0, 0, left, height), page);
        return side::draw(scene, &mut canvas.part(left, 0, right, height), page);
    }
    let head = head(scene, page, height);
    if head > 0 {
        canvas.put(1, 0, &incident_line(scene, page, usize::from(width.saturating_sub(2))));
    }
    let mut rest = canvas.strip(head, height - head);
    match (scene.app.focus, scene.app.subject()) {
        (Pane::Says | Pane::Timeline, Some(incident)) => {
            incident::draw_pane(scene, &mut rest, incident, scene.app.focus);
        }
        _ => draw_runbook(scene, &mut rest, page),
    }
}

/// How the columns are shared out, where the incident stands beside its runbook.
fn sides(scene: &Scene<'_>, open: &Page, width: u16) -> Option<(u16, u16)> {
    page::sides(width, scene.app.full || open.is_alone())
}

/// How many rows say which incident it is for.
fn head(scene: &Scene<'_>, page: &Page, height: u16) -> u16 {
    u16::from(!page.is_alone() && !scene.app.full && height > 3)
}

fn incident_line<'a>(scene: &Scene<'a>, page: &Page, room: usize) -> Line<'a> {
    match (scene.app.subject(), page.incident) {
        (Some(incident), _) => incident::head_line(scene, incident, room),
        (None, Some(id)) => scene.line(Role::Dim, format!("incident {} is not on the board any more", id.short())),
        (None, None) => Line::default(),
    }
}

fn draw_runbook(scene: &Scene<'_>, canvas: &mut Canvas<'_>, page: &Page) {
    let info = owned(scene.line(Role::Dim, info(scene, page)));
    let mut inner = framed(scene, canvas, Pane::Runbook, page.title(), info);
    text::draw(scene, &mut inner, page);
}

/// Where its text stands on a body of this size: column, row, columns, rows. `None` while something else is shown.
pub(in crate::ui) fn text_place(scene: &Scene<'_>, width: u16, height: u16) -> Option<(u16, u16, u16, u16)> {
    let page = scene.app.desk.page.as_ref()?;
    let (head, wide) = match sides(scene, page, width) {
        Some((left, _)) => (0, left),
        None if scene.app.focus == Pane::Runbook => (head(scene, page, height), width),
        None => return None,
    };
    let high = height.checked_sub(head)?;
    // As `framed` draws it: no frame where there is no room for one.
    let edge = u16::from(!scene.small && wide >= 4 && high >= 3);
    let (x, y) = (edge + text::GUTTER, head + edge);
    Some((x, y, wide.saturating_sub(x + edge), high.saturating_sub(2 * edge)))
}

/// From where it is and how old, and how far it was read.
fn info(scene: &Scene<'_>, page: &Page) -> String {
    let ago = |word: &str, at| format!("{word} {} ago", age::since(at, scene.now));
    let from = match (&page.found, page.runbook()) {
        (_, None) => String::new(),
        (Found::Shipped(_), _) => "shipped".to_owned(),
        (Found::Web(_), Some(runbook)) => match (&runbook.kept, runbook.dated) {
            (Some(why), Some(at)) => format!("kept copy, {} old: {why}", age::since(at, scene.now)),
            (Some(why), None) => format!("kept copy: {why}"),
            (None, Some(at)) => ago("fetched", at),
            (None, None) => "fetched".to_owned(),
        },
        (Found::File(_) | Found::Mapped(..), Some(runbook)) => {
            runbook.dated.map_or_else(|| "local".to_owned(), |at| ago("local, edited", at))
        }
    };
    let count = page.laid.lines.len();
    let place = if count > 0 { format!("{}/{count}", page.at + 1) } else { String::new() };
    let reading = if page.is_reading() { format!("reading {}", scene.glyph(Glyph::More)) } else { String::new() };
    let said: Vec<String> = [reading, place, from].into_iter().filter(|words| !words.is_empty()).collect();
    said.join(" · ")
}

/// The first line in sight of so many rows.
pub(in crate::ui) fn first_line(page: &Page, rows: u16) -> usize {
    super::window(page.laid.lines.len(), page.at, usize::from(rows)).start
}

/// The rows that words take, as a part of a canvas.
fn rows_of(lines: &[Line<'_>]) -> u16 {
    cells(lines.len())
}
