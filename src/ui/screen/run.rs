//! One run of a remedy: what it is, and what it says.

use super::framed;
use crate::app::Pane;
use crate::domain::remediation::RunId;
use crate::ui::scene::Scene;
use crate::ui::widget::Canvas;

/// Draws the page.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, run: RunId) {
    framed(scene, canvas, Pane::Output, format!("Run {run}"), "");
}
