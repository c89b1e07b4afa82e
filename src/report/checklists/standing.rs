//! What `midwatch status` says of checklists.

use std::io::{self, Write};

use chrono::TimeDelta;
use serde::{Serialize, Serializer};

use super::{Listed, words};
use crate::domain::checklist::standing::State;
use crate::domain::checklist::{ChecklistId, WalkId};
use crate::domain::{Moment, age, harmless};

/// The most lists that are named; more are counted.
const NAMED: usize = 3;

/// What waits to be walked: `1 checklist overdue: Monthly audit 2 d`; `None` if nothing does. `named` says whether the
/// lists are named.
#[must_use]
pub fn waiting(lists: &[Listed], now: Moment, named: bool) -> Option<String> {
    let overdue: Vec<String> = of(lists, State::Overdue)
        .map(|listed| {
            let from = listed.standing.and_then(|standing| standing.overdue_from).unwrap_or(now);
            let age = age::coarse((now - from).max(TimeDelta::zero()));
            format!("{} {age}", harmless::line(&listed.list.title, 60))
        })
        .collect();
    let due: Vec<String> =
        of(lists, State::Due).map(|listed| harmless::line(&listed.list.title, 60).into_owned()).collect();
    let said: Vec<String> =
        [part(&overdue, "overdue", named), part(&due, "due", named)].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

fn of<'a, 'b>(lists: &'b [Listed<'a>], state: State) -> impl Iterator<Item = &'b Listed<'a>> {
    lists.iter().filter(move |listed| listed.standing.is_some_and(|standing| standing.state == state))
}

fn part(titles: &[String], word: &str, named: bool) -> Option<String> {
    if titles.is_empty() {
        return None;
    }
    let counted = format!("{} {word}", crate::report::words::count(titles.len(), "checklist"));
    let more = if titles.len() > NAMED { ", …" } else { "" };
    let first: Vec<&str> = titles.iter().take(NAMED).map(String::as_str).collect();
    Some(if named { format!("{counted}: {}{more}", first.join(", ")) } else { counted })
}

/// Writes the line of `status` for people, if something waits.
///
/// # Errors
/// Where the writer fails.
pub fn text(lists: &[Listed], now: Moment, out: &mut dyn Write) -> io::Result<()> {
    match waiting(lists, now, true) {
        Some(words) => writeln!(out, "\n{words}"),
        None => Ok(()),
    }
}

/// The checklists with a schedule, as `status --format json` has them.
#[derive(Debug)]
pub struct Scheduled<'a>(pub &'a [Listed<'a>]);

impl Serialize for Scheduled<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().filter(|listed| listed.list.schedule.is_some()).map(Row::new))
    }
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a ChecklistId,
    title: &'a str,
    state: Option<&'static str>,
    due: Option<Moment>,
    missed: Option<u32>,
    /// The walk of it that is open.
    walk: Option<WalkId>,
}

impl<'a> Row<'a> {
    fn new(listed: &Listed<'a>) -> Self {
        Self {
            id: &listed.list.id,
            title: &listed.list.title,
            state: listed.standing.map(|standing| words::state(standing.state)),
            due: listed.standing.and_then(|standing| standing.due),
            missed: listed.standing.map(|standing| standing.missed),
            walk: listed.open.map(|open| open.walk.id),
        }
    }
}
