//! The trend of each item: how the last walks found it, its last numbers, and how they change.

use ratatui::text::{Line, Span};

use super::{list, owned};
use crate::app::walks::History;
use crate::domain::checklist::Item;
use crate::domain::quantity;
use crate::theme::Role;
use crate::ui::pane::past;
use crate::ui::scene::Scene;
use crate::ui::widget::text;

/// How many walks a row shows.
const MOST: usize = 10;

/// A row for each item.
pub(super) fn lines(scene: &Scene<'_>, history: &History, wide: usize) -> Vec<Line<'static>> {
    let Some(list) = list(scene, history) else { return Vec::new() };
    let rows: Vec<(&Item, Line<'static>, Line<'static>)> =
        list.items().map(|item| row(scene, history, item, wide)).collect();
    let (curves, numbers) = rows.iter().fold((0, 0), |(curve, number), row| {
        (curve.max(text::line_width(&row.1)), number.max(text::line_width(&row.2)))
    });
    let name = wide.saturating_sub(curves + numbers + 4);
    rows.into_iter()
        .map(|(item, curve, number)| {
            let mut line = Line::from(scene.span(Role::Text, text::pad(&item.text, name)));
            line.push_span("  ");
            let pad = |line: &Line<'_>, wide: usize| " ".repeat(wide.saturating_sub(text::line_width(line)));
            let (behind, before) = (pad(&curve, curves), pad(&number, numbers));
            line.extend(curve.spans);
            line.push_span(format!("{behind}  {before}"));
            line.extend(number.spans);
            owned(line)
        })
        .collect()
}

/// An item, its signs or its curve, and its last number with the change.
fn row<'i>(
    scene: &Scene<'_>,
    history: &History,
    item: &'i Item,
    wide: usize,
) -> (&'i Item, Line<'static>, Line<'static>) {
    // Half of the room is the name's.
    let most = MOST.min((wide / 2).saturating_sub(16) / 2).max(3);
    let past = scene.app.past_of(&history.checklist, &item.id, most);
    let signs = owned(past::signs(scene, &past));
    let values: Vec<f64> = past.iter().filter_map(|past| past.value).collect();
    let Some(last) = values.last() else { return (item, signs, Line::default()) };
    let mut number = Line::default();
    if let Some(curve) = past::curve(scene, &past) {
        number.push_span(Span::styled(format!("{curve} "), scene.style(Role::Series)));
    }
    number.push_span(Span::styled(quantity::text(Some(*last), past::unit(item)), scene.style(Role::Text)));
    let before = values.len().checked_sub(2).and_then(|at| values.get(at)).copied();
    let change = past::change(before, Some(*last)).unwrap_or_default();
    number.push_span(Span::styled(format!(" {}", text::pad_left(&change, 6)), scene.style(Role::Dim)));
    (item, signs, number)
}
