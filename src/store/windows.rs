//! Maintenance windows.

use chrono::TimeDelta;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::columns::{millis, moment, operator, optional_moment, run_id, text};
use super::{Store, StoreError, revise};
use crate::domain::maintenance::Window;
use crate::domain::remediation::RunId;
use crate::domain::{Moment, MuteId, SourceName, harmless};

/// How long a window is told after it ended.
const SIGHT: TimeDelta = TimeDelta::days(1);

/// The most windows that are told.
const WINDOWS: i64 = 500;

/// The longest name of a source or id of a silence, in characters.
const NAME: usize = 300;

impl Store {
    /// Keeps a window, or what is different in one that is kept. One that somebody ended stays ended.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn put_window(&self, window: &Window) -> Result<(), StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            put(&mut tx, window).await?;
            revise(&mut tx).await?;
            tx.commit().await
        };
        self.within("keep a maintenance window", write).await
    }

    /// Ends a window early; says whether it lasted or was ahead.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn end_window(&self, id: RunId, at: Moment) -> Result<bool, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            let ended = sqlx::query("UPDATE windows SET ended = $2 WHERE id = $1 AND ended IS NULL AND ends > $2")
                .bind(id.to_string())
                .bind(millis(at))
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if ended > 0 {
                revise(&mut tx).await?;
            }
            tx.commit().await?;
            Ok(ended > 0)
        };
        self.within("end a maintenance window", write).await
    }
}

async fn put(connection: &mut SqliteConnection, window: &Window) -> Result<(), sqlx::Error> {
    let silences = serde_json::to_string(&window.silences).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query(
        "INSERT INTO windows (id, service, reason, rollback_plan, name, host, starts, ends, silences, ended)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (id) DO UPDATE SET service = excluded.service, reason = excluded.reason,
             rollback_plan = excluded.rollback_plan, name = excluded.name, host = excluded.host,
             starts = excluded.starts, ends = excluded.ends, silences = excluded.silences,
             ended = coalesce(windows.ended, excluded.ended)",
    )
    .bind(window.id.to_string())
    .bind(&window.service)
    .bind(&window.reason)
    .bind(&window.rollback)
    .bind(&window.by.name)
    .bind(&window.by.host)
    .bind(millis(window.starts))
    .bind(millis(window.ends))
    .bind(silences)
    .bind(window.ended.map(millis))
    .execute(connection)
    .await
    .map(drop)
}

/// Those that last or are ahead, and those that ended within a day, by their begin.
pub(super) async fn in_sight(connection: &mut SqliteConnection, now: Moment) -> Result<Vec<Window>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT * FROM windows WHERE ends > $1 AND (ended IS NULL OR ended > $1) ORDER BY starts, id LIMIT $2",
    )
    .bind(millis(now - SIGHT))
    .bind(WINDOWS)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<Window, sqlx::Error> {
    let silences: Vec<(String, String)> =
        serde_json::from_str(row.try_get("silences")?).map_err(|error| sqlx::Error::Decode(error.into()))?;
    let silence = |(source, id): &(String, String)| {
        (SourceName::new(&harmless::line(source, NAME)), MuteId::new(&harmless::line(id, NAME)))
    };
    Ok(Window {
        id: run_id(row, "id")?,
        service: text(row, "service")?,
        reason: text(row, "reason")?,
        rollback: text(row, "rollback_plan")?,
        by: operator(row)?,
        starts: moment(row, "starts")?,
        ends: moment(row, "ends")?,
        silences: silences.iter().map(silence).collect(),
        ended: optional_moment(row, "ended")?,
    })
}
