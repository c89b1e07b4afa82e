//! What operators did with runbooks: ticks, notes about wrong steps, contents whose commands were accepted.

use chrono::TimeDelta;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use super::columns::{incident, millis, moment, optional_incident, text};
use super::{Store, StoreError, revise};
use crate::domain::runbook::{Tick, WrongStep};
use crate::domain::{Moment, Operator};

/// How long the ticks of an incident are in sight after it resolved.
const TICK_SIGHT: TimeDelta = TimeDelta::days(7);

/// The most ticks that are told.
const TICKS: i64 = 5_000;

/// The most notes that are told.
const NOTES: i64 = 1_000;

impl Store {
    /// Keeps a tick. One that is there stays whose it was.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn tick(&self, tick: &Tick) -> Result<(), StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            let new = sqlx::query(
                "INSERT INTO ticks (incident, runbook, task, name, at) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (incident, runbook, task) DO NOTHING",
            )
            .bind(tick.incident.to_string())
            .bind(&tick.runbook)
            .bind(&tick.task)
            .bind(&tick.by)
            .bind(millis(tick.at))
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if new > 0 {
                revise(&mut tx).await?;
            }
            tx.commit().await
        };
        self.within("keep a tick", write).await
    }

    /// Takes a tick back, whoever made it; says whether it was there.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn untick(&self, tick: &Tick) -> Result<bool, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            let gone = sqlx::query("DELETE FROM ticks WHERE incident = $1 AND runbook = $2 AND task = $3")
                .bind(tick.incident.to_string())
                .bind(&tick.runbook)
                .bind(&tick.task)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if gone > 0 {
                revise(&mut tx).await?;
            }
            tx.commit().await?;
            Ok(gone > 0)
        };
        self.within("take a tick back", write).await
    }

    /// Keeps a note that a step was wrong.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn note_wrong_step(&self, note: &WrongStep) -> Result<(), StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            sqlx::query(
                "INSERT INTO wrong_steps (runbook, step, says, note, name, at, incident)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(&note.runbook)
            .bind(&note.step)
            .bind(&note.says)
            .bind(&note.note)
            .bind(&note.by)
            .bind(millis(note.at))
            .bind(note.incident.map(|incident| incident.to_string()))
            .execute(&mut *tx)
            .await?;
            revise(&mut tx).await?;
            tx.commit().await
        };
        self.within("keep a note", write).await
    }

    /// The notes since a moment, newest first, at most 1,000.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn wrong_steps(&self, since: Moment) -> Result<Vec<WrongStep>, StoreError> {
        let read = async { notes(&mut *self.inner.readers.acquire().await?, since).await };
        self.within("read notes", read).await
    }

    /// Accepts a content, by its SHA-256, for this operator: its commands may run although others can write the file.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn accept(&self, hash: &str, what: &str, by: &Operator, at: Moment) -> Result<(), StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            sqlx::query(
                "INSERT INTO accepted (hash, name, host, what, at) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (hash, name, host) DO NOTHING",
            )
            .bind(hash)
            .bind(&by.name)
            .bind(&by.host)
            .bind(what)
            .bind(millis(at))
            .execute(&mut *tx)
            .await?;
            tx.commit().await
        };
        self.within("keep what was accepted", write).await
    }

    /// Whether a content was accepted by this operator.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn is_accepted(&self, hash: &str, by: &Operator) -> Result<bool, StoreError> {
        let read = sqlx::query("SELECT at FROM accepted WHERE hash = $1 AND name = $2 AND host = $3")
            .bind(hash)
            .bind(&by.name)
            .bind(&by.host)
            .fetch_optional(&self.inner.readers);
        self.within("read what was accepted", async { Ok(read.await?.is_some()) }).await
    }
}

/// The ticks of incidents that are open or resolved a short while ago; of incidents that nobody keeps, those that are
/// as young. Oldest first.
pub(super) async fn ticks(connection: &mut SqliteConnection, now: Moment) -> Result<Vec<Tick>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT * FROM (
             SELECT ticks.* FROM ticks LEFT JOIN episodes ON episodes.id = ticks.incident
             WHERE CASE WHEN episodes.id IS NULL THEN ticks.at >= $1
                        ELSE episodes.resolved IS NULL OR episodes.resolved >= $1 END
             ORDER BY ticks.at DESC, ticks.incident, ticks.runbook, ticks.task LIMIT $2
         ) AS newest ORDER BY at, incident, runbook, task",
    )
    .bind(millis(now - TICK_SIGHT))
    .bind(TICKS)
    .fetch_all(connection)
    .await?;
    let read = |row: &SqliteRow| {
        Ok(Tick {
            incident: incident(row, "incident")?,
            runbook: text(row, "runbook")?,
            task: text(row, "task")?,
            by: text(row, "name")?,
            at: moment(row, "at")?,
        })
    };
    rows.iter().map(read).collect()
}

/// The notes since a moment, newest first.
pub(super) async fn notes(connection: &mut SqliteConnection, since: Moment) -> Result<Vec<WrongStep>, sqlx::Error> {
    let rows = sqlx::query("SELECT * FROM wrong_steps WHERE at >= $1 ORDER BY at DESC, id DESC LIMIT $2")
        .bind(millis(since))
        .bind(NOTES)
        .fetch_all(connection)
        .await?;
    let read = |row: &SqliteRow| {
        Ok(WrongStep {
            runbook: text(row, "runbook")?,
            step: text(row, "step")?,
            says: text(row, "says")?,
            note: text(row, "note")?,
            by: text(row, "name")?,
            at: moment(row, "at")?,
            incident: optional_incident(row, "incident")?,
        })
    };
    rows.iter().map(read).collect()
}
