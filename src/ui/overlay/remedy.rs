//! A remedy that was planned: what it would do, and what is asked of the operator.

use ratatui::layout::Position;

use super::modal;
use crate::app::overlay::RemedyPrompt;
use crate::ui::scene::Scene;
use crate::ui::widget::Canvas;

/// Draws it; returns where the cursor stands.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, _form: &RemedyPrompt) -> Option<Position> {
    modal(scene, canvas, "", (70, 10));
    None
}
