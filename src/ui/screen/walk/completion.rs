//! The end of a walk: what went how, what was left out and why, what nobody looked at, and what Enter does.

use ratatui::text::Line;

use super::about::key;
use super::page::Page;
use super::{concerns, owned};
use crate::app::Action;
use crate::domain::age;
use crate::domain::checklist::{Item, Outcome};
use crate::theme::{Glyph, Role};
use crate::ui::pane::{item_words, schedule};
use crate::ui::scene::Scene;
use crate::ui::widget::{flow, text};

/// The page, in lines.
pub(super) fn lines(scene: &Scene<'_>, page: &Page<'_>, wide: usize) -> Vec<Line<'static>> {
    let asked = page.asked(scene);
    let so = |outcome: Option<Outcome>| -> Vec<&Item> {
        asked.iter().filter(|item| page.outcome(item) == outcome).copied().collect()
    };
    let (failed, skipped, open) = (so(Some(Outcome::Failed)), so(Some(Outcome::Skipped)), so(None));
    let done = so(Some(Outcome::Done)).len();
    let mut lines = head(scene, page, wide);
    lines.extend(counts(scene, [done, failed.len(), skipped.len(), open.len()], wide));
    if page.walk.list.assessment {
        lines.push(Line::default());
        lines.extend(concerns::lines(scene, page, wide));
    }
    lines.extend(blockers(scene, page, &asked, wide));
    lines.extend(group(scene, page, ("failed", Role::Failed), &failed, wide));
    lines.extend(group(scene, page, ("skipped", Role::Text), &skipped, wide));
    lines.extend(group(scene, page, ("not looked at", Role::Stale), &open, wide));
    lines
}

/// What Enter does here comes first: it must not be looked for. For a walk that has ended: how.
fn head(scene: &Scene<'_>, page: &Page<'_>, wide: usize) -> Vec<Line<'static>> {
    if let Some(end) = &page.walk.ended {
        let took = age::coarse(end.at - page.walk.begun);
        let when = schedule::local(scene, end.at, true);
        let words = if end.completed {
            format!("completed {when} by {}, signed {}, after {took}", end.by.name, end.sign)
        } else {
            format!("given up {when} by {} after {took}: {}", end.by.name, end.sign)
        };
        return flow::plain(scene.bold(Role::Strong), &words, wide);
    }
    let next = key(scene, Action::WalkNext, "Enter");
    flow::flow(
        [
            (scene.bold(Role::Accent), next.as_str()),
            (scene.style(Role::Text), " asks for a name to sign with, then closes the walk"),
        ],
        wide,
    )
}

/// `✓ 4 done   ✗ 1 failed   – 1 skipped   · 1 not looked at`.
fn counts(scene: &Scene<'_>, [done, failed, skipped, open]: [usize; 4], wide: usize) -> Vec<Line<'static>> {
    let whole = failed == 0 && skipped == 0 && open == 0;
    let said = [
        (done, Glyph::Done, if whole { scene.good() } else { Role::Dim }, "done"),
        (failed, Glyph::Lost, if failed > 0 { Role::Failed } else { Role::Dim }, "failed"),
        (skipped, Glyph::Skipped, if skipped > 0 { Role::Text } else { Role::Dim }, "skipped"),
        (open, Glyph::Waiting, if open > 0 { Role::Stale } else { Role::Dim }, "not looked at"),
    ];
    let each: Vec<Line<'static>> = said
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, glyph, role, word)| owned(scene.line(role, format!("{} {count} {word}   ", scene.glyph(glyph)))))
        .collect();
    // No count is torn apart: each stands whole in a line.
    let mut lines: Vec<Line<'static>> = Vec::new();
    for one in each {
        match lines.last_mut().filter(|last| text::line_width(last) + text::line_width(&one) <= wide + 3) {
            Some(last) => last.extend(one.spans),
            None => lines.push(one),
        }
    }
    lines
}

/// The blockers that are not done, in a line: each is told in full below.
fn blockers(scene: &Scene<'_>, page: &Page<'_>, asked: &[&Item], wide: usize) -> Vec<Line<'static>> {
    let said = asked.iter().filter(|item| item.blocker).filter_map(|item| match page.outcome(item) {
        Some(Outcome::Done) => None,
        Some(outcome) => Some(format!("{} ({})", item.text, outcome.word())),
        None => Some(format!("{} (not looked at)", item.text)),
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        return Vec::new();
    }
    let sign = format!("{} ", scene.glyph(Glyph::High));
    let pieces = [
        (scene.bold(Role::High), format!("{sign}blockers that are not done: ")),
        (scene.style(Role::Text), said.join(", ")),
    ];
    let pieces = pieces.iter().map(|(style, words)| (*style, words.as_str()));
    std::iter::once(Line::default()).chain(flow::flow(pieces, wide)).collect()
}

/// Items under a heading, each with what was said of it.
fn group(
    scene: &Scene<'_>,
    page: &Page<'_>,
    (title, role): (&str, Role),
    items: &[&Item],
    wide: usize,
) -> Vec<Line<'static>> {
    if items.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::default(), owned(scene.line(role, title.to_owned()))];
    for item in items {
        let entry = page.walk.entry(&item.id);
        let sign = format!("{} ", scene.glyph(item_words::sign(scene, page.walk, item).0));
        let note = entry.map(|entry| entry.note.as_str()).filter(|note| !note.is_empty());
        // Without a reason in words, what was entered or found is one.
        let found = || entry.and_then(|entry| item_words::found(item, entry));
        let said = match (page.outcome(item), note.map(str::to_owned).or_else(found)) {
            (Some(_), Some(note)) => format!("  {note}"),
            (Some(_), None) => "  without a reason".to_owned(),
            (None, Some(found)) => format!("  {found}"),
            (None, None) => String::new(),
        };
        let owner = entry.map(|entry| entry.owner.as_str()).filter(|owner| !owner.is_empty());
        let owner = owner.map(|owner| format!(" · {owner}")).unwrap_or_default();
        let pieces = [
            (scene.style(role), sign.as_str()),
            (scene.style(Role::Text), item.text.as_str()),
            (scene.style(Role::Dim), &said),
            (scene.style(Role::Owned), &owner),
        ];
        lines.extend(flow::flow(pieces, wide));
        let followed = entry.map(|entry| entry.followed.as_slice()).unwrap_or_default();
        let each = followed.iter().flat_map(|words| flow::plain(scene.style(Role::Dim), &format!("  → {words}"), wide));
        lines.extend(each);
    }
    lines
}
