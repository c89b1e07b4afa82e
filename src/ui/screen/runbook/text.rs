//! The text of a runbook: the lines that are in sight, the cursor; or why there are none.

use ratatui::text::Line;

use super::first_line;
use crate::app::desk::Page;
use crate::app::page::address_of;
use crate::app::{Action, Pane};
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, markdown, text};

/// What stands left of the text: the cursor.
pub(super) const GUTTER: u16 = 1;

/// Draws it.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, page: &Page) {
    let lines = match &page.read {
        Some(Ok(_)) => return draw_lines(scene, canvas, page),
        Some(Err(why)) => failed(scene, page, why, canvas.columns().saturating_sub(2)),
        None => reading(scene, page, canvas.columns().saturating_sub(2)),
    };
    let mut inner = canvas.inset(1);
    super::super::scrolling(scene, &mut inner, lines, 0);
}

fn draw_lines(scene: &Scene<'_>, canvas: &mut Canvas<'_>, page: &Page) {
    if page.laid.lines.is_empty() {
        canvas.put(GUTTER, 0, &scene.line(Role::Dim, "this runbook is empty"));
        return;
    }
    let first = first_line(page, canvas.height());
    let focused = scene.focused(Pane::Runbook);
    let width = canvas.width();
    for (y, (at, laid)) in (0..canvas.height()).zip(page.laid.lines.iter().enumerate().skip(first)) {
        let painted = markdown::line(scene.theme, laid, scene.good(), page.search.trim());
        canvas.part(GUTTER, y, width.saturating_sub(GUTTER), 1).put(0, 0, &painted);
        if at == page.at {
            let role = if focused { Role::Accent } else { Role::Faint };
            canvas.put(0, y, &scene.line(role, scene.glyph(Glyph::Cursor)));
            if focused {
                canvas.tint(y, scene.style(Role::Selection));
            }
        }
    }
}

fn reading<'a>(scene: &Scene<'a>, page: &Page, wide: usize) -> Vec<Line<'a>> {
    let words = format!("reading {} {}", address_of(&page.found), scene.glyph(Glyph::More));
    text::wrap(&words, wide).into_iter().map(|words| scene.line(Role::Dim, words)).collect()
}

/// Why it cannot be read, where it is, and what can be done.
fn failed<'a>(scene: &Scene<'a>, page: &Page, why: &str, wide: usize) -> Vec<Line<'a>> {
    let contexts = scene.app.contexts_of_place();
    let key = |action| scene.app.keys.keys_for(&contexts, action).map(str::to_owned);
    let again = key(Action::Runbook).map(|key| format!("{key} reads it again"));
    let copies = key(Action::Copy).map(|key| format!("{key} copies the address"));
    let hint = [again, copies].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let said = [
        (Role::Failed, format!("this runbook cannot be read: {why}")),
        (Role::Link, address_of(&page.found)),
        (Role::Dim, hint),
    ];
    let lines = said.into_iter().filter(|(_, words)| !words.is_empty());
    lines
        .flat_map(|(role, words)| text::wrap(&words, wide).into_iter().map(move |words| scene.line(role, words)))
        .collect()
}
