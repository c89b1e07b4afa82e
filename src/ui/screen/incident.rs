//! One incident's page: what it says, what was before and beside it, its logs, its timeline.

mod beside;
mod head;
mod logs;
mod says;
mod timeline;

use ratatui::text::Line;

use super::{framed, owned, scrolling};
use crate::app::Pane;
use crate::domain::{Incident, IncidentId};
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, canvas::cells, pane::Pane as Frame};

/// From this width on the panes stand in two columns.
const TWO_COLUMNS: u16 = 100;
/// The head: three lines and the frame.
const HEAD: u16 = 5;

/// Draws the page of an incident.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, id: IncidentId) {
    let Some(incident) = scene.board.incident(id) else { return draw_gone(scene, canvas, id) };
    let (width, height) = (canvas.width(), canvas.height());
    if scene.app.full {
        return draw_pane(scene, canvas, incident, scene.app.focus);
    }
    if scene.small {
        head::draw(scene, &mut canvas.part(1, 0, width.saturating_sub(2), 3), incident);
        return draw_pane(scene, &mut canvas.strip(3, height.saturating_sub(3)), incident, scene.app.focus);
    }
    draw_head(scene, &mut canvas.strip(0, HEAD), incident);
    let mut rest = canvas.strip(HEAD, height - HEAD);
    if width >= TWO_COLUMNS && height >= 24 {
        draw_four(scene, &mut rest, incident);
    } else {
        draw_column(scene, &mut rest, incident);
    }
}

fn draw_head(scene: &Scene<'_>, canvas: &mut Canvas<'_>, incident: &Incident) {
    let list = &scene.app.incidents;
    let place = if list.selected() == Some(incident.id) {
        format!("{} of {}", list.place() + 1, list.len())
    } else {
        String::new()
    };
    let title = format!("Incident {}", incident.id.short());
    let frame = Frame::titled(title).info(scene.line(Role::Dim, place)).focused(false);
    let mut inner = frame.draw(scene.theme, canvas);
    head::draw(scene, &mut inner.inset(1), incident);
}

fn draw_four(scene: &Scene<'_>, canvas: &mut Canvas<'_>, incident: &Incident) {
    let (width, height) = (canvas.width(), canvas.height());
    let top = height * 5 / 9;
    let (left, lower) = (width / 2, width * 3 / 5);
    draw_pane(scene, &mut canvas.part(0, 0, left, top), incident, Pane::Says);
    draw_pane(scene, &mut canvas.part(left, 0, width - left, top), incident, Pane::Beside);
    draw_pane(scene, &mut canvas.part(0, top, lower, height - top), incident, Pane::Logs);
    draw_pane(scene, &mut canvas.part(lower, top, width - lower, height - top), incident, Pane::Timeline);
}

/// One column: the pane with the focus, and a line for each of the others.
fn draw_column(scene: &Scene<'_>, canvas: &mut Canvas<'_>, incident: &Incident) {
    const PANES: [Pane; 4] = [Pane::Says, Pane::Beside, Pane::Logs, Pane::Timeline];
    let focus = Some(scene.app.focus).filter(|focus| PANES.contains(focus)).unwrap_or(Pane::Says);
    let others: Vec<Pane> = PANES.into_iter().filter(|pane| *pane != focus).collect();
    let open = canvas.height().saturating_sub(cells(others.len()));
    draw_pane(scene, &mut canvas.strip(0, open), incident, focus);
    let lines: Vec<Line<'_>> = others.into_iter().map(|pane| fold(scene, incident, pane)).collect();
    canvas.put_all(1, open, lines);
}

/// Draws one pane of the page.
pub(super) fn draw_pane(scene: &Scene<'_>, canvas: &mut Canvas<'_>, incident: &Incident, pane: Pane) {
    match pane {
        Pane::Beside => {
            let (info, lines) = beside::lines(scene, incident, canvas.columns().saturating_sub(4));
            draw_lines(scene, canvas, pane, "Before and beside", &info, lines);
        }
        Pane::Timeline => {
            let lines = timeline::wrapped(timeline::lines(scene, incident), canvas.columns().saturating_sub(4));
            draw_lines(scene, canvas, pane, "Timeline", "", lines);
        }
        Pane::Logs => logs::draw(scene, canvas, incident),
        _ => {
            let mut inner = framed(scene, canvas, Pane::Says, "What it says", "");
            let mut inner = inner.inset(1);
            says::draw(scene, &mut inner, incident, scene.scrolled(Pane::Says));
        }
    }
}

