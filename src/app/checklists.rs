//! What the screen and commands ask of checklists and walks: selections, nothing is changed here.

mod stand;

pub(in crate::app) use stand::is_by;

use crate::app::App;
use crate::domain::checklist::standing::State;
use crate::domain::checklist::trend::{self, Past};
use crate::domain::checklist::{ChecklistId, Item, ItemId, Walk, WalkId};
use crate::domain::{IncidentId, Moment};

/// An interruption of a walk.
#[derive(Debug, Clone, PartialEq)]
pub struct Interruption {
    /// When the walk was left.
    pub from: Moment,
    /// When it was gone on with; `None` while it is not.
    pub until: Option<Moment>,
    /// What called the operator away: an incident's title; empty for nothing that is known.
    pub by: String,
    /// That incident.
    pub incident: Option<IncidentId>,
}

impl App {
    /// An open walk with what is on its way to the store, or one that has ended and was read.
    #[must_use]
    pub fn walk(&self, id: WalkId) -> Option<&Walk> {
        let past = || self.walks.past.values().filter_map(|read| read.as_ref().ok());
        let open = self.walks.open.get(&id).map(|walk| &**walk);
        open.or_else(|| past().flat_map(|walks| walks.iter()).find(|walk| walk.id == id))
    }

    /// Whether an item is looked at in this walk: its condition holds.
    #[must_use]
    pub fn applies(&self, walk: &Walk, item: &Item) -> bool {
        item.when.as_ref().is_none_or(|when| when.holds(&self.profile.ground, |id| walk.entry(id)))
    }

    /// What earlier walks say of an item, oldest first, at most `most`; empty until they were read.
    #[must_use]
    pub fn past_of(&self, list: &ChecklistId, item: &ItemId, most: usize) -> Vec<Past> {
        let read = self.walks.past.get(list).and_then(|read| read.as_deref().ok());
        trend::past(read.unwrap_or_default(), item, most)
    }

    /// How many lists are so.
    #[must_use]
    pub fn count_lists(&self, state: State) -> usize {
        self.walks.rows.iter().filter(|row| row.standing.state == state).count()
    }
}
