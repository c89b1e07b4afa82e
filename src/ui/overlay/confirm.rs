//! A yes-or-no question about an act that others feel. No is the default.

use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::{inner_width, modal};
use crate::app::overlay::Confirm;
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, canvas::cells, text};

const WIDTH: u16 = 68;

/// Draws the question, what follows from Yes, and the answers: those always have room.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, confirm: &Confirm) {
    let wide = inner_width(canvas, WIDTH);
    let mut lines: Vec<Line<'_>> = text::wrap(&confirm.question, wide)
        .into_iter()
        .map(|words| Line::from(scene.strong(Role::Strong, words)))
        .collect();
    for consequence in &confirm.consequences {
        lines.extend(text::wrap(consequence, wide).into_iter().map(|words| scene.line(Role::Text, words)));
    }
    let gap = usize::from(!scene.small);
    let mut inner = modal(scene, canvas, "Sure?", (WIDTH, lines.len() + 1 + gap));
    let room = inner.rows().saturating_sub(1);
    let hidden = lines.len().saturating_sub(room);
    if hidden > 0 {
        lines.truncate(room);
        if let Some(last) = lines.last_mut() {
            *last = scene.line(Role::Dim, format!("{} and {} more lines", scene.glyph(Glyph::Below), hidden + 1));
        }
    }
    inner.put_all(0, 0, lines);
    let last = inner.height().saturating_sub(1);
    let answers =
        Line::from_iter([answer(scene, "No", !confirm.yes), Span::raw("  "), answer(scene, "Yes", confirm.yes)]);
    let left = inner.width().saturating_sub(cells(text::line_width(&answers)));
    inner.put(left, last, &answers);
}

fn answer<'a>(scene: &Scene<'a>, word: &str, chosen: bool) -> Span<'a> {
    if !chosen {
        return scene.span(Role::Dim, format!("  {word}  "));
    }
    // Brackets say which is chosen where nothing but text can.
    Span::styled(format!("[ {word} ]"), scene.bold(Role::Accent).add_modifier(Modifier::REVERSED))
}
