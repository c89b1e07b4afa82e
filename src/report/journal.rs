//! `midwatch journal`: the record as text and JSON.

use std::io::{self, Write};

use super::json::{self, JournalDocument};
use super::table::{self, Fit};
use crate::domain::journal::Row;

/// Writes rows as JSON, in the order given.
///
/// # Errors
/// Where the writer fails.
pub fn json(rows: &[&Row], out: &mut dyn Write) -> io::Result<()> {
    json::write(&JournalDocument::new(rows), out)
}

/// Writes rows as a table, times in UTC, in the order given.
///
/// # Errors
/// Where the writer fails.
pub fn text(rows: &[&Row], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let row = |row: &&Row| {
        let entry = &row.entry;
        let outcome = match entry.outcome.why() {
            "" => entry.outcome.word().to_owned(),
            why => format!("{}: {why}", entry.outcome.word()),
        };
        [
            row.id.to_string(),
            entry.at.format("%Y-%m-%d %H:%M:%S").to_string(),
            format!("{}@{}", entry.operator.name, entry.operator.host),
            entry.action.clone(),
            entry.target.clone(),
            entry.detail.clone(),
            outcome,
        ]
    };
    let rows: Vec<_> = rows.iter().map(row).collect();
    let fits = [Fit::Right, Fit::Left, Fit::Shrinks, Fit::Left, Fit::Shrinks, Fit::Shrinks, Fit::Shrinks];
    table::write(fits, &rows, width, out)
}
