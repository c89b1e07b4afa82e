//! The parameters of a remedy, to be filled in.

use ratatui::layout::Position;

use super::modal;
use crate::app::overlay::ParamForm;
use crate::ui::scene::Scene;
use crate::ui::widget::Canvas;

/// Draws it; returns where the cursor stands.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, _form: &ParamForm) -> Option<Position> {
    modal(scene, canvas, "", (70, 10));
    None
}
