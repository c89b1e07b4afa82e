//! Acts that are under way: what is meant, by which process, and how far it has come. If that process is killed, the
//! next one reads here what it must find out. What came of an act is not decided here.

use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Connection as _, Row as _, SqliteConnection};

use super::columns::{millis, moment, operator, text};
use super::{Store, StoreError, journal, json, relax, revise};
use crate::domain::Moment;
use crate::domain::journal::{Entry, Outcome};

/// An act of which no outcome is known.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenAct {
    /// Its number here.
    pub id: i64,
    /// The process that carries it out.
    pub holder: String,
    /// What the journal says of it.
    pub entry: Entry,
    /// What is to be done, in its order; `Null` if it cannot be read.
    pub deeds: Value,
    /// How many of them may have been sent to a source.
    pub begun: usize,
    /// When the last of them was.
    pub touched: Moment,
}

impl Store {
    /// Notes that an act begins; with the journal's intent in the same moment if `felt`, because others feel it.
    ///
    /// # Errors
    /// The store cannot be written: then nothing may be done.
    pub async fn begin_act(&self, entry: &Entry, felt: bool, holder: &str, deeds: &Value) -> Result<i64, StoreError> {
        let write = async {
            let entry = journal::clean(entry.clone())?;
            let deeds = json::json(deeds)?;
            let mut tx = self.begin().await?;
            let id = insert(&mut tx, &entry, holder, &deeds).await?;
            if felt {
                journal::record(&mut tx, Entry { outcome: Outcome::Intent, ..entry }).await?;
                revise(&mut tx).await?;
            }
            tx.commit().await?;
            Ok(id)
        };
        self.within("write the journal", write).await
    }

    /// Notes that so many deeds of an act may have been sent from now on. It is on the disk when this is answered.
    ///
    /// # Errors
    /// The store cannot be written: then the deed must not be sent.
    pub async fn begin_deed(&self, act: i64, begun: usize, now: Moment) -> Result<(), StoreError> {
        let write = async {
            let mut writer = self.lasting().await?;
            let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
            sqlx::query("UPDATE acts SET begun = $2, touched = $3 WHERE id = $1")
                .bind(act)
                .bind(i64::try_from(begun).unwrap_or(i64::MAX))
                .bind(millis(now))
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
            relax(&mut writer).await
        };
        self.within("write the journal", write).await
    }

    /// Ends an act with the journal's outcome, by the process that carried it out.
    ///
    /// # Errors
    /// The store cannot be written: then the next process finds out what came of it.
    pub async fn end_act(&self, act: Option<i64>, outcome: Entry) -> Result<(), StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            journal::record(&mut tx, outcome).await?;
            sqlx::query("DELETE FROM acts WHERE id = $1").bind(act).execute(&mut *tx).await?;
            revise(&mut tx).await?;
            tx.commit().await
        };
        self.within("write the journal", write).await
    }

    /// Ends an act whose process has ended, with what was found out about it, and every claim of that process. Of any
    /// number of processes that found it out one writes it; says whether this one did.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn settle_act(&self, act: &OpenAct, outcome: Entry) -> Result<bool, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            let gone = sqlx::query("DELETE FROM acts WHERE id = $1").bind(act.id).execute(&mut *tx).await?;
            if gone.rows_affected() == 0 {
                tx.rollback().await?;
                return Ok(false);
            }
            sqlx::query("DELETE FROM claims WHERE holder = $1").bind(&act.holder).execute(&mut *tx).await?;
            journal::record(&mut tx, outcome).await?;
            revise(&mut tx).await?;
            tx.commit().await?;
            Ok(true)
        };
        self.within("settle an act", write).await
    }

    /// Acts without an outcome, whoever carries them out, oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn open_acts(&self) -> Result<Vec<OpenAct>, StoreError> {
        let read = async {
            let rows = sqlx::query("SELECT * FROM acts ORDER BY id").fetch_all(&self.inner.readers).await?;
            rows.iter().map(read).collect()
        };
        self.within("read acts", read).await
    }
}

async fn insert(
    connection: &mut SqliteConnection,
    entry: &Entry,
    holder: &str,
    deeds: &str,
) -> Result<i64, sqlx::Error> {
    let inserted = sqlx::query(
        "INSERT INTO acts (holder, at, name, host, action, target, detail, deeds, begun, touched)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $2)",
    )
    .bind(holder)
    .bind(millis(entry.at))
    .bind(&entry.operator.name)
    .bind(&entry.operator.host)
    .bind(&entry.action)
    .bind(&entry.target)
    .bind(&entry.detail)
    .bind(deeds)
    .execute(connection)
    .await?;
    Ok(inserted.last_insert_rowid())
}

fn read(row: &SqliteRow) -> Result<OpenAct, sqlx::Error> {
    let entry = Entry {
        at: moment(row, "at")?,
        operator: operator(row)?,
        action: text(row, "action")?,
        target: text(row, "target")?,
        detail: row.try_get("detail")?,
        outcome: Outcome::Intent,
    };
    Ok(OpenAct {
        id: row.try_get("id")?,
        holder: text(row, "holder")?,
        entry: journal::clean(entry)?,
        deeds: json::read(row.try_get("deeds")?, "an act").unwrap_or_default(),
        begun: usize::try_from(row.try_get::<i64, _>("begun")?).unwrap_or_default(),
        touched: moment(row, "touched")?,
    })
}
