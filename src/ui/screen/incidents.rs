//! The incident list, and beside it what the highlighted incident says where there is room.

use ratatui::text::Line;

use super::{framed, incident, owned};
use crate::app::Pane;
use crate::theme::Role;
use crate::ui::pane::incident_rows;
use crate::ui::scene::Scene;
use crate::ui::widget::Canvas;

/// From this width on the highlighted incident stands beside the list.
const PREVIEW: u16 = 120;

/// Draws the view.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let (width, height) = (canvas.width(), canvas.height());
    if width < PREVIEW || scene.app.full || scene.small {
        return draw_list(scene, canvas);
    }
    let left = width * 3 / 5;
    draw_list(scene, &mut canvas.part(0, 0, left, height));
    incident::preview(scene, &mut canvas.part(left, 0, width - left, height));
}

/// Draws the list in its frame.
pub(super) fn draw_list(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let mut inner = framed(scene, canvas, Pane::Incidents, "Incidents", owned(info(scene)));
    incident_rows::draw(scene, &mut inner);
}

/// How many there are, and what hides others.
fn info<'a>(scene: &Scene<'a>) -> Line<'a> {
    let list = &scene.app.incidents;
    let summary = scene.board.summary(scene.now);
    let count: usize = summary.firing.iter().sum();
    // Where a source is missing, this is what is known to fire, and not what fires.
    let firing = if scene.partial { format!("{count} known") } else { format!("{count} firing") };
    if !list.is_filtered() {
        return scene.line(Role::Dim, format!("{firing} · by severity"));
    }
    let mut by = Vec::new();
    if list.only_critical {
        by.push("only unacked critical".to_owned());
    }
    if !list.filter_text.is_empty() {
        by.push(format!("/{}", list.filter_text));
    }
    // Quiet and snoozed ones can pass a filter too, and what has resolved is no part of the count.
    let shown = list.firing();
    let all = count + summary.quiet + summary.snoozed;
    Line::from_iter([
        scene.strong(Role::Found, by.join(" · ")),
        scene.span(Role::Dim, format!(" · {shown} of {all} shown")),
    ])
}
