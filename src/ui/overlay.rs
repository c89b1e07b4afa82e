//! What lies over the screen. Prompts are centred, drawn last, and can be read at 40 by 10.

mod card;
mod concern;
mod confirm;
mod filter;
mod help;
mod menu;
mod palette;
mod params;
mod prompt;
mod remedy;
mod silence;
mod window;

use ratatui::layout::Position;
use ratatui::text::Line;

use super::scene::Scene;
use super::widget::pane::Pane as Frame;
use super::widget::{Canvas, canvas::cells};
use crate::app::Overlay;
use crate::theme::Role;

/// Draws what lies over the body; returns where the cursor stands while text is entered.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) -> Option<Position> {
    let overlay = scene.app.overlay.as_ref()?;
    if let Overlay::Filter { entry, problem, .. } = overlay {
        return filter::draw(scene, canvas, entry, problem.as_deref());
    }
    canvas.fade(scene.style(Role::Faint));
    match overlay {
        Overlay::Help { contexts, top } => help::draw(scene, canvas, contexts, *top),
        Overlay::Palette(palette) => return palette::draw(scene, canvas, palette),
        Overlay::Prompt(prompt) => return prompt::draw(scene, canvas, prompt),
        Overlay::Silence(form) => return silence::draw(scene, canvas, form),
        Overlay::Menu(menu) => menu::draw(scene, canvas, menu),
        Overlay::Params(form) => return params::draw(scene, canvas, form),
        Overlay::Remedy(prompt) => return remedy::draw(scene, canvas, prompt),
        Overlay::Window(form) => return window::draw(scene, canvas, form),
        Overlay::Concern(form) => return concern::draw(scene, canvas, form),
        Overlay::Confirm(confirm) => confirm::draw(scene, canvas, confirm),
        Overlay::Card { title, lines, top, .. } => card::draw(scene, canvas, title, lines, *top),
        Overlay::Filter { .. } => {}
    }
    None
}

/// How many columns there are inside a centred frame that wants so many.
fn inner_width(canvas: &Canvas<'_>, wanted: u16) -> usize {
    let frame = 4;
    usize::from(wanted.min(canvas.width()).saturating_sub(frame))
}

/// Clears a centred frame of at most this size and hands out what is inside. Where the body is so low that a
/// frame would take the room of words, there is none.
fn modal<'c>(
    scene: &Scene<'_>,
    canvas: &'c mut Canvas<'_>,
    title: impl Into<Line<'static>>,
    wanted: (u16, usize),
) -> Canvas<'c> {
    let (width, height) = (wanted.0.min(canvas.width()), cells(wanted.1 + 2).min(canvas.height()));
    let (x, y) = ((canvas.width() - width) / 2, (canvas.height() - height) / 2);
    let area = (x, y, width, height);
    canvas.part(area.0, area.1, area.2, area.3).clear();
    let mut place = canvas.part(area.0, area.1, area.2, area.3);
    place.tint_all(scene.style(Role::Text));
    let inner =
        if height < 3 || width < 4 { (0, 0, width, height) } else { (2, 1, width.saturating_sub(4), height - 2) };
    Frame::titled(title).focused(true).draw(scene.theme, &mut place);
    canvas.part(x + inner.0, y + inner.1, inner.2, inner.3)
}
