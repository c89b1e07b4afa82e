//! Signals as rows: name, value, sparkline, and how the value stands to its thresholds.

use chrono::TimeDelta;
use ratatui::text::{Line, Span};

use crate::board::signals::Track;
use crate::domain::quantity;
use crate::domain::{Reading, SignalLevel};
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, canvas::cells, series, sparkline, text};

/// How wide the name and the value are, and the words that should have room behind the sparkline.
const NAME: usize = 10;
const VALUE: usize = 9;
const WORDS: usize = 14;
/// The widest label.
const LABEL: usize = 10;

/// How wide the labels of these signals are.
pub(in crate::ui) fn label_width<'a>(tracks: impl IntoIterator<Item = &'a Track>) -> usize {
    tracks.into_iter().map(|track| text::width(track.signal.name())).max().unwrap_or(0).min(LABEL)
}

/// The signals beside an incident: of its service, or the worst of all where the service has none.
pub(in crate::ui) fn beside<'a>(scene: &Scene<'a>) -> (Option<&'a str>, Vec<&'a Track>) {
    let signals = scene.board.signals();
    if let Some(service) = scene.app.service() {
        let own: Vec<&Track> = signals.of(service).collect();
        if !own.is_empty() {
            return (Some(service), own);
        }
    }
    // One service alone is shown as itself, whatever is highlighted.
    if let [only] = signals.services().as_slice() {
        return (Some(only), signals.iter().collect());
    }
    let mut all: Vec<&Track> = signals.iter().collect();
    all.sort_by_key(|track| urgency(track.level()));
    (None, all)
}

/// The worst level first; what is not known before what is fine.
pub(in crate::ui) fn urgency(level: SignalLevel) -> u8 {
    match level {
        SignalLevel::Critical => 0,
        SignalLevel::Warn => 1,
        SignalLevel::Unknown => 2,
        SignalLevel::Ok => 3,
    }
}

/// Draws one signal into one row; `with_service` where rows of several services stand together.
pub(in crate::ui) fn draw(scene: &Scene<'_>, row: &mut Canvas<'_>, track: &Track, label: usize, with_service: bool) {
    let wide = row.columns();
    let label = if wide < 46 { 0 } else { label };
    let service = if with_service { 12 } else { 0 };
    let stale = scene.health(&track.signal.source).is_missing();
    let level = track.level();
    let role = if stale { Role::Stale } else { Role::of_signal(level) };
    let mut spans = Vec::new();
    if service > 0 {
        spans.push(scene.span(Role::Dim, format!("{} ", text::pad(&track.signal.key.service, service))));
    }
    spans.push(scene.span(Role::Text, format!("{} ", text::pad(track.signal.key.kind.as_str(), NAME))));
    if label > 0 {
        spans.push(scene.span(Role::Dim, text::pad(track.signal.name(), label)));
    }
    let latest = quantity::text(track.latest().and_then(|reading| reading.value), &track.signal.unit);
    let latest = text::pad_left(&latest, VALUE);
    let urgent = matches!(level, SignalLevel::Critical | SignalLevel::Warn);
    spans.push(if urgent && !stale { scene.strong(role, latest) } else { scene.span(role, latest) });
    let used = spans.iter().map(|span| text::width(&span.content)).sum::<usize>() + 1;
    let spark = if has_numbers(track) { spark_width(wide.saturating_sub(used)) } else { 0 };
    let mut x = row.put(0, 0, &Line::from(spans)) + 1;
    if spark > 0 {
        let drawn = spark_of(scene, track, spark);
        let series = if stale {
            Role::Stale
        } else if urgent {
            role
        } else {
            Role::Series
        };
        row.put(x, 0, &scene.line(series, drawn));
        x += cells(spark) + 1;
    }
    let room = wide.saturating_sub(usize::from(x));
    row.put(x, 0, &standing(scene, track, stale, room));
}

