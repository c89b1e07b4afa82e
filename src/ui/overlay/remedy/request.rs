//! The request of another operator: what they want to run, and what speaks for and against it.

use ratatui::text::Line;

use super::says::{Rows, subject};
use crate::domain::age;
use crate::domain::remediation::RunId;
use crate::theme::Role;
use crate::ui::scene::Scene;

/// The rows; they are the store's, not made anew here: what is agreed to is what was asked for.
pub(super) fn lines(scene: &Scene<'_>, id: RunId, wide: usize) -> Vec<Line<'static>> {
    let mut rows = Rows::new(scene, wide);
    let Some(request) = scene.app.request(id) else { return rows.lines() };
    let dim = scene.style(Role::Dim);
    let (role, subject) = subject(scene, request.incident, request.subject.as_deref());
    let target = crate::domain::harmless::line(&request.target, 200);
    let target = format!("{target}  ");
    rows.add("on", &[(scene.bold(Role::Strong), target.into()), (scene.style(role), subject.into())]);
    rows.add("runs", &[(scene.bold(Role::Accent), request.command.as_str().into())]);
    let asked = age::coarse(scene.now - request.asked);
    let who = format!("{} on {}", request.asked_by.name, request.asked_by.host);
    let when = format!(", {asked} ago · until {} UTC", Scene::hour(request.expires));
    rows.add("asked by", &[(scene.bold(Role::Owned), who.into()), (dim, when.into())]);
    let plan = request.plan.get(..12).unwrap_or(&request.plan).to_owned();
    rows.plain("plan", Role::Dim, format!("{plan} · only this very plan runs"));
    let runs = scene.board.memory().runs.iter();
    let same = runs.filter(|run| run.remedy == request.remedy && run.target == request.target);
    let last = same.max_by_key(|run| run.started);
    let words = last.map_or_else(|| "never here".to_owned(), |run| scene.app.run_info(run));
    rows.plain("last run", Role::Text, words);
    rows.lines()
}
