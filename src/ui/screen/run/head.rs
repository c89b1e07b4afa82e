//! What a run is: on what, by whom, for which incident, the exact command, and how it stands.

use ratatui::text::Line;

use crate::domain::remediation::run::Run;
use crate::theme::Role;
use crate::ui::pane::run_words;
use crate::ui::scene::Scene;
use crate::ui::widget::flow;

/// The lines of the head.
pub(super) fn lines(scene: &Scene<'_>, run: &Run, wide: usize) -> Vec<Line<'static>> {
    let (text, dim, strong) = (scene.style(Role::Text), scene.style(Role::Dim), scene.bold(Role::Strong));
    let mut lines = vec![super::owned(run_words::state(scene, run))];
    let subject = run.subject.as_deref().unwrap_or("no incident");
    let by = if run.auto { "itself" } else { &run.operator.name };
    let second = run.approved_by.as_ref().map(|name| format!(", {name} agreed")).unwrap_or_default();
    let began = format!(" at {} UTC", Scene::second(run.started));
    let host = format!("@{}", run.operator.host);
    lines.extend(flow::flow(
        [
            (dim, "on       "),
            (strong, run.target.as_str()),
            (dim, "  for "),
            (text, subject),
            (dim, "  by "),
            (text, by),
            (dim, host.as_str()),
            (dim, second.as_str()),
            (dim, began.as_str()),
        ],
        wide,
    ));
    lines.extend(flow::flow([(dim, "runs     "), (scene.bold(Role::Accent), run.command.as_str())], wide));
    lines
}

/// The same where there is hardly any room: how it stands, and the command.
pub(super) fn short(scene: &Scene<'_>, run: &Run, wide: usize) -> Vec<Line<'static>> {
    let mut lines =
        flow::flow(run_words::state(scene, run).spans.iter().map(|span| (span.style, &*span.content)), wide);
    lines.truncate(2);
    lines.push(super::owned(scene.line(Role::Accent, run.command.as_str())));
    lines
}
