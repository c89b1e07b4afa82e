//! One item, large: what is asked, what good looks like, the evidence, what was said of it, what earlier walks found.

use ratatui::text::Line;

use super::page::Page;
use super::{about, evidence, past, probe, said};
use crate::domain::checklist::Item;
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::flow;

/// Everything of an item, in blocks with a free line between them; where there are not so many rows, without.
pub(super) fn lines(scene: &Scene<'_>, page: &Page<'_>, item: &Item, wide: usize, rows: usize) -> Vec<Line<'static>> {
    let entry = page.walk.entry(&item.id);
    let found = entry.and_then(|entry| entry.evidence.as_ref());
    let mut last = vec![super::owned(scene.line(Role::Faint, "─".repeat(wide)))];
    last.extend(past::lines(scene, page, item, wide));
    let interrupted = past::interrupted(scene, page, wide);
    let mut blocks = vec![
        about::section(scene, page, item, wide),
        about::title(scene, item, wide),
        about::help(scene, item, wide),
        probe::lines(scene, page, item, wide),
        found.map(|found| evidence::lines(scene, found, wide)).unwrap_or_default(),
        said::verdict(scene, page, item, wide),
        said::lines(scene, page, item, wide),
        about::lines(scene, page, item, wide),
        last,
    ];
    // What called away is told where it is seen, even if not everything is.
    let all = blocks.iter().map(Vec::len).sum::<usize>() + interrupted.len();
    let at = if all > rows && past::is_resumed_here(scene, page) { 2 } else { blocks.len() };
    blocks.insert(at, interrupted);
    joined(blocks, rows)
}

/// The same where there is hardly any room: what is asked and how it stands come first.
pub(super) fn compact(scene: &Scene<'_>, page: &Page<'_>, item: &Item, wide: usize) -> Vec<Line<'static>> {
    let entry = page.walk.entry(&item.id);
    let found = entry.and_then(|entry| entry.evidence.as_ref());
    let interrupted = past::interrupted(scene, page, wide);
    let (resumed, earlier) =
        if past::is_resumed_here(scene, page) { (interrupted, Vec::new()) } else { (Vec::new(), interrupted) };
    [
        about::title(scene, item, wide),
        resumed,
        said::verdict(scene, page, item, wide),
        said::lines(scene, page, item, wide),
        about::help(scene, item, wide),
        probe::lines(scene, page, item, wide),
        found.map(|found| evidence::lines(scene, found, wide)).unwrap_or_default(),
        about::lines(scene, page, item, wide),
        past::lines(scene, page, item, wide),
        earlier,
    ]
    .concat()
}

/// Blocks below each other, with a free line between them as far as there are rows for that.
fn joined(blocks: Vec<Vec<Line<'static>>>, rows: usize) -> Vec<Line<'static>> {
    let mut free = rows.saturating_sub(blocks.iter().map(Vec::len).sum());
    let mut lines = Vec::new();
    for block in blocks.into_iter().filter(|block| !block.is_empty()) {
        if free > 0 && !lines.is_empty() {
            lines.push(Line::default());
            free -= 1;
        }
        lines.extend(block);
    }
    lines
}

/// A word of the margin, and what is said to it, wrapped beside it.
pub(super) fn told(scene: &Scene<'_>, name: &str, role: Role, words: &str, wide: usize) -> Vec<Line<'static>> {
    let (dim, style) = (scene.style(Role::Dim), scene.style(role));
    flow::flow([(dim, format!("{name}  ").as_str()), (style, words)], wide)
}