fn draw_lines(
    scene: &Scene<'_>,
    canvas: &mut Canvas<'_>,
    pane: Pane,
    title: &'static str,
    info: &str,
    lines: Vec<Line<'_>>,
) {
    let info = owned(scene.line(Role::Dim, info.to_owned()));
    let mut inner = framed(scene, canvas, pane, title, info);
    scrolling(scene, &mut inner.inset(1), lines, scene.scrolled(pane));
}

fn fold<'a>(scene: &Scene<'a>, incident: &'a Incident, pane: Pane) -> Line<'a> {
    let (label, line) = match pane {
        Pane::Beside => {
            let (info, _) = beside::lines(scene, incident, 80);
            let info = if info.is_empty() { "nothing like it is known".to_owned() } else { info };
            ("Before", scene.line(Role::Dim, info))
        }
        Pane::Logs => ("Logs", logs::first(scene, incident)),
        Pane::Timeline => ("Timeline", timeline::lines(scene, incident).pop().unwrap_or_default()),
        _ => ("Says", says::labels_line(scene, incident)),
    };
    let mut whole = Line::from(scene.span(Role::Dim, crate::ui::widget::text::pad(label, 9)));
    whole.extend(line.spans);
    whole
}

/// The first line of the head: how bad, what, who is on it.
pub(super) fn head_line<'a>(scene: &Scene<'a>, incident: &'a Incident, room: usize) -> Line<'a> {
    head::title(scene, incident, room)
}

/// Draws the head and what it says in one pane: an incident beside its runbook.
pub(super) fn draw_whole(scene: &Scene<'_>, canvas: &mut Canvas<'_>, incident: &Incident) {
    let mut inner = framed(scene, canvas, Pane::Says, "What it says", "");
    let mut inner = inner.inset(1);
    let head = head::wrapped(scene, incident, inner.columns());
    let taken = inner.put_all(0, 0, head).saturating_add(1).min(inner.height());
    let rest = inner.height() - taken;
    says::draw(scene, &mut inner.strip(taken, rest), incident, scene.scrolled(Pane::Says));
}

/// Draws what the highlighted incident says, beside a list.
pub(super) fn preview(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let Some(incident) = scene.app.subject() else {
        Frame::titled("Incident").draw(scene.theme, canvas).put(
            1,
            0,
            &scene.line(Role::Dim, "no incident is highlighted"),
        );
        return;
    };
    let title = format!("Incident {}", incident.id.short());
    let mut inner = Frame::titled(title).draw(scene.theme, canvas);
    let mut inner = inner.inset(1);
    head::draw(scene, &mut inner.strip(0, 2), incident);
    let rest = inner.height().saturating_sub(3);
    says::draw(scene, &mut inner.strip(3, rest), incident, 0);
}

/// The incident left the board while its page was open.
fn draw_gone(scene: &Scene<'_>, canvas: &mut Canvas<'_>, id: IncidentId) {
    let title = format!("Incident {}", id.short());
    let mut inner = framed(scene, canvas, scene.app.focus, title, "");
    let mut inner = inner.inset(1);
    let minutes = scene.board.rules().keep_resolved.num_minutes();
    let remembered = scene.board.memory().episodes.iter().find(|episode| episode.id == id);
    let mut lines = Vec::new();
    if let Some(episode) = remembered {
        lines.push(Line::from(
            scene.strong(Role::Text, format!("{} · since {}", episode.title, scene.day_hour(episode.since))),
        ));
    }
    let words = format!(
        "It is not on the board any more: it resolved more than {minutes} min ago. The journal holds what was done."
    );
    let wrapped = crate::ui::widget::text::wrap(&words, inner.columns());
    lines.extend(wrapped.into_iter().map(|words| scene.line(Role::Text, words)));
    scrolling(scene, &mut inner, lines, 0);
}
