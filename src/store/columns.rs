//! Reads columns back as the words of the domain. Text is made harmless again: others can write the file too.

use chrono::DateTime;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::checklist::UpdateId;
use crate::domain::remediation::RunId;
use crate::domain::{IncidentId, Moment, Operator, harmless};

/// The longest text of a name or a title that is read back, in characters.
const LONGEST: usize = 4_000;

/// A moment as the store keeps it: milliseconds since 1970.
pub(super) fn millis(moment: Moment) -> i64 {
    moment.timestamp_millis()
}

/// What a column holds is not what midwatch writes.
pub(super) fn strange(what: impl Into<String>) -> sqlx::Error {
    sqlx::Error::Decode(what.into().into())
}

pub(super) fn moment_of(millis: i64) -> Result<Moment, sqlx::Error> {
    DateTime::from_timestamp_millis(millis).ok_or_else(|| strange(format!("{millis} is no time")))
}

pub(super) fn moment(row: &SqliteRow, column: &str) -> Result<Moment, sqlx::Error> {
    moment_of(row.try_get(column)?)
}

pub(super) fn text(row: &SqliteRow, column: &str) -> Result<String, sqlx::Error> {
    Ok(harmless::line(row.try_get(column)?, LONGEST).into_owned())
}

pub(super) fn optional_text(row: &SqliteRow, column: &str) -> Result<Option<String>, sqlx::Error> {
    let found: Option<&str> = row.try_get(column)?;
    Ok(found.map(|found| harmless::line(found, LONGEST).into_owned()))
}

pub(super) fn incident(row: &SqliteRow, column: &str) -> Result<IncidentId, sqlx::Error> {
    let found: &str = row.try_get(column)?;
    IncidentId::parse(found).ok_or_else(|| strange("an incident id has 16 hexadecimal digits"))
}

pub(super) fn optional_incident(row: &SqliteRow, column: &str) -> Result<Option<IncidentId>, sqlx::Error> {
    let found: Option<&str> = row.try_get(column)?;
    found.map(|_| incident(row, column)).transpose()
}

pub(super) fn optional_moment(row: &SqliteRow, column: &str) -> Result<Option<Moment>, sqlx::Error> {
    row.try_get::<Option<i64>, _>(column)?.map(moment_of).transpose()
}

pub(super) fn run_id(row: &SqliteRow, column: &str) -> Result<RunId, sqlx::Error> {
    RunId::parse(row.try_get(column)?).ok_or_else(|| strange("an id of a run has 16 hexadecimal digits"))
}

pub(super) fn update_id(row: &SqliteRow, column: &str) -> Result<UpdateId, sqlx::Error> {
    UpdateId::parse(row.try_get(column)?).ok_or_else(|| strange("an id of an update has 16 hexadecimal digits"))
}

/// `None` for what is not as midwatch writes it, where one such row must not hide the others; any other failure stays
/// one.
pub(super) fn readable<T>(read: Result<T, sqlx::Error>) -> Result<Option<T>, sqlx::Error> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(sqlx::Error::Decode(_) | sqlx::Error::ColumnDecode { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The columns `name` and `host`.
pub(super) fn operator(row: &SqliteRow) -> Result<Operator, sqlx::Error> {
    Ok(Operator { name: text(row, "name")?, host: text(row, "host")? })
}
