//! Two walks beside each other: what differs first, then what is the same.

use ratatui::text::Line;

use super::{owned, table};
use crate::app::walks::History;
use crate::domain::checklist::trend::{Difference, Past, compare};
use crate::domain::checklist::{Item, Walk};
use crate::domain::quantity;
use crate::theme::Role;
use crate::ui::pane::past;
use crate::ui::scene::Scene;
use crate::ui::widget::flow;

/// The comparison of the two that are marked, the older one before the newer.
pub(super) fn lines(scene: &Scene<'_>, history: &History, walks: &[Walk], wide: usize) -> Vec<Line<'static>> {
    let mut marked: Vec<&Walk> = walks.iter().filter(|walk| history.marked.contains(&walk.id)).collect();
    marked.sort_by_key(|walk| walk.begun);
    let [older, newer] = marked.as_slice() else {
        return flow::plain(scene.style(Role::Dim), "mark two walks to compare them", wide);
    };
    let head = format!("{} → {}", table::date(scene, older), table::date(scene, newer));
    let mut lines = flow::plain(scene.bold(Role::Strong), &head, wide);
    let differ = compare(older, newer);
    let same: Vec<&Item> = newer.list.items().filter(|item| differ.iter().all(|other| other.item != item.id)).collect();
    if differ.is_empty() {
        lines.push(owned(scene.line(Role::Dim, "nothing differs")));
    }
    for difference in &differ {
        let item = newer.list.item(&difference.item).or_else(|| older.list.item(&difference.item));
        lines.push(Line::default());
        lines.extend(of_one(scene, difference, item, wide));
    }
    if !same.is_empty() {
        let words = if same.len() == 1 {
            "1 item is the same".to_owned()
        } else {
            format!("{} items are the same", same.len())
        };
        lines.extend([Line::default(), owned(scene.line(Role::Dim, words))]);
        for item in same {
            let sign = past::sign(scene, newer.entry(&item.id).and_then(|entry| entry.outcome));
            let words = scene.span(Role::Dim, format!(" {}", item.text));
            lines.push(owned(Line::from_iter([sign, words])));
        }
    }
    lines
}

fn of_one(scene: &Scene<'_>, difference: &Difference, item: Option<&Item>, wide: usize) -> Vec<Line<'static>> {
    let unit = item.map_or("", past::unit);
    let mut head = vec![(scene.bold(Role::Text), difference.text.clone())];
    if let Some(per_cent) = difference.per_cent {
        head.push((scene.style(Role::Text), format!("  {}", past::per_cent_words(per_cent))));
    }
    let mut lines = flow::flow(head.iter().map(|(style, words)| (*style, words.as_str())), wide);
    for (word, past) in [("before", &difference.before), ("after ", &difference.after)] {
        let (sign, words) = match past {
            None => (None, "was not in the list".to_owned()),
            Some(past) => (Some(past::sign(scene, past.outcome)), said(past, unit)),
        };
        let label = format!("  {word} ");
        let sign = sign.map(|sign| (sign.style, format!("{} ", sign.content))).unwrap_or_default();
        let pieces =
            [(scene.style(Role::Dim), label.as_str()), (sign.0, &sign.1), (scene.style(Role::Text), words.as_str())];
        lines.extend(flow::flow(pieces, wide));
    }
    lines
}

/// The number of a walk's item, and its words.
fn said(past: &Past, unit: &str) -> String {
    let number = past.value.map(|value| quantity::text(Some(value), unit));
    let outcome = past.outcome.map_or("not looked at", crate::domain::checklist::Outcome::word);
    let words = (!past.words.is_empty()).then(|| past.words.clone());
    std::iter::once(outcome.to_owned()).chain(number).chain(words).collect::<Vec<_>>().join(" · ")
}
