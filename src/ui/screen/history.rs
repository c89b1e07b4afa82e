//! The history of a checklist: earlier walks, a calendar strip, the trend of each item, two walks compared.

use crate::ui::scene::Scene;
use crate::ui::widget::Canvas;

/// Draws a history.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let _ = (scene, canvas);
}
