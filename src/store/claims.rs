//! Claims: of two processes that ack the same thing at the same time, only one makes the silence.

use sqlx::SqliteConnection;

use super::columns::{millis, moment_of};
use super::{Store, StoreError};
use crate::domain::{IncidentId, Moment, MuteId, SourceName, harmless};

/// Who may make an ack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The caller.
    Yours,
    /// Somebody claimed it before.
    Taken {
        /// The holder they gave.
        by: String,
        /// When their claim lapses.
        until: Moment,
    },
}

impl Store {
    /// Claims the making of one ack until a time: of an incident, at a source (`None`: in the store), with
    /// these matchers. A claim is not given twice, not even to the same holder, so a key that is pressed
    /// twice makes one silence. After the ack was made, let it lapse: others need that long to see the ack (30 s are
    /// enough); if it could not be made, [release](Self::release_claim) it.
    ///
    /// # Errors
    /// The store cannot be written: then nobody knows who else claims, and the ack must not be made.
    pub async fn claim_ack(
        &self,
        incident: IncidentId,
        source: Option<&SourceName>,
        matchers_key: &str,
        holder: &str,
        now: Moment,
        until: Moment,
    ) -> Result<Claim, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            let taken = sqlx::query(
                "INSERT INTO claims (incident, source, matchers_key, holder, until) VALUES ($1, $2, $3, $4, $6)
                 ON CONFLICT (incident, source, matchers_key)
                 DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE claims.until <= $5",
            )
            .bind(incident.to_string())
            .bind(source.map_or("", SourceName::as_str))
            .bind(matchers_key)
            .bind(holder)
            .bind(millis(now))
            .bind(millis(until))
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if taken > 0 {
                tx.commit().await?;
                return Ok(Claim::Yours);
            }
            let (by, until): (String, i64) = sqlx::query_as(
                "SELECT holder, until FROM claims WHERE incident = $1 AND source = $2 AND matchers_key = $3",
            )
            .bind(incident.to_string())
            .bind(source.map_or("", SourceName::as_str))
            .bind(matchers_key)
            .fetch_one(&mut *tx)
            .await?;
            tx.rollback().await?;
            Ok(Claim::Taken { by: harmless::line(&by, 200).into_owned(), until: moment_of(until)? })
        };
        self.within("claim an ack", write).await
    }

    /// Gives a claim back because the ack could not be made. One that somebody else has is left alone.
    ///
    /// # Errors
    /// The store cannot be written; the claim lapses by itself.
    pub async fn release_claim(
        &self,
        incident: IncidentId,
        source: Option<&SourceName>,
        matchers_key: &str,
        holder: &str,
    ) -> Result<(), StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            sqlx::query("DELETE FROM claims WHERE incident = $1 AND source = $2 AND matchers_key = $3 AND holder = $4")
                .bind(incident.to_string())
                .bind(source.map_or("", SourceName::as_str))
                .bind(matchers_key)
                .bind(holder)
                .execute(&mut *tx)
                .await?;
            tx.commit().await
        };
        self.within("release a claim", write).await
    }
}

/// Ends every claim of the incident and source of an ack.
pub(super) async fn release_of_ack(connection: &mut SqliteConnection, ack: &MuteId) -> Result<(), sqlx::Error> {
    sqlx::query(
        "DELETE FROM claims WHERE (incident, source) IN
             (SELECT incident, coalesce(source, '') FROM acks WHERE id = $1)",
    )
    .bind(&*ack.0)
    .execute(connection)
    .await
    .map(drop)
}
