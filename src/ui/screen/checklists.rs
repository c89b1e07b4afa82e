//! Checklists: which are due, how far the open walks are, how the last ones went; beside it the highlighted one.

mod details;
mod table;

use super::{framed, owned, scrolling, window};
use crate::app::Pane;
use crate::app::walks::ListRow;
use crate::domain::checklist::standing::State;
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::pane::Pane as Frame;
use crate::ui::widget::{Canvas, text};

/// From this width on the highlighted list stands beside the table.
const TWO_COLUMNS: u16 = 110;
/// From this height on it stands below.
const TALL: u16 = 16;

/// Draws the view.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let (width, height) = (canvas.width(), canvas.height());
    let chosen = chosen(scene);
    let Some(row) = chosen.filter(|_| !scene.app.full && !scene.small) else {
        return draw_table(scene, canvas);
    };
    if width >= TWO_COLUMNS {
        let left = width * 13 / 20;
        draw_table(scene, &mut canvas.part(0, 0, left, height));
        draw_details(scene, &mut canvas.part(left, 0, width - left, height), row);
    } else if height >= TALL {
        let below = (height * 2 / 5).min(11);
        draw_table(scene, &mut canvas.strip(0, height - below));
        draw_details(scene, &mut canvas.strip(height - below, below), row);
    } else {
        draw_table(scene, canvas);
    }
}

/// The row under the cursor; the first where it is nowhere.
fn chosen<'a>(scene: &Scene<'a>) -> Option<&'a ListRow> {
    let key = scene.app.walks.list.key();
    let rows = &scene.app.walks.rows;
    rows.iter().find(|row| Some(&row.list.id) == key).or_else(|| rows.first())
}

fn draw_table(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let info = owned(scene.line(Role::Dim, summary(scene)));
    let mut inner = framed(scene, canvas, Pane::Whole, "Checklists", info);
    if scene.app.walks.rows.is_empty() {
        let words = "No checklist is offered. Those that come with midwatch are there unless the configuration leaves \
                     them out; a TOML file in the folder checklists beside config.toml makes one of your own.";
        let lines = text::wrap(words, inner.columns().saturating_sub(2));
        inner.put_all(1, 0, lines.into_iter().map(|words| scene.line(Role::Dim, words)));
        return;
    }
    table::draw(scene, &mut inner, chosen(scene));
}

fn draw_details(scene: &Scene<'_>, canvas: &mut Canvas<'_>, row: &ListRow) {
    let title = row.list.title.clone();
    let mut inner = Frame::titled(title).draw(scene.theme, canvas);
    let mut inner = inner.inset(1);
    let lines = details::lines(scene, row, inner.columns());
    scrolling(scene, &mut inner, lines, 0);
}

/// `1 overdue · 2 due · 1 begun`.
fn summary(scene: &Scene<'_>) -> String {
    let app = scene.app;
    let open = app.walks.rows.iter().filter(|row| row.open.is_some()).count();
    let counts = [
        (app.count_lists(State::Overdue), "overdue"),
        (app.count_lists(State::Due), "due"),
        (app.count_lists(State::Soon), "soon"),
        (open, "begun"),
    ];
    let said: Vec<String> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if said.is_empty() { "nothing is due".to_owned() } else { said.join(" · ") }
}

/// The heading that a row stands under.
fn group(row: &ListRow) -> &'static str {
    match row.standing.state {
        State::Overdue | State::Due => "due now",
        // They stand before the others: under their turn's heading, that would stand there twice.
        _ if row.open.is_some() => "begun",
        State::Soon | State::Ahead => "ahead",
        State::OnDemand => "on demand",
    }
}
