//! The right pane: the runbooks, the incidents that have none, and the steps that were wrong this week.

use std::collections::BTreeMap;

use ratatui::text::Line;

use crate::app::Pane;
use crate::app::page::name_of;
use crate::app::update::{RunbookRow, Shelf};
use crate::domain::runbook::Found;
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::screen::{framed, owned, window};
use crate::ui::widget::{Canvas, canvas::cells, text};

/// What stands beside a name: the sign before it, where it is from, how many incidents are open.
const BESIDE: usize = 22;

/// Draws the pane.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let shelf = scene.app.shelf();
    let info = owned(scene.line(Role::Dim, summary(scene, &shelf)));
    let mut inner = framed(scene, canvas, Pane::Runbooks, "Runbooks", info);
    let notes = notes(scene, &shelf);
    let below = notes.len().min(inner.rows() / 2);
    let rows = inner.rows().saturating_sub(below);
    draw_list(scene, &mut inner.strip(0, cells(rows)), &shelf);
    let list = cells(rows.min(shelf.rows.len().max(1)));
    let hidden = notes.len().saturating_sub(inner.rows().saturating_sub(usize::from(list)));
    let mut part = inner.strip(list, u16::MAX);
    part.put_all(1, 0, notes);
    if hidden > 0
        && let Some(last) = part.height().checked_sub(1)
    {
        let (room, words) = (part.width(), format!(" {} {hidden} more ", scene.glyph(Glyph::Below)));
        part.put_right(last, &scene.line(Role::Dim, words), room);
    }
}

/// How much there is, and what is missing.
pub(super) fn summary(scene: &Scene<'_>, shelf: &Shelf) -> String {
    let wrong = scene.app.wrong_steps().count();
    let count = shelf.rows.len();
    let mut words = vec![format!("{count} runbook{}", if count == 1 { "" } else { "s" })];
    words.extend((!shelf.gaps.is_empty()).then(|| match shelf.gaps.len() {
        1 => "1 gap".to_owned(),
        count => format!("{count} gaps"),
    }));
    words.extend((wrong > 0).then(|| format!("{wrong} wrong")));
    words.join(" · ")
}

fn draw_list(scene: &Scene<'_>, canvas: &mut Canvas<'_>, shelf: &Shelf) {
    if shelf.rows.is_empty() {
        canvas.put(1, 0, &scene.line(Role::Dim, "no runbook is known"));
        return;
    }
    let chosen = scene.app.desk.runbooks.key();
    let place = shelf.rows.iter().position(|row| Some(&row.found.key()) == chosen).unwrap_or(0);
    let range = window(shelf.rows.len(), place, canvas.rows());
    let name_wide = shelf.rows.iter().map(|row| text::width(&row.name)).max().unwrap_or(0);
    let name_wide = name_wide.min(canvas.columns().saturating_sub(BESIDE));
    for (y, row) in (0..).zip(shelf.rows.get(range).unwrap_or_default()) {
        let mut strip = canvas.strip(y, 1);
        draw_row(scene, &mut strip, row, name_wide);
        if Some(&row.found.key()) == chosen {
            strip.put(0, 0, &scene.line(Role::Accent, scene.glyph(Glyph::Cursor)));
            strip.tint(0, scene.style(Role::Selection));
        }
    }
}

fn draw_row(scene: &Scene<'_>, strip: &mut Canvas<'_>, row: &RunbookRow, name_wide: usize) {
    let kept = match row.open {
        0 => String::new(),
        1 => "1 open ".to_owned(),
        count => format!("{count} open "),
    };
    let kept_wide = cells(text::width(&kept));
    let from = match &row.found {
        Found::File(_) => "own",
        Found::Mapped(..) => "linked",
        Found::Web(_) => "web",
        Found::Shipped(_) => "shipped",
    };
    let name = text::pad(&row.name, name_wide);
    let name = if row.open > 0 { scene.strong(Role::Strong, name) } else { scene.span(Role::Text, name) };
    let line = Line::from_iter([name, scene.span(Role::Dim, format!("  {from}"))]);
    let room = strip.width().saturating_sub(kept_wide + 3);
    strip.part(2, 0, room, 1).put(0, 0, &line);
    strip.put_right(0, &Line::from(scene.strong(Role::Accent, kept)), kept_wide);
}

/// What stands below the list: gaps, and steps that were wrong.
fn notes<'a>(scene: &Scene<'a>, shelf: &Shelf) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    if !shelf.gaps.is_empty() {
        let words = match shelf.gaps.len() {
            1 => "gaps: 1 open incident has no runbook".to_owned(),
            count => format!("gaps: {count} open incidents have no runbook"),
        };
        lines.extend([Line::default(), Line::from(scene.strong(Role::High, words))]);
        let titles = shelf.gaps.iter().filter_map(|id| scene.board.incident(*id));
        lines.extend(titles.map(|incident| scene.line(Role::Text, format!("  {}", incident.title))));
    }
    if shelf.unseen > 0 {
        lines.push(scene.line(Role::Dim, format!("{} less urgent incidents were not looked at", shelf.unseen)));
    }
    let wrong = wrong(scene);
    if !wrong.is_empty() {
        lines.extend([Line::default(), scene.line(Role::Dim, "steps that were wrong, last 7 days")]);
        lines.extend(wrong);
    }
    lines
}

/// The steps that somebody found wrong, the one that was wrong most often first.
fn wrong<'a>(scene: &Scene<'a>) -> Vec<Line<'a>> {
    let mut steps: BTreeMap<(&str, &str), (usize, &crate::domain::runbook::WrongStep)> = BTreeMap::new();
    for note in scene.app.wrong_steps() {
        // The newest comes first and is the one that is shown.
        steps.entry((&note.runbook, &note.step)).or_insert((0, note)).0 += 1;
    }
    let mut steps: Vec<_> = steps.into_values().collect();
    steps.sort_by_key(|(count, note)| (std::cmp::Reverse(*count), std::cmp::Reverse(note.at)));
    let one = |(count, note): (usize, &'a crate::domain::runbook::WrongStep)| {
        let times = if count > 1 { format!(" ×{count}") } else { String::new() };
        let runbook = name_of(&found(&note.runbook));
        let says = if note.says.is_empty() { String::new() } else { format!(" `{}`", note.says) };
        Line::from_iter([
            scene.span(Role::Text, format!("  {runbook}{says}{times}: ")),
            scene.span(Role::Dim, format!("\"{}\" {}", note.note, note.by)),
        ])
    };
    steps.into_iter().map(one).collect()
}

/// The place that a runbook's key stands for, as far as its name needs it.
fn found(key: &str) -> Found {
    match key.strip_prefix("shipped:") {
        Some(name) => Found::Shipped(name.to_owned()),
        None if key.contains("://") => Found::Web(key.to_owned()),
        None => Found::File(key.into()),
    }
}
