//! `midwatch checklist list`: how checklists stand.

use std::io::{self, Write};

use serde::Serialize;

use super::page::{self, Shape};
use super::short::Short;
use super::{Here, Listed, words};
use crate::domain::checklist::standing::State;
use crate::domain::checklist::{ChecklistId, WalkId};
use crate::domain::{Moment, age, harmless};
use crate::report::json::{self, VERSION};
use crate::report::table::{self, Fit};

/// Writes a line for each.
///
/// # Errors
/// Where the writer fails.
pub fn text(lists: &[Listed], here: Here, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<[String; 9]> = lists.iter().map(|listed| cells(listed, here)).collect();
    let fits =
        [Fit::Left, Fit::Shrinks, Fit::Left, Fit::Left, Fit::Left, Fit::Shrinks, Fit::Shrinks, Fit::Left, Fit::Left];
    table::write(fits, &rows, here.width, out)
}

/// Writes them as a table of a Markdown document.
///
/// # Errors
/// Where the writer fails.
pub fn md(lists: &[Listed], here: Here, out: &mut dyn Write) -> io::Result<()> {
    let head = ["state", "title", "id", "schedule", "due", "open walk", "last walk", "missed", "in a row"];
    let rows: Vec<Vec<String>> = lists.iter().map(|listed| cells(listed, here).to_vec()).collect();
    page::write(vec![page::table(&head, &rows)], Shape::Markdown, out)
}

/// Writes them as JSON.
///
/// # Errors
/// Where the writer fails.
pub fn json(lists: &[Listed], here: Here, out: &mut dyn Write) -> io::Result<()> {
    let checklists = lists.iter().map(Row::new).collect();
    json::write(&Document { version: VERSION, at: here.now, checklists }, out)
}

fn cells(listed: &Listed, here: Here) -> [String; 9] {
    let standing = listed.standing;
    let state = match standing {
        None => "not known".to_owned(),
        Some(standing) => match (standing.state, standing.overdue_from) {
            (State::Overdue, Some(from)) => format!("overdue {}", age::since(from, here.now)),
            (State::OnDemand, _) => "on demand".to_owned(),
            (state, _) => words::state(state).to_owned(),
        },
    };
    let due = standing.and_then(|standing| standing.due).map(|due| words::at(due, here.zone));
    let open = listed.open.map(|open| format!("{}/{} by {}", open.looked_at, open.of, open.walk.by.name));
    let last = listed.last.map(|last| {
        let how = if last.end.completed { words::counts(last) } else { "given up".to_owned() };
        format!("{} ago: {how}", age::since(last.end.at, here.now))
    });
    let count = |count: u32, word: &str| if count == 0 { String::new() } else { format!("{count} {word}") };
    let line = |text: &str| harmless::line(text, 300).into_owned();
    [
        state,
        line(&listed.list.title),
        listed.list.id.to_string(),
        listed.list.schedule.map(|schedule| schedule.to_string()).unwrap_or_default(),
        due.unwrap_or_default(),
        line(&open.unwrap_or_default()),
        line(&last.unwrap_or_default()),
        count(standing.map_or(0, |standing| standing.missed), "missed"),
        count(standing.map_or(0, |standing| standing.streak), "in a row"),
    ]
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    at: Moment,
    checklists: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a ChecklistId,
    title: &'a str,
    schedule: Option<String>,
    /// `overdue due soon ahead on-demand`; `null` if it is not known.
    state: Option<&'static str>,
    due: Option<Moment>,
    overdue_since: Option<Moment>,
    missed: Option<u32>,
    streak: Option<u32>,
    walk: Option<Open<'a>>,
    last: Option<Short<'a>>,
    adopted: bool,
}

#[derive(Serialize)]
struct Open<'a> {
    id: WalkId,
    begun: Moment,
    by: &'a str,
    looked_at: usize,
    of: usize,
}

impl<'a> Row<'a> {
    fn new(listed: &Listed<'a>) -> Self {
        let standing = listed.standing;
        let overdue = standing.filter(|standing| standing.state == State::Overdue);
        Self {
            id: &listed.list.id,
            title: &listed.list.title,
            schedule: listed.list.schedule.map(|schedule| schedule.to_string()),
            state: standing.map(|standing| words::state(standing.state)),
            due: standing.and_then(|standing| standing.due),
            overdue_since: overdue.and_then(|standing| standing.overdue_from),
            missed: standing.map(|standing| standing.missed),
            streak: standing.map(|standing| standing.streak),
            walk: listed.open.map(|open| Open {
                id: open.walk.id,
                begun: open.walk.begun,
                by: &open.walk.by.name,
                looked_at: open.looked_at,
                of: open.of,
            }),
            last: listed.last.map(Short::of),
            adopted: listed.list.adopted,
        }
    }
}
