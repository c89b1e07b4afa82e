//! Incidents that operators declared.

use chrono::TimeDelta;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::columns::{millis, moment, operator, optional_moment, optional_text, readable, strange, text, update_id};
use super::{Store, StoreError, journal, revise};
use crate::domain::checklist::{ItemId, UpdateId, WalkId};
use crate::domain::declared::DeclaredIncident;
use crate::domain::journal::{Entry, Outcome};
use crate::domain::{Moment, Operator, Severity};

/// How long one is told after it was over.
const SIGHT: TimeDelta = TimeDelta::days(1);

/// The most that are told.
const DECLARED: i64 = 1_000;

impl Store {
    /// Keeps a declared incident, and writes it to the journal. It begins open, whatever it says: only
    /// [`Store::declare_over`] ends it. One that is kept already stays as it is.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn declare(&self, incident: &DeclaredIncident) -> Result<(), StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            if insert(&mut tx, incident).await? {
                let service = incident.service.as_ref().map(|service| format!(" · {service}")).unwrap_or_default();
                let detail = format!("{}{service} · {}", incident.title, incident.severity.word());
                let told = if incident.detail.is_empty() { detail } else { format!("{detail}: {}", incident.detail) };
                let told = entry("incident.declared", incident.id, &incident.by, incident.at, told);
                journal::record(&mut tx, told).await?;
                revise(&mut tx).await?;
            }
            tx.commit().await
        };
        self.within("declare an incident", write).await
    }

    /// Declares it over, and writes that to the journal; says whether it was not already.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn declare_over(&self, id: UpdateId, at: Moment, by: &Operator) -> Result<bool, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            let title: Option<String> = sqlx::query_scalar(
                "UPDATE declared SET over = $2, over_name = $3, over_host = $4 WHERE id = $1 AND over IS NULL
                 RETURNING title",
            )
            .bind(id.to_string())
            .bind(millis(at))
            .bind(&by.name)
            .bind(&by.host)
            .fetch_optional(&mut *tx)
            .await?;
            let was_open = title.is_some();
            if let Some(title) = title {
                journal::record(&mut tx, entry("incident.over", id, by, at, title)).await?;
                revise(&mut tx).await?;
            }
            tx.commit().await?;
            Ok(was_open)
        };
        self.within("declare an incident over", write).await
    }
}

fn entry(action: &str, id: UpdateId, by: &Operator, at: Moment, detail: String) -> Entry {
    let (action, target) = (action.to_owned(), id.to_string());
    Entry { at, operator: by.clone(), action, target, detail, outcome: Outcome::Done }
}

/// Says whether it was not there.
async fn insert(connection: &mut SqliteConnection, incident: &DeclaredIncident) -> Result<bool, sqlx::Error> {
    let (walk, item) = incident.from.as_ref().map(|(walk, item)| (walk.to_string(), item.as_str())).unzip();
    let done = sqlx::query(
        "INSERT INTO declared (id, title, service, severity, detail, name, host, at, walk, item)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING",
    )
    .bind(incident.id.to_string())
    .bind(&incident.title)
    .bind(&incident.service)
    .bind(incident.severity.word())
    .bind(&incident.detail)
    .bind(&incident.by.name)
    .bind(&incident.by.host)
    .bind(millis(incident.at))
    .bind(walk)
    .bind(item)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Those that are not over, or were declared over within a day, oldest first; those that cannot be read are left out.
pub(super) async fn in_sight(
    connection: &mut SqliteConnection,
    now: Moment,
) -> Result<Vec<DeclaredIncident>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT * FROM (
             SELECT * FROM declared WHERE over IS NULL OR over > $1
             ORDER BY over IS NULL DESC, at DESC, id DESC LIMIT $2
         ) AS newest ORDER BY at, id",
    )
    .bind(millis(now - SIGHT))
    .bind(DECLARED)
    .fetch_all(connection)
    .await?;
    rows.iter().filter_map(|row| readable(read(row)).transpose()).collect()
}

fn read(row: &SqliteRow) -> Result<DeclaredIncident, sqlx::Error> {
    let severity: &str = row.try_get("severity")?;
    let walk = row.try_get::<Option<&str>, _>("walk")?.and_then(WalkId::parse);
    let name = optional_text(row, "over_name")?.unwrap_or_default();
    let host = optional_text(row, "over_host")?.unwrap_or_default();
    Ok(DeclaredIncident {
        id: update_id(row, "id")?,
        title: text(row, "title")?,
        service: optional_text(row, "service")?,
        severity: Severity::parse(severity).ok_or_else(|| strange("a severity is one of four words"))?,
        detail: text(row, "detail")?,
        by: operator(row)?,
        at: moment(row, "at")?,
        from: walk.zip(optional_text(row, "item")?.map(|item| ItemId::new(&item))),
        over: optional_moment(row, "over")?.map(|at| (at, Operator { name, host })),
    })
}
