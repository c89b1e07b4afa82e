//! Killed while a store of an older midwatch is brought up to date: the next start goes on, and nothing is lost.

use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use midwatch::domain::journal::{Entry, GENESIS, Outcome, chain};
use midwatch::domain::{Moment, Operator};
use midwatch::store::{Proof, Store};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions as _, Connection as _, SqlSafeStr as _, SqliteConnection};

use super::dice::{Dice, rounds};
use super::scene::{runtime, start, wait_for_its_end};
use crate::support::home::Home;

/// Kills for each older version.
const ROUNDS: usize = 14;
/// Rows of the journal in the older store.
const ROWS: i64 = 300;

const OLD: [(i64, &str, &str); 3] = [
    (1, "store", include_str!("../../../migrations/sqlite/0001_store.sql")),
    (2, "hands", include_str!("../../../migrations/sqlite/0002_hands.sql")),
    (3, "walks", include_str!("../../../migrations/sqlite/0003_walks.sql")),
];

/// Makes the store that a midwatch made which knew no later version.
async fn make(path: &Path, version: i64) {
    let options =
        SqliteConnectOptions::new().filename(path).create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
    let mut old = options.connect().await.expect("a new store");
    let known = OLD.iter().filter(|(known, ..)| *known <= version).map(|(version, name, sql)| {
        Migration::new(*version, (*name).into(), MigrationType::Simple, (*sql).into_sql_str(), false)
    });
    Migrator::with_migrations(known.collect()).run_direct(None, &mut old, false).await.expect("the tables");
    let mut last = GENESIS.to_owned();
    for id in 1..=ROWS {
        last = append(&mut old, id, &last).await;
    }
    let ack = "INSERT INTO acks VALUES ('k', 'am', '00000000000000aa', 'ana', 'bastion', 'on it', 1, 9999999999999,
               9999999999999, 1, NULL, NULL)";
    sqlx::query(ack).execute(&mut old).await.expect("an ack");
    old.close().await.expect("the store can be closed");
}

async fn append(old: &mut SqliteConnection, id: i64, last: &str) -> String {
    let entry = Entry {
        at: Moment::UNIX_EPOCH,
        operator: Operator::new("ana", "bastion"),
        action: "comment".to_owned(),
        target: "00000000000000aa".to_owned(),
        detail: format!("row {id}"),
        outcome: Outcome::Done,
    };
    let hash = chain(last, id, &entry);
    sqlx::query("INSERT INTO journal VALUES ($1, 0, 'ana', 'bastion', 'comment', $2, $3, 'done', '', $4)")
        .bind(id)
        .bind(&entry.target)
        .bind(&entry.detail)
        .bind(&hash)
        .execute(&mut *old)
        .await
        .expect("a row");
    sqlx::query("UPDATE journal_head SET rows = $1, hash = $2")
        .bind(id)
        .bind(&hash)
        .execute(old)
        .await
        .expect("a head");
    hash
}

/// Nothing was lost, and the next start goes on from there.
async fn is_whole(path: &Path) {
    let opened = Store::open(path).await.expect("the store opens");
    assert_eq!(opened.notices, [], "nothing was set aside");
    let store = opened.store;
    let proof = store.verify().await.expect("the journal can be read");
    assert!(matches!(proof, Proof::Sound { rows: ROWS, .. }), "{proof:?}");
    let memory = store.memory(chrono::Utc::now()).await.expect("the store can be read");
    assert_eq!((memory.acks.len(), memory.walks.len()), (1, 0));
    assert_eq!(store.open_acts().await.expect("the newest table is there"), []);
    store.close().await;
}

#[test]
fn a_store_that_is_brought_up_to_date_is_whole_whenever_that_is_killed() {
    let mut dice = Dice::new("upgrades");
    let (runtime, mut killed) = (runtime(), 0);
    for version in 1..=3 {
        let made = tempfile::tempdir().expect("a folder");
        let old = made.path().join("old.db");
        runtime.block_on(make(&old, version));
        for round in 0..rounds(ROUNDS) {
            let home = Home::with_config("[store]\nurl = \"sqlite:kept.db\"\n");
            let path = home.path("config/midwatch/kept.db");
            std::fs::copy(&old, &path).expect("a copy");
            // Every other time two begin at once.
            let mut children: Vec<Child> = (0..=round % 2).map(|_| start(&home, &["journal", "--verify"])).collect();
            wait_begun(&home, &mut children[0]);
            let lives = dice.within(Duration::from_millis(if round % 4 < 2 { 12 } else { 60 }));
            wait_for_its_end(&children[0], Instant::now() + lives);
            let first = children.remove(0);
            killed += usize::from(!ended_well(first, true));
            for other in children {
                assert!(ended_well(other, false), "one that is not killed brings it up to date");
            }
            runtime.block_on(is_whole(&path));
        }
    }
    let all = 3 * rounds(ROUNDS);
    eprintln!("{killed} of {all} were killed before their end");
    assert!(killed > all / 8, "{killed} of {all}: they were killed too late");
}

/// Waits until it opens the store: it holds or has held the lock beside it.
fn wait_begun(home: &Home, child: &mut Child) {
    let lock = home.path("config/midwatch/migrate.lock");
    let began = Instant::now();
    while !lock.exists() && child.try_wait().expect("a child can be asked").is_none() {
        assert!(began.elapsed() < crate::support::wait::DEADLINE, "midwatch did not begin");
        std::thread::yield_now();
    }
}

fn ended_well(mut child: Child, kill: bool) -> bool {
    if kill {
        // It may have ended already.
        let _ = child.kill();
    }
    let ended = child.wait_with_output().expect("a child can be waited for");
    assert_ne!(ended.status.code(), Some(101), "it panicked: {ended:?}");
    ended.status.success()
}
