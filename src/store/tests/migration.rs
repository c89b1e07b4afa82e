//! A store that an older midwatch made is opened with everything that is in it.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};

use super::made::{run, start};
use super::*;
use crate::board::Snoozed;
use crate::store::{Begun, JournalQuery, Proof, journal, migrate};

#[tokio::test]
async fn what_a_store_of_the_first_version_holds_is_kept() {
    let (_dir, path) = file();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut old = options.connect().await.unwrap();
    migrate::run_to(1, &mut old, Some(&path)).await.unwrap();
    let told = episode("A", noon());
    // The statements of the midwatch that knew only these tables.
    let rows = format!(
        "INSERT INTO episodes VALUES ('{}', '{{\"alertname\":\"A\",\"service\":\"checkout\"}}', 'A', 'checkout', 'high',
             {at}, {at}, {at}, 0, NULL, '[\"am\"]');
         INSERT INTO acks VALUES ('k', 'am-eu', '{}', 'ana', 'bastion', 'on it', {at}, {}, {}, 1, NULL, NULL);
         INSERT INTO snoozes VALUES ('{}', 'ana', {at}, {});
         INSERT INTO meta VALUES ('last_seen', '12');",
        told.id,
        IncidentId(7),
        after(900).timestamp_millis(),
        after(43_200).timestamp_millis(),
        told.id,
        after(60).timestamp_millis(),
        at = noon().timestamp_millis(),
    );
    old.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(rows))).await.unwrap();
    for detail in ["one", "two", "three"] {
        journal::record(&mut old, entry("comment", &told.id.to_string(), detail)).await.unwrap();
    }
    old.close().await.unwrap();

    let store = open(&path).await;
    let memory = store.memory(noon()).await.unwrap();
    let snooze = Snoozed { incident: told.id, operator: "ana".into(), starts: noon(), until: after(60) };
    assert_eq!((memory.episodes, memory.acks), (vec![told.clone()], vec![ack("k", Some("am-eu"))]));
    assert_eq!((memory.snoozes, memory.comments[&told.id].len()), (vec![snooze], 3));
    assert_eq!((memory.runs, memory.requests, memory.windows), (vec![], vec![], vec![]));
    assert_eq!(store.get("last_seen").await.unwrap().as_deref(), Some("12"));
    assert!(matches!(store.verify().await.unwrap(), Proof::Sound { rows: 3, .. }));
    // And the new tables stand on it.
    assert_eq!(store.begin_run(&start(run(1, "ana", 0))).await.unwrap(), Begun::Yours);
    let newest = JournalQuery { limit: 1, ..JournalQuery::default() };
    assert_eq!(store.journal(newest).await.unwrap()[0].id, 4);
    assert!(matches!(store.verify().await.unwrap(), Proof::Sound { rows: 4, .. }));
    store.close().await;
    open(&path).await;
}
