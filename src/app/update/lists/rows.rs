//! The rows of the Checklists view: how every list stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::App;
use crate::app::walks::ListRow;
use crate::domain::Moment;
use crate::domain::checklist::standing::{self, State};
use crate::domain::checklist::{Checklist, ChecklistId, Walk, Walked};

impl App {
    /// Makes the rows anew: after walks or lists changed, or when time changes how one stands.
    pub(in crate::app::update) fn settle_lists(&mut self) {
        let mut ended: BTreeMap<&ChecklistId, Vec<&Walked>> = BTreeMap::new();
        for walked in &self.board.memory().walked {
            ended.entry(&walked.checklist).or_default().push(walked);
        }
        let lists = self.profile.checklists.iter();
        let mut rows: Vec<ListRow> =
            lists.map(|list| self.list_row(list, ended.get(&list.id).map_or(&[], Vec::as_slice))).collect();
        rows.sort_by_cached_key(place_of);
        self.walks.rows_change = rows.iter().filter_map(|row| row.standing.changes).filter(|at| *at > self.now).min();
        let ids: Vec<ChecklistId> = rows.iter().map(|row| row.list.id.clone()).collect();
        self.walks.list.settle(&ids);
        self.walks.rows = rows.into();
        self.walks.strip = None;
    }

    /// One row. `ended` are the walks of the list that ended, newest first.
    fn list_row(&self, list: &Arc<Checklist>, ended: &[&Walked]) -> ListRow {
        // A list that the store does not know yet is known since now.
        let known_since = self.board.memory().lists.get(&list.id).copied().unwrap_or(self.now);
        let mine = || self.walks.open.values().filter(|walk| walk.list.id == list.id);
        let kept = ended.iter().filter(|walked| walked.end.completed).map(|walked| (walked.begun, walked.end.at));
        // One whose end is on its way to the store has ended.
        let sent = mine().filter_map(|walk| Some((walk.begun, walk.ended.as_ref().filter(|end| end.completed)?.at)));
        let mut completed: Vec<(Moment, Moment)> = kept.chain(sent).collect();
        completed.sort_unstable();
        completed.dedup();
        let standing = standing::standing(list, self.profile.timezone, known_since, &completed, self.now);
        let open = mine().find(|walk| walk.is_open());
        let (looked_at, of) = open.map_or_else(|| (0, self.items_of(list)), |walk| self.progress_of(walk));
        let newest = ended.first().map(|walked| (*walked).clone());
        ListRow { list: Arc::clone(list), standing, open: open.map(|walk| walk.id), looked_at, of, last: newest }
    }

    /// How many items apply before anything was said.
    fn items_of(&self, list: &Checklist) -> usize {
        let applies = |when: &crate::domain::checklist::When| when.holds(&self.profile.ground, |_| None);
        list.items().filter(|item| item.when.as_ref().is_none_or(applies)).count()
    }

    /// How many items of a walk were looked at, of those that apply.
    fn progress_of(&self, walk: &Walk) -> (usize, usize) {
        let apply = || walk.list.items().filter(|item| self.applies(walk, item));
        let looked_at = apply().filter(|item| walk.entry(&item.id).is_some_and(|entry| entry.outcome.is_some()));
        (looked_at.count(), apply().count())
    }
}

/// What is overdue first, then what is due and what is soon, then what is under way; then by due, then by title.
fn place_of(row: &ListRow) -> (u8, Moment, String, ChecklistId) {
    let group = match (row.standing.state, row.open) {
        (State::Overdue, _) => 0,
        (State::Due, _) => 1,
        (State::Soon, _) => 2,
        (_, Some(_)) => 3,
        (State::Ahead, None) => 4,
        (State::OnDemand, None) => 5,
    };
    let due = row.standing.due.unwrap_or(Moment::MAX_UTC);
    (group, due, row.list.title.to_lowercase(), row.list.id.clone())
}
