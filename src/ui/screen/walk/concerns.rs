//! What an assessment comes to: its verdict, and the concerns behind it, the most pressing first.

use ratatui::text::Line;

use super::page::Page;
use crate::domain::checklist::concern::{Priority, Verdict};
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::flow;

/// The verdict and the concerns.
pub(super) fn lines(scene: &Scene<'_>, page: &Page<'_>, wide: usize) -> Vec<Line<'static>> {
    let verdict = page.walk.verdict(|item| scene.app.applies(page.walk, item));
    let (glyph, role) = match verdict {
        Verdict::Block => (Glyph::Critical, Role::Critical),
        Verdict::GoWithRisks => (Glyph::High, Role::High),
        Verdict::Go => (Glyph::Done, scene.good()),
    };
    let words = format!("{} verdict: {}", scene.glyph(glyph), verdict.words());
    let mut lines = flow::plain(scene.bold(role), &words, wide);
    let (dim, text) = (scene.style(Role::Dim), scene.style(Role::Text));
    for (_, concern) in page.walk.concerns() {
        let role = of_priority(concern.priority);
        let mark = if concern.deployment_blocker { " blocker" } else { "" };
        let sort = if concern.sort.is_empty() { String::new() } else { format!("  {}  ", concern.sort) };
        let gap = if sort.is_empty() { "  " } else { "" };
        lines.extend(flow::flow(
            [
                (scene.bold(role), format!("{}{mark}", concern.priority.word()).as_str()),
                (dim, &sort),
                (dim, gap),
                (text, &concern.description),
            ],
            wide,
        ));
        let more = [("users feel: ", &concern.user_impact), ("to do: ", &concern.recommendation)];
        for (name, words) in more.into_iter().filter(|(_, words)| !words.is_empty()) {
            lines.extend(flow::flow([(dim, "  "), (dim, name), (text, words)], wide));
        }
    }
    lines
}

fn of_priority(priority: Priority) -> Role {
    match priority {
        Priority::Critical => Role::Critical,
        Priority::High => Role::High,
        Priority::Medium => Role::Medium,
        Priority::Low => Role::Low,
    }
}
