//! The heat strip of a list: the last days, and what became of its turn on each.

use crate::app::App;
use crate::domain::checklist::trend::{self, Strip};
use crate::domain::checklist::{ChecklistId, Walked};

impl App {
    /// The last `days` days of a list, oldest first, in the operator's zone; empty for a list that is not offered.
    #[must_use]
    pub fn strip_of(&self, list: &ChecklistId, days: usize) -> Strip {
        let Some(offered) = self.profile.checklist(list) else { return Strip::new() };
        let memory = self.board.memory();
        let known_since = memory.lists.get(list).copied().unwrap_or(self.now);
        let walked: Vec<Walked> = memory.walked.iter().filter(|walked| walked.checklist == *list).cloned().collect();
        let zone = self.profile.timezone;
        let today = self.now.with_timezone(&zone).date_naive();
        trend::strip(offered, zone, known_since, &walked, today, days)
    }
}
