//! A file that somebody else wrote to.

use super::*;
use crate::domain::checklist::Answer;
use crate::store::StoreErrorKind;

/// A store with an open walk of `daily` and one of `weekly` that ended.
async fn begun(path: &Path) -> Store {
    let store = open(path).await;
    store.begin_walk(&walk(1, "daily", "ana", 0)).await.unwrap();
    add(&store, WalkId(1), &everything()).await;
    store.begin_walk(&walk(2, "weekly", "ana", 0)).await.unwrap();
    store.end_walk(WalkId(2), &completed("ana", 60)).await.unwrap();
    store
}

#[tokio::test]
async fn an_update_that_cannot_be_read_hides_no_other() {
    for wrong in [
        "UPDATE walk_updates SET change = '{' WHERE id = '0000000000000065'",
        "UPDATE walk_updates SET change = '{\"change\":\"sold\"}' WHERE id = '0000000000000065'",
        "UPDATE walk_updates SET change = x'00ff' WHERE id = '0000000000000065'",
        "UPDATE walk_updates SET at = 'noon' WHERE id = '0000000000000065'",
        "UPDATE walk_updates SET at = 9223372036854775807 WHERE id = '0000000000000065'",
        "UPDATE walk_updates SET id = 'x' WHERE id = '0000000000000065'",
        "UPDATE walk_updates SET change = printf('%.*c', 2000000, '[') WHERE id = '0000000000000065'",
    ] {
        let (_dir, path) = file();
        let store = begun(&path).await;
        past_midwatch(&path, wrong).await.unwrap();
        let told = store.memory(after(90)).await.unwrap();
        assert_eq!(told.walks[0].updates(), &everything()[1..], "{wrong}");
        add(&store, WalkId(1), &[failed(7, "ana", "still works")]).await;
        assert_eq!(store.walk(WalkId(1)).await.unwrap().unwrap().updates().len(), everything().len(), "{wrong}");
    }
}

#[tokio::test]
async fn a_walk_that_cannot_be_read_says_so_and_hides_no_other() {
    for (wrong, words) in [
        ("UPDATE lists SET list = '[]'", "the checklist is not as midwatch writes it"),
        ("UPDATE lists SET list = replace(list, 'do-verify', 'sell')", "unknown variant `sell`"),
        ("UPDATE lists SET list = json_set(list, '$.sections', json('[]'))", "a section without items"),
        ("UPDATE walks SET list = (SELECT hash FROM lists WHERE list LIKE '%\"id\":\"weekly\"%')", "is another one"),
        ("PRAGMA foreign_keys = off; DELETE FROM lists", "the checklist is not there"),
        ("UPDATE walks SET begun = 9223372036854775807", "is no time"),
        ("UPDATE walks SET begun = 'noon'", "begun"),
    ] {
        let (_dir, path) = file();
        let store = begun(&path).await;
        store.declare(&made::incident(1, 0)).await.unwrap();
        past_midwatch(&path, wrong).await.unwrap();
        let told = store.memory(after(90)).await.unwrap();
        assert_eq!((told.walks.len(), told.walked.len(), told.declared.len()), (0, 1, 1), "{wrong}");
        let daily = ChecklistId::new("daily");
        for error in [
            store.walk(WalkId(1)).await.unwrap_err(),
            store.begin_walk(&walk(3, "daily", "bo", 9)).await.unwrap_err(),
            store.end_walk(WalkId(1), &completed("ana", 9)).await.unwrap_err(),
        ] {
            assert_eq!(error.kind, StoreErrorKind::Unreadable, "{error}");
            assert!(error.what.contains("walk 0000000000000001: ") && error.what.contains(words), "{error}");
        }
        assert_eq!(store.walks_of(&daily, 9).await.unwrap(), [], "left out: {wrong}");
        assert_eq!(store.newest_walk_of(&daily).await.unwrap(), Some(WalkId(1)), "{wrong}");
        // What is said now is not lost.
        add(&store, WalkId(1), &[failed(7, "ana", "x")]).await;
    }
}

#[tokio::test]
async fn an_earlier_walk_that_cannot_be_read_does_not_hide_the_others() {
    let (_dir, path) = file();
    let store = begun(&path).await;
    for (id, start) in [(4, 70), (5, 90)] {
        store.begin_walk(&walk(id, "weekly", "ana", start)).await.unwrap();
        store.end_walk(WalkId(id), &completed("ana", start + 10)).await.unwrap();
    }
    let weekly = ChecklistId::new("weekly");
    let ids = async || store.walks_of(&weekly, 9).await.unwrap().iter().map(|walk| walk.id.0).collect::<Vec<_>>();
    past_midwatch(&path, "UPDATE walks SET begun = begun + 0.5 WHERE id = '0000000000000004'").await.unwrap();
    assert_eq!(ids().await, [5, 2]);
    past_midwatch(&path, "UPDATE walks SET turn = 'noon' WHERE id = '0000000000000005'").await.unwrap();
    assert_eq!(ids().await, [2]);
    assert_eq!(store.newest_walk_of(&weekly).await.unwrap(), Some(WalkId(5)), "the newest is not the next older one");
    assert!(store.walk(WalkId(5)).await.unwrap_err().what.contains("walk 0000000000000005: "));
}

