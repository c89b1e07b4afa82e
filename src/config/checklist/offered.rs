//! Which checklists are offered: the shipped ones, those of the operator, and what the configuration adjusts.

use super::shipped;
use crate::config::diagnostic::{Diagnostic, Gravity};
use crate::config::nearest::nearest;
use crate::config::settings::Settings;
use crate::domain::Severity;
use crate::domain::checklist::{Checklist, ChecklistId, Declared, Schedule};

/// What a configuration adjusts of a checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjusted {
    /// Which one.
    pub id: ChecklistId,
    /// Another schedule, as it is written, and what it means: `None` for on demand.
    pub schedule: Option<(String, Option<Schedule>)>,
    /// Another reminder; `None` within for none.
    pub remind: Option<Option<Severity>>,
    /// Whether it is left out.
    pub off: bool,
}

/// Puts the shipped checklists and the operator's own into the settings, adjusted and in order. `own_names` are the
/// names of all files of the operator, those among them that could not be read too. `unknown` holds for each adjusted
/// one the warning that there is none of its name, which comes back as an error.
pub(in crate::config) fn offer(
    settings: &mut Settings,
    own: Vec<Checklist>,
    own_names: &[String],
    unknown: Vec<(ChecklistId, Diagnostic)>,
) -> Vec<Diagnostic> {
    let is_replaced = |id: &ChecklistId| own.iter().any(|list| list.id == *id);
    let mut lists: Vec<Checklist> = shipped::offered().iter().filter(|list| !is_replaced(&list.id)).cloned().collect();
    lists.extend(own);
    for adjusted in &settings.adjusted {
        if adjusted.off {
            lists.retain(|list| list.id != adjusted.id);
        } else if let Some(list) = lists.iter_mut().find(|list| list.id == adjusted.id) {
            adjust(list, adjusted);
        }
    }
    lists.sort_by_cached_key(place);
    settings.checklists = lists;
    let names = || shipped::shipped().iter().map(|(name, _)| *name).chain(own_names.iter().map(String::as_str));
    let missing = unknown.into_iter().filter(|(id, _)| !names().any(|name| name == id.as_str()));
    missing
        .map(|(id, place)| Diagnostic { gravity: Gravity::Error, ..place }.meant(nearest(id.as_str(), names())))
        .collect()
}

fn adjust(list: &mut Checklist, adjusted: &Adjusted) {
    list.adopted = true;
    if let Some((_, schedule)) = &adjusted.schedule {
        if list.schedule.is_none() && schedule.is_some() {
            list.remind = Some(Severity::Low);
        }
        list.schedule = *schedule;
    }
    if let Some(remind) = adjusted.remind {
        list.remind = remind;
    }
    if list.schedule.is_none() {
        list.remind = None;
    }
}

/// Where a list stands among the others: the shipped ones with a schedule in their order, then the operator's, then
/// what is walked on demand.
pub(super) fn place(list: &Checklist) -> (u8, usize, ChecklistId) {
    let row = shipped::shipped().iter().position(|(name, _)| *name == list.id.as_str());
    match (list.schedule, row) {
        (Some(_), Some(row)) => (0, row, list.id.clone()),
        (Some(_), None) => (1, 0, list.id.clone()),
        (None, _) => (2, 0, list.id.clone()),
    }
}

/// The names of the checklists that are the operator's own, in their order.
#[must_use]
pub fn own(settings: &Settings) -> Vec<&str> {
    let own = settings.checklists.iter().filter(|list| matches!(list.origin, Declared::File(_)));
    own.map(|list| list.id.as_str()).collect()
}
