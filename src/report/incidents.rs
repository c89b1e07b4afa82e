//! `midwatch incidents`: a list of incidents as text and JSON.

use std::collections::HashSet;
use std::io::{self, Write};

use super::json::{self, IncidentsDocument};
use super::table::{self, Fit};
use super::words;
use crate::board::Board;
use crate::domain::{Incident, Moment, age};

/// Writes these incidents of a board as JSON.
///
/// # Errors
/// Where the writer fails.
pub fn json(board: &Board, incidents: Vec<&Incident>, now: Moment, out: &mut dyn Write) -> io::Result<()> {
    json::write(&IncidentsDocument::new(board, incidents, now), out)
}

/// Writes these incidents of a board as a table, each with the beginning of its id that no other has.
///
/// # Errors
/// Where the writer fails.
pub fn text(board: &Board, incidents: &[&Incident], now: Moment, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let digits = digits(board);
    let row = |incident: &&Incident| {
        [
            words::severity(incident),
            incident.id.to_string().chars().take(digits).collect(),
            incident.title.clone(),
            incident.service.clone().unwrap_or_else(|| "—".to_owned()),
            age::since(incident.since, now),
            if incident.is_open() { words::count(incident.alerts.len(), "alert") } else { String::new() },
            words::who(incident, now),
        ]
    };
    let rows: Vec<_> = incidents.iter().map(row).collect();
    let fits = [Fit::Left, Fit::Left, Fit::Shrinks, Fit::Shrinks, Fit::Right, Fit::Right, Fit::Shrinks];
    table::write(fits, &rows, width, out)
}

/// How many digits of an id tell every incident on the board apart; four at least.
fn digits(board: &Board) -> usize {
    let ids: Vec<u64> = board.incidents().map(|incident| incident.id.0).collect();
    let apart = |digits: &usize| {
        let beginnings: HashSet<u64> = ids.iter().map(|id| id >> (64 - 4 * digits)).collect();
        beginnings.len() == ids.len()
    };
    (4..16).find(apart).unwrap_or(16)
}
