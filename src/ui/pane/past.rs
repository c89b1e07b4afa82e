//! What earlier walks say of an item: `● ● ◆ –`, the last numbers, and how they change.

use ratatui::text::{Line, Span};

use crate::domain::checklist::trend::Past;
use crate::domain::checklist::{Item, ItemKind, Outcome, Probe};
use crate::domain::quantity;
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::sparkline::sparkline;

/// How one walk found it.
pub(in crate::ui) fn sign<'a>(scene: &Scene<'a>, outcome: Option<Outcome>) -> Span<'a> {
    let (glyph, role) = match outcome {
        Some(Outcome::Done) => (Glyph::Live, scene.good()),
        Some(Outcome::Failed) => (Glyph::High, Role::High),
        Some(Outcome::Skipped) => (Glyph::Skipped, Role::Dim),
        None => (Glyph::Waiting, Role::Dim),
    };
    scene.span(role, scene.glyph(glyph))
}

/// How the last walks found it, oldest first.
pub(in crate::ui) fn signs<'a>(scene: &Scene<'a>, past: &[Past]) -> Line<'a> {
    let mut line = Line::default();
    for (at, past) in past.iter().enumerate() {
        if at > 0 {
            line.push_span(" ");
        }
        line.push_span(sign(scene, past.outcome));
    }
    line
}

/// The unit of an item's numbers.
pub(in crate::ui) fn unit(item: &Item) -> &str {
    match (&item.kind, &item.probe) {
        (ItemKind::Value { unit, .. }, _) | (_, Some(Probe::Query { unit, .. } | Probe::Command { unit, .. })) => unit,
        (_, Some(Probe::Certificate { .. })) => "d",
        _ => "",
    }
}

/// Its numbers as a line, where there are at least two; a walk without one is a gap.
pub(in crate::ui) fn curve(scene: &Scene<'_>, past: &[Past]) -> Option<String> {
    let values: Vec<Option<f64>> = past.iter().map(|past| past.value).collect();
    (values.iter().flatten().count() > 1).then(|| sparkline(scene.theme, &values, None))
}

/// The change from one number to the next: `+73 %`, `−58 %`; `None` where it cannot be told.
pub(in crate::ui) fn change(before: Option<f64>, after: Option<f64>) -> Option<String> {
    let (before, after) = (before?, after?);
    let per_cent = (after - before) / before.abs() * 100.0;
    (before != 0.0 && per_cent.is_finite()).then(|| per_cent_words(per_cent))
}

/// A change in per cent, in whole ones.
pub(in crate::ui) fn per_cent_words(per_cent: f64) -> String {
    let sign = match per_cent {
        up if up >= 0.5 => "+",
        down if down <= -0.5 => "−",
        _ => "±",
    };
    format!("{sign}{:.0} %", per_cent.abs())
}

/// The last numbers of an item and their trend: `180 ms → 312 ms · +73 %`.
pub(in crate::ui) fn numbers(past: &[Past], unit: &str, now: Option<f64>) -> Option<String> {
    let known: Vec<f64> = past.iter().filter_map(|past| past.value).chain(now).collect();
    let last = known.get(known.len().saturating_sub(3)..)?;
    let said: Vec<String> = last.iter().map(|value| quantity::text(Some(*value), unit)).collect();
    if said.is_empty() {
        return None;
    }
    let before = known.len().checked_sub(2).and_then(|at| known.get(at)).copied();
    let change = change(before, known.last().copied());
    Some(std::iter::once(said.join(" → ")).chain(change).collect::<Vec<_>>().join(" · "))
}
