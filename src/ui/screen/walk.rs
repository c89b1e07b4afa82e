//! A walk: the list on the left, one item large on the right with its evidence; at its end the completion.

use crate::domain::checklist::WalkId;
use crate::ui::scene::Scene;
use crate::ui::widget::Canvas;

/// Draws a walk.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, id: WalkId) {
    let _ = (scene, canvas, id);
}
