//! Runbooks and remedies: what will be here.

use super::later;
use crate::ui::scene::Scene;
use crate::ui::widget::Canvas;

pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let words = [
        "Runbooks in the pane and remedies come with a later version.",
        "Till then: an incident's page shows the address of its runbook where its alerts name one, and the \
         link can be opened or copied from there. What you did by hand belongs into a comment, so that the \
         next watch finds it.",
    ];
    later(scene, canvas, "Remedies", &words);
}
