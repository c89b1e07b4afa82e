//! The form of a concern: what a failed item of an assessment means.

use ratatui::layout::Position;

use crate::app::overlay::ConcernForm;
use crate::ui::scene::Scene;
use crate::ui::widget::Canvas;

/// Draws the form; returns where the cursor stands.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, form: &ConcernForm) -> Option<Position> {
    let _ = (scene, canvas, form);
    None
}
