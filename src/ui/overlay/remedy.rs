//! A remedy that was planned: what it would do, and what is asked of the operator.
//!
//! What is asked stays in sight at every size; what it would do is scrolled above it, and never cut.

mod foot;
mod request;
mod says;

use ratatui::layout::Position;
use ratatui::text::Line;

use super::{inner_width, modal};
use crate::app::overlay::RemedyPrompt;
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::{Canvas, canvas::cells, field};
use foot::Foot;

const WIDTH: u16 = 80;

/// Draws it; returns where the cursor stands.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, prompt: &RemedyPrompt) -> Option<Position> {
    let wide = inner_width(canvas, WIDTH);
    let body = match prompt.approves {
        Some(id) => request::lines(scene, id, wide),
        None => says::lines(scene, prompt, wide),
    };
    let frame = if canvas.height() < 3 { 0 } else { 2 };
    let room = canvas.rows().saturating_sub(frame);
    let foot = foot::fitting(scene, prompt, wide, room);
    let gap = usize::from(!scene.small && room > foot.rows() + 3);
    let mut inner = modal(scene, canvas, title(scene, prompt), (WIDTH, body.len() + gap + foot.rows()));
    let above = inner.rows().saturating_sub(foot.rows() + gap);
    draw_body(scene, &mut inner.strip(0, cells(above)), body, prompt.top);
    let y = cells(above + gap);
    let height = inner.height().saturating_sub(y);
    draw_foot(scene, &mut inner.strip(y, height), foot, prompt)
}

/// The frame says where, because it is there at every size.
fn title(scene: &Scene<'_>, prompt: &RemedyPrompt) -> Line<'static> {
    let what = if prompt.approves.is_some() { "Second person" } else { "Remedy" };
    let mut line = Line::from(format!("{what} · "));
    if let Some(environment) = &scene.app.profile.environment {
        line.push_span(ratatui::text::Span::styled(environment.clone(), scene.bold(Role::High)));
        line.push_span(" · ");
    }
    line.push_span(ratatui::text::Span::raw(prompt.title.clone()));
    line
}

fn draw_body(scene: &Scene<'_>, canvas: &mut Canvas<'_>, lines: Vec<Line<'_>>, top: usize) {
    let rows = canvas.rows();
    let from = top.min(lines.len().saturating_sub(rows));
    let below = lines.len().saturating_sub(from + rows);
    canvas.put_all(0, 0, lines.into_iter().skip(from).take(rows));
    if below > 0
        && let Some(last) = canvas.height().checked_sub(1)
    {
        let (room, words) = (canvas.width(), format!(" {} {below} more ", scene.glyph(Glyph::Below)));
        canvas.put_right(last, &scene.line(Role::Strong, words), room);
    }
}

fn draw_foot(scene: &Scene<'_>, canvas: &mut Canvas<'_>, foot: Foot, prompt: &RemedyPrompt) -> Option<Position> {
    let y = canvas.put_all(0, 0, foot.asks);
    let mut next = y;
    let mut cursor = None;
    if foot.has_line {
        canvas.put(0, y, &scene.line(Role::Accent, scene.glyph(Glyph::After)));
        let entry = &prompt.entry;
        cursor = field::field(canvas, 2, y, entry.text(), entry.cursor(), scene.bold(Role::Strong));
        next += 1;
    }
    canvas.put_all(0, next, foot.below);
    cursor
}
