//! How an item stands to what is good, what was entered, and what was written about it.

use ratatui::style::Style;
use ratatui::text::Line;

use super::about::key;
use super::item::told;
use super::page::Page;
use crate::app::Action;
use crate::domain::checklist::item::NoteRule;
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::{Entry, Item, ItemKind, Outcome};
use crate::theme::Role;
use crate::ui::pane::item_words;
use crate::ui::scene::Scene;
use crate::ui::widget::flow;

/// What the probe's answer comes to: `◆ not as expected: 312 ms, expected < 250 ms`.
pub(super) fn verdict(scene: &Scene<'_>, page: &Page<'_>, item: &Item, wide: usize) -> Vec<Line<'static>> {
    let found = page.walk.entry(&item.id).and_then(|entry| entry.evidence.as_ref());
    let Some(found) = found else { return Vec::new() };
    let (glyph, role) = item_words::held_sign(scene, found.held);
    let word = match found.held {
        Held::Good => "good",
        Held::Bad => "not as expected",
        Held::Unknown => "not known",
    };
    let said = if found.words.is_empty() { String::new() } else { format!(": {}", found.words) };
    let strong = if found.held == Held::Good { scene.style(role) } else { scene.bold(role) };
    flow::flow([(strong, format!("{} {word}", scene.glyph(glyph)).as_str()), (scene.style(Role::Text), &said)], wide)
}

/// What was entered, how it went, by whom, and the note.
pub(super) fn lines(scene: &Scene<'_>, page: &Page<'_>, item: &Item, wide: usize) -> Vec<Line<'static>> {
    let entry = page.walk.entry(&item.id);
    let mut lines = match &item.kind {
        ItemKind::Value { unit, min, max } => value(scene, item, entry, item_words::range(unit, *min, *max), wide),
        ItemKind::Choice { words, good } => choice(scene, item, entry, (words, good), wide),
        ItemKind::Tick | ItemKind::Probe => Vec::new(),
    };
    if !scene.app.applies(page.walk, item) {
        let words = format!("it is not asked for: {}", item_words::not_asked(item));
        lines.extend(flow::plain(scene.style(Role::Dim), &words, wide));
    }
    lines.extend(outcome(scene, page, item, wide));
    let note = entry.map(|entry| entry.note.as_str()).unwrap_or_default();
    if !note.is_empty() {
        lines.extend(told(scene, "seen by hand  ›", Role::Text, note, wide));
    } else if needs_note(item, page.outcome(item)) {
        let words = format!("a note is needed ({})", key(scene, Action::WalkNote, "c"));
        lines.extend(told(scene, "seen by hand  ›", Role::High, &words, wide));
    }
    lines
}

fn needs_note(item: &Item, outcome: Option<Outcome>) -> bool {
    match item.note {
        NoteRule::Optional => false,
        NoteRule::OnFailure => outcome == Some(Outcome::Failed),
        NoteRule::Always => true,
    }
}

/// The sign and the words of how something that was entered stands.
fn stands(scene: &Scene<'_>, item: &Item, entry: Option<&Entry>) -> (Style, String) {
    let entered = entry.filter(|entry| entry.answer.is_some());
    let Some(held) = entered.and_then(|entry| item_words::held(item, Some(entry))) else {
        return (scene.style(Role::Dim), String::new());
    };
    let (glyph, role) = item_words::held_sign(scene, held);
    let word = if held == Held::Good { "good" } else { "not as expected" };
    (scene.style(role), format!("{} {word}", scene.glyph(glyph)))
}

/// `value  › 312 ms   expected at most 250 ms   ◆ not as expected`.
fn value(
    scene: &Scene<'_>,
    item: &Item,
    entry: Option<&Entry>,
    range: Option<String>,
    wide: usize,
) -> Vec<Line<'static>> {
    let (dim, strong) = (scene.style(Role::Dim), scene.bold(Role::Strong));
    let answer = entry.and_then(|entry| entry.answer.as_ref());
    let said = match answer {
        Some(answer) => item_words::answered(item, answer),
        None => format!("not entered ({})", key(scene, Action::WalkValue, "=")),
    };
    let expected = range.map_or_else(|| "   ".to_owned(), |range| format!("   expected {range}   "));
    let (style, stands) = stands(scene, item, entry);
    let entered = if answer.is_some() { strong } else { dim };
    flow::flow([(dim, "value  › "), (entered, &said), (dim, &expected), (style, &stands)], wide)
}

/// `choice › green · amber · red   good: green`, the chosen one bold and bracketed.
fn choice(
    scene: &Scene<'_>,
    item: &Item,
    entry: Option<&Entry>,
    (words, good): (&[String], &[String]),
    wide: usize,
) -> Vec<Line<'static>> {
    let (dim, strong) = (scene.style(Role::Dim), scene.bold(Role::Strong));
    let chosen = entry.and_then(Entry::choice);
    let mut pieces = vec![(dim, "choice › ".to_owned())];
    for (at, word) in words.iter().enumerate() {
        let gap = if at > 0 { " " } else { "" };
        let here = chosen == Some(word.as_str());
        let said = if here { format!("{gap}[{word}]") } else { format!("{gap} {word} ") };
        pieces.push((if here { strong } else { dim }, said));
    }
    if chosen.is_none() {
        pieces.push((dim, format!("  not chosen ({})", key(scene, Action::WalkValue, "="))));
    }
    pieces.push((dim, format!("   good: {}   ", good.join(", "))));
    pieces.push(stands(scene, item, entry));
    flow::flow(pieces.iter().map(|(style, words)| (*style, words.as_str())), wide)
}

/// `✗ failed by bo at 03:10 UTC`.
fn outcome(scene: &Scene<'_>, page: &Page<'_>, item: &Item, wide: usize) -> Vec<Line<'static>> {
    let Some(outcome) = page.outcome(item) else { return Vec::new() };
    let (glyph, role) = item_words::sign(scene, page.walk, item);
    let by = page.walk.entry(&item.id).and_then(|entry| entry.by.as_ref());
    let by = by.map(|(who, at)| format!(" by {} at {} UTC", who.name, scene.day_hour(*at))).unwrap_or_default();
    let sign = format!("{} {}", scene.glyph(glyph), outcome.word());
    flow::flow([(scene.style(role), sign.as_str()), (scene.style(Role::Dim), &by)], wide)
}
