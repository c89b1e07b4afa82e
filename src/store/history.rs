//! The history of this machine's readings: written as it comes, read with what was rolled up.

use chrono::TimeDelta;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::columns::{millis, moment_of, strange, text};
use super::{Store, StoreError};
use crate::domain::signal::{SignalKey, SignalKind};
use crate::domain::{Moment, Reading};

/// How many readings one transaction writes.
const BATCH: usize = 500;

/// The most rows of one signal that one call tells: twice what is kept of one that is asked each second.
const ROWS: i64 = 30_000;

/// What one signal read over a span of time: one reading, or many rolled up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// When the span begins.
    pub at: Moment,
    /// How long it is; zero for a single reading.
    pub span: TimeDelta,
    /// How many readings there were.
    pub asked: i64,
    /// How many of them had a number.
    pub numbers: i64,
    /// The lowest, the mean and the highest of those; `None` if there was no number.
    pub low: Option<f64>,
    /// See `low`.
    pub mean: Option<f64>,
    /// See `low`.
    pub high: Option<f64>,
}

impl Store {
    /// Keeps readings. One that is known already (same signal, same time) is not kept twice; one of a time
    /// that was rolled up already is left out. A number that is not finite is kept as "no number".
    ///
    /// # Errors
    /// The store cannot be written; some of many readings may have been kept.
    pub async fn save_readings(&self, readings: &[(SignalKey, Reading)]) -> Result<(), StoreError> {
        for batch in readings.chunks(BATCH) {
            let write = async {
                let mut tx = self.begin().await?;
                for (key, reading) in batch {
                    put(&mut tx, key, reading).await?;
                }
                tx.commit().await
            };
            self.within("keep readings", write).await?;
        }
        Ok(())
    }

    /// What every signal read since a time, oldest first; of what was rolled up, the means, each at the begin of
    /// its span (the first span may begin before `since`). Sorted by signal.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn readings(&self, since: Moment) -> Result<Vec<(SignalKey, Vec<Reading>)>, StoreError> {
        let bands = self.bands(since).await?;
        let plain = |bands: Vec<Band>| bands.iter().map(|band| Reading { at: band.at, value: band.mean }).collect();
        Ok(bands.into_iter().map(|(key, bands)| (key, plain(bands))).collect())
    }

    /// The same with the lowest and the highest.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn bands(&self, since: Moment) -> Result<Vec<(SignalKey, Vec<Band>)>, StoreError> {
        let read = async {
            let mut tx = self.inner.readers.begin().await?;
            let series = sqlx::query("SELECT id, service, kind, part FROM series").fetch_all(&mut *tx).await?;
            let mut all = Vec::with_capacity(series.len());
            for row in &series {
                let bands = bands_of(&mut tx, row.try_get("id")?, since).await?;
                if !bands.is_empty() {
                    all.push((key_of(row)?, bands));
                }
            }
            tx.rollback().await?;
            all.sort_by(|one: &(SignalKey, Vec<Band>), other| one.0.cmp(&other.0));
            Ok(all)
        };
        self.within("read the history", read).await
    }
}

/// One signal's bands since a time, in order. Columns are read by their place: there are many rows.
async fn bands_of(connection: &mut SqliteConnection, series: i64, since: Moment) -> Result<Vec<Band>, sqlx::Error> {
    type Columns = (i64, i64, i64, i64, Option<f64>, Option<f64>, Option<f64>);
    let rows: Vec<Columns> = sqlx::query_as(
        "SELECT at, step, asked, numbers, low, mean, high FROM readings
         WHERE series = $1 AND (step = 0 AND at >= $2 OR step = 60000 AND at > $2 - 60000
             OR step = 900000 AND at > $2 - 900000)
         ORDER BY at LIMIT $3",
    )
    .bind(series)
    .bind(millis(since))
    .bind(ROWS)
    .fetch_all(connection)
    .await?;
    let band = |(at, step, asked, numbers, low, mean, high)| {
        let span = TimeDelta::try_milliseconds(step).ok_or_else(|| strange("a step is a span of time"))?;
        Ok(Band { at: moment_of(at)?, span, asked, numbers, low, mean, high })
    };
    rows.into_iter().map(band).collect()
}

async fn put(connection: &mut SqliteConnection, key: &SignalKey, reading: &Reading) -> Result<(), sqlx::Error> {
    let value = reading.value.filter(|value| value.is_finite());
    // Setting what is there already makes RETURNING tell the row.
    let (series, rolled_to): (i64, i64) = sqlx::query_as(
        "INSERT INTO series (service, kind, part) VALUES ($1, $2, $3)
         ON CONFLICT (service, kind, part) DO UPDATE SET part = excluded.part RETURNING id, rolled_to",
    )
    .bind(&key.service)
    .bind(key.kind.as_str())
    .bind(&key.part)
    .fetch_one(&mut *connection)
    .await?;
    if millis(reading.at) < rolled_to {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO readings (series, step, at, asked, numbers, low, mean, high)
         VALUES ($1, 0, $2, 1, $3, $4, $4, $4) ON CONFLICT (series, step, at) DO NOTHING",
    )
    .bind(series)
    .bind(millis(reading.at))
    .bind(i64::from(value.is_some()))
    .bind(value)
    .execute(connection)
    .await
    .map(drop)
}

fn key_of(row: &SqliteRow) -> Result<SignalKey, sqlx::Error> {
    Ok(SignalKey {
        service: text(row, "service")?,
        kind: SignalKind::named(&text(row, "kind")?),
        part: text(row, "part")?,
    })
}
