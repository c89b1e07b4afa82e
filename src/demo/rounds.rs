//! What the simulated team walked before: weeks of checklists, and one walk that an outage interrupted.
//!
//! What lives here: the walks, as pure functions of the lists and the moment. What must not: keeping them.

use std::path::Path;
use std::sync::Arc;

use chrono::{Days, NaiveTime, TimeDelta};

use super::desk;
use crate::domain::checklist::probe::Held;
use crate::domain::checklist::walk::End;
use crate::domain::checklist::{
    Answer, Change, Checklist, Evidence, Item, ItemKind, Outcome, Probe, Update, UpdateId, Walk, WalkId,
};
use crate::domain::{Moment, Operator};

/// The team's own lists, by the names of their files.
const LISTS: [(&str, &str); 2] =
    [("daily", include_str!("checklists/daily.toml")), ("weekly", include_str!("checklists/weekly.toml"))];

/// Who walks.
const TEAM: [&str; 3] = ["ana", "ben", "chloe"];

/// How a list was walked: its id, every how many days, how often, and at which hour (UTC).
const HABITS: [(&str, u64, u64, u32); 4] =
    [("daily", 1, 45, 7), ("weekly", 7, 9, 13), ("monthly", 30, 4, 9), ("quarterly", 91, 2, 9)];

/// How long an item takes.
const EACH: TimeDelta = TimeDelta::seconds(50);

/// How long ago the walk began that is open, and how long after that it was interrupted.
const OPEN: (TimeDelta, TimeDelta) = (TimeDelta::minutes(10), TimeDelta::minutes(6));

/// Writes the team's lists below the folder of the world.
///
/// # Errors
/// Where they cannot be written.
pub(super) fn write(folder: &Path) -> std::io::Result<()> {
    let lists = folder.join("checklists");
    std::fs::create_dir(&lists)?;
    LISTS.iter().try_for_each(|(name, text)| desk::file(&lists.join(format!("{name}.toml")), text))
}

/// The walks of the last weeks, oldest first for each list, and the one that is open.
#[must_use]
pub fn walked(lists: &[Checklist], now: Moment) -> Vec<Walk> {
    let mut walks = Vec::new();
    for (id, every, times, hour) in HABITS {
        let Some(list) = lists.iter().find(|list| list.id.as_str() == id).cloned().map(Arc::new) else { continue };
        for back in (1..=times).rev() {
            let date = now.date_naive().checked_sub_days(Days::new(back * every));
            let at = date.and_then(|date| Some(date.and_time(NaiveTime::from_hms_opt(hour, 4, 0)?).and_utc()));
            // Now and then somebody forgets one.
            if let Some(begun) = at.filter(|_| (back * every) % 17 != 11) {
                walks.push(past(&list, begun, back));
            }
        }
    }
    walks.extend(lists.iter().find(|list| list.id.as_str() == "weekly").map(|list| open(&Arc::new(list.clone()), now)));
    walks
}

/// A walk that was completed.
fn past(list: &Arc<Checklist>, begun: Moment, back: u64) -> Walk {
    let by = Operator::new(TEAM[usize::try_from(back % 3).unwrap_or(0)], "bastion");
    let walk = begin(list, begun, &by);
    let mut at = begun;
    let mut updates = Vec::new();
    for (number, item) in (1..).zip(list.items()) {
        at += EACH;
        let told = tell(item, back, number, at);
        updates.extend(told.into_iter().map(|change| update(&walk, Some(item), change, &by, at)));
    }
    let mut walk = walk.with(updates);
    walk.ended = Some(End { at: at + EACH, by: by.clone(), completed: true, sign: by.name });
    walk
}

/// The walk that is open: half of it, and what called its walker away.
fn open(list: &Arc<Checklist>, now: Moment) -> Walk {
    let by = Operator::new(TEAM[0], "bastion");
    let (ago, after) = OPEN;
    let walk = begin(list, now - ago, &by);
    let mut at = now - ago;
    let mut updates = Vec::new();
    for (number, item) in (1..).zip(list.items()).filter(|(number, _)| *number <= 3 || *number == 8) {
        at += EACH;
        let skipped = || Change::Outcome { outcome: Outcome::Skipped, why: "freeze until Monday".to_owned() };
        let told = if number == 8 { vec![skipped()] } else { tell(item, 2, number, at) };
        updates.extend(told.into_iter().map(|change| update(&walk, Some(item), change, &by, at)));
    }
    let left = Change::Interrupted { incident: None, by: "CheckoutErrorsHigh".to_owned() };
    updates.push(update(&walk, None, left, &by, now - ago + after));
    walk.with(updates)
}

