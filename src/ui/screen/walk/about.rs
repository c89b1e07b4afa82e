//! What an item says of itself: its section, its text, its help, who answers for it, where it leads.

use ratatui::text::Line;

use super::item::told;
use super::page::Page;
use crate::app::{Action, Context};
use crate::domain::checklist::{Item, Outcome};
use crate::theme::Role;
use crate::ui::scene::Scene;
use crate::ui::widget::{flow, text};

/// The title of its section as a rule; with the first item of it, which is a pause, what to bear in mind.
pub(super) fn section(scene: &Scene<'_>, page: &Page<'_>, item: &Item, wide: usize) -> Vec<Line<'static>> {
    let Some(section) = page.walk.list.section_of(&item.id).filter(|section| !section.title.is_empty()) else {
        return Vec::new();
    };
    let title = text::fit(&section.title, wide.saturating_sub(6)).into_owned();
    let dashes = wide.saturating_sub(text::width(&title) + 4);
    let mut lines = vec![super::owned(Line::from_iter([
        scene.span(Role::Faint, "── "),
        scene.span(Role::Dim, title),
        scene.span(Role::Faint, format!(" {}", "─".repeat(dashes))),
    ]))];
    let is_first = section.items.first().is_some_and(|first| first.id == item.id);
    if is_first && !section.help.is_empty() {
        lines.extend(flow::plain(scene.style(Role::Dim), &section.help, wide));
    }
    lines
}

/// Its text, and whether going on without it is not possible.
pub(super) fn title(scene: &Scene<'_>, item: &Item, wide: usize) -> Vec<Line<'static>> {
    let strong = scene.bold(Role::Strong);
    let mark = if item.blocker { "  blocker" } else { "" };
    flow::flow([(strong, item.text.as_str()), (scene.bold(Role::High), mark)], wide)
}

/// Its help; what good looks like begins a line of its own and stands out.
pub(super) fn help(scene: &Scene<'_>, item: &Item, wide: usize) -> Vec<Line<'static>> {
    let apart = item.help.replace(" Good: ", "\nGood: ");
    let paragraphs = apart.lines().filter(|words| !words.trim().is_empty());
    let role = |words: &str| if words.starts_with("Good: ") { Role::Text } else { Role::Dim };
    paragraphs.flat_map(|words| flow::plain(scene.style(role(words)), words, wide)).collect()
}

/// Who answers for it, where it leads, what is offered, and what came of its failure.
pub(super) fn lines(scene: &Scene<'_>, page: &Page<'_>, item: &Item, wide: usize) -> Vec<Line<'static>> {
    let entry = page.walk.entry(&item.id);
    let mut lines = Vec::new();
    let owner = entry.map(|entry| entry.owner.as_str()).filter(|owner| !owner.is_empty()).unwrap_or(&item.owner);
    if !owner.is_empty() {
        lines.extend(told(scene, "owner ", Role::Owned, owner, wide));
    }
    if let Some(opens) = item.open {
        let words = crate::domain::checklist::item::Opens::WORDS;
        let word = words.into_iter().find(|(_, known)| *known == opens).map_or("", |(word, _)| word);
        let key = key(scene, Action::WalkOpen, "o");
        lines.extend(told(scene, "open  ", Role::Text, &format!("{word} ({key})"), wide));
    }
    if let Some(link) = &item.link {
        lines.extend(told(scene, "link  ", Role::Link, link, wide));
    }
    if let Some(remedy) = &item.remedy {
        let failed = page.outcome(item) == Some(Outcome::Failed);
        let key = key(scene, Action::WalkRemedy, "r");
        let (role, words) =
            if failed { (Role::Text, format!("{remedy} ({key})")) } else { (Role::Dim, remedy.to_string()) };
        lines.extend(told(scene, "remedy", role, &words, wide));
    }
    for words in entry.map(|entry| entry.followed.as_slice()).unwrap_or_default() {
        lines.extend(told(scene, "then  ", Role::Text, words, wide));
    }
    lines
}

/// The key of an action in a walk, as it is bound.
pub(super) fn key(scene: &Scene<'_>, action: Action, else_says: &str) -> String {
    scene.app.keys.keys_for(&[Context::Walk], action).unwrap_or(else_says).to_owned()
}
