//! Everything at a glance: incidents, signals, logs, checklists, and what was done.

mod lists;
mod timeline;

use ratatui::text::Line;

use super::{framed, incident, incidents, logs, owned};
use crate::app::Pane;
use crate::board::signals::Track;
use crate::domain::SignalLevel;
use crate::domain::quantity;
use crate::theme::{Glyph, Role};
use crate::ui::pane::{log_rows, signal_rows, slo_line};
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, canvas::cells, text};

/// From this width on there are two columns.
const TWO_COLUMNS: u16 = 100;
/// From this width and height on the highlighted incident is shown as well.
const ROOMY: (u16, u16) = (160, 34);
/// The rows that the lower panes take where they are folded to a line each.
const FOLDED: u16 = 2;
/// A pane of signals: four rows and the frame.
const SIGNALS: u16 = 6;

/// Draws the watch.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let (width, height) = (canvas.width(), canvas.height());
    let focus = scene.app.focus;
    if scene.app.full || scene.small {
        draw_pane(scene, canvas, focus);
    } else if (width, height) >= ROOMY && height >= ROOMY.1 {
        draw_roomy(scene, canvas);
    } else if width >= TWO_COLUMNS {
        let (left, top) = (width * 13 / 24, height / 2);
        draw_pane(scene, &mut canvas.part(0, 0, left, top), Pane::Incidents);
        draw_pane(scene, &mut canvas.part(left, 0, width - left, top), Pane::Signals);
        draw_pane(scene, &mut canvas.part(0, top, left, height - top), Pane::Logs);
        draw_pane(scene, &mut canvas.part(left, top, width - left, height - top), Pane::Checklists);
    } else {
        draw_column(scene, canvas);
    }
}

fn draw_roomy(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let (width, height) = (canvas.width(), canvas.height());
    let (left, top) = (width * 11 / 20, height * 11 / 20);
    let right = width - left;
    draw_pane(scene, &mut canvas.part(0, 0, left, top), Pane::Incidents);
    draw_pane(scene, &mut canvas.part(0, top, left, height - top), Pane::Logs);
    let rows = signal_rows::beside(scene).1.len() + scene.board.slos().len().min(1);
    let signals = cells(rows + 2).clamp(SIGNALS, height / 3);
    let timeline = (height - signals) * 2 / 5;
    draw_pane(scene, &mut canvas.part(left, 0, right, signals), Pane::Signals);
    incident::preview(scene, &mut canvas.part(left, signals, right, height - signals - timeline));
    draw_pane(scene, &mut canvas.part(left, height - timeline, right, timeline), Pane::Checklists);
}

/// One column: the list, one more pane, and a line for each of the others.
fn draw_column(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let (height, focus) = (canvas.height(), scene.app.focus);
    let second = if focus == Pane::Incidents { Pane::Signals } else { focus };
    let open = match focus {
        Pane::Incidents if height >= 18 => SIGNALS.max(height / 4),
        Pane::Incidents => 0,
        _ => height / 2,
    };
    let folded: Vec<Pane> =
        [Pane::Signals, Pane::Logs, Pane::Checklists].into_iter().filter(|pane| open == 0 || *pane != second).collect();
    let lines = cells(folded.len()).max(FOLDED);
    let list = height.saturating_sub(open + lines);
    draw_pane(scene, &mut canvas.strip(0, list), Pane::Incidents);
    if open > 0 {
        draw_pane(scene, &mut canvas.strip(list, open), second);
    }
    let lines = folded.into_iter().map(|pane| fold(scene, pane));
    canvas.put_all(1, list + open, lines);
}

fn draw_pane(scene: &Scene<'_>, canvas: &mut Canvas<'_>, pane: Pane) {
    match pane {
        Pane::Signals => draw_signals(scene, canvas),
        Pane::Logs => logs::draw_pane(scene, canvas),
        Pane::Checklists => lists::draw(scene, canvas),
        _ => incidents::draw_list(scene, canvas),
    }
}

