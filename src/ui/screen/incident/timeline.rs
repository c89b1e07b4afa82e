//! What happened to an incident and what was done about it, oldest first.

use ratatui::text::Line;

use crate::domain::journal::Row;
use crate::domain::{Incident, Moment};
use crate::theme::{Glyph, Role};
use crate::ui::pane::journal_rows;
use crate::ui::scene::Scene;

/// The lines.
pub(super) fn lines<'a>(scene: &Scene<'a>, incident: &'a Incident) -> Vec<Line<'a>> {
    let id = incident.id.to_string();
    let mut rows: Vec<&Row> = journal_rows::newest(scene).filter(|row| row.entry.target == id).collect();
    rows.reverse();
    let told = |action: &str| rows.iter().any(|row| row.entry.action == action);
    let mut lines: Vec<(Moment, Line<'a>)> = Vec::new();
    if !told("incident.began") {
        let sign = scene
            .span(Role::of_severity(incident.rated.severity), scene.glyph(Glyph::of_severity(incident.rated.severity)));
        let mut line = Line::from(scene.span(Role::Dim, format!("{} ", scene.day_hour(incident.since))));
        line.push_span(sign);
        line.push_span(scene.span(Role::Text, " began"));
        lines.push((incident.since, line));
    }
    if let Some(resolved) = incident.resolved.filter(|_| !told("incident.resolved")) {
        let words = format!("{} {} resolved", scene.day_hour(resolved), scene.glyph(Glyph::Done));
        lines.push((resolved, scene.line(Role::Resolved, words)));
    }
    lines.extend(rows.into_iter().map(|row| (row.entry.at, journal_rows::sentence(scene, row, false))));
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}
