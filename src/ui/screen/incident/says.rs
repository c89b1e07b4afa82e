//! What the alerts say: labels that differ, labels they share, annotations, links; and a signal of the service.

use std::collections::BTreeSet;

use ratatui::text::{Line, Span};

use crate::board::signals::Track;
use crate::domain::quantity;
use crate::domain::{Alert, AlertState, Incident, Labels, Reading, SignalLevel};
use crate::theme::{Glyph, Role};
use crate::ui::pane::signal_rows;
use crate::ui::scene::Scene;
use crate::ui::screen::scrolling;
use crate::ui::widget::chart::Chart;
use crate::ui::widget::{Canvas, canvas::cells, text};

/// How wide the names are.
const NAME: usize = 12;
/// The most alerts that are listed one by one, and the most values of one label.
const LISTED: usize = 12;
/// The fewest rows of a chart that are worth drawing, and the most.
const CHART: (u16, u16) = (6, 12);

/// Draws the words, and the chart below them where it has room.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, incident: &Incident, from: usize) {
    let lines = lines(scene, incident, canvas.columns());
    let height = canvas.height();
    let words = cells(lines.len());
    let track = signal(scene, incident);
    let room = height.saturating_sub(words + 1);
    let chart = if track.is_some() && room >= CHART.0 { room.min(CHART.1) } else { 0 };
    scrolling(scene, &mut canvas.strip(0, height - chart), lines, from);
    if let Some(track) = track.filter(|_| chart > 0) {
        draw_chart(scene, &mut canvas.strip(height.min(words + 1), chart), track, incident);
    }
}

/// The signal of the service that stands worst, the first of those.
fn signal<'a>(scene: &Scene<'a>, incident: &'a Incident) -> Option<&'a Track> {
    let service = incident.service.as_deref()?;
    scene.board.signals().of(service).min_by_key(|track| match track.level() {
        // What is not known draws no line.
        SignalLevel::Unknown => u8::MAX,
        level => signal_rows::urgency(level),
    })
}

fn draw_chart(scene: &Scene<'_>, canvas: &mut Canvas<'_>, track: &Track, incident: &Incident) {
    let signal = &track.signal;
    let readings: Vec<Reading> = track.readings.iter().copied().collect();
    let latest = quantity::text(track.latest().and_then(|reading| reading.value), &signal.unit);
    let stale = scene.health(&signal.source).is_missing();
    let level = track.level();
    let role = if stale { Role::Stale } else { Role::of_signal(level) };
    let sign = Glyph::of_signal(level).map_or(String::new(), |glyph| format!(" {}", scene.glyph(glyph)));
    let mut line = Line::from_iter([
        scene.strong(Role::Text, format!("{} {}", signal.key.kind, signal.label).trim_end().to_owned()),
        scene.strong(role, format!("  {latest}{sign}")),
    ]);
    if stale {
        line.push_span(scene.span(Role::Dim, " · "));
        line.extend(scene.source_info(&signal.source).spans);
    }
    canvas.put(0, 0, &line);
    let chart = Chart {
        readings: &readings,
        unit: &signal.unit,
        warn: signal.warn,
        critical: signal.critical,
        began: Some(incident.since),
    };
    let height = canvas.height();
    chart.draw(scene.theme, &mut canvas.strip(1, height.saturating_sub(1)));
}

/// The labels of the alerts, shared and differing, in one line.
pub(super) fn labels_line<'a>(scene: &Scene<'a>, incident: &'a Incident) -> Line<'a> {
    let alerts: Vec<&Alert> = scene.board.alerts_of(incident).collect();
    let said: Vec<String> = shared(&alerts).iter().map(|(name, value)| format!("{name}={value}")).collect();
    scene.line(Role::Dim, said.join(" "))
}

fn shared(alerts: &[&Alert]) -> Labels {
    let all = alerts.iter().map(|alert| alert.labels.clone());
    let all = all.reduce(|all, labels| all.shared_with(&labels)).unwrap_or_default();
    all.without(|name| name == "alertname")
}

fn lines<'a>(scene: &Scene<'a>, incident: &'a Incident, wide: usize) -> Vec<Line<'a>> {
    let alerts: Vec<&Alert> = scene.board.alerts_of(incident).collect();
    if alerts.is_empty() {
        return vec![scene.line(Role::Dim, "no alert of it fires any more")];
    }
    let shared = shared(&alerts);
    let mut lines = differing(scene, &alerts, &shared, wide);
    for (name, value) in shared.iter() {
        lines.push(pair(scene, name, scene.span(Role::Text, value.to_owned())));
    }
    lines.extend(annotations(scene, &alerts, wide));
    lines.extend(links(scene, &alerts));
    lines
}