fn draw_signals(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let (service, tracks) = signal_rows::beside(scene);
    let title = format!("Signals · {}", service.unwrap_or("worst first"));
    let source = tracks.first().map(|track| scene.source_info(&track.signal.source)).unwrap_or_default();
    let mut inner = framed(scene, canvas, Pane::Signals, title, owned(source));
    let mut inner = inner.inset(1);
    if tracks.is_empty() {
        inner.put(0, 0, &scene.line(Role::Dim, nothing_measured(scene)));
        return;
    }
    let promise = match service {
        Some(service) => scene.board.slos().get(service),
        None => scene.board.slos().values().next(),
    };
    let all = inner.height();
    let rows = all.saturating_sub(u16::from(promise.is_some() && all > 4));
    let label = signal_rows::label_width(tracks.iter().copied());
    for (y, track) in (0..rows).zip(&tracks) {
        signal_rows::draw(scene, &mut inner.strip(y, 1), track, label, service.is_none());
    }
    if let Some(reading) = promise {
        let y = cells(tracks.len()).min(rows);
        // A free row between what is measured and what is promised, where there is one.
        let y = if y + 1 < all { y + 1 } else { y };
        let line = slo_line::slo_line(scene, reading, inner.columns());
        inner.put(0, y, &line);
    }
    if let Some(service) = service {
        let below = cells(tracks.len()) + if promise.is_some() { 3 } else { 1 };
        draw_elsewhere(scene, &mut inner.strip(below, all.saturating_sub(below)), service);
    }
}

/// What stands badly at other services: the cause may be there.
fn draw_elsewhere(scene: &Scene<'_>, canvas: &mut Canvas<'_>, service: &str) {
    let aside = |track: &&Track| track.signal.key.service != service && track.level() != SignalLevel::Ok;
    let mut tracks: Vec<&Track> = scene.board.signals().iter().filter(aside).collect();
    if tracks.is_empty() || canvas.height() < 2 {
        return;
    }
    tracks.sort_by_key(|track| signal_rows::urgency(track.level()));
    canvas.put(0, 0, &scene.line(Role::Dim, "elsewhere"));
    for (y, track) in (1..canvas.height()).zip(tracks) {
        signal_rows::draw(scene, &mut canvas.strip(y, 1), track, 0, true);
    }
}

fn nothing_measured(scene: &Scene<'_>) -> &'static str {
    if scene.board.signals().iter().len() == 0 { "no source measures signals" } else { "no signal of this service" }
}

/// What is worst or newest in a pane, in one line.
fn fold<'a>(scene: &Scene<'a>, pane: Pane) -> Line<'a> {
    let label = |words: &str| scene.span(Role::Dim, text::pad(words, 9));
    match pane {
        Pane::Signals => {
            let mut line = Line::from(label("Signals"));
            let tracks = signal_rows::beside(scene).1;
            let worst = tracks.into_iter().min_by_key(|track| signal_rows::urgency(track.level()));
            match worst {
                Some(track) => {
                    let level = track.level();
                    let value = quantity::text(track.latest().and_then(|latest| latest.value), &track.signal.unit);
                    let sign =
                        Glyph::of_signal(level).map_or(String::new(), |glyph| format!(" {}", scene.glyph(glyph)));
                    let name = format!("{} {} ", track.signal.key.service, track.signal.key.kind);
                    line.push_span(scene.span(Role::Text, name));
                    line.push_span(scene.span(Role::of_signal(level), format!("{value}{sign}")));
                }
                None => line.push_span(scene.span(Role::Dim, nothing_measured(scene))),
            }
            line
        }
        Pane::Logs => {
            let mut line = Line::from(label("Logs"));
            match log_rows::Shown::until(scene, None, 1).pop() {
                Some((_, kept)) => line.extend(log_rows::row(scene, kept, "").spans),
                None => line.push_span(scene.span(Role::Dim, "no line yet")),
            }
            line
        }
        _ => lists::folded(scene),
    }
}
