//! How a run stands, in a sign and a few words. An outcome that nobody knows is never shown as a good one.

use ratatui::text::{Line, Span};

use crate::domain::age;
use crate::domain::remediation::run::{Ending, Phase, Run};
use crate::theme::{Glyph, Role};
use crate::ui::badges;
use crate::ui::scene::Scene;

/// The sign of a run, and its role.
pub(in crate::ui) fn sign(scene: &Scene<'_>, run: &Run) -> (Glyph, Role) {
    if scene.app.is_under_way(run) {
        return (Glyph::Running, Role::Accent);
    }
    match &run.ending {
        Some(Ending::Ok) => (Glyph::Done, scene.good()),
        Some(Ending::Unverified(_)) => (Glyph::High, Role::High),
        Some(Ending::Failed(_) | Ending::TimedOut | Ending::Signalled(_)) => (Glyph::Lost, Role::Failed),
        Some(Ending::Cancelled(_)) => (Glyph::None, Role::Dim),
        Some(Ending::Unknown(_)) | None => (Glyph::Late, Role::Stale),
    }
}

/// The sign, alone.
pub(in crate::ui) fn sign_span<'a>(scene: &Scene<'a>, run: &Run) -> Span<'a> {
    let (glyph, role) = sign(scene, run);
    scene.strong(role, scene.glyph(glyph))
}

/// How it stands: `▶ running 12 s`, `✓ ok, 4.1 s`, `◌ outcome unknown: midwatch ended while it ran`.
pub(in crate::ui) fn state<'a>(scene: &Scene<'a>, run: &Run) -> Line<'a> {
    let (glyph, role) = sign(scene, run);
    let words = if scene.app.is_under_way(run) { under_way(scene, run) } else { ended(run) };
    Line::from(scene.strong(role, format!("{} {words}", scene.glyph(glyph))))
}

/// What a run that goes on is at, and for how long: `verifying 12 s`.
pub(in crate::ui) fn under_way(scene: &Scene<'_>, run: &Run) -> String {
    let phase = scene.app.desk.runs.get(&run.id).and_then(|heard| heard.phase);
    let phase = phase.map_or("running", Phase::word);
    format!("{phase} {}", badges::elapsed(scene.app.now - run.started))
}

/// How it ended, and how long it took.
fn ended(run: &Run) -> String {
    match (&run.ending, run.ended) {
        (Some(ending), Some(at)) => format!("{}, {}", ending.words(), age::spoken(at - run.started)),
        (Some(ending), None) => ending.words(),
        (None, _) => format!("outcome unknown: not heard of since {} UTC", Scene::hour(run.lease)),
    }
}
