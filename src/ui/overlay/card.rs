//! A text to look at: a link, the details of a row.

use ratatui::text::Line;

use super::{inner_width, modal};
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, text};

const WIDTH: u16 = 100;

/// Draws the lines, wrapped and scrolled.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, title: &str, lines: &[String], top: usize) {
    let wide = inner_width(canvas, WIDTH);
    let wrapped: Vec<String> = lines.iter().flat_map(|line| text::wrap(line, wide)).collect();
    let mut inner = modal(scene, canvas, title.to_owned(), (WIDTH, wrapped.len().max(1)));
    let shown = inner.rows();
    let top = top.min(wrapped.len().saturating_sub(shown));
    let below = wrapped.len().saturating_sub(top + shown);
    let role = |words: &str| if words.contains("://") { Role::Link } else { Role::Text };
    let lines = wrapped.into_iter().skip(top).take(shown);
    inner.put_all(0, 0, lines.map(|words| Line::from(scene.span(role(&words), words))));
    if below > 0 {
        let words = format!(" {} {below} more ", scene.glyph(Glyph::Below));
        let (last, room) = (inner.height().saturating_sub(1), inner.width());
        inner.put_right(last, &scene.line(Role::Dim, words), room);
    }
}
