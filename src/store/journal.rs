//! The append-only record: rows chained by hashes, and the proof that none was changed, removed or cut off.

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row as _, SqliteConnection};

use super::columns::{millis, moment, moment_of, strange};
use super::{Store, StoreError, revise};
use crate::domain::journal::{Chain, Entry, Outcome, Row, Tampering, chain};
use crate::domain::{Moment, Operator, harmless};

/// How many rows are read at a time for the proof.
const BATCH: i64 = 1_000;

/// The longest name, action or target, in characters.
const NAME: usize = 300;

/// The most lines of a detail or a reason, and the longest of them, in characters.
const DETAIL: (usize, usize) = (200, 2_000);

/// Which rows to read. The default is the newest 1,000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalQuery {
    /// Not older than this.
    pub since: Option<Moment>,
    /// Only about this.
    pub target: Option<String>,
    /// Only rows after this id: what came since the last look.
    pub after: Option<i64>,
    /// The newest first; else the oldest first. Which rows are left out by `limit` follows from it.
    pub newest_first: bool,
    /// At most so many.
    pub limit: usize,
}

impl Default for JournalQuery {
    fn default() -> Self {
        Self { since: None, target: None, after: None, newest_first: true, limit: 1_000 }
    }
}

/// What the proof of the whole journal found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Proof {
    /// Nothing was changed, removed or cut off.
    Sound {
        /// How many rows there are.
        rows: i64,
        /// The hash of the last. Kept elsewhere, it proves later that even the whole journal was not made anew.
        last_hash: String,
    },
    /// Something was.
    Broken(Tampering),
}

impl Store {
    /// Writes a row: the next id and the hash over the row before are made in the same transaction. Returns
    /// it as stored: the time in whole milliseconds, the texts harmless and bounded.
    ///
    /// # Errors
    /// The store cannot be written: then the row is not there, and what it was to announce must not be done.
    pub async fn append(&self, entry: Entry) -> Result<Row, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            let row = record(&mut tx, entry).await?;
            revise(&mut tx).await?;
            tx.commit().await?;
            Ok(row)
        };
        self.within("write the journal", write).await
    }

    /// Writes several rows, all or none.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub async fn append_all(&self, entries: Vec<Entry>) -> Result<Vec<Row>, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            let mut rows = Vec::with_capacity(entries.len());
            for entry in entries {
                rows.push(record(&mut tx, entry).await?);
            }
            revise(&mut tx).await?;
            tx.commit().await?;
            Ok(rows)
        };
        self.within("write the journal", write).await
    }

    /// Reads rows, their texts harmless.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn journal(&self, query: JournalQuery) -> Result<Vec<Row>, StoreError> {
        let read = async {
            let mut sql = QueryBuilder::new("SELECT * FROM journal WHERE true");
            if let Some(since) = query.since {
                sql.push(" AND at >= ").push_bind(millis(since));
            }
            if let Some(target) = query.target {
                sql.push(" AND target = ").push_bind(target);
            }
            if let Some(after) = query.after {
                sql.push(" AND id > ").push_bind(after);
            }
            sql.push(if query.newest_first { " ORDER BY id DESC LIMIT " } else { " ORDER BY id LIMIT " });
            sql.push_bind(i64::try_from(query.limit).unwrap_or(i64::MAX));
            let rows = sql.build().fetch_all(&self.inner.readers).await?;
            let read = |row| {
                let row = read(row)?;
                let hash = harmless::line(&row.hash, NAME).into_owned();
                Ok(Row { entry: clean(row.entry)?, hash, ..row })
            };
            rows.iter().map(read).collect()
        };
        self.within("read the journal", read).await
    }

    /// Proves the whole journal, a thousand rows at a time.
    ///
    /// # Errors
    /// The store cannot be read. A journal that is not as it was written is a [`Proof`], not an error.
    pub async fn verify(&self) -> Result<Proof, StoreError> {
        const DOING: &str = "prove the journal";
        let mut proof = Chain::default();
        // Rows are only ever added at the end, so what is proved stays proved while others write; the head is
        // read with the last rows in one look.
        loop {
            match self.within(DOING, self.prove_on(&mut proof)).await? {
                Some(done) => return Ok(done),
                None => tokio::task::yield_now().await,
            }
        }
    }

    /// Proves the next rows; at the end, what came of it.
    async fn prove_on(&self, proof: &mut Chain) -> Result<Option<Proof>, sqlx::Error> {
        let mut tx = self.inner.readers.begin().await?;
        let rows = sqlx::query("SELECT * FROM journal WHERE id > $1 ORDER BY id LIMIT $2")
            .bind(if proof.count() == 0 { i64::MIN } else { proof.count() })
            .bind(BATCH)
            .fetch_all(&mut *tx)
            .await?;
        let head: Option<(i64, String)> =
            match sqlx::query_as("SELECT rows, hash FROM journal_head").fetch_optional(&mut *tx).await {
                Err(sqlx::Error::ColumnDecode { .. }) => None,
                other => other?,
            };
        tx.rollback().await?;
        for row in &rows {
            let taken = match read(row) {
                Ok(row) => proof.take(&row),
                Err(error) => Err(Tampering {
                    id: proof.count() + 1,
                    what: format!("row {} cannot be read: {error}", proof.count() + 1),
                }),
            };
            if let Err(mut found) = taken {
                found.what = harmless::line(&found.what, NAME).into_owned();
                return Ok(Some(Proof::Broken(found)));
            }
        }
        if !rows.is_empty() {
            return Ok(None);
        }
        Ok(Some(end_of(proof, head)))
    }
}

