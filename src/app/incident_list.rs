//! The incident list as the operator sees it: filtered, ordered, with a cursor and marks.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use super::cursor::Step;
use crate::board::Board;
use crate::domain::filter::Filter;
use crate::domain::incident::Rank;
use crate::domain::{Incident, IncidentId, Moment, Severity, SourceName};

/// From so many rows on they are exchanged together. Tests do it at once.
const MANY: usize = if cfg!(test) { 2 } else { 32 };

/// What the list shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct IncidentList {
    /// What the operator filters by.
    #[serde(skip)]
    pub filter: Filter,
    /// The filter as it was typed; empty for none.
    pub filter_text: String,
    /// Whether only what is critical and waits for somebody is shown.
    pub only_critical: bool,
    /// What the operator marked.
    pub marks: BTreeSet<IncidentId>,
    #[serde(skip)]
    rows: Vec<Rank>,
    #[serde(skip)]
    ranks: HashMap<IncidentId, Rank>,
    cursor: Option<IncidentId>,
    #[serde(skip)]
    place: usize,
}

impl IncidentList {
    fn at(&self, place: usize) -> Option<IncidentId> {
        self.rows.get(place).map(|rank| rank.id)
    }

    /// How many of the rows still fire: those that resolved come last.
    #[must_use]
    pub fn firing(&self) -> usize {
        self.rows.partition_point(|rank| !rank.has_resolved())
    }

    /// The rows in their order.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = IncidentId> + ExactSizeIterator + '_ {
        self.rows.iter().map(|rank| rank.id)
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether a filter hides rows.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.only_critical || !self.filter_text.is_empty()
    }

    /// The incident under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<IncidentId> {
        self.cursor
    }

    /// Where the cursor stands among the rows.
    #[must_use]
    pub fn place(&self) -> usize {
        self.place
    }

    /// Points at an incident, if it is listed.
    pub fn select(&mut self, id: IncidentId) {
        if self.ranks.contains_key(&id) {
            self.cursor = Some(id);
            self.find_place();
        }
    }

    /// Moves the cursor.
    pub fn step(&mut self, step: Step) {
        let last = self.rows.len().saturating_sub(1);
        self.place = match step {
            Step::By(by) => self.place.saturating_add_signed(by).min(last),
            Step::First => 0,
            Step::Last => last,
        };
        self.cursor = self.at(self.place);
    }

    /// Brings the rows of these incidents up to date. Costs what changed.
    pub fn refresh(&mut self, board: &Board, ids: &[IncidentId], now: Moment) {
        let (mut gone, mut new) = (Vec::new(), Vec::new());
        for id in ids {
            let wanted = board.incident(*id).filter(|incident| self.shows(board, incident, now)).map(Incident::rank);
            let before = match wanted {
                Some(rank) => self.ranks.insert(*id, rank),
                None => self.ranks.remove(id),
            };
            if before == wanted {
                continue;
            }
            gone.extend(before);
            new.extend(wanted);
            if board.incident(*id).is_none_or(|incident| !incident.is_open()) {
                self.marks.remove(id);
            }
        }
        self.exchange(gone, new);
        if !ids.is_empty() {
            self.settle();
        }
    }

    /// Takes rows out and in. Where they are many all of them move once, and not once for each.
    fn exchange(&mut self, mut gone: Vec<Rank>, new: Vec<Rank>) {
        if gone.len() + new.len() > MANY {
            gone.sort_unstable();
            self.rows.retain(|rank| gone.binary_search(rank).is_err());
            self.rows.extend(new);
            // Of two sorted runs, or nearly.
            self.rows.sort();
            return;
        }
        for rank in gone {
            if let Ok(place) = self.rows.binary_search(&rank) {
                self.rows.remove(place);
            }
        }
        for rank in new {
            if let Err(place) = self.rows.binary_search(&rank) {
                self.rows.insert(place, rank);
            }
        }
    }

    /// Builds all rows anew, after the filter changed.
    pub fn rebuild(&mut self, board: &Board, now: Moment) {
        self.rows.clear();
        self.ranks.clear();
        for incident in board.incidents() {
            if self.shows(board, incident, now) {
                self.rows.push(incident.rank());
                self.ranks.insert(incident.id, incident.rank());
            }
        }
        self.settle();
    }

    /// Whether the filter's answer can change with time alone.
    #[must_use]
    pub fn depends_on_time(&self) -> bool {
        self.filter.speaks_of("@age")
    }

    fn shows(&self, board: &Board, incident: &Incident, now: Moment) -> bool {
        if self.only_critical && !(incident.needs_somebody() && incident.rated.severity == Severity::Critical) {
            return false;
        }
        if incident.snoozed_until.is_some() && !self.filter.speaks_of("@snoozed") {
            return false;
        }
        matches(&self.filter, board, incident, now)
    }

    fn settle(&mut self) {
        if self.cursor.is_some_and(|id| self.ranks.contains_key(&id)) {
            self.find_place();
        } else {
            self.place = self.place.min(self.rows.len().saturating_sub(1));
            self.cursor = self.at(self.place);
        }
    }

    fn find_place(&mut self) {
        if let Some(rank) = self.cursor.and_then(|id| self.ranks.get(&id)) {
            self.place = self.rows.binary_search(rank).unwrap_or_else(|place| place);
        }
    }
}

/// Whether an incident passes a filter.
#[must_use]
pub fn matches(filter: &Filter, board: &Board, incident: &Incident, now: Moment) -> bool {
    if filter.is_empty() {
        return true;
    }
    let alerts: Vec<_> = board.alerts_of(incident).collect();
    let sources: BTreeSet<&SourceName> =
        incident.alerts.iter().flat_map(|fingerprint| board.told_by(*fingerprint)).collect();
    let subject = crate::domain::filter::IncidentSubject { incident, alerts: &alerts, sources: &sources };
    filter.matches(&subject, now)
}
