//! A store of the midwatch that knew no walks is opened with everything that is in it.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};

use super::*;
use crate::store::{Proof, migrate};

#[tokio::test]
async fn what_a_store_of_the_second_version_holds_is_kept() {
    let (_dir, path) = file();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut old = options.connect().await.unwrap();
    migrate::run_to(2, &mut old, Some(&path)).await.unwrap();
    let told = episode("A", noon());
    // The statements of the midwatch that knew only these tables.
    let rows = format!(
        "INSERT INTO episodes VALUES ('{}', '{{\"alertname\":\"A\",\"service\":\"checkout\"}}', 'A', 'checkout', 'high',
             {at}, {at}, {at}, 0, NULL, '[\"am\"]');
         INSERT INTO runs (id, remedy, title, target, name, host, holder, command, plan, started, lease,
             cooldown_until, by_itself) VALUES ('000000000000000a', 'restart', 'Restart', 'db-2', 'ana', 'bastion',
             'ana@bastion (1)', 'systemctl restart', 'plan', {at}, {at}, {at}, 0);
         INSERT INTO windows (id, service, reason, rollback_plan, name, host, starts, ends, silences) VALUES
             ('000000000000000b', 'checkout', 'disks', 'back', 'ana', 'bastion', {at}, {later}, '[]');
         INSERT INTO ticks VALUES ('{}', 'shipped:disk', 'a', 'ana', {at});",
        told.id,
        told.id,
        at = noon().timestamp_millis(),
        later = after(60).timestamp_millis(),
    );
    old.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(rows))).await.unwrap();
    for detail in ["one", "two", "three"] {
        crate::store::journal::record(&mut old, entry("comment", &told.id.to_string(), detail)).await.unwrap();
    }
    old.close().await.unwrap();

    let store = open(&path).await;
    let memory = store.memory(noon()).await.unwrap();
    assert_eq!((&memory.episodes, memory.comments[&told.id].len()), (&vec![told], 3));
    assert_eq!((memory.runs.len(), memory.windows.len(), memory.ticks.len()), (1, 1, 1));
    assert_eq!((memory.runs[0].id, memory.windows[0].id), (RunId(10), RunId(11)));
    assert_eq!((memory.walks, memory.walked, memory.declared), (vec![], vec![], vec![]));
    assert!(memory.lists.is_empty());
    // And the new tables stand on it.
    let daily = walk(1, "daily", "ana", 0);
    assert_eq!(store.begin_walk(&daily).await.unwrap(), daily);
    assert!(matches!(store.verify().await.unwrap(), Proof::Sound { rows: 4, .. }));
    store.close().await;
    assert_eq!(open(&path).await.walk(daily.id).await.unwrap(), Some(daily));
}
