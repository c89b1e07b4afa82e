//! Incidents as they are kept: one open episode for each group, whoever saw it first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::columns::{incident, millis, moment, moment_of, optional_text, strange, text};
use super::json::json;
use super::{Store, StoreError, revise};
use crate::board::Episode;
use crate::domain::incident::GroupKey;
use crate::domain::{IncidentId, Moment, Severity, SourceName, harmless};

/// How many rows one statement writes.
const BATCH: usize = 1_000;

/// How one episode was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The id under which it is stored: another one than its own if somebody else opened an episode of the same
    /// group first. The caller goes on under that id.
    pub id: IncidentId,
    /// Whether the store first learnt by this call that it began, or that it ended.
    pub is_news: bool,
}

impl Store {
    /// Keeps episodes, new and known, all or none. Returns how, for each, in order.
    ///
    /// An open episode does not reopen one that resolved after it was last seen, and one that is not mitigated
    /// does not take back what somebody declared ([`Store::mitigate`] does): the caller may just not know yet.
    ///
    /// # Errors
    /// The store cannot be written; nothing was changed then.
    pub async fn save_episodes(&self, episodes: &[Episode]) -> Result<Vec<Kept>, StoreError> {
        if episodes.is_empty() {
            return Ok(Vec::new());
        }
        let write = async {
            let mut tx = self.begin().await?;
            let mut ledger = Ledger::default();
            for stored in concerned(&mut tx, episodes).await? {
                ledger.know(stored);
            }
            let kept = ledger.enter(episodes);
            let rows = ledger.to_write();
            for batch in rows.chunks(BATCH) {
                put(&mut tx, batch).await?;
            }
            if ledger.news {
                revise(&mut tx).await?;
            }
            tx.commit().await?;
            Ok(kept)
        };
        self.within("keep incidents", write).await
    }

    /// Declares the effect of an incident gone, or not gone after all. Returns whether that was news.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn mitigate(&self, incident: IncidentId, mitigated: bool) -> Result<bool, StoreError> {
        let write = async {
            let mut tx = self.begin().await?;
            let found = sqlx::query("UPDATE episodes SET mitigated = $2 WHERE id = $1 AND mitigated != $2")
                .bind(incident.to_string())
                .bind(mitigated)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if found > 0 {
                revise(&mut tx).await?;
            }
            tx.commit().await?;
            Ok(found > 0)
        };
        self.within("keep an incident", write).await
    }
}

/// What is stored of the groups and ids of a call, and what is to be written.
#[derive(Default)]
struct Ledger {
    known: HashMap<IncidentId, Episode>,
    open: HashMap<GroupKey, IncidentId>,
    written: BTreeSet<IncidentId>,
    /// Whether anything but "last seen" is different.
    news: bool,
}

impl Ledger {
    fn know(&mut self, stored: Episode) {
        if stored.resolved.is_none() {
            self.open.insert(stored.group.clone(), stored.id);
        }
        self.known.insert(stored.id, stored);
    }

    fn enter(&mut self, episodes: &[Episode]) -> Vec<Kept> {
        let mut kept: Vec<Kept> = episodes.iter().map(|episode| Kept { id: episode.id, is_news: false }).collect();
        // What resolved makes room for what opened in the same group.
        let (open, resolved): (Vec<usize>, Vec<usize>) =
            (0..episodes.len()).partition(|at| episodes.get(*at).is_some_and(|episode| episode.resolved.is_none()));
        for at in resolved.into_iter().chain(open) {
            if let (Some(episode), Some(kept)) = (episodes.get(at), kept.get_mut(at)) {
                *kept = self.enter_one(episode);
            }
        }
        kept
    }

    fn enter_one(&mut self, told: &Episode) -> Kept {
        let winner = match (told.resolved, self.open.get(&told.group)) {
            (None, Some(open)) => *open,
            _ => told.id,
        };
        let Some(stored) = self.known.get(&winner) else {
            self.write(told.clone());
            return Kept { id: winner, is_news: true };
        };
        let reopened_too_late = told.resolved.is_none() && stored.resolved.is_some_and(|end| told.last_seen <= end);
        let merged = Episode {
            id: winner,
            // The winner's id was made from its begin, so it stays.
            since: stored.since,
            first_seen: stored.first_seen.min(told.first_seen),
            last_seen: stored.last_seen.max(told.last_seen),
            mitigated: told.mitigated || stored.mitigated && stored.resolved.is_none(),
            resolved: if reopened_too_late { stored.resolved } else { told.resolved },
            sources: if told.sources.is_empty() { stored.sources.clone() } else { told.sources.clone() },
            ..told.clone()
        };
        let is_news = merged.resolved.is_some() != stored.resolved.is_some();
        if merged != *stored {
            self.write(merged);
        }
        Kept { id: winner, is_news }
    }

