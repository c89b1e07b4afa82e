//! What happened to an incident and what was done about it, oldest first.

use ratatui::text::{Line, Span};

use crate::domain::journal::Row;
use crate::domain::{Incident, Moment};
use crate::theme::{Glyph, Role};
use crate::ui::pane::journal_rows;
use crate::ui::scene::Scene;
use crate::ui::widget::{flow, text};

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
        let words = format!("{} resolved", scene.glyph(Glyph::Done));
        let time = scene.span(Role::Dim, format!("{} ", scene.day_hour(resolved)));
        lines.push((resolved, Line::from_iter([time, scene.span(Role::Resolved, words)])));
    }
    lines.extend(rows.into_iter().map(|row| (row.entry.at, journal_rows::sentence(scene, row, false))));
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The lines broken so that nothing of how it went is cut; what follows stands below the words, not below the time.
pub(super) fn wrapped(lines: Vec<Line<'_>>, wide: usize) -> Vec<Line<'static>> {
    let whole = |line: Line<'_>| -> Vec<Line<'static>> {
        let Some((time, words)) = line.spans.split_first() else { return Vec::new() };
        let kept = text::width(&time.content);
        let pieces = words.iter().map(|span| (line.style.patch(span.style), &*span.content));
        let rows = flow::flow(pieces, wide.saturating_sub(kept)).into_iter().enumerate();
        let row = |(at, row): (usize, Line<'static>)| -> Line<'static> {
            let lead = if at == 0 { time.content.clone().into_owned() } else { " ".repeat(kept) };
            std::iter::once(Span::styled(lead, line.style.patch(time.style))).chain(row.spans).collect()
        };
        rows.map(row).collect()
    };
    lines.into_iter().flat_map(whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_run_ended_is_never_cut() {
        let line =
            Line::from_iter([Span::raw("03:12 "), Span::raw("ana ran "), Span::raw("restart-checkout: ok, 4 s")]);
        let rows: Vec<String> =
            wrapped(vec![line], 24).iter().map(|row| row.to_string().trim_end().to_owned()).collect();
        assert_eq!(rows, ["03:12 ana ran", "      restart-checkout:", "      ok, 4 s"]);
    }
}
