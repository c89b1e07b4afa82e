//! Snoozes: one for each incident and operator.

use sqlx::SqliteConnection;

use super::columns::{incident, millis, moment, text};
use super::{Store, StoreError, revise};
use crate::board::Snoozed;
use crate::domain::{IncidentId, Moment};

impl Store {
    /// Keeps a snooze. A second one of the same incident and operator takes the place of the first.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn snooze(&self, snooze: &Snoozed) -> Result<(), StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            sqlx::query(
                "INSERT INTO snoozes (incident, operator, starts, until) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (incident, operator) DO UPDATE SET starts = excluded.starts, until = excluded.until",
            )
            .bind(snooze.incident.to_string())
            .bind(&snooze.operator)
            .bind(millis(snooze.starts))
            .bind(millis(snooze.until))
            .execute(&mut *tx)
            .await?;
            revise(&mut tx).await?;
            tx.commit().await
        };
        self.within("keep a snooze", write).await
    }

    /// Ends a snooze. Returns whether there was one.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn unsnooze(&self, incident: IncidentId, operator: &str) -> Result<bool, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            let gone = sqlx::query("DELETE FROM snoozes WHERE incident = $1 AND operator = $2")
                .bind(incident.to_string())
                .bind(operator)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if gone > 0 {
                revise(&mut tx).await?;
            }
            tx.commit().await?;
            Ok(gone > 0)
        };
        self.within("end a snooze", write).await
    }
}

/// Those that have not run out.
pub(super) async fn live(connection: &mut SqliteConnection, now: Moment) -> Result<Vec<Snoozed>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT incident, operator, starts, until FROM snoozes WHERE until > $1 ORDER BY until, incident, operator",
    )
    .bind(millis(now))
    .fetch_all(connection)
    .await?;
    let read = |row| {
        Ok(Snoozed {
            incident: incident(row, "incident")?,
            operator: text(row, "operator")?,
            starts: moment(row, "starts")?,
            until: moment(row, "until")?,
        })
    };
    rows.iter().map(read).collect()
}
