//! The ages that change where checklists and walks are shown.

use std::time::Duration;

use crate::app::App;
use crate::domain::checklist::WalkId;
use crate::ui::pane::list_words;
use crate::ui::widget::age;

/// How long until a list is due or overdue otherwise, or an open walk is longer under way.
pub(super) fn lists(app: &App) -> Option<Duration> {
    let due = app.walks.rows.iter().filter_map(|row| list_words::due_changes(row, app.now));
    let begun = app.walks.open.values().map(|walk| age::since_changes(walk.begun, app.now));
    due.chain(begun).min()
}

/// How long until a walk is longer under way, or its interruption longer past.
pub(super) fn walk(app: &App, id: WalkId) -> Option<Duration> {
    let walk = app.walk(id).filter(|walk| walk.is_open())?;
    let interrupted = app.interruptions(walk).pop().map(|last| age::since_changes(last.from, app.now));
    let begun = age::since_changes(walk.begun, app.now);
    Some(interrupted.map_or(begun, |interrupted| interrupted.min(begun)))
}
