//! The heat strip of a list: the last days, and what became of its turn on each.

use chrono::NaiveDate;

use crate::app::{App, Place, View};
use crate::domain::checklist::trend::{self, Strip};
use crate::domain::checklist::{ChecklistId, Walked};

/// How many days are shown at most: half a year, in whole weeks.
pub const SHOWN_DAYS: usize = 26 * 7;

/// A strip that was made, and on which day.
#[derive(Debug, Clone, PartialEq)]
pub struct StripMade {
    list: ChecklistId,
    today: NaiveDate,
    days: Strip,
}

impl App {
    /// The last days of the list at hand, at most [`SHOWN_DAYS`]: what was made when walks, lists or the day changed.
    #[must_use]
    pub fn strip(&self, list: &ChecklistId, days: usize) -> Strip {
        match &self.walks.strip {
            Some(made) if made.list == *list => made.days.iter().rev().take(days).rev().copied().collect(),
            _ => self.strip_of(list, days),
        }
    }

    /// Makes the strip of the list at hand anew where another list is at hand, or time may have changed it.
    pub(super) fn settle_strip(&mut self) {
        let Some(list) = self.list_shown() else {
            self.walks.strip = None;
            return;
        };
        let today = self.now.with_timezone(&self.profile.timezone).date_naive();
        // What walks, lists and turns change makes the rows of the lists anew, and takes this away with them.
        if self.walks.strip.as_ref().is_some_and(|made| made.list == list && made.today == today) {
            return;
        }
        let days = self.strip_of(&list, SHOWN_DAYS);
        self.walks.strip = Some(StripMade { list, today, days });
    }

    /// The list whose strip is on the screen.
    fn list_shown(&self) -> Option<ChecklistId> {
        match self.place() {
            Place::View(View::Checklists) => self.walks.list.key().cloned(),
            Place::History => self.walks.history.as_ref().map(|history| history.checklist.clone()),
            _ => None,
        }
    }

    /// The last `days` days of a list, oldest first, in the operator's zone; empty for a list that is not offered.
    #[must_use]
    pub fn strip_of(&self, list: &ChecklistId, days: usize) -> Strip {
        let Some(offered) = self.profile.checklist(list) else { return Strip::new() };
        let memory = self.board.memory();
        let known_since = memory.lists.get(list).copied().unwrap_or(self.now);
        let walked: Vec<Walked> = memory.walked.iter().filter(|walked| walked.checklist == *list).cloned().collect();
        let zone = self.profile.timezone;
        trend::strip(offered, zone, known_since, &walked, self.now, days)
    }
}