#[tokio::test]
async fn short_forms_lists_and_incidents_that_cannot_be_read_are_left_out() {
    let (_dir, path) = file();
    let store = begun(&path).await;
    store.begin_walk(&walk(4, "weekly", "ana", 70)).await.unwrap();
    store.end_walk(WalkId(4), &completed("ana", 80)).await.unwrap();
    store.know_lists(&[ChecklistId::new("daily"), ChecklistId::new("weekly")], noon()).await.unwrap();
    for id in [1, 2] {
        store.declare(&made::incident(id, 0)).await.unwrap();
    }
    for wrong in [
        "UPDATE walks SET short = NULL WHERE id = '0000000000000002'",
        "UPDATE known_lists SET since = 'x' WHERE checklist = 'daily'",
        "UPDATE declared SET severity = 'dire' WHERE id = '0000000000000001'",
    ] {
        past_midwatch(&path, wrong).await.unwrap();
    }
    let told = store.memory(after(90)).await.unwrap();
    assert_eq!(told.walked.iter().map(|walked| walked.id.0).collect::<Vec<_>>(), [4]);
    assert_eq!(told.lists, [(ChecklistId::new("weekly"), noon())].into());
    assert_eq!(told.declared, [made::incident(2, 0)]);
}

#[tokio::test]
async fn every_text_is_harmless_when_it_is_read() {
    let (_dir, path) = file();
    let store = begun(&path).await;
    store.know_lists(&[ChecklistId::new("daily")], noon()).await.unwrap();
    store.declare(&made::incident(1, 0)).await.unwrap();
    let evil = "'\u{1b}]0;x\u{7}\u{202e}' ||";
    for (table, columns) in [
        ("walks", &["name", "host", "end_name", "sign"][..]),
        ("walk_updates", &["item", "name", "host"]),
        ("declared", &["title", "service", "detail", "name", "host"]),
    ] {
        for column in columns {
            let evil: &'static str = format!("UPDATE {table} SET {column} = {evil} {column}").leak();
            past_midwatch(&path, evil).await.unwrap();
        }
    }
    let texts = "\"title\":\"\\u001b[2J\\u202e";
    let evil = format!(
        "UPDATE lists SET list = replace(list, '\"title\":\"', '{texts}');
         UPDATE walks SET short = replace(short, '\"title\":\"', '{texts}');
         UPDATE walk_updates SET change = replace(change, 'too many', '\\u001b[31mtoo\\u0007 many');"
    );
    past_midwatch(&path, evil.leak()).await.unwrap();
    let told = store.memory(after(90)).await.unwrap();
    assert_eq!((told.walks.len(), told.walked.len(), told.declared.len()), (1, 1, 1));
    assert_eq!((&*told.walks[0].list.title, &*told.walked[0].title), ("·Daily maintenance", "·Daily maintenance"));
    assert_eq!(&*told.declared[0].title, "·Checkout is slow");
    assert!(matches!(&told.walks[0].updates()[1].change, Change::Outcome { why, .. } if why == "too· many\nof them"));
    let all = serde_json::to_string(&told).unwrap();
    let bad = |text: &str| text.contains("\\u001b") || text.contains("\\u0007") || text.contains('\u{202e}');
    assert!(!bad(&all), "{all}");
    let whole = store.walks_of(&ChecklistId::new("weekly"), 9).await.unwrap();
    assert!(!bad(&serde_json::to_string(&whole).unwrap()));
}

#[tokio::test]
async fn of_more_updates_than_a_walk_can_have_the_newest_are_told() {
    let (_dir, path) = file();
    let store = begun(&path).await;
    past_midwatch(
        &path,
        "WITH RECURSIVE n (n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM n WHERE n < 21999)
         INSERT INTO walk_updates (id, walk, item, change, name, host, at)
         SELECT printf('%016x', n), '0000000000000001', 'disk', '{\"change\":\"resumed\"}', 'ana', 'bastion', n FROM n",
    )
    .await
    .unwrap();
    let whole = store.walk(WalkId(1)).await.unwrap().unwrap();
    let ids = whole.updates().iter().map(|update| update.id.0);
    assert!(ids.eq(2_000..22_000));
}

#[tokio::test]
async fn a_text_that_is_long_is_cut_and_not_refused() {
    let store = store().await;
    store.begin_walk(&walk(1, "daily", "ana", 0)).await.unwrap();
    let answer = Answer::Text("x".repeat(100_000));
    add(&store, WalkId(1), &[update(1, "disk", Change::Answer { answer, outcome: None }, "ana", 5)]).await;
    let told = store.walk(WalkId(1)).await.unwrap().unwrap();
    let Change::Answer { answer: Answer::Text(text), .. } = &told.updates()[0].change else { panic!("{told:?}") };
    assert_eq!((text.chars().count(), text.ends_with('…')), (4_000, true));
}
