//! A runbook beside its incident.

use super::framed;
use crate::app::Pane;
use crate::ui::scene::Scene;
use crate::ui::widget::Canvas;

/// Draws the page.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    framed(scene, canvas, Pane::Runbook, "Runbook", "");
}
