//! What must be seen wherever one looks: that a remedy runs, that somebody is asked for.

use chrono::TimeDelta;

use super::scene::Scene;
use crate::domain::age;
use crate::domain::checklist::standing::State;
use crate::theme::{Glyph, Role};

/// One badge: its words, the same in a few cells, and its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Badge {
    pub(super) words: String,
    pub(super) short: String,
    pub(super) role: Role,
}

/// The badges of now.
pub(super) fn now(scene: &Scene<'_>) -> Vec<Badge> {
    running(scene).into_iter().chain(waiting(scene)).collect()
}

fn running(scene: &Scene<'_>) -> Option<Badge> {
    let runs = scene.app.runs_under_way();
    let sign = scene.glyph(Glyph::Running);
    let words = match runs.as_slice() {
        [] => return None,
        [only] => format!("{sign} {} {}", only.remedy, elapsed(scene.app.now - only.started)),
        several => format!("{sign} {} running", several.len()),
    };
    Some(Badge { words, short: format!("{sign} {}", runs.len()), role: Role::Accent })
}

fn waiting(scene: &Scene<'_>) -> Option<Badge> {
    let count = scene.app.open_requests().filter(|request| scene.app.waits_for_me(request)).count();
    let sign = scene.glyph(Glyph::Asks);
    let words = match count {
        0 => return None,
        1 => format!("{sign} 1 waits for approval"),
        count => format!("{sign} {count} wait for approval"),
    };
    Some(Badge { words, short: format!("{sign} {count}"), role: Role::High })
}

/// How many checklists wait for somebody: `1 overdue`, `2 walks due`. It is told quietly: nobody is woken by it.
pub(super) fn walks(scene: &Scene<'_>) -> Option<String> {
    let (overdue, due) = (scene.app.count_lists(State::Overdue), scene.app.count_lists(State::Due));
    match (overdue, overdue + due) {
        (0, 0) => None,
        (0, 1) => Some("1 walk due".to_owned()),
        (0, due) => Some(format!("{due} walks due")),
        (overdue, due) if due > overdue => Some(format!("{due} walks due, {overdue} overdue")),
        (1, _) => Some("1 walk overdue".to_owned()),
        (overdue, _) => Some(format!("{overdue} walks overdue")),
    }
}

/// How long something has run: whole seconds, then minutes.
pub(super) fn elapsed(span: TimeDelta) -> String {
    let seconds = span.num_seconds().max(0);
    if seconds < 120 { format!("{seconds} s") } else { age::spoken(span) }
}