fn pair<'a>(scene: &Scene<'a>, name: &str, value: Span<'a>) -> Line<'a> {
    Line::from_iter([scene.span(Role::Dim, format!("{} ", text::pad(name, NAME))), value])
}

/// Where alerts differ in one label, its values; where they differ in more, the alerts one by one.
fn differing<'a>(scene: &Scene<'a>, alerts: &[&'a Alert], shared: &Labels, wide: usize) -> Vec<Line<'a>> {
    let names: BTreeSet<&str> = alerts
        .iter()
        .flat_map(|alert| alert.labels.iter().map(|(name, _)| name))
        .filter(|name| *name != "alertname" && shared.get(name).is_none())
        .collect();
    match (alerts, names.len()) {
        ([_], _) | (_, 0) => Vec::new(),
        (_, 1) => names.into_iter().flat_map(|name| values(scene, alerts, name, wide)).collect(),
        _ => {
            alerts.iter().take(LISTED).map(|alert| one(scene, alert, &names)).chain(rest(scene, alerts.len())).collect()
        }
    }
}

fn values<'a>(scene: &Scene<'a>, alerts: &[&'a Alert], name: &str, wide: usize) -> Vec<Line<'a>> {
    let values: BTreeSet<&str> = alerts.iter().filter_map(|alert| alert.labels.get(name)).collect();
    let count = values.len();
    let mut joined = values.into_iter().take(LISTED).collect::<Vec<_>>().join(", ");
    if count > LISTED {
        joined = format!("{joined} and {} more", count - LISTED);
    }
    let wrapped = text::wrap(&joined, wide.saturating_sub(NAME + 1));
    let named = |at: usize| if at == 0 { name } else { "" };
    wrapped.into_iter().enumerate().map(|(at, words)| pair(scene, named(at), scene.strong(Role::Text, words))).collect()
}

fn one<'a>(scene: &Scene<'a>, alert: &'a Alert, names: &BTreeSet<&str>) -> Line<'a> {
    let said: Vec<String> =
        names.iter().filter_map(|name| Some(format!("{name}={}", alert.labels.get(name)?))).collect();
    let sign = scene.glyph(Glyph::of_severity(alert.rated.severity));
    let state = match alert.state {
        AlertState::Silenced => " · silenced",
        AlertState::Inhibited => " · inhibited",
        AlertState::Pending => " · pending",
        AlertState::Firing => "",
    };
    let value = alert.value.map(|value| format!(" · {}", quantity::text(Some(value), ""))).unwrap_or_default();
    Line::from_iter([
        scene.span(Role::of_severity(alert.rated.severity), format!("{sign} ")),
        scene.span(Role::Dim, format!("{} ", text::pad_left(&scene.since(alert.since), 4))),
        scene.span(Role::Text, said.join(" ")),
        scene.span(Role::Dim, format!("{value}{state}")),
    ])
}

fn rest<'a>(scene: &Scene<'a>, count: usize) -> Option<Line<'a>> {
    (count > LISTED).then(|| scene.line(Role::Dim, format!("and {} more alerts", count - LISTED)))
}

/// What the first alert says beside the summary that stands in the head.
fn annotations<'a>(scene: &Scene<'a>, alerts: &[&'a Alert], wide: usize) -> Vec<Line<'a>> {
    let Some(alert) = alerts.first() else { return Vec::new() };
    let (summary, runbook) = (alert.summary(), alert.runbook());
    let told = alert.annotations.iter().filter(|(_, value)| Some(*value) != summary && Some(*value) != runbook);
    let mut lines = Vec::new();
    for (name, value) in told {
        let role = if is_address(value) { Role::Link } else { Role::Text };
        for (at, words) in text::wrap(value, wide.saturating_sub(NAME + 1)).into_iter().take(4).enumerate() {
            lines.push(pair(scene, if at == 0 { name } else { "" }, scene.span(role, words)));
        }
    }
    lines
}

fn is_address(value: &str) -> bool {
    value.starts_with("https://") || value.starts_with("http://")
}

fn links<'a>(scene: &Scene<'a>, alerts: &[&'a Alert]) -> Vec<Line<'a>> {
    let runbook = alerts.iter().find_map(|alert| alert.runbook());
    let source = alerts.iter().find_map(|alert| alert.link.as_deref());
    let runbook = match runbook {
        Some(address) => scene.span(Role::Link, address),
        // A visible gap is one that gets filled.
        None => scene.span(Role::Dim, "none linked"),
    };
    let mut lines = vec![pair(scene, "runbook", runbook)];
    if let Some(address) = source {
        lines.push(pair(scene, "at source", scene.span(Role::Link, address)));
    }
    lines
}
