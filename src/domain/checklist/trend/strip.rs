//! The last days of a list, as a strip of a calendar.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::{Day, Strip};
use crate::domain::Moment;
use crate::domain::checklist::standing::after;
use crate::domain::checklist::standing::calendar::Begun;
use crate::domain::checklist::{Checklist, Schedule, Walked};
use crate::domain::recurrence::{Turn, beginning, day_of, turns};

/// The longest strip, in days: more than two years.
const LONGEST: usize = 800;

/// The `days` days up to today, oldest first, in the operator's zone.
///
/// A walk stands on the day on which it began, and on the day when the turn was due that it took, if that was another.
/// A walk that was given up took no turn, and is flawed. Of several things on a day the worst is shown. A turn that
/// nobody took is missed from the moment at which the next one opens, but never on its own day; until then it is due.
#[must_use]
pub fn strip(list: &Checklist, zone: Tz, known_since: Moment, walked: &[Walked], now: Moment, days: usize) -> Strip {
    let Some(today) = day_of(zone, now) else { return Strip::new() };
    let mut marks = Marks::of(days, today);
    for walk in walked {
        marks.put(day_of(zone, walk.begun), colour(walk));
    }
    let completed = || walked.iter().filter(|walk| walk.end.completed);
    match list.schedule {
        None => {}
        Some(Schedule::After { span }) => {
            let completed = after::in_order(completed().map(|walk| walk.end.at));
            let due = after::next_due(span, known_since, &completed);
            marks.put(due.and_then(|due| day_of(zone, due)), Day::Due);
        }
        Some(schedule) => {
            let begun = Begun::new(completed().map(|walk| walk.begun));
            let from = marks.first().and_then(|first| beginning(zone, first));
            let ahead = |turn: &Turn| day_of(zone, turn.due).is_some_and(|day| day <= today);
            for turn in from.into_iter().flat_map(|from| turns(schedule, zone, from).take_while(ahead)) {
                let day = day_of(zone, turn.due);
                if begun.took(&turn) {
                    let took = completed().filter(|walk| (turn.opens..turn.closes).contains(&walk.begun));
                    took.for_each(|walk| marks.put(day, colour(walk)));
                } else if turn.due >= known_since {
                    let is_over = day < Some(today) && turn.closes <= now;
                    marks.put(day, if is_over { Day::Missed } else { Day::Due });
                }
            }
        }
    }
    marks.0.into_iter().collect()
}

/// How a walk went.
fn colour(walk: &Walked) -> Day {
    if walk.end.completed && walk.failed == 0 && walk.skipped == 0 { Day::Fine } else { Day::Flawed }
}

/// Days with the worst that is known of each.
struct Marks(BTreeMap<NaiveDate, Day>);

impl Marks {
    fn of(days: usize, today: NaiveDate) -> Self {
        let back = (0..days.min(LONGEST) as u64).map_while(|back| today.checked_sub_days(Days::new(back)));
        Self(back.map(|day| (day, Day::Free)).collect())
    }

    fn first(&self) -> Option<NaiveDate> {
        self.0.keys().next().copied()
    }

    fn put(&mut self, day: Option<NaiveDate>, mark: Day) {
        if let Some(there) = day.and_then(|day| self.0.get_mut(&day))
            && weight(*there) < weight(mark)
        {
            *there = mark;
        }
    }
}

fn weight(day: Day) -> u8 {
    match day {
        Day::Free => 0,
        Day::Fine => 1,
        Day::Flawed => 2,
        Day::Due => 3,
        Day::Missed => 4,
    }
}
