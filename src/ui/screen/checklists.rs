//! Checklists: what will be here.

use super::later;
use crate::ui::scene::Scene;
use crate::ui::widget::Canvas;

pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let words = [
        "Checklists and walks come with a later version.",
        "Till then: keep the list where it is kept now, and write down what you saw with a comment on the \
         incident it belongs to. Comments are in the journal, with the time and your name.",
    ];
    later(scene, canvas, "Checklists", &words);
}