fn begin(list: &Arc<Checklist>, begun: Moment, by: &Operator) -> Walk {
    let id = WalkId(number_of(&[list.id.as_str(), &begun.to_rfc3339()]));
    Walk::new(id, Arc::clone(list), None, begun, by.clone())
}

fn update(walk: &Walk, item: Option<&Item>, change: Change, by: &Operator, at: Moment) -> Update {
    let item = item.map(|item| item.id.clone());
    let what = format!("{change:?}");
    let id = number_of(&[&walk.id.to_string(), item.as_ref().map_or("", |item| item.as_str()), &what]);
    Update { id: UpdateId(id), item, change, by: by.clone(), at }
}

/// What was said of an item, `back` turns ago.
fn tell(item: &Item, back: u64, number: u64, at: Moment) -> Vec<Change> {
    let fails = (back * 7 + number * 3).is_multiple_of(23);
    let outcome = if fails { Outcome::Failed } else { Outcome::Done };
    let mut told = Vec::new();
    if let Some(probe) = &item.probe {
        told.push(Change::Evidence { evidence: Box::new(evidence(probe, fails, at)) });
    }
    match &item.kind {
        ItemKind::Value { min, max, .. } => {
            let (low, high) = (min.unwrap_or(0.0), max.unwrap_or(min.unwrap_or(0.0) + 10.0));
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let share = 0.2 + ((back * 5 + number) % 11) as f64 / 20.0;
            let value = if fails { high + (high - low) * 0.3 } else { low + (high - low) * share };
            told.push(Change::Answer { answer: Answer::Number((value * 10.0).round() / 10.0), outcome: Some(outcome) });
        }
        ItemKind::Choice { words, good } => {
            let word = if fails { words.last() } else { good.first() };
            let word = word.cloned().unwrap_or_default();
            told.push(Change::Answer { answer: Answer::Choice(word), outcome: Some(outcome) });
        }
        ItemKind::Tick | ItemKind::Probe => {
            let why = if fails { "ticket OPS-311" } else { "" };
            told.push(Change::Outcome { outcome, why: why.to_owned() });
        }
    }
    told
}

fn evidence(probe: &Probe, fails: bool, at: Moment) -> Evidence {
    let (from, unit, good, bad) = match probe {
        Probe::Query { source, unit, expect, .. } => {
            let from = source.as_ref().map_or("prom-eu", |source| source.as_str());
            (from, unit.as_str(), expect.bound * 0.4, expect.bound * 1.6)
        }
        Probe::Logs { .. } => ("logs", "lines", 14.0, 140.0),
        _ => ("midwatch", "", 0.0, 2.0),
    };
    let value = if fails { bad } else { good };
    let held = if fails { Held::Bad } else { Held::Good };
    let words = crate::domain::quantity::text(Some(value), unit);
    Evidence {
        at,
        took_ms: 120,
        from: from.to_owned(),
        held,
        value: Some(value),
        unit: unit.to_owned(),
        words,
        lines: Vec::new(),
    }
}

/// A number that the same words always have.
fn number_of(words: &[&str]) -> u64 {
    use sha2::{Digest as _, Sha256};
    let mut digest = Sha256::new();
    for word in words {
        digest.update(word.as_bytes());
        digest.update([0]);
    }
    digest.finalize().iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checklist::Section;

    fn weekly() -> Checklist {
        let item = |number: usize| Item::new(&format!("item-{number}"), &format!("item {number}"), ItemKind::Tick);
        let section = Section { title: String::new(), help: String::new(), items: (1..=8).map(item).collect() };
        Checklist::new("weekly", "Weekly review", vec![section])
    }

    #[test]
    fn one_walk_is_open_and_the_others_ended_before_it_began() {
        let now: Moment = "2026-11-21T03:12:44Z".parse().unwrap();
        let walks = walked(&[weekly()], now);
        let (open, ended): (Vec<_>, Vec<_>) = walks.iter().partition(|walk| walk.is_open());
        assert_eq!((open.len(), ended.len()), (1, 8));
        let updates = open[0].updates();
        assert!(
            matches!(&updates.last().unwrap().change, Change::Interrupted { by, .. } if by == "CheckoutErrorsHigh")
        );
        assert_eq!(open[0].count(Outcome::Skipped), 1);
        assert!(ended.iter().all(|walk| walk.ended.as_ref().unwrap().at < open[0].begun));
        assert_eq!(walked(&[weekly()], now), walks, "the same whenever it is asked");
    }
}
