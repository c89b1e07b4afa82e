//! How an item of a walk stands, in a sign and a few words. What nobody knows is never shown as fine.

use ratatui::text::{Line, Span};

use crate::domain::checklist::probe::Held;
use crate::domain::checklist::{Answer, Entry, Item, ItemKind, Outcome, Walk};
use crate::domain::quantity;
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;

/// How what was entered or found stands to what is good; `None` where neither was.
pub(in crate::ui) fn held(item: &Item, entry: Option<&Entry>) -> Option<Held> {
    let entry = entry?;
    let good = |good: bool| Some(if good { Held::Good } else { Held::Bad });
    match (&item.kind, &entry.answer) {
        (ItemKind::Value { min, max, .. }, Some(Answer::Number(number))) => {
            good(min.is_none_or(|min| *number >= min) && max.is_none_or(|max| *number <= max))
        }
        (ItemKind::Choice { good: words, .. }, Some(Answer::Choice(word))) => good(words.contains(word)),
        _ => entry.evidence.as_ref().map(|evidence| evidence.held),
    }
}

/// The sign of how something stands, and its role. Only what is good is green.
pub(in crate::ui) fn held_sign(scene: &Scene<'_>, held: Held) -> (Glyph, Role) {
    match held {
        Held::Good => (Glyph::Done, scene.good()),
        Held::Bad => (Glyph::High, Role::High),
        Held::Unknown => (Glyph::Asks, Role::Stale),
    }
}

/// The sign of an item. One that was called fine although its evidence does not say so is not green.
pub(in crate::ui) fn sign(scene: &Scene<'_>, walk: &Walk, item: &Item) -> (Glyph, Role) {
    let entry = walk.entry(&item.id);
    match entry.and_then(|entry| entry.outcome) {
        Some(Outcome::Done) if matches!(held(item, entry), None | Some(Held::Good)) => (Glyph::Done, scene.good()),
        Some(Outcome::Done) => (Glyph::Done, Role::Dim),
        Some(Outcome::Failed) => (Glyph::Lost, Role::Failed),
        Some(Outcome::Skipped) => (Glyph::Skipped, Role::Dim),
        None => (Glyph::Waiting, Role::Dim),
    }
}

/// The sign, alone.
pub(in crate::ui) fn sign_span<'a>(scene: &Scene<'a>, walk: &Walk, item: &Item) -> Span<'a> {
    let (glyph, role) = sign(scene, walk, item);
    scene.span(role, scene.glyph(glyph))
}

/// What was entered, in its unit.
pub(in crate::ui) fn answered(item: &Item, answer: &Answer) -> String {
    match (answer, &item.kind) {
        (Answer::Number(number), ItemKind::Value { unit, .. }) => quantity::text(Some(*number), unit),
        (Answer::Number(number), _) => quantity::text(Some(*number), ""),
        (Answer::Choice(words) | Answer::Text(words), _) => words.clone(),
    }
}

/// What was entered, else what its probe found, in words.
pub(in crate::ui) fn found(item: &Item, entry: &Entry) -> Option<String> {
    let entered = entry.answer.as_ref().map(|answer| answered(item, answer));
    let words = entry.evidence.as_ref().map(|evidence| evidence.words.clone());
    entered.or(words).filter(|words| !words.is_empty())
}

/// The range that is good: `0 % to 1 %`, `at least 3`, `at most 250 ms`; `None` where every number is.
pub(in crate::ui) fn range(unit: &str, min: Option<f64>, max: Option<f64>) -> Option<String> {
    let said = |bound: f64| quantity::text(Some(bound), unit);
    match (min, max) {
        (Some(min), Some(max)) => Some(format!("{} to {}", said(min), said(max))),
        (Some(min), None) => Some(format!("at least {}", said(min))),
        (None, Some(max)) => Some(format!("at most {}", said(max))),
        (None, None) => None,
    }
}

/// What stands for an item in a few cells: why it was left out, what was entered, what its probe found.
pub(in crate::ui) fn short<'a>(scene: &Scene<'a>, walk: &Walk, item: &Item) -> Line<'a> {
    if !scene.app.applies(walk, item) {
        return scene.line(Role::Dim, not_asked(item));
    }
    let entry = walk.entry(&item.id);
    if scene.app.walks.asked.contains_key(&(walk.id, item.id.clone())) {
        return scene.line(Role::Dim, "asking…");
    }
    let Some(entry) = entry else { return Line::default() };
    let role = match held(item, Some(entry)) {
        Some(Held::Bad) => Role::High,
        Some(Held::Unknown) => Role::Stale,
        Some(Held::Good) | None => Role::Dim,
    };
    let words = match (entry.outcome, &entry.answer, &entry.evidence) {
        (Some(Outcome::Skipped), ..) => return scene.line(Role::Dim, format!("skip: {}", entry.note)),
        (_, Some(answer), _) => answered(item, answer),
        (_, None, Some(evidence)) if evidence.value.is_some() => quantity::text(evidence.value, &evidence.unit),
        (_, None, Some(evidence)) if evidence.held == Held::Unknown => "not known".to_owned(),
        (None, None, Some(evidence)) if entry.note.is_empty() => {
            if evidence.held == Held::Good { "good" } else { "not as expected" }.to_owned()
        }
        _ => return scene.line(Role::Dim, entry.note.clone()),
    };
    // What nobody has called failed yet bears a sign: colour alone is seen by few.
    let unsaid = role == Role::High && entry.outcome != Some(Outcome::Failed);
    scene.line(role, if unsaid { format!("{} {words}", scene.glyph(Glyph::High)) } else { words })
}

/// Why an item is not asked for: the condition that does not hold.
pub(in crate::ui) fn not_asked(item: &Item) -> String {
    let Some(when) = &item.when else { return String::new() };
    let words = when.to_string();
    match words.strip_prefix("not ") {
        Some(words) => format!("not {words}"),
        None => format!("only {words}"),
    }
}

/// Who said how it went, where that was somebody else.
pub(in crate::ui) fn by_another<'w>(scene: &Scene<'_>, entry: Option<&'w Entry>) -> Option<&'w str> {
    let (by, _) = entry?.by.as_ref()?;
    (by.name != scene.app.profile.operator.name).then_some(by.name.as_str())
}
