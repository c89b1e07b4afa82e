//! The rows of the incident list: only those in its window are looked at.

use ratatui::text::Line;

use super::who;
use crate::domain::{Incident, IncidentId};
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::table::{self, Column};
use crate::ui::widget::{Canvas, canvas::cells, text};
use crate::ui::words;

/// The fewest columns that a name should have before other columns give way, on a wide and on a narrow list.
const NAME: (usize, usize) = (16, 13);

/// Below this height there is neither a heading over the resolved ones nor one over the columns.
const ROOMY: usize = 6;

/// How the columns stand.
#[derive(Debug, Clone, Copy)]
struct Columns {
    assumed: bool,
    name: usize,
    service: usize,
    since: usize,
    count: usize,
    who: usize,
}

impl Columns {
    fn of(wide: usize, assumed: bool) -> Self {
        let lead = 6 + usize::from(assumed);
        let (service, who) = match wide {
            100.. => (20, 37),
            76..100 => (12, 24),
            60..76 => (12, 13),
            _ => (10, 10),
        };
        let least = if wide < 60 { NAME.1 } else { NAME.0 };
        let columns = [Column::new(service, 2), Column::new(5, 3), Column::new(3, 1), Column::new(who, 0)];
        // One column stays free at the right, as in a book.
        let (name, [service, since, count, who]) = table::widths(wide.saturating_sub(lead + 1), least, columns);
        // A name that is never so long leaves its room to who it concerns.
        let spare = name.saturating_sub(48).min(24);
        Self { assumed, name: name - spare, service, since, count, who: who + spare }
    }
}

/// Draws the list, its cursor near the middle of the window.
pub(in crate::ui) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let list = &scene.app.incidents;
    if list.is_empty() {
        return draw_nothing(scene, canvas);
    }
    let heading = u16::from(canvas.rows() > ROOMY + 2 && canvas.columns() >= 60);
    let height = canvas.rows() - usize::from(heading);
    let rows = window(scene, height);
    let columns = Columns::of(canvas.columns(), rows.iter().any(|incident| !incident.rated.known));
    if heading > 0 {
        draw_heading(scene, canvas, columns);
    }
    let mut y = heading;
    let mut open_before = false;
    for incident in rows {
        if open_before && !incident.is_open() && height >= ROOMY {
            if y + 2 >= canvas.height() {
                break;
            }
            let minutes = scene.board.rules().keep_resolved.num_minutes();
            let words = format!("resolved in the last {minutes} min");
            canvas.put(1, y + 1, &scene.line(Role::Faint, words));
            y += 2;
        }
        open_before = incident.is_open();
        if y >= canvas.height() {
            break;
        }
        draw_row(scene, &mut canvas.strip(y, 1), columns, incident);
        y += 1;
    }
    draw_more(scene, canvas);
}

/// The incidents in sight.
fn window<'a>(scene: &Scene<'a>, height: usize) -> Vec<&'a Incident> {
    let (board, list) = (scene.board, &scene.app.incidents);
    let known = |id: IncidentId| board.incident(id);
    let ended = |id: &IncidentId| known(*id).is_some_and(|incident| !incident.is_open());
    let at_end = list.rows().rev().take(height).take_while(ended).count();
    let split = height >= ROOMY && at_end > 0 && at_end < height.min(list.len());
    let latest = list.len().saturating_sub(height.saturating_sub(if split { 2 } else { 0 }));
    let first = list.place().saturating_sub(height / 2).min(latest);
    list.rows().skip(first).take(height).filter_map(known).collect()
}

fn draw_heading(scene: &Scene<'_>, canvas: &mut Canvas<'_>, columns: Columns) {
    let lead = if columns.assumed { 7 } else { 6 };
    let mut words = format!("{}{}", " ".repeat(lead), text::pad("incident", columns.name));
    let mut add = |word: &str, wide: usize, right: bool| {
        if wide > 0 {
            words.push(' ');
            words.push_str(&if right { text::pad_left(word, wide) } else { text::pad(word, wide) });
        }
    };
    add("service", columns.service, false);
    add("since", columns.since, true);
    add("n", columns.count, true);
    add(" who", columns.who, false);
    canvas.put(0, 0, &scene.line(Role::Dim, words));
}

