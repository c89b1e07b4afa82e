//! A list to choose from.

use super::modal;
use crate::app::overlay::Menu;
use crate::ui::scene::Scene;
use crate::ui::widget::Canvas;

/// Draws it.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>, menu: &Menu) {
    modal(scene, canvas, menu.title.clone(), (70, 10));
}
