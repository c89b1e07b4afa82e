//! How a list stands whose turn comes some time after it was completed.
//!
//! There is no calendar that could go on meanwhile, so nothing is ever missed: the turn waits.

use chrono::TimeDelta;

use super::{Standing, State};
use crate::domain::Moment;
use crate::domain::checklist::schedule::{LONGEST, SHORTEST};

/// The most that a turn opens before it is due, and the seventh part of it that it does otherwise.
const LEAD: TimeDelta = TimeDelta::days(1);
/// The most that one may be late.
const GRACE: TimeDelta = TimeDelta::days(3);
/// The least that one may be late.
const LEAST: TimeDelta = TimeDelta::hours(1);
/// Which part of the span a turn opens before it is due, and may be late.
const PART: i32 = 7;

pub(super) fn standing(span: TimeDelta, known_since: Moment, completed: &[(Moment, Moment)], now: Moment) -> Standing {
    let span = bounded(span);
    let completed = in_order(completed.iter().map(|(_, completed)| *completed));
    let Some(due) = next_due(span, known_since, &completed) else { return Standing::nowhere(State::Ahead) };
    let overdue = due.checked_add_signed(grace(span));
    let opens = due.checked_sub_signed(lead(span)).unwrap_or(due);
    let (state, changes) = if now < opens {
        (State::Ahead, Some(opens))
    } else if now < due {
        (State::Soon, Some(due))
    } else if overdue.is_none_or(|overdue| now < overdue) {
        (State::Due, overdue)
    } else {
        (State::Overdue, None)
    };
    Standing { state, due: Some(due), overdue_from: overdue, missed: 0, streak: streak(span, &completed), changes }
}

/// When the turn is due that waits: so long after the last completion, or as soon as the list is known. `completed`
/// is in order.
pub(in crate::domain::checklist) fn next_due(
    span: TimeDelta,
    known_since: Moment,
    completed: &[Moment],
) -> Option<Moment> {
    completed.last().map_or(Some(known_since), |last| last.checked_add_signed(bounded(span)))
}

/// A span as one can be written; another could come from a store that was tampered with.
fn bounded(span: TimeDelta) -> TimeDelta {
    span.clamp(SHORTEST, LONGEST)
}

/// Moments in their order.
pub(in crate::domain::checklist) fn in_order(moments: impl Iterator<Item = Moment>) -> Vec<Moment> {
    let mut moments: Vec<Moment> = moments.collect();
    moments.sort_unstable();
    moments
}

/// Turns that were taken before they were overdue, one after the other up to the last completion. One walked before its
/// turn had opened only puts the next turn off.
fn streak(span: TimeDelta, completed: &[Moment]) -> u32 {
    let Some(first) = completed.first() else { return 0 };
    let step = |(streak, last): (u32, Moment), at: &Moment| {
        let waited = at.signed_duration_since(last);
        let streak = if waited < span - lead(span) {
            streak
        } else if waited < span + grace(span) {
            streak.saturating_add(1)
        } else {
            1
        };
        (streak, *at)
    };
    completed.iter().skip(1).fold((1, *first), step).0
}

fn lead(span: TimeDelta) -> TimeDelta {
    (span / PART).min(LEAD)
}

fn grace(span: TimeDelta) -> TimeDelta {
    (span / PART).min(GRACE).max(LEAST)
}