fn draw_row(scene: &Scene<'_>, row: &mut Canvas<'_>, columns: Columns, incident: &Incident) {
    let list = &scene.app.incidents;
    let selected = list.selected() == Some(incident.id);
    let (severity, rated) = (incident.rated.severity, Role::of_severity(incident.rated.severity));
    let resolved = !incident.is_open();
    let waits = incident.needs_somebody();
    let (sign, role) = match (resolved, incident.stale) {
        (true, _) => (Glyph::Done, Role::Resolved),
        (_, true) => (Glyph::of_severity(severity), Role::Stale),
        _ => (Glyph::of_severity(severity), rated),
    };
    let rating = if waits && !incident.stale { scene.strong(role, "") } else { scene.span(role, "") }.style;
    if selected {
        row.put(0, 0, &scene.line(Role::Accent, scene.glyph(Glyph::Cursor)));
    }
    if list.marks.contains(&incident.id) {
        row.put(1, 0, &scene.line(Role::Marked, scene.glyph(Glyph::Mark)));
    }
    let doubt = if incident.rated.known { "" } else { "?" };
    let lead = if columns.assumed { 7 } else { 6 };
    let rating_words = format!("{} {}{doubt}", scene.glyph(sign), severity.letter());
    row.put(2, 0, &Line::styled(rating_words, rating));
    let name_style = match role {
        Role::Resolved | Role::Stale => scene.style(role),
        _ if waits => scene.bold(Role::Strong),
        _ => scene.style(Role::Dim),
    };
    let mut x = lead - 1;
    let mut cell = |wide: usize, line: Line<'_>| {
        if wide > 0 {
            row.part(x + 1, 0, cells(wide), 1).put(0, 0, &line);
            x += cells(wide) + 1;
        }
    };
    let quiet = if resolved || incident.stale { role } else { Role::Dim };
    let service = if waits && !incident.stale { Role::Text } else { quiet };
    cell(columns.name, Line::styled(incident.title.as_str(), name_style));
    cell(columns.service, scene.line(service, incident.service.as_deref().unwrap_or("—")));
    let since = scene.since(incident.resolved.unwrap_or(incident.since));
    cell(columns.since, scene.line(quiet, text::pad_left(&since, columns.since)));
    let count = if resolved { incident.most } else { incident.alerts.len() };
    cell(columns.count, scene.line(quiet, count_words(count, columns.count)));
    // A free cell more, so that the count does not run into the words.
    let mut who = Line::from(" ");
    who.extend(who::who(scene, incident, columns.who.saturating_sub(1)).spans);
    cell(columns.who, who);
    if selected {
        row.tint(0, scene.style(Role::Selection));
    }
}

/// A count in its column; what does not fit is said to be more, never cut.
fn count_words(count: usize, wide: usize) -> String {
    let words = count.to_string();
    if words.len() <= wide { text::pad_left(&words, wide) } else { text::pad_left("99+", wide) }
}

fn draw_more(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let list = &scene.app.incidents;
    let (rows, place) = (canvas.rows(), list.place());
    if list.len() <= rows {
        return;
    }
    let x = canvas.width().saturating_sub(1);
    let sign = |glyph| scene.line(Role::Dim, scene.glyph(glyph));
    if place > rows / 2 {
        canvas.put(x, 0, &sign(Glyph::Above));
    }
    if place + rows / 2 < list.len() {
        canvas.put(x, canvas.height().saturating_sub(1), &sign(Glyph::Below));
    }
}

/// Why no incident is listed: because there is none, because none is known, or because a filter hides them.
fn draw_nothing(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let summary = scene.board.summary(scene.now);
    let list = &scene.app.incidents;
    let hidden = summary.firing.iter().sum::<usize>() + summary.quiet + summary.snoozed;
    let mut lines = Vec::new();
    if list.is_filtered() && hidden > 0 {
        let by =
            if list.filter_text.is_empty() { "unacked critical".to_owned() } else { format!("'{}'", list.filter_text) };
        lines.push(scene.line(Role::Strong, format!("nothing passes {by} · {hidden} hidden")));
        if !words::missing(scene).is_empty() {
            lines.push(words::only_missing(scene));
        }
    } else {
        lines.push(words::calm(scene, &summary));
    }
    let mut y = canvas.height() / 2 - u16::from(canvas.height() > 4);
    for line in lines {
        let style = line.spans.first().map_or_else(Default::default, |span| span.style);
        for piece in text::wrap(&line.to_string(), canvas.columns().saturating_sub(4)) {
            let x = canvas.width().saturating_sub(cells(text::width(&piece))) / 2;
            canvas.put(x, y, &Line::styled(piece, style));
            y += 1;
        }
    }
}
