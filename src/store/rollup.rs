//! Rolls the history up, so that it stays small: readings for two hours, minutes for two days, quarters of an
//! hour for a month. A bucket is rolled up whole, in the transaction that removes what it is made of.

use sqlx::SqliteConnection;

use super::columns::millis;
use super::{Store, StoreError};
use crate::domain::Moment;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// One step of the ladder, in milliseconds.
struct Level {
    /// The buckets that are read; 0 for single readings.
    from: i64,
    /// The buckets that are made.
    to: i64,
    /// How long what is read stays as it is.
    keep: i64,
}

const LEVELS: [Level; 2] =
    [Level { from: 0, to: MINUTE, keep: 2 * HOUR }, Level { from: MINUTE, to: 15 * MINUTE, keep: 2 * DAY }];

/// How long anything is kept.
const KEEP: i64 = 30 * DAY;

impl Store {
    /// Rolls up what is old enough at `now`, one signal at a time, each in its own short transaction. Doing it
    /// again changes nothing. Once a minute is enough.
    ///
    /// # Errors
    /// The store cannot be written; what was rolled up before stays so, and nothing is lost.
    pub async fn roll_up(&self, now: Moment) -> Result<(), StoreError> {
        const DOING: &str = "roll up the history";
        for level in &LEVELS {
            let cut = floor(millis(now) - level.keep, level.to);
            let due = sqlx::query_scalar(
                "SELECT id FROM series WHERE EXISTS
                     (SELECT 1 FROM readings WHERE series = series.id AND step = $1 AND at < $2)",
            );
            let due: Vec<i64> =
                self.within(DOING, due.bind(level.from).bind(cut).fetch_all(&self.inner.readers)).await?;
            for series in due {
                let write = async {
                    let mut tx = self.begin().await?;
                    merge(&mut tx, series, level, cut).await?;
                    tx.commit().await
                };
                self.within(DOING, write).await?;
            }
        }
        self.within(DOING, self.let_go(millis(now) - KEEP)).await
    }

    /// Removes what is older than anything is kept, and signals of which nothing is left.
    async fn let_go(&self, before: i64) -> Result<(), sqlx::Error> {
        let mut tx = self.begin().await?;
        for level in LEVELS {
            sqlx::query("DELETE FROM readings WHERE series IN (SELECT id FROM series) AND step = $1 AND at <= $2")
                .bind(level.to)
                .bind(before - level.to)
                .execute(&mut *tx)
                .await?;
        }
        sqlx::query("DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM readings WHERE series = series.id)")
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }
}

/// The beginning of the bucket that a time is in.
fn floor(at: i64, bucket: i64) -> i64 {
    at - at.rem_euclid(bucket)
}

async fn merge(connection: &mut SqliteConnection, series: i64, level: &Level, cut: i64) -> Result<(), sqlx::Error> {
    // A bucket can stand already: readings of a gap that was filled later join it, each with its weight.
    sqlx::query(
        "INSERT INTO readings (series, step, at, asked, numbers, low, mean, high)
         SELECT series, $3, at - ((at % $3) + $3) % $3 AS bucket, sum(asked), sum(numbers),
                min(low), sum(mean * numbers) / nullif(sum(numbers), 0), max(high)
         FROM readings WHERE series = $1 AND step = $2 AND at < $4 GROUP BY bucket
         ON CONFLICT (series, step, at) DO UPDATE SET
             asked = asked + excluded.asked,
             numbers = numbers + excluded.numbers,
             low = min(coalesce(low, excluded.low), coalesce(excluded.low, low)),
             mean = (coalesce(mean * numbers, 0.0) + coalesce(excluded.mean * excluded.numbers, 0.0))
                    / nullif(numbers + excluded.numbers, 0),
             high = max(coalesce(high, excluded.high), coalesce(excluded.high, high))",
    )
    .bind(series)
    .bind(level.from)
    .bind(level.to)
    .bind(cut)
    .execute(&mut *connection)
    .await?;
    if level.from == 0 {
        // To the end of the newest bucket, not to the cut: a gap that is filled later may still be kept.
        sqlx::query(
            "UPDATE series SET rolled_to = max(rolled_to, (
                 SELECT at - ((at % $2) + $2) % $2 + $2 FROM readings
                 WHERE series = $1 AND step = 0 AND at < $3 ORDER BY at DESC LIMIT 1))
             WHERE id = $1",
        )
        .bind(series)
        .bind(level.to)
        .bind(cut)
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query("DELETE FROM readings WHERE series = $1 AND step = $2 AND at < $3")
        .bind(series)
        .bind(level.from)
        .bind(cut)
        .execute(connection)
        .await
        .map(drop)
}
