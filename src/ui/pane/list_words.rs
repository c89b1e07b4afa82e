//! How a checklist stands, in a sign and a few words: what is due, what was done last, by whom.

use std::time::Duration;

use ratatui::text::Line;

use super::schedule;
use crate::app::walks::ListRow;
use crate::domain::age;
use crate::domain::checklist::Walked;
use crate::domain::checklist::standing::State;
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::age as ages;

/// The sign of a list, and its role. What is overdue is overdue, begun or not.
pub(in crate::ui) fn sign(scene: &Scene<'_>, row: &ListRow) -> (Glyph, Role) {
    match (row.standing.state, row.open, &row.last) {
        (State::Overdue, ..) => (Glyph::Overdue, Role::High),
        (_, Some(_), _) => (Glyph::Begun, Role::Accent),
        (State::Due, ..) => (Glyph::Medium, Role::Medium),
        (State::Soon, ..) => (Glyph::Late, Role::Text),
        (State::OnDemand, ..) | (State::Ahead, _, None) => (Glyph::Waiting, Role::Dim),
        (State::Ahead, _, Some(last)) if was_fine(last) => (Glyph::Done, scene.good()),
        // Given up is not taken, and a turn at which something failed is taken, but not well.
        (State::Ahead, _, Some(last)) if !last.end.completed => (Glyph::Waiting, Role::Dim),
        (State::Ahead, _, Some(last)) if last.failed > 0 => (Glyph::High, Role::Dim),
        (State::Ahead, _, Some(_)) => (Glyph::Done, Role::Dim),
    }
}

/// Whether a walk found nothing to worry about, and was walked to its end.
fn was_fine(walked: &Walked) -> bool {
    walked.end.completed && walked.failed == 0 && walked.done == walked.of
}

/// When its turn is: `due 09:00`, `overdue 2 d`, `in 3 d`, `on demand`.
pub(in crate::ui) fn due(scene: &Scene<'_>, row: &ListRow) -> (Role, String) {
    let Some(at) = row.standing.due else { return (Role::Dim, "on demand".to_owned()) };
    match row.standing.state {
        State::Overdue => (Role::High, format!("overdue {}", age::coarse(scene.now - at))),
        State::Due => (Role::Text, format!("due {}", schedule::local(scene, at, true))),
        State::Soon => (Role::Text, format!("in {}", age::coarse(at - scene.now))),
        State::Ahead => (Role::Dim, format!("in {}", age::coarse(at - scene.now))),
        State::OnDemand => (Role::Dim, "on demand".to_owned()),
    }
}

/// How long until [`due`] says something else.
pub(in crate::ui) fn due_changes(row: &ListRow, now: crate::domain::Moment) -> Option<Duration> {
    let at = row.standing.due?;
    match row.standing.state {
        State::Overdue => Some(ages::since_changes(at, now)),
        State::Soon | State::Ahead => ages::left_changes(at, now),
        State::Due | State::OnDemand => None,
    }
}

/// How far the open walk is: `2/4`; of a list that is not begun, how many items it has.
pub(in crate::ui) fn progress(row: &ListRow) -> String {
    if row.open.is_some() { format!("{}/{}", row.looked_at, row.of) } else { row.of.to_string() }
}

/// The last walk in short: `fri by ana · 1 failed`.
pub(in crate::ui) fn last<'a>(scene: &Scene<'a>, row: &ListRow) -> Line<'a> {
    let Some(last) = &row.last else { return scene.line(Role::Dim, "never") };
    let (when, by) = (schedule::local(scene, last.end.at, false), &last.end.by.name);
    let mut line = scene.line(Role::Dim, format!("{when} by {by}"));
    line.extend(outcome(scene, last).spans);
    line
}

/// What was not fine about a walk: ` · 1 failed`.
pub(in crate::ui) fn outcome<'a>(scene: &Scene<'a>, last: &Walked) -> Line<'a> {
    let mut line = Line::default();
    if !last.end.completed {
        line.push_span(scene.span(Role::Dim, " · given up"));
    }
    if last.failed > 0 {
        line.push_span(scene.span(Role::Dim, " · "));
        line.push_span(scene.span(Role::High, format!("{} failed", last.failed)));
    }
    if last.skipped > 0 {
        line.push_span(scene.span(Role::Dim, format!(" · {} skipped", last.skipped)));
    }
    line
}

/// Turns that were taken in a row, and those that were missed.
pub(in crate::ui) fn kept(row: &ListRow) -> (Role, String) {
    match (row.standing.missed, row.standing.streak) {
        // One turn is no row.
        (0, 0 | 1) => (Role::Dim, String::new()),
        (0, streak) => (Role::Dim, format!("{streak} in a row")),
        (missed, _) => (Role::High, format!("{missed} missed")),
    }
}
