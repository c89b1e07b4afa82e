//! Requests for a second person.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::columns::{millis, moment, operator, optional_incident, optional_text, run_id, text};
use super::refusals::{bare, clock, same_person};
use super::{Store, StoreError, revise, run_rows};
use crate::domain::remediation::RemedyId;
use crate::domain::remediation::run::{Request, RunId};
use crate::domain::{Moment, Operator};

/// The most requests that are told.
const REQUESTS: i64 = 500;

impl Store {
    /// Keeps a request. It begins open and without an approval, whatever it says: only [`Store::approve`] agrees. One
    /// that is kept already stays as it is, so nothing can be changed under an approval.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn put_request(&self, request: &Request) -> Result<(), StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            insert(&mut tx, request).await?;
            revise(&mut tx).await?;
            tx.commit().await
        };
        self.within("keep a request", write).await
    }

    /// Agrees to a request. Refused, in words, for the one who asked, and for one that is over, closed or approved.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn approve(&self, id: RunId, by: &Operator, now: Moment) -> Result<Result<Request, String>, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            let mut request = match may_agree(find(&mut tx, id).await?, by, now) {
                Ok(request) => request,
                Err(words) => {
                    tx.rollback().await?;
                    return Ok(Err(words));
                }
            };
            sqlx::query("UPDATE requests SET approver = $2, approver_host = $3 WHERE id = $1")
                .bind(id.to_string())
                .bind(&by.name)
                .bind(&by.host)
                .execute(&mut *tx)
                .await?;
            revise(&mut tx).await?;
            tx.commit().await?;
            request.approved_by = Some(by.clone());
            Ok(Ok(request))
        };
        self.within("agree to a request", write).await
    }

    /// Closes a request; says whether it was open.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn close_request(&self, id: RunId) -> Result<bool, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            let closed = close(&mut tx, id).await?;
            if closed {
                revise(&mut tx).await?;
            }
            tx.commit().await?;
            Ok(closed)
        };
        self.within("close a request", write).await
    }

    /// A request by its id.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn request(&self, id: RunId) -> Result<Option<Request>, StoreError> {
        let read = async { find(&mut *self.inner.readers.acquire().await?, id).await };
        self.within("read a request", read).await
    }
}

/// Whether somebody may agree to a request; else why not.
fn may_agree(request: Option<Request>, by: &Operator, now: Moment) -> Result<Request, String> {
    let Some(request) = request else { return Err("nothing is known of this request".to_owned()) };
    let asker = &request.asked_by.name;
    if bare(&by.name).is_empty() {
        return Err("who agrees must have a name: set [operator] name".to_owned());
    }
    if same_person(&by.name, asker) {
        return Err(format!("{asker} asked for it: another operator must agree"));
    }
    if request.closed {
        return Err("it was run, taken back or refused already".to_owned());
    }
    if request.expires <= now {
        return Err(format!("it ran out at {}: {asker} must ask again", clock(request.expires, now)));
    }
    if let Some(before) = &request.approved_by {
        return Err(format!("{} agreed to it already", before.name));
    }
    Ok(request)
}

async fn insert(connection: &mut SqliteConnection, request: &Request) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO requests
             (id, plan, remedy, title, target, incident, subject, command, name, host, asked, expires, closed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING",
    )
    .bind(request.id.to_string())
    .bind(&request.plan)
    .bind(request.remedy.as_str())
    .bind(&request.title)
    .bind(&request.target)
    .bind(request.incident.map(|incident| incident.to_string()))
    .bind(&request.subject)
    .bind(&request.command)
    .bind(&request.asked_by.name)
    .bind(&request.asked_by.host)
    .bind(millis(request.asked))
    .bind(millis(request.expires))
    .bind(false)
    .execute(connection)
    .await
    .map(drop)
}

/// Closes a request; says whether it was open.
pub(super) async fn close(connection: &mut SqliteConnection, id: RunId) -> Result<bool, sqlx::Error> {
    let closed = sqlx::query("UPDATE requests SET closed = $2 WHERE id = $1 AND closed != $2")
        .bind(id.to_string())
        .bind(true)
        .execute(connection)
        .await?;
    Ok(closed.rows_affected() > 0)
}

pub(super) async fn find(connection: &mut SqliteConnection, id: RunId) -> Result<Option<Request>, sqlx::Error> {
    let found =
        sqlx::query("SELECT * FROM requests WHERE id = $1").bind(id.to_string()).fetch_optional(connection).await?;
    found.as_ref().map(read).transpose()
}

/// Those that are open and have not run out, newest first.
pub(super) async fn live(connection: &mut SqliteConnection, now: Moment) -> Result<Vec<Request>, sqlx::Error> {
    let rows =
        sqlx::query("SELECT * FROM requests WHERE closed = $1 AND expires > $2 ORDER BY asked DESC, id LIMIT $3")
            .bind(false)
            .bind(millis(now))
            .bind(REQUESTS)
            .fetch_all(connection)
            .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<Request, sqlx::Error> {
    let host = optional_text(row, "approver_host")?.unwrap_or_default();
    Ok(Request {
        id: run_id(row, "id")?,
        plan: text(row, "plan")?,
        remedy: RemedyId::new(&text(row, "remedy")?),
        title: text(row, "title")?,
        target: text(row, "target")?,
        incident: optional_incident(row, "incident")?,
        subject: optional_text(row, "subject")?,
        command: run_rows::command(row)?,
        asked_by: operator(row)?,
        asked: moment(row, "asked")?,
        expires: moment(row, "expires")?,
        approved_by: optional_text(row, "approver")?.map(|name| Operator { name, host }),
        closed: row.try_get("closed")?,
    })
}
