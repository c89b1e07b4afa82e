//! Days of a calendar as signs: each has a shape of its own, so that no colour is needed to tell them.

use chrono::Datelike;
use ratatui::text::{Line, Span};

use crate::domain::checklist::trend::{Day, Strip};
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::text;

/// What each sign says.
pub(in crate::ui) const LEGEND: [(Day, &str); 5] = [
    (Day::Fine, "fine"),
    (Day::Flawed, "failed or skipped"),
    (Day::Missed, "missed"),
    (Day::Due, "due"),
    (Day::Free, "no turn"),
];

/// The sign of a day.
pub(in crate::ui) fn sign<'a>(scene: &Scene<'a>, day: Day) -> Span<'a> {
    let (glyph, role) = match day {
        Day::Free => (Glyph::Waiting, Role::Dim),
        Day::Fine => (Glyph::Live, scene.good()),
        Day::Flawed => (Glyph::High, Role::High),
        Day::Missed => (Glyph::Lost, Role::Failed),
        Day::Due => (Glyph::Low, Role::Accent),
    };
    scene.span(role, scene.glyph(glyph))
}

/// The last days in one row, oldest first, a gap before each Monday.
pub(in crate::ui) fn row<'a>(scene: &Scene<'a>, strip: &Strip, wide: usize) -> Line<'a> {
    // A week takes seven cells and the gap.
    let most = wide / 8 * 7;
    let mut line = Line::default();
    for (date, day) in strip.iter().skip(strip.len().saturating_sub(most)) {
        if date.weekday() == chrono::Weekday::Mon && !line.spans.is_empty() {
            line.push_span(" ");
        }
        line.push_span(sign(scene, *day));
    }
    line
}

/// Weeks side by side, a row for each day of the week, the months above.
pub(in crate::ui) fn calendar<'a>(scene: &Scene<'a>, strip: &Strip, wide: usize) -> Vec<Line<'a>> {
    let weeks = weeks(strip, wide.saturating_sub(4) / 2);
    let mut lines = vec![scene.line(Role::Dim, months(&weeks))];
    for (at, name) in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].into_iter().enumerate() {
        let mut line = scene.line(Role::Dim, format!("{name} "));
        for week in &weeks {
            let day = week.get(at).copied().flatten();
            line.push_span(day.map_or_else(|| Span::raw(" "), |(_, day)| sign(scene, day)));
            line.push_span(" ");
        }
        lines.push(line);
    }
    lines
}

/// The names of the months, each over the first week of it that has room for one.
fn months(weeks: &[Week]) -> String {
    let (mut names, mut before) = (String::new(), None);
    for (at, week) in weeks.iter().enumerate() {
        let Some((date, _)) = week.iter().flatten().next() else { continue };
        let place = 4 + 2 * at;
        if before != Some(date.month()) && text::width(&names) < place {
            names.push_str(&" ".repeat(place - text::width(&names)));
            names.push_str(&date.format("%b").to_string());
            before = Some(date.month());
        }
    }
    names
}

type Week = [Option<(chrono::NaiveDate, Day)>; 7];

/// The days in weeks from Monday on, at most `most` of the newest.
fn weeks(strip: &Strip, most: usize) -> Vec<Week> {
    let mut weeks: Vec<Week> = Vec::new();
    for (date, day) in strip {
        let at = date.weekday().num_days_from_monday() as usize;
        if weeks.is_empty() || at == 0 {
            weeks.push([None; 7]);
        }
        if let Some(slot) = weeks.last_mut().and_then(|week| week.get_mut(at)) {
            *slot = Some((*date, *day));
        }
    }
    weeks.split_off(weeks.len().saturating_sub(most))
}

/// What the signs say, in one line.
pub(in crate::ui) fn legend<'a>(scene: &Scene<'a>) -> Line<'a> {
    let mut line = Line::default();
    for (at, (day, words)) in LEGEND.into_iter().enumerate() {
        if at > 0 {
            line.push_span("  ");
        }
        line.push_span(sign(scene, day));
        line.push_span(scene.span(Role::Dim, format!(" {words}")));
    }
    line
}
