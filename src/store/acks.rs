//! Acks that operators of this host made, and the lease that lets only one process renew each.

use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use super::columns::{incident, millis, moment, optional_text, text};
use super::{Store, StoreError, claims, revise};
use crate::board::LocalAck;
use crate::domain::{Moment, MuteId, Operator, SourceName};

impl Store {
    /// Keeps an ack, or what is different in one that is kept.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn put_ack(&self, ack: &LocalAck) -> Result<(), StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            put(&mut tx, ack).await?;
            revise(&mut tx).await?;
            tx.commit().await
        };
        self.within("keep an ack", write).await
    }

    /// Forgets an ack that was taken back or is over, its lease, and the claim it was made under, so that the
    /// incident can be acked again at once. Returns whether it was there.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn drop_ack(&self, id: &MuteId) -> Result<bool, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            claims::release_of_ack(&mut tx, id).await?;
            let gone =
                sqlx::query("DELETE FROM acks WHERE id = $1").bind(&*id.0).execute(&mut *tx).await?.rows_affected();
            if gone > 0 {
                revise(&mut tx).await?;
            }
            tx.commit().await?;
            Ok(gone > 0)
        };
        self.within("end an ack", write).await
    }

    /// Notes that an ack was renewed: the id it has now and its new end. Ends the lease. Returns whether the
    /// ack was there; if not, somebody took it back meanwhile, and what was renewed should be ended again.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn extend_ack(&self, old: &MuteId, new: &MuteId, ends: Moment) -> Result<bool, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            // An ack that is known under both ids is one ack: the renewed row takes the place of the other.
            let found = sqlx::query(
                "UPDATE OR REPLACE acks SET id = $2, ends = $3, lease_holder = NULL, lease_until = NULL WHERE id = $1",
            )
            .bind(&*old.0)
            .bind(&*new.0)
            .bind(millis(ends))
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if found > 0 {
                revise(&mut tx).await?;
            }
            tx.commit().await?;
            Ok(found > 0)
        };
        self.within("renew an ack", write).await
    }

    /// Takes the right to renew an ack until a time. Only one holder has it at a time; the same holder may
    /// take it again, and anybody once it has lapsed. `false`: another has it, or the ack is gone. `holder`
    /// names one process, not an operator.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn lease_ack(&self, id: &MuteId, holder: &str, now: Moment, until: Moment) -> Result<bool, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            let taken = sqlx::query(
                "UPDATE acks SET lease_holder = $2, lease_until = $4
                 WHERE id = $1 AND (lease_holder IS NULL OR lease_holder = $2 OR lease_until <= $3)",
            )
            .bind(&*id.0)
            .bind(holder)
            .bind(millis(now))
            .bind(millis(until))
            .execute(&mut *tx)
            .await?
            .rows_affected();
            tx.commit().await?;
            Ok(taken > 0)
        };
        self.within("lease an ack", write).await
    }

    /// Gives a lease back before it lapses. One that somebody else has is left alone.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn release_ack(&self, id: &MuteId, holder: &str) -> Result<(), StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            sqlx::query("UPDATE acks SET lease_holder = NULL, lease_until = NULL WHERE id = $1 AND lease_holder = $2")
                .bind(&*id.0)
                .bind(holder)
                .execute(&mut *tx)
                .await?;
            tx.commit().await
        };
        self.within("release an ack", write).await
    }
}

async fn put(connection: &mut SqliteConnection, ack: &LocalAck) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO acks (id, source, incident, name, host, comment, starts, ends, renew_limit, renews)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (id) DO UPDATE SET source = excluded.source, incident = excluded.incident,
             name = excluded.name, host = excluded.host, comment = excluded.comment, starts = excluded.starts,
             ends = excluded.ends, renew_limit = excluded.renew_limit, renews = excluded.renews",
    )
    .bind(&*ack.id.0)
    .bind(ack.source.as_ref().map(SourceName::as_str))
    .bind(ack.incident.to_string())
    .bind(&ack.by.name)
    .bind(&ack.by.host)
    .bind(&ack.comment)
    .bind(millis(ack.starts))
    .bind(millis(ack.ends))
    .bind(millis(ack.limit))
    .bind(ack.renews)
    .execute(connection)
    .await
    .map(drop)
}

/// Those that have not run out.
pub(super) async fn live(connection: &mut SqliteConnection, now: Moment) -> Result<Vec<LocalAck>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT id, source, incident, name, host, comment, starts, ends, renew_limit, renews
         FROM acks WHERE ends > $1 ORDER BY starts, id",
    )
    .bind(millis(now))
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<LocalAck, sqlx::Error> {
    use sqlx::Row as _;
    Ok(LocalAck {
        id: MuteId::new(&text(row, "id")?),
        source: optional_text(row, "source")?.map(|name| SourceName::new(&name)),
        incident: incident(row, "incident")?,
        by: Operator { name: text(row, "name")?, host: text(row, "host")? },
        comment: text(row, "comment")?,
        starts: moment(row, "starts")?,
        ends: moment(row, "ends")?,
        limit: moment(row, "renew_limit")?,
        renews: row.try_get("renews")?,
    })
}
