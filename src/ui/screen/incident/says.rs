//! What the alerts say: labels that differ, labels they share, annotations, links; and a signal of the service.

use std::collections::BTreeSet;

use ratatui::text::{Line, Span};

use crate::app::page;
use crate::board::signals::Track;
use crate::domain::quantity;
use crate::domain::runbook::Found;
use crate::domain::{Alert, AlertState, Incident, Reading, SignalLevel};
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
    let said: Vec<String> =
        Compared::of(&alerts).shared.iter().map(|(name, value)| format!("{name}={value}")).collect();
    scene.line(Role::Dim, said.join(" "))
}

/// What the labels of alerts have in common, and the names in which they differ. One pass: an incident may have ten
/// thousand alerts, and it is drawn again whenever one of them changes.
struct Compared<'a> {
    shared: Vec<(&'a str, &'a str)>,
    differing: BTreeSet<&'a str>,
}

impl<'a> Compared<'a> {
    fn of(alerts: &[&'a Alert]) -> Self {
        let Some((first, others)) = alerts.split_first() else {
            return Self { shared: Vec::new(), differing: BTreeSet::new() };
        };
        let mut shared: Vec<(&str, &str)> = first.labels.iter().filter(|(name, _)| *name != "alertname").collect();
        let mut differing = BTreeSet::new();
        for alert in others {
            let mut met = 0;
            for (name, value) in alert.labels.iter().filter(|(name, _)| *name != "alertname") {
                match shared.iter().position(|(known, _)| *known == name) {
                    Some(at) if shared.get(at).is_some_and(|(_, known)| *known == value) => met += 1,
                    Some(at) => {
                        differing.insert(shared.remove(at).0);
                    }
                    None if differing.contains(name) => {}
                    None => {
                        differing.insert(name);
                    }
                }
            }
            if met < shared.len() {
                let lacks = |name: &str| alert.labels.get(name).is_none();
                differing.extend(shared.extract_if(.., |(name, _)| lacks(name)).map(|(name, _)| name));
            }
        }
        Self { shared, differing }
    }
}

fn lines<'a>(scene: &Scene<'a>, incident: &'a Incident, wide: usize) -> Vec<Line<'a>> {
    let alerts: Vec<&Alert> = scene.board.alerts_of(incident).collect();
    if alerts.is_empty() {
        return vec![scene.line(Role::Dim, "no alert of it fires any more")];
    }
    let compared = Compared::of(&alerts);
    let mut lines = differing(scene, &alerts, &compared.differing, wide);
    for (name, value) in compared.shared {
        lines.push(pair(scene, name, scene.span(Role::Text, value)));
    }
    lines.extend(annotations(scene, &alerts, wide));
    lines.extend(links(scene, incident, &alerts));
    lines
}

fn pair<'a>(scene: &Scene<'a>, name: &str, value: Span<'a>) -> Line<'a> {
    Line::from_iter([scene.span(Role::Dim, format!("{} ", text::pad(name, NAME))), value])
}

/// Where alerts differ in one label, its values; where they differ in more, the alerts one by one.
fn differing<'a>(scene: &Scene<'a>, alerts: &[&'a Alert], names: &BTreeSet<&str>, wide: usize) -> Vec<Line<'a>> {
    match (alerts, names.len()) {
        ([_], _) | (_, 0) => Vec::new(),
        (_, 1) => names.iter().flat_map(|name| values(scene, alerts, name, wide)).collect(),
        _ => {
            alerts.iter().take(LISTED).map(|alert| one(scene, alert, names)).chain(rest(scene, alerts.len())).collect()
        }
    }
}

fn values<'a>(scene: &Scene<'a>, alerts: &[&'a Alert], name: &str, wide: usize) -> Vec<Line<'a>> {
    // Alerts that differ in one label alone have each a value of their own: the first few are enough.
    let (mut first, mut count): (Vec<&str>, usize) = (Vec::new(), 0);
    for value in alerts.iter().filter_map(|alert| alert.labels.get(name)) {
        count += 1;
        let at = first.partition_point(|known| *known < value);
        if at < LISTED {
            first.insert(at, value);
            first.truncate(LISTED);
        }
    }
    let mut joined = first.join(", ");
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

fn links<'a>(scene: &Scene<'a>, incident: &Incident, alerts: &[&'a Alert]) -> Vec<Line<'a>> {
    let source = alerts.iter().find_map(|alert| alert.link.as_deref());
    let mut lines = vec![runbook(scene, incident, alerts)];
    if let Some(address) = source {
        lines.push(pair(scene, "at source", scene.span(Role::Link, address)));
    }
    lines
}

/// The runbook by its name, and from where it is. A visible gap is one that gets filled.
fn runbook<'a>(scene: &Scene<'a>, incident: &Incident, alerts: &[&'a Alert]) -> Line<'a> {
    let Some(found) = scene.app.runbook_of(incident) else {
        let mut line = pair(scene, "runbook", scene.span(Role::Dim, "no runbook linked"));
        if let Some(told) = alerts.iter().take(LISTED).find_map(|alert| alert.runbook()) {
            line.push_span(scene.span(Role::Dim, format!(" · the alert says '{told}'")));
        }
        return line;
    };
    let name = page::name_of(&found);
    match found {
        Found::Web(_) => pair(scene, "runbook", scene.span(Role::Link, name)),
        other => {
            let mut line = pair(scene, "runbook", scene.span(Role::Text, name));
            match other {
                Found::Shipped(_) => line.push_span(scene.span(Role::Dim, " · shipped")),
                Found::Mapped(_, url) => line.extend([scene.span(Role::Dim, " · "), scene.span(Role::Link, url)]),
                Found::File(_) | Found::Web(_) => line.push_span(scene.span(Role::Dim, " · local")),
            }
            line
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Fingerprint, Labels, Moment, Rated, Severity};
    use proptest::prelude::*;

    fn alert(labels: Labels) -> Alert {
        Alert {
            fingerprint: Fingerprint::of(&labels),
            labels,
            annotations: Labels::default(),
            since: Moment::UNIX_EPOCH,
            state: AlertState::Firing,
            rated: Rated::known(Severity::High),
            silenced_by: Vec::new(),
            inhibited_by: Vec::new(),
            value: None,
            link: None,
        }
    }

    proptest! {
        #[test]
        fn every_label_is_shared_by_all_or_differs(
            sets in prop::collection::vec(prop::collection::btree_map("[abc]|alertname", "[xy]", 0..4), 1..6),
        ) {
            let alerts: Vec<Alert> = sets.iter().map(|set| alert(set.clone().into_iter().collect())).collect();
            let compared = Compared::of(&alerts.iter().collect::<Vec<_>>());
            let shared: BTreeSet<&str> = compared.shared.iter().map(|(name, _)| *name).collect();
            for name in ["a", "b", "c"] {
                let values: BTreeSet<Option<&String>> = sets.iter().map(|set| set.get(name)).collect();
                let (same, any) = (values.len() == 1, values.iter().any(Option::is_some));
                prop_assert_eq!(shared.contains(name), same && any, "{}", name);
                prop_assert_eq!(compared.differing.contains(name), !same, "{}", name);
            }
            prop_assert!(!shared.contains("alertname") && !compared.differing.contains("alertname"));
        }
    }
}