/// What the head says of a chain that holds as far as it goes.
fn end_of(proof: &Chain, head: Option<(i64, String)>) -> Proof {
    let rows = proof.count();
    let what = match head {
        Some((told, hash)) if told == rows && hash == proof.last() => {
            return Proof::Sound { rows, last_hash: hash };
        }
        Some((told, _)) if told > rows => {
            format!("the last {} rows are missing: there were {told}, and {rows} are left", told - rows)
        }
        Some((told, _)) if told < rows => format!("there are {rows} rows, and only {told} were written by midwatch"),
        Some(_) => format!("row {rows} is not the last one that was written"),
        None => "the note of how long the journal is was removed".to_owned(),
    };
    Proof::Broken(Tampering { id: rows + 1, what })
}

/// Writes a row as part of what the caller does in the same transaction.
pub(super) async fn record(connection: &mut SqliteConnection, entry: Entry) -> Result<Row, sqlx::Error> {
    append(connection, clean(entry)?).await
}

async fn append(connection: &mut SqliteConnection, entry: Entry) -> Result<Row, sqlx::Error> {
    let (rows, last): (i64, String) =
        sqlx::query_as("SELECT rows, hash FROM journal_head").fetch_one(&mut *connection).await?;
    let id = rows + 1;
    let hash = chain(&last, id, &entry);
    sqlx::query(
        "INSERT INTO journal (id, at, operator, host, action, target, detail, outcome, why, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(id)
    .bind(millis(entry.at))
    .bind(&entry.operator.name)
    .bind(&entry.operator.host)
    .bind(&entry.action)
    .bind(&entry.target)
    .bind(&entry.detail)
    .bind(entry.outcome.word())
    .bind(entry.outcome.why())
    .bind(&hash)
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE journal_head SET rows = $1, hash = $2").bind(id).bind(&hash).execute(connection).await?;
    Ok(Row { id, entry, hash })
}

/// An entry as it may be stored and shown. Doing it twice changes nothing, so a row that was read is still
/// the one that its hash was made of.
pub(super) fn clean(entry: Entry) -> Result<Entry, sqlx::Error> {
    let name = |text: &str| harmless::line(text, NAME).into_owned();
    // A line break at the end would be lost the second time.
    let block = |text: &str| harmless::block(text, DETAIL.0, DETAIL.1).trim_end_matches('\n').to_owned();
    Ok(Entry {
        at: moment_of(millis(entry.at))?,
        operator: Operator { name: name(&entry.operator.name), host: name(&entry.operator.host) },
        action: name(&entry.action),
        target: name(&entry.target),
        detail: block(&entry.detail),
        outcome: match entry.outcome {
            Outcome::Failed(why) => Outcome::Failed(block(&why)),
            Outcome::Unknown(why) => Outcome::Unknown(block(&why)),
            plain => plain,
        },
    })
}

/// A row exactly as it is stored.
fn read(row: &SqliteRow) -> Result<Row, sqlx::Error> {
    let (word, why): (&str, &str) = (row.try_get("outcome")?, row.try_get("why")?);
    let outcome = Outcome::from_parts(word, why).ok_or_else(|| strange(format!("{word:?} is no outcome")))?;
    // A reason where there is none to be would not be in the hash.
    if outcome.why() != why {
        return Err(strange(format!("an outcome that is {word} has no reason")));
    }
    Ok(Row {
        id: row.try_get("id")?,
        entry: Entry {
            at: moment(row, "at")?,
            operator: Operator { name: row.try_get("operator")?, host: row.try_get("host")? },
            action: row.try_get("action")?,
            target: row.try_get("target")?,
            detail: row.try_get("detail")?,
            outcome,
        },
        hash: row.try_get("hash")?,
    })
}