    fn write(&mut self, episode: Episode) {
        let id = episode.id;
        match episode.resolved {
            None => {
                self.open.insert(episode.group.clone(), id);
            }
            Some(_) if self.open.get(&episode.group) == Some(&id) => {
                self.open.remove(&episode.group);
            }
            Some(_) => {}
        }
        let before = self.known.get(&id);
        self.news |= before.is_none_or(|before| Episode { last_seen: episode.last_seen, ..before.clone() } != episode);
        self.known.insert(id, episode);
        self.written.insert(id);
    }

    /// The rows that are new or different, resolved ones first.
    fn to_write(&self) -> Vec<&Episode> {
        let mut rows: Vec<&Episode> = self.written.iter().filter_map(|id| self.known.get(id)).collect();
        rows.sort_by_key(|episode| episode.resolved.is_none());
        rows
    }
}

/// Every stored episode that has an id of these, or is the open one of a group of these.
async fn concerned(connection: &mut SqliteConnection, told: &[Episode]) -> Result<Vec<Episode>, sqlx::Error> {
    let ids: Vec<IncidentId> = told.iter().map(|episode| episode.id).collect();
    let groups = told.iter().map(|episode| group_text(&episode.group)).collect::<Result<Vec<_>, _>>()?;
    let rows = sqlx::query(
        "SELECT * FROM episodes WHERE id IN (SELECT value FROM json_each($1))
         UNION SELECT * FROM episodes WHERE resolved IS NULL AND group_key IN (SELECT value FROM json_each($2))",
    )
    .bind(json(&ids)?)
    .bind(json(&groups)?)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

/// Writes rows whole. One statement takes them all, as JSON: one for each row would cost a second in 10,000.
async fn put(connection: &mut SqliteConnection, rows: &[&Episode]) -> Result<(), sqlx::Error> {
    let rows = rows.iter().map(|episode| row_of(episode)).collect::<Result<Vec<_>, _>>()?;
    sqlx::query(
        "INSERT INTO episodes
             (id, group_key, title, service, severity, since, first_seen, last_seen, mitigated, resolved, sources)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
                value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10
         FROM json_each($1) WHERE true ORDER BY key
         ON CONFLICT (id) DO UPDATE SET group_key = excluded.group_key, title = excluded.title,
             service = excluded.service, severity = excluded.severity, since = excluded.since,
             first_seen = excluded.first_seen, last_seen = excluded.last_seen,
             mitigated = excluded.mitigated, resolved = excluded.resolved,
             sources = excluded.sources",
    )
    .bind(json(&rows)?)
    .execute(connection)
    .await
    .map(drop)
}

type Columns<'a> = (IncidentId, String, &'a str, Option<&'a str>, &'a str, i64, i64, i64, bool, Option<i64>, String);

fn row_of(episode: &Episode) -> Result<Columns<'_>, sqlx::Error> {
    Ok((
        episode.id,
        group_text(&episode.group)?,
        &episode.title,
        episode.service.as_deref(),
        episode.severity.word(),
        millis(episode.since),
        millis(episode.first_seen),
        millis(episode.last_seen),
        episode.mitigated,
        episode.resolved.map(millis),
        json(&episode.sources)?,
    ))
}

/// A group as text: JSON with the names in order, so that equal groups are equal texts.
fn group_text(group: &GroupKey) -> Result<String, sqlx::Error> {
    json(group)
}

/// Every open episode and those that resolved after `since`, at most `limit` in all, newest first.
pub(super) async fn recent(
    connection: &mut SqliteConnection,
    since: Moment,
    limit: i64,
) -> Result<Vec<Episode>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT * FROM episodes WHERE resolved IS NULL OR resolved >= $1
         ORDER BY resolved IS NULL DESC, since DESC, id LIMIT $2",
    )
    .bind(millis(since))
    .bind(limit)
    .fetch_all(connection)
    .await?;
    let mut episodes = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    episodes.sort_by(|one, other| other.since.cmp(&one.since).then(one.id.cmp(&other.id)));
    Ok(episodes)
}

fn read(row: &SqliteRow) -> Result<Episode, sqlx::Error> {
    let group: BTreeMap<String, String> =
        serde_json::from_str(row.try_get("group_key")?).map_err(|error| sqlx::Error::Decode(error.into()))?;
    let group = group.iter().map(|(name, value)| (harmless::line(name, 4_000), harmless::line(value, 4_000)));
    let sources: Vec<String> =
        serde_json::from_str(row.try_get("sources")?).map_err(|error| sqlx::Error::Decode(error.into()))?;
    let severity: &str = row.try_get("severity")?;
    let resolved: Option<i64> = row.try_get("resolved")?;
    Ok(Episode {
        id: incident(row, "id")?,
        group: GroupKey(group.collect()),
        title: text(row, "title")?,
        service: optional_text(row, "service")?,
        severity: Severity::parse(severity).ok_or_else(|| strange("a severity is one of four words"))?,
        since: moment(row, "since")?,
        first_seen: moment(row, "first_seen")?,
        last_seen: moment(row, "last_seen")?,
        mitigated: row.try_get("mitigated")?,
        resolved: resolved.map(moment_of).transpose()?,
        sources: sources.iter().map(|name| SourceName::new(&harmless::line(name, 300))).collect(),
    })
}
