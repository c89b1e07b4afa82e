//! What the board needs of the store, in one look; and forgetting what nobody needs any more.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use sqlx::SqliteConnection;

use super::columns::{incident, millis, moment, text};
use super::walks::{lists, rows};
use super::{Store, StoreError, acks, declared, episodes, requests, run_rows, runbooks, snoozes, windows};
use crate::board::Memory;
use crate::domain::{IncidentId, Moment};

/// How long a resolved incident is in sight.
const SIGHT: TimeDelta = TimeDelta::days(90);

/// The most incidents that are told.
const EPISODES: i64 = 5_000;

/// The most comments that are told.
const COMMENTS: i64 = 5_000;

/// How long a resolved incident, and what was done about it, is kept at all: a year, and a month to look back on it.
const KEEP_EPISODES: TimeDelta = TimeDelta::days(400);

/// What is forgotten, and how long after it was over.
const FORGOTTEN: [(&str, TimeDelta); 12] = [
    ("DELETE FROM episodes WHERE resolved < $1", KEEP_EPISODES),
    ("DELETE FROM acks WHERE ends < $1", TimeDelta::days(7)),
    ("DELETE FROM snoozes WHERE until < $1", TimeDelta::days(7)),
    ("DELETE FROM claims WHERE until < $1", TimeDelta::days(7)),
    ("DELETE FROM outputs WHERE ended < $1", TimeDelta::days(30)),
    // One that nobody saw end is kept as long as somebody vouches for it.
    ("DELETE FROM runs WHERE started < $1 AND lease < $1 AND cooldown_until < $1", KEEP_EPISODES),
    ("DELETE FROM requests WHERE expires < $1", TimeDelta::days(30)),
    ("DELETE FROM windows WHERE ends < $1", KEEP_EPISODES),
    ("DELETE FROM ticks WHERE at < $1", KEEP_EPISODES),
    ("DELETE FROM wrong_steps WHERE at < $1", KEEP_EPISODES),
    ("DELETE FROM walks WHERE ended < $1", KEEP_EPISODES),
    ("DELETE FROM declared WHERE over < $1", KEEP_EPISODES),
];

impl Store {
    /// What the board needs: open incidents and those that resolved within 90 days (newest first, at most
    /// 5,000, open ones before others), acks and snoozes that have not run out, the newest 5,000 comments
    /// of that time as (when, who, text); runs that have not ended and the newest 200 others, requests that wait,
    /// maintenance windows, ticks of incidents in sight, and notes about wrong steps; walks that are open, whole, and
    /// those that ended within 400 days, in short; since when lists are known, and incidents that were declared. All of
    /// one moment.
    ///
    /// A walk, an update or a declared incident that cannot be read is left out, so that it does not hide all else:
    /// [`Store::walk`] and [`Store::begin_walk`] say what is wrong with a walk.
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
                runs: run_rows::recent(&mut tx).await?,
                requests: requests::live(&mut tx, now).await?,
                windows: windows::in_sight(&mut tx, now).await?,
                ticks: runbooks::ticks(&mut tx, now).await?,
                wrong_steps: runbooks::notes(&mut tx, now - SIGHT).await?,
                walks: rows::open(&mut tx).await?,
                walked: rows::walked(&mut tx, now - KEEP_EPISODES).await?,
                lists: lists::known(&mut tx).await?,
                declared: declared::in_sight(&mut tx, now).await?,
            };
            tx.rollback().await?;
            Ok(memory)
        };
        self.within("read what was kept", read).await
    }

    /// Forgets incidents that resolved or were declared over, runs, ticks, notes, windows and walks that ended, of more
    /// than 400 days ago, with lists that no walk names any more; what runs said and requests of more than 30 days ago,
    /// and acks, snoozes and claims that ran out more than a week ago. The journal is never shortened. Once a day is
    /// enough.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn forget(&self, now: Moment) -> Result<(), StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            for (statement, keep) in FORGOTTEN {
                sqlx::query(statement).bind(millis(now - keep)).execute(&mut *tx).await?;
            }
            lists::drop_unused(&mut tx).await?;
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
