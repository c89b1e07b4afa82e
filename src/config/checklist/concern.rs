//! What a failure means, for an assessment.

use super::text;
use crate::config::reader::Item;
use crate::domain::checklist::concern::Priority;
use crate::domain::checklist::item::ConcernHint;

/// What is known beforehand of a concern.
pub(super) fn hint(item: &Item<'_>) -> Option<ConcernHint> {
    let table = item.table("a table, such as { type = \"reliability\", priority = \"high\" }")?;
    let sort = table.get("type", |item| text::line(item, text::WORD)).unwrap_or_default();
    let [impact, recommendation] = ["impact", "recommendation"]
        .map(|key| table.get(key, |item| text::block(item, text::HELP)).unwrap_or_default());
    let priority = table.get("priority", |item| item.choice("priority", &Priority::WORDS));
    table.finish(&["list.concern"]);
    Some(ConcernHint { sort, impact, recommendation, priority })
}
