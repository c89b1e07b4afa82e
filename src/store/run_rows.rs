//! Runs as rows: written once when they begin, read back as the words of the domain.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::columns::{
    millis, moment, operator, optional_incident, optional_moment, optional_text, run_id, strange, text,
};
use super::runs::Start;
use crate::domain::remediation::RemedyId;
use crate::domain::remediation::run::{Ending, Run};
use crate::domain::{Moment, harmless};

/// The most runs that are told beside those that have not ended.
const ENDED: i64 = 200;

/// The most runs that are told although they have not ended; more are no work of people.
const OPEN: i64 = 1_000;

/// The longest command line that is told, in characters.
const COMMAND: usize = 64_000;

/// Writes a run as it begins. Who agreed is what the store knows, not what the caller says.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    start: &Start,
    approved_by: Option<&str>,
) -> Result<(), sqlx::Error> {
    let run = &start.run;
    let (process, began) = process_columns(run.process);
    sqlx::query(
        "INSERT INTO runs (id, remedy, title, target, incident, subject, name, host, holder, process, process_began,
             command, plan, request, started, lease, cooldown_until, by_itself, approved_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
    )
    .bind(run.id.to_string())
    .bind(run.remedy.as_str())
    .bind(&run.title)
    .bind(&run.target)
    .bind(run.incident.map(|incident| incident.to_string()))
    .bind(&run.subject)
    .bind(&run.operator.name)
    .bind(&run.operator.host)
    .bind(&run.holder)
    .bind(process)
    .bind(began)
    .bind(&run.command)
    .bind(&start.plan)
    .bind(start.request.map(|request| request.to_string()))
    .bind(millis(run.started))
    .bind(millis(run.lease))
    .bind(millis(run.cooldown_until))
    .bind(run.auto)
    .bind(approved_by)
    .execute(connection)
    .await
    .map(drop)
}

/// A process as two columns; the ticks keep their bits.
pub(super) fn process_columns(process: Option<(i32, u64)>) -> (Option<i64>, Option<i64>) {
    process.map(|(leader, began)| (i64::from(leader), began.cast_signed())).unzip()
}

pub(super) fn read(row: &SqliteRow) -> Result<Run, sqlx::Error> {
    let leader: Option<i64> = row.try_get("process")?;
    let began: Option<i64> = row.try_get("process_began")?;
    let leader = leader.map(i32::try_from).transpose().map_err(|_| strange("a process has a small number"))?;
    Ok(Run {
        id: run_id(row, "id")?,
        remedy: RemedyId::new(&text(row, "remedy")?),
        title: text(row, "title")?,
        target: text(row, "target")?,
        incident: optional_incident(row, "incident")?,
        subject: optional_text(row, "subject")?,
        operator: operator(row)?,
        holder: text(row, "holder")?,
        process: leader.zip(began.map(i64::cast_unsigned)),
        command: command(row)?,
        started: moment(row, "started")?,
        ended: optional_moment(row, "ended")?,
        ending: ending(row)?,
        lease: moment(row, "lease")?,
        cooldown_until: moment(row, "cooldown_until")?,
        auto: row.try_get("by_itself")?,
        approved_by: optional_text(row, "approved_by")?,
    })
}

/// A command line: longer than a name may be.
pub(super) fn command(row: &SqliteRow) -> Result<String, sqlx::Error> {
    Ok(harmless::line(row.try_get("command")?, COMMAND).into_owned())
}

/// The columns `ending` and `why`.
pub(super) fn ending(row: &SqliteRow) -> Result<Option<Ending>, sqlx::Error> {
    let Some(word) = row.try_get::<Option<&str>, _>("ending")? else { return Ok(None) };
    let why = optional_text(row, "why")?.unwrap_or_default();
    Ending::from_parts(word, &why).map(Some).ok_or_else(|| strange("an ending is one of seven words"))
}

/// Those that have not ended and the newest of the others, newest first.
pub(super) async fn recent(connection: &mut SqliteConnection) -> Result<Vec<Run>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT * FROM runs WHERE id IN (SELECT id FROM runs WHERE ended IS NULL ORDER BY started DESC, id LIMIT $1)
             OR id IN (SELECT id FROM runs WHERE ended IS NOT NULL ORDER BY started DESC, id LIMIT $2)
         ORDER BY started DESC, id",
    )
    .bind(OPEN)
    .bind(ENDED)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

/// Those that have not ended and that nobody vouches for, oldest first.
pub(super) async fn abandoned(connection: &mut SqliteConnection, now: Moment) -> Result<Vec<Run>, sqlx::Error> {
    let rows = sqlx::query("SELECT * FROM runs WHERE ended IS NULL AND lease < $1 ORDER BY started, id LIMIT $2")
        .bind(millis(now))
        .bind(OPEN)
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

/// The last one of a remedy on a target.
pub(super) async fn last(
    connection: &mut SqliteConnection,
    remedy: &str,
    target: &str,
) -> Result<Option<Run>, sqlx::Error> {
    let row = sqlx::query("SELECT * FROM runs WHERE remedy = $1 AND target = $2 ORDER BY started DESC, id LIMIT 1")
        .bind(remedy)
        .bind(target)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}
