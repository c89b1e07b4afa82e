//! The last values of an item, and where they go.

use serde::Serialize;

use crate::domain::checklist::trend::{Past, direction, past};
use crate::domain::checklist::{Item, ItemId, Outcome, Walk, WalkId};
use crate::domain::{harmless, quantity};
use crate::report::checklists::words;

/// How many of the newest values are told.
const MOST: usize = 10;
/// How many of them stand in a line.
const SHOWN: usize = 5;

/// What walks say of an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Values {
    id: ItemId,
    text: String,
    unit: String,
    /// Oldest first.
    #[serde(rename = "values")]
    past: Vec<Past>,
    /// The last number against the median of those before, in per cent of that; `null` if that cannot be said.
    change_per_cent: Option<f64>,
}

/// What walks that ended, in any order, say of the items of the newest list; open ones are left out.
#[must_use]
pub fn values<'a>(walks: &[Walk], items: impl IntoIterator<Item = &'a Item>) -> Vec<Values> {
    items.into_iter().map(|item| Values::new(walks, item)).collect()
}

impl Values {
    fn new(walks: &[Walk], item: &Item) -> Self {
        // What an open walk says is not said to its end: it is none of the earlier ones.
        let open: Vec<WalkId> = walks.iter().filter(|walk| walk.ended.is_none()).map(|walk| walk.id).collect();
        let mut past = past(walks, &item.id, MOST + open.len());
        past.retain(|past| !open.contains(&past.walk));
        past.drain(..past.len().saturating_sub(MOST));
        let change_per_cent = direction(&past);
        let unit = words::unit(item).to_owned();
        Self { id: item.id.clone(), text: item.text.clone(), unit, past, change_per_cent }
    }

    /// It in a line; `None` if no walk says anything.
    pub(super) fn cells(&self) -> Option<[String; 3]> {
        let from = self.past.len().saturating_sub(SHOWN);
        let shown: Vec<String> = self.past.iter().skip(from).map(|past| self.one(past)).collect();
        let text = harmless::line(&self.text, 200).into_owned();
        let trend = self.change_per_cent.map(|change| format!("{change:+.0} %")).unwrap_or_default();
        (!shown.is_empty()).then(|| [text, shown.join("  "), trend])
    }

    /// A number, else how it went.
    fn one(&self, past: &Past) -> String {
        match (past.value, past.outcome) {
            (Some(value), Some(Outcome::Failed)) => format!("{} !", quantity::text(Some(value), &self.unit)),
            (Some(value), _) => quantity::text(Some(value), &self.unit),
            (None, Some(outcome)) => outcome.word().to_owned(),
            (None, None) => quantity::NONE.to_owned(),
        }
    }
}
