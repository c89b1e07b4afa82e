//! What was said a moment ago, over the bottom right of the body.

use ratatui::text::Line;

use super::scene::Scene;
use super::widget::{Canvas, canvas::cells, text};
use crate::app::toast::Tone;
use crate::theme::{Glyph, Role};

/// The most rows of one toast.
const ROWS: usize = 3;

/// Draws the toasts, the newest lowest.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let mut bottom = canvas.height();
    let most = canvas.columns().saturating_sub(4).min(64);
    if most < 8 {
        return;
    }
    for toast in scene.app.toasts.iter().rev() {
        let (sign, role) = match toast.tone {
            Tone::Done => (scene.glyph(Glyph::Done), scene.good()),
            Tone::Hint => (scene.glyph(Glyph::Dot), Role::Text),
            Tone::Failed => (scene.glyph(Glyph::Lost), Role::Failed),
        };
        let mut lines = text::wrap(&toast.words, most);
        if lines.len() > ROWS {
            lines.truncate(ROWS);
            if let Some(last) = lines.last_mut() {
                *last = text::cut(&format!("{last} "), most);
            }
        }
        let wide = lines.iter().map(|line| text::width(line)).max().unwrap_or(0);
        let Some(top) = bottom.checked_sub(cells(lines.len())) else { return };
        let left = canvas.width().saturating_sub(cells(wide + 4));
        let mut card = canvas.part(left, top, cells(wide + 4), cells(lines.len()));
        card.clear();
        card.put(1, 0, &scene.line(role, sign));
        card.put_all(3, 0, lines.into_iter().map(|line| Line::from(scene.span(role, line))));
        card.tint_all(scene.style(Role::Header));
        bottom = top;
    }
}
