//! How a list of the calendar stands.

use chrono_tz::Tz;

use super::{Standing, State};
use crate::domain::Moment;
use crate::domain::checklist::Schedule;
use crate::domain::recurrence::{Turn, turn_at, turns_back};

/// How many turns are looked back at: more than two years of days.
const BACK: usize = 800;

pub(super) fn standing(
    schedule: Schedule,
    zone: Tz,
    known_since: Moment,
    completed: &[(Moment, Moment)],
    now: Moment,
) -> Standing {
    let Some(open) = turn_at(schedule, zone, now) else { return Standing::nowhere(State::Ahead) };
    let walks = Begun::new(completed.iter().map(|(begun, _)| *begun));
    let closed = || turns_back(schedule, zone, now).skip(1).take(BACK);
    let taken = walks.took(&open);
    // A list that came after a turn was due owes nothing of it.
    let (state, changes) =
        if taken || open.due < known_since { (State::Ahead, open.closes) } else { untaken(&open, now) };
    let next = if state == State::Ahead { turn_at(schedule, zone, open.closes) } else { Some(open) };
    let missed =
        if taken { 0 } else { closed().take_while(|turn| turn.due >= known_since && !walks.took(turn)).count() };
    let streak = usize::from(taken) + closed().take_while(|turn| walks.took(turn)).count();
    Standing {
        state,
        due: next.map(|turn| turn.due),
        overdue_from: next.map(|turn| turn.overdue),
        missed: u32::try_from(missed).unwrap_or(u32::MAX),
        streak: u32::try_from(streak).unwrap_or(u32::MAX),
        changes: Some(changes),
    }
}

/// How an open turn stands that nobody took, and when that changes.
fn untaken(turn: &Turn, now: Moment) -> (State, Moment) {
    if now < turn.due {
        (State::Soon, turn.due)
    } else if now < turn.overdue {
        (State::Due, turn.overdue)
    } else {
        (State::Overdue, turn.closes)
    }
}

/// When walks began, in order.
pub(in crate::domain::checklist) struct Begun(Vec<Moment>);

impl Begun {
    pub(in crate::domain::checklist) fn new(begun: impl Iterator<Item = Moment>) -> Self {
        let mut begun: Vec<Moment> = begun.collect();
        begun.sort_unstable();
        Self(begun)
    }

    /// Whether one began while the turn was open.
    pub(in crate::domain::checklist) fn took(&self, turn: &Turn) -> bool {
        let at = self.0.partition_point(|begun| *begun < turn.opens);
        self.0.get(at).is_some_and(|begun| *begun < turn.closes)
    }
}
