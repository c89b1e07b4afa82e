//! The heat strip of a list: the last days, and what became of its turn on each.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::app::App;
use crate::domain::Moment;
use crate::domain::checklist::standing::State;
use crate::domain::checklist::trend::{Day, Strip};
use crate::domain::checklist::{Checklist, ChecklistId, Walked};
use crate::domain::recurrence::{self, Turn};

impl App {
    /// The last `days` days of a list, oldest first, in the operator's zone.
    #[must_use]
    pub fn strip_of(&self, list: &ChecklistId, days: usize) -> Strip {
        let today = self.day_of(self.now);
        let back = u64::try_from(days.saturating_sub(1)).unwrap_or(0);
        let Some(first) = today.checked_sub_days(Days::new(back)).filter(|_| days > 0) else { return Strip::new() };
        let walked: Vec<&Walked> =
            self.board.memory().walked.iter().filter(|walked| walked.checklist == *list).collect();
        let mut marks = self.turns_of(list, &walked, first, today);
        for one in &walked {
            let fine = one.end.completed && one.failed == 0 && one.skipped == 0;
            let mark = marks.entry(self.day_of(one.end.at)).or_insert(Day::Fine);
            // Of several walks on one day a flawed one is seen.
            *mark = if fine && *mark != Day::Flawed { Day::Fine } else { Day::Flawed };
        }
        let day = |date: NaiveDate| (date, marks.get(&date).copied().unwrap_or(Day::Free));
        first.iter_days().take_while(|date| *date <= today).map(day).collect()
    }

    fn day_of(&self, at: Moment) -> NaiveDate {
        at.with_timezone(&self.profile.timezone).date_naive()
    }

    /// The days on which a turn is due or was missed.
    fn turns_of(
        &self,
        id: &ChecklistId,
        walked: &[&Walked],
        first: NaiveDate,
        today: NaiveDate,
    ) -> BTreeMap<NaiveDate, Day> {
        let Some(list) = self.profile.checklist(id) else { return BTreeMap::new() };
        let known_since = self.board.memory().lists.get(id).copied().unwrap_or(self.now);
        let missing = |turn: &Turn| turn.due >= known_since && !walked.iter().any(|one| took(one, turn));
        let mark = |turn: Turn| (self.day_of(turn.due), if turn.closes <= self.now { Day::Missed } else { Day::Due });
        let mut marks: BTreeMap<NaiveDate, Day> =
            self.turns_from(list, first, today).filter(missing).map(mark).collect();
        if let Some(due) = self.due_now(id) {
            marks.entry(self.day_of(due)).or_insert(Day::Due);
        }
        marks
    }

    fn turns_from(&self, list: &Checklist, first: NaiveDate, today: NaiveDate) -> impl Iterator<Item = Turn> {
        let zone = self.profile.timezone;
        // A day earlier than any zone's, so that none is left out.
        let from = first.and_time(chrono::NaiveTime::MIN).and_utc() - chrono::TimeDelta::days(1);
        let turns = list.schedule.into_iter().flat_map(move |schedule| recurrence::turns(schedule, zone, from));
        turns.take_while(move |turn| turn.due.with_timezone(&zone).date_naive() <= today)
    }

    /// When a turn was due that waits to be taken.
    fn due_now(&self, id: &ChecklistId) -> Option<Moment> {
        let row = self.walks.rows.iter().find(|row| row.list.id == *id)?;
        row.standing.due.filter(|due| *due <= self.now && matches!(row.standing.state, State::Due | State::Overdue))
    }
}

/// Whether a walk took a turn: it was completed while the turn was open.
fn took(walked: &Walked, turn: &Turn) -> bool {
    walked.end.completed && (walked.turn == Some(turn.due) || (turn.opens..turn.closes).contains(&walked.end.at))
}
