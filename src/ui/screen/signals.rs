//! The golden signals of every service, in the same order everywhere.

use ratatui::text::Line;

use super::{framed, window};
use crate::app::Pane;
use crate::board::signals::Track;
use crate::theme::{Glyph, Role};
use crate::ui::pane::{signal_rows, slo_line};
use crate::ui::scene::Scene;
use crate::ui::widget::canvas::cells;
use crate::ui::widget::{Canvas, text};

/// One row of the view.
enum Row<'a> {
    Service(&'a str),
    Signal(&'a Track),
    Promise(&'a crate::domain::slo::SloReading),
    Gap,
}

/// Draws the view.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let services = scene.board.signals().services();
    let title = format!("Signals · {} services", services.len());
    let mut inner = framed(scene, canvas, Pane::Signals, title, "");
    let rows = rows(scene, &services);
    if rows.is_empty() {
        inner.put(1, 0, &scene.line(Role::Dim, "no source measures signals"));
        return;
    }
    let chosen = scene.app.signals.key();
    let place = rows.iter().position(|row| matches!(row, Row::Signal(track) if Some(&track.signal.key) == chosen));
    // The heading of the first service is above the first signal: it must not be scrolled away.
    let place = place.unwrap_or(0).saturating_sub(1);
    let range = window(rows.len(), place, inner.rows());
    let label = signal_rows::label_width(scene.board.signals().iter());
    for (y, row) in (0..).zip(rows.get(range).unwrap_or_default()) {
        let mut strip = inner.strip(y, 1);
        match row {
            Row::Gap => {}
            Row::Service(name) => draw_service(scene, &mut strip, name),
            Row::Signal(track) => draw_signal(scene, &mut strip, track, label, Some(&track.signal.key) == chosen),
            Row::Promise(reading) => {
                let line = slo_line::slo_line(scene, reading, strip.columns().saturating_sub(4));
                strip.put(3, 0, &line);
            }
        }
    }
}

fn rows<'a>(scene: &Scene<'a>, services: &[&'a str]) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for service in services {
        if !rows.is_empty() {
            rows.push(Row::Gap);
        }
        rows.push(Row::Service(service));
        rows.extend(scene.board.signals().of(service).map(Row::Signal));
        rows.extend(scene.board.slos().get(*service).map(Row::Promise));
    }
    rows
}

fn draw_service(scene: &Scene<'_>, row: &mut Canvas<'_>, name: &str) {
    row.put(1, 0, &Line::from(scene.strong(Role::Strong, name.to_owned())));
    let source = scene.board.signals().of(name).next().map(|track| scene.source_info(&track.signal.source));
    let room = row.width().saturating_sub(cells(text::width(name)) + 4);
    if let Some(mut source) = source {
        source.push_span(" ");
        row.put_right(0, &source, room);
    }
}

fn draw_signal(scene: &Scene<'_>, row: &mut Canvas<'_>, track: &Track, label: usize, chosen: bool) {
    if chosen {
        row.put(0, 0, &scene.line(Role::Accent, scene.glyph(Glyph::Cursor)));
    }
    let width = row.width();
    signal_rows::draw(scene, &mut row.part(3, 0, width.saturating_sub(4), 1), track, label, false);
    if chosen {
        row.tint(0, scene.style(Role::Selection));
    }
}
