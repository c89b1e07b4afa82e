//! What another process wrote into the store, past everything that makes words harmless.

use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnection;

use super::{clean, home};
use crate::support::home::Home;
use crate::support::hostile::all;

/// Texts that people wrote or programs told, and that are shown again.
const COLUMNS: [(&str, &str); 7] = [
    ("runs", "title"),
    ("runs", "target"),
    ("runs", "subject"),
    ("runs", "name"),
    ("runs", "host"),
    ("runs", "command"),
    ("runs", "why"),
];

/// Fills the store with words that mean harm.
fn poison(home: &Home) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let url = format!("sqlite:{}", home.path("team.db").display());
        let mut store = SqliteConnection::connect(&url).await.expect("the store opens");
        for (table, column) in COLUMNS {
            let sql = sqlx::AssertSqlSafe(format!("UPDATE {table} SET {column} = $1"));
            sqlx::query(sql).bind(all()).execute(&mut store).await.unwrap_or_else(|error| panic!("{table}.{column}: {error}"));
        }
        let sql = "INSERT INTO journal SELECT rows + 1, 1795230764000, $1, $1, 'comment', $1, $1, 'failed', $1, $1 FROM journal_head";
        sqlx::query(sql).bind(all()).execute(&mut store).await.expect("a row of the journal");
        sqlx::query("UPDATE journal_head SET rows = rows + 1").execute(&mut store).await.expect("its head");
        sqlx::query("UPDATE revision SET n = n + 1").execute(&mut store).await.expect("news");
        store.close().await.expect("the store closes");
    });
}

#[test]
fn what_others_wrote_into_the_store_is_told_without_what_acts() {
    let home = home();
    clean(&home, &["status"]);
    clean(&home, &["remedy", "run", "says", "--yes", "says"]);
    clean(&home, &["checklist", "walk", "hostile", "--probes-only"]);
    poison(&home);
    let mut told = String::new();
    for line in [
        "journal",
        "journal --format json",
        "journal --verify",
        "remedy runs",
        "remedy runs --format json",
        "status",
        "status --format json",
        "incidents",
        "checklist history hostile",
        "checklist export hostile --format json",
    ] {
        told.push_str(&clean(&home, &line.split(' ').collect::<Vec<_>>()));
    }
    assert!(told.contains("MARK") && told.contains("ENDE"), "{told}");
}
