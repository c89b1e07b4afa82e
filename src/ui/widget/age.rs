//! Ages that stand still: a screen on which nothing happens asks for no frame but one a minute.
//!
//! Below a minute an age is `<1m`; a source's age goes in steps of ten seconds, because there it matters.

use std::time::Duration;

use chrono::TimeDelta;

use crate::domain::{Health, Moment, SourceStatus, age};

const MINUTE: i64 = 60_000;
const STEP: i64 = 10_000;

/// How long ago: `<1m`, `4m`, `31m`, `2h`, `2d`.
#[must_use]
pub fn since(at: Moment, now: Moment) -> String {
    short(now - at)
}

/// How long until: `<1m`, `14m`, `2h`.
#[must_use]
pub fn left(until: Moment, now: Moment) -> String {
    short(until - now)
}

fn short(span: TimeDelta) -> String {
    if span.num_milliseconds() < MINUTE { "<1m".to_owned() } else { age::short(span) }
}

/// How long until [`since`] says something else.
#[must_use]
pub fn since_changes(at: Moment, now: Moment) -> Duration {
    match (now - at).num_milliseconds() {
        millis if millis < MINUTE => millis_of(MINUTE - millis),
        _ => age::next_change(at, now),
    }
}

/// How long until [`left`] says something else.
#[must_use]
pub fn left_changes(until: Moment, now: Moment) -> Option<Duration> {
    let millis = (until - now).num_milliseconds();
    let unit = match millis / 1000 {
        seconds if seconds < 60 => return None,
        seconds if seconds < 3600 => MINUTE,
        seconds if seconds < 2 * 86_400 => 60 * MINUTE,
        _ => 24 * 60 * MINUTE,
    };
    Some(millis_of(millis % unit + 1))
}

/// How many seconds are left, begun ones whole: it says 1 until it is time.
#[must_use]
pub fn seconds_left(until: Moment, now: Moment) -> i64 {
    ((until - now).num_milliseconds().max(0) + 999) / 1000
}

/// How long until [`seconds_left`] says something else.
#[must_use]
pub fn second_changes(until: Moment, now: Moment) -> Duration {
    millis_of(((until - now).num_milliseconds() - 1).rem_euclid(1000) + 1)
}

/// What is said of a source: its state, and how old that is once it is worth saying.
#[must_use]
pub fn source(status: &SourceStatus, now: Moment) -> String {
    let health = status.health(now);
    match told(status, now) {
        Some((from, silent)) if (now - from).num_milliseconds() >= silent => {
            format!("{} {}", health.words(), coarse(now - from))
        }
        _ => health.words().to_owned(),
    }
}

/// How long until [`source`] says something else.
#[must_use]
pub fn source_changes(status: &SourceStatus, now: Moment) -> Option<Duration> {
    let (from, silent) = told(status, now)?;
    let millis = (now - from).num_milliseconds().max(0);
    Some(match millis {
        millis if millis < silent => millis_of(silent - millis),
        millis if millis < MINUTE => millis_of(STEP - millis % STEP),
        _ => age::next_change(from, now),
    })
}

/// From when a source's state is counted, and for how many milliseconds its age is not worth saying.
///
/// A live source is asked again before its age matters: an age that runs up to the interval and falls back
/// would flutter all night and say nothing.
fn told(status: &SourceStatus, now: Moment) -> Option<(Moment, i64)> {
    match status.health(now) {
        Health::Live => {
            let interval = i64::try_from(status.every.as_millis()).unwrap_or(MINUTE).saturating_add(2_000);
            // Rounded up to a step, so that the first age that is said is the age it has.
            let silent = interval.clamp(STEP, MINUTE);
            status.answered.map(|at| (at, (silent + STEP - 1) / STEP * STEP))
        }
        Health::Late => status.answered.map(|at| (at, 0)),
        Health::Unreachable => status.failure.as_ref().map(|failure| (failure.since, STEP)),
        Health::NeverAnswered | Health::Off => None,
    }
}

fn coarse(span: TimeDelta) -> String {
    match span.num_milliseconds() {
        millis if millis < MINUTE => format!("{}s", millis.max(0) / STEP * (STEP / 1000)),
        _ => age::short(span),
    }
}

fn millis_of(millis: i64) -> Duration {
    Duration::from_millis(u64::try_from(millis).unwrap_or(0).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(millis: i64) -> Moment {
        Moment::UNIX_EPOCH + TimeDelta::milliseconds(millis)
    }

    /// A text that depends on the time.
    type Said<'a> = &'a dyn Fn(Moment) -> String;

    fn answered(every: u64) -> SourceStatus {
        let status = SourceStatus::new("prom".into(), "prometheus", Duration::from_secs(every));
        SourceStatus { answered: Some(at(0)), ..status }
    }

    #[test]
    fn a_live_source_says_live_until_its_age_is_worth_saying() {
        let said = |every, seconds: i64| source(&answered(every), at(seconds * 1000));
        assert_eq!(said(5, 9), "live");
        assert_eq!(said(5, 11), "live 10s");
        assert_eq!(said(15, 16), "live");
        assert_eq!(said(15, 21), "live 20s");
        assert_eq!(said(15, 41), "late 40s");
        assert_eq!(said(300, 59), "live");
        assert_eq!(said(300, 130), "live 2m");
    }

    proptest! {
        #[test]
        fn every_text_changes_just_when_foretold(millis in 0_i64..400_000, every in 1_u64..400) {
            let (status, now) = (answered(every), at(millis));
            let (began, ends) = (at(0), at(400_000));
            let steps: [(_, Said<'_>); 4] = [
                (Some(second_changes(ends, now)), &|now| seconds_left(ends, now).to_string()),
                (source_changes(&status, now), &|now| source(&status, now)),
                (Some(since_changes(began, now)), &|now| since(began, now)),
                (left_changes(ends, now), &|now| left(ends, now)),
            ];
            for (wait, said) in steps {
                let Some(wait) = wait else { continue };
                let wait = TimeDelta::from_std(wait).unwrap();
                // A source may turn late before: the board tells of that.
                let turns = status.health(now) != status.health(now + wait);
                prop_assert!(turns || said(now) == said(now + wait - TimeDelta::milliseconds(1)));
                prop_assert!(turns || said(now) != said(now + wait));
            }
        }
    }
}
