//! The form of a maintenance window.

use ratatui::layout::Position;

use super::modal;
use crate::app::overlay::WindowForm;
use crate::ui::scene::Scene;
use crate::ui::widget::Canvas;

/// Draws it; returns where the cursor stands.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, _form: &WindowForm) -> Option<Position> {
    modal(scene, canvas, "", (70, 10));
    None
}
