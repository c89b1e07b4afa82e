//! Beside a runbook: what the incident says, and what came of it: the last run's output, or the timeline.

use ratatui::text::Line;

use super::{incident, incident_line, rows_of};
use crate::app::Pane;
use crate::app::desk::{Heard, Page};
use crate::domain::Incident;
use crate::domain::remediation::output::{OutputLine, Stream};
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::screen::{framed, owned};
use crate::ui::widget::Canvas;

/// Draws both.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, page: &Page) {
    let Some(incident) = scene.app.subject() else {
        let words = incident_line(scene, page, canvas.columns());
        let mut inner = framed(scene, canvas, Pane::Says, "What it says", "");
        inner.inset(1).put(0, 0, &words);
        return;
    };
    let (width, height) = (canvas.width(), canvas.height());
    let top = height * 5 / 9;
    incident::draw_whole(scene, &mut canvas.strip(0, top), incident);
    let mut lower = canvas.part(0, top, width, height - top);
    match last_run(scene, incident).filter(|_| scene.app.focus != Pane::Timeline) {
        Some(heard) => draw_output(scene, &mut lower, heard),
        None => incident::draw_pane(scene, &mut lower, incident, Pane::Timeline),
    }
}

/// The newest run about an incident that this watch hears.
fn last_run<'a>(scene: &Scene<'a>, incident: &Incident) -> Option<&'a Heard> {
    let of = scene.app.desk.runs.values().filter(|heard| heard.run.incident == Some(incident.id));
    of.max_by_key(|heard| (heard.run.started, heard.run.id))
}

/// The last lines of a run, as many as there is room for; its own page has all of them.
fn draw_output(scene: &Scene<'_>, canvas: &mut Canvas<'_>, heard: &Heard) {
    let state = match (heard.phase, &heard.run.ending) {
        (_, Some(ending)) => ending.words(),
        (Some(phase), None) => phase.word().to_owned(),
        (None, None) => String::new(),
    };
    let info = owned(scene.line(Role::Dim, state));
    let title = format!("Output · {}", heard.run.title);
    let mut inner = framed(scene, canvas, Pane::Timeline, title, info);
    let mut inner = inner.inset(1);
    let count = heard.output.len();
    let rows: Vec<usize> = (count.saturating_sub(inner.rows())..count).collect();
    let lines: Vec<Line<'_>> = rows.into_iter().map(|row| said(scene, heard, heard.output.row(row))).collect();
    if rows_of(&lines) == 0 {
        inner.put(0, 0, &scene.line(Role::Dim, "it said nothing yet"));
    }
    inner.put_all(0, 0, lines);
}

fn said<'a>(scene: &Scene<'a>, heard: &Heard, line: Option<&OutputLine>) -> Line<'a> {
    match line {
        Some(line) if line.stream == Stream::Note => scene.line(Role::Dim, line.text()),
        Some(line) => scene.line(Role::Text, line.text()),
        None => scene.line(Role::Dim, format!("{} lines are left out here", heard.output.left_out())),
    }
}