/// What the words leave, in even steps; a sparkline of less than a few cells says nothing.
fn spark_width(room: usize) -> usize {
    let spare = room.saturating_sub(WORDS + 1).min(24);
    if spare < 6 { 0 } else { spare / 2 * 2 }
}

fn has_numbers(track: &Track) -> bool {
    track.readings.iter().any(|reading| reading.value.is_some_and(f64::is_finite))
}

fn spark_of(scene: &Scene<'_>, track: &Track, wide: usize) -> String {
    let readings: Vec<Reading> = track.readings.iter().copied().collect();
    let low_is_bad = low_is_bad(track);
    let ceiling = if low_is_bad { None } else { track.signal.critical.or(track.signal.warn) };
    match series::columns(&readings, wide, low_is_bad) {
        Some(columns) => sparkline::sparkline(scene.theme, &columns.values, ceiling),
        None => String::new(),
    }
}

fn low_is_bad(track: &Track) -> bool {
    matches!((track.signal.warn, track.signal.critical), (Some(warn), Some(critical)) if critical < warn)
}

/// How the value stands: `▲ over 500 ms for 6m`, `−58 % in 1h`, or why there is no number.
fn standing<'a>(scene: &Scene<'a>, track: &'a Track, stale: bool, room: usize) -> Line<'a> {
    if stale {
        let at = track.latest().map(|reading| format!("as of {}", scene.day_hour(reading.at)));
        return scene.line(Role::Stale, at.unwrap_or_else(|| "no reading yet".to_owned()));
    }
    let level = track.level();
    let role = Role::of_signal(level);
    let since = track.level_since.map(|since| format!(" for {}", scene.since(since))).unwrap_or_default();
    let sign = Glyph::of_signal(level).map_or("", |glyph| scene.glyph(glyph));
    if level == SignalLevel::Unknown {
        let problem = track.problem.as_deref().unwrap_or("no number");
        return Line::from(scene.span(role, format!("{sign} {problem}")));
    }
    let Some(bound) = crossed(track, level) else { return trend(scene, track) };
    let side = if low_is_bad(track) { "under" } else { "over" };
    let bound = quantity::text(Some(bound), &track.signal.unit);
    let words = [format!("{sign} {side} {bound}{since}"), format!("{sign} {side} {bound}"), format!("{sign} {side}")];
    let fits = words.iter().find(|words| text::width(words) <= room).cloned();
    Line::from(Span::styled(fits.unwrap_or_else(|| sign.to_owned()), scene.style(role)))
}

fn crossed(track: &Track, level: SignalLevel) -> Option<f64> {
    match level {
        SignalLevel::Critical => track.signal.critical,
        SignalLevel::Warn => track.signal.warn,
        SignalLevel::Ok | SignalLevel::Unknown => None,
    }
}

/// The least change that is worth saying, in per cent, and over how long it must be seen.
const WORTH_SAYING: f64 = 20.0;
const SEEN: TimeDelta = TimeDelta::minutes(10);

/// How much a value that is within its thresholds changed, if that is worth saying.
fn trend<'a>(scene: &Scene<'a>, track: &Track) -> Line<'a> {
    let known = |reading: &&Reading| reading.value.is_some_and(f64::is_finite);
    let (Some(first), Some(last)) = (track.readings.iter().find(known), track.readings.iter().rev().find(known)) else {
        return Line::default();
    };
    let (Some(from), Some(to)) = (first.value, last.value) else { return Line::default() };
    let span = last.at - first.at;
    let change = (to - from) / from * 100.0;
    if span < SEEN || !change.is_finite() || change.abs() < WORTH_SAYING || change.abs() >= 1000.0 {
        return Line::default();
    }
    let sign = if change < 0.0 { "−" } else { "+" };
    let words = format!("{sign}{:.0} % in {}", change.abs(), crate::domain::age::short(span));
    scene.line(Role::Dim, words)
}
