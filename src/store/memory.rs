//! What the board needs of the store, in one look; and forgetting what nobody needs any more.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use sqlx::SqliteConnection;

use super::columns::{incident, millis, moment, text};
use super::{Store, StoreError, acks, episodes, snoozes};
use crate::board::Memory;
use crate::domain::{IncidentId, Moment};

/// How long a resolved incident is in sight.
const SIGHT: TimeDelta = TimeDelta::days(90);

/// The most incidents that are told.
const EPISODES: i64 = 5_000;

/// The most comments that are told.
const COMMENTS: i64 = 5_000;

/// How long a resolved incident is kept at all: a year, and a month to look back on it.
const KEEP_EPISODES: TimeDelta = TimeDelta::days(400);

/// How long acks, snoozes, leases and claims are kept after they ran out.
const KEEP_OVER: TimeDelta = TimeDelta::days(7);

impl Store {
    /// What the board needs: open incidents and those that resolved within 90 days (newest first, at most
    /// 5,000, open ones before others), acks and snoozes that have not run out, and the newest 5,000 comments
    /// of that time as (when, who, text). All of one moment.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn memory(&self, now: Moment) -> Result<Memory, StoreError> {
        let read = async {
            let mut tx = self.inner.readers.begin().await?;
            let memory = Memory {
                episodes: episodes::recent(&mut tx, now - SIGHT, EPISODES).await?,
                acks: acks::live(&mut tx, now).await?,
                snoozes: snoozes::live(&mut tx, now).await?,
                comments: comments(&mut tx, now - SIGHT).await?,
                ..Memory::default()
            };
            tx.rollback().await?;
            Ok(memory)
        };
        self.within("read what was kept", read).await
    }

    /// Forgets incidents that resolved more than 400 days ago, and acks, snoozes and claims that ran out more than
    /// a week ago. The journal is never shortened. Once a day is enough.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn forget(&self, now: Moment) -> Result<(), StoreError> {
        let (ended, over) = (millis(now - KEEP_EPISODES), millis(now - KEEP_OVER));
        let write = async {
            let mut tx = self.begin().await?;
            sqlx::query("DELETE FROM episodes WHERE resolved < $1").bind(ended).execute(&mut *tx).await?;
            sqlx::query("DELETE FROM acks WHERE ends < $1").bind(over).execute(&mut *tx).await?;
            sqlx::query("DELETE FROM snoozes WHERE until < $1").bind(over).execute(&mut *tx).await?;
            sqlx::query("DELETE FROM claims WHERE until < $1").bind(over).execute(&mut *tx).await?;
            tx.commit().await
        };
        self.within("forget what is over", write).await
    }
}

type Comments = BTreeMap<IncidentId, Vec<(Moment, String, String)>>;

/// Comments are journal rows. An act that failed, or was only about to be done, is none; a target that is no
/// incident is left out.
async fn comments(connection: &mut SqliteConnection, since: Moment) -> Result<Comments, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT * FROM (
             SELECT id, at, operator, target, detail FROM journal
             WHERE action = 'comment' AND outcome IN ('done', 'noted') AND length(target) = 16
                 AND (at >= $1 OR target IN (SELECT id FROM episodes WHERE resolved IS NULL))
             ORDER BY id DESC LIMIT $2
         ) ORDER BY id",
    )
    .bind(millis(since))
    .bind(COMMENTS)
    .fetch_all(connection)
    .await?;
    let mut comments = Comments::new();
    for row in &rows {
        if let Ok(target) = incident(row, "target") {
            let comment = (moment(row, "at")?, text(row, "operator")?, text(row, "detail")?);
            comments.entry(target).or_default().push(comment);
        }
    }
    Ok(comments)
}
