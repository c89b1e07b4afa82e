//! The store's contract, alone and with others on the same file.

mod acks;
mod desk;
mod history;
mod incidents;
mod journal;
mod made;
mod migration;
mod opening;
mod others;
mod processes;
mod requests;
mod run_model;
mod run_processes;
mod run_races;
mod runs;
mod walks;

use std::path::{Path, PathBuf};

use chrono::TimeDelta;

use super::Store;
use crate::board::{Episode, LocalAck};
use crate::domain::incident::GroupKey;
use crate::domain::journal::{Entry, Outcome};
use crate::domain::remediation::RunId;
use crate::domain::remediation::output::Output;
use crate::domain::{IncidentId, Moment, MuteId, Operator, Severity, SourceName};

/// A moment that all tests begin at.
fn noon() -> Moment {
    Moment::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::hours(12)
}

fn after(seconds: i64) -> Moment {
    noon() + TimeDelta::seconds(seconds)
}

/// A folder that is removed at the end, and the database in it.
fn file() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("state/midwatch.db");
    (dir, path)
}

/// Opens a store that nothing is wrong with.
async fn open(path: &Path) -> Store {
    let opened = Store::open(path).await.unwrap();
    assert_eq!(opened.notices, []);
    opened.store
}

fn group(name: &str) -> GroupKey {
    GroupKey([("alertname", name), ("service", "checkout")].into())
}

fn episode(name: &str, since: Moment) -> Episode {
    Episode {
        id: IncidentId::of(&group(name), since),
        group: group(name),
        title: name.to_owned(),
        service: Some("checkout".to_owned()),
        severity: Severity::High,
        since,
        first_seen: since,
        last_seen: since,
        mitigated: false,
        resolved: None,
        sources: vec![SourceName::new("am")],
    }
}

fn ack(id: &str, source: Option<&str>) -> LocalAck {
    LocalAck {
        id: MuteId::new(id),
        source: source.map(SourceName::from),
        incident: IncidentId(7),
        by: Operator::new("ana", "bastion"),
        comment: "on it".to_owned(),
        starts: noon(),
        ends: after(900),
        limit: after(43_200),
        renews: source.is_some(),
    }
}

fn entry(action: &str, target: &str, detail: &str) -> Entry {
    Entry {
        at: noon(),
        operator: Operator::new("ana", "bastion"),
        action: action.to_owned(),
        target: target.to_owned(),
        detail: detail.to_owned(),
        outcome: Outcome::Done,
    }
}

/// A connection that goes past midwatch, as somebody with sqlite3 would.
async fn past_midwatch(path: &Path, statements: &'static str) -> Result<(), sqlx::Error> {
    use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
    let mut connection = sqlx::sqlite::SqliteConnectOptions::new().filename(path).connect().await?;
    let done = connection.execute(statements).await;
    connection.close().await?;
    done.map(drop)
}

/// Every call can be made from a task of its own.
#[test]
fn calls_can_be_spawned() {
    fn sent<T: Send>(_: T) {}
    fn calls(store: &Store) {
        sent(Store::open(Path::new("x")));
        sent(Store::open_in_memory());
        sent(store.memory(noon()));
        sent(store.save_episodes(&[]));
        sent(store.append(entry("a", "b", "c")));
        sent(store.append_all(Vec::new()));
        sent(store.journal(super::JournalQuery::default()));
        sent(store.verify());
        sent(store.save_readings(&[]));
        sent(store.bands(noon()));
        sent(store.roll_up(noon()));
        sent(store.change_counter());
        sent(store.begin_run(&made::start(made::run(1, "ana", 0))));
        sent(store.end_run(&made::run(1, "ana", 0), &Output::default(), entry("a", "b", "c")));
        sent(store.abandoned_runs(noon()));
        sent(store.run_hurdle("r", "t", noon()));
        sent(store.approve(RunId(1), &Operator::new("bo", "h"), noon()));
        let nothing = serde_json::Value::Null;
        sent(store.begin_act(&entry("a", "b", "c"), true, "holder", &nothing));
        sent(store.begin_deed(1, 1, noon()));
        sent(store.end_act(None, entry("a", "b", "c")));
        sent(store.open_acts());
        let walk = walks::made::walk(1, "daily", "ana", 0);
        sent(store.know_lists(&[], noon()));
        sent(store.begin_walk(&walk));
        sent(store.add_to_walk(walk.id, &walks::made::failed(1, "ana", "x")));
        sent(store.end_walk(walk.id, &walks::made::completed("ana", 1)));
        sent(store.walk(walk.id));
        sent(store.walks_of(&walk.list.id, 1));
        sent(store.declare(&walks::made::incident(1, 0)));
        sent(store.declare_over(walks::made::incident(1, 0).id, noon(), &walk.by));
        sent(store.close());
    }
    let _: fn(&Store) = calls;
}
