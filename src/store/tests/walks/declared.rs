//! Incidents that were declared.

use super::made::incident;
use super::*;
use crate::domain::declared::DeclaredIncident;
use crate::store::JournalQuery;

const DAY: i64 = 86_400;

#[tokio::test]
async fn one_is_told_until_a_day_after_it_was_over() {
    let store = store().await;
    let plain = DeclaredIncident { service: None, detail: String::new(), from: None, ..incident(2, 60) };
    let told = async |at| store.memory(after(at)).await.unwrap().declared;
    for _ in 0..2 {
        store.declare(&plain).await.unwrap();
        store.declare(&incident(1, 0)).await.unwrap();
    }
    // One that is kept stays as it is, and only an end ends it.
    let changed = DeclaredIncident { title: "x".into(), ..incident(1, 0) };
    store.declare(&changed).await.unwrap();
    let over = DeclaredIncident { over: Some((after(5), changed.by)), ..incident(3, 90) };
    store.declare(&over).await.unwrap();
    assert_eq!(told(100).await, [incident(1, 0), plain.clone(), incident(3, 90)]);

    let bo = Operator::new("bo", "laptop");
    assert!(store.declare_over(UpdateId(1), after(600), &bo).await.unwrap());
    assert!(!store.declare_over(UpdateId(1), after(700), &over.by).await.unwrap());
    assert!(!store.declare_over(UpdateId(9), after(700), &bo).await.unwrap());
    let first = DeclaredIncident { over: Some((after(600), bo)), ..incident(1, 0) };
    assert_eq!(told(599 + DAY).await, [first, plain.clone(), incident(3, 90)]);
    assert_eq!(told(600 + DAY).await, [plain, incident(3, 90)]);

    let rows = store.journal(JournalQuery { newest_first: false, ..JournalQuery::default() }).await.unwrap();
    let rows: Vec<[&str; 4]> = rows
        .iter()
        .map(|row| [&*row.entry.operator.name, &row.entry.action, &row.entry.target, &row.entry.detail])
        .collect();
    let words = "Checkout is slow · checkout · high: since the deployment";
    assert_eq!(
        rows,
        [
            ["ana", "incident.declared", "0000000000000002", "Checkout is slow · high"],
            ["ana", "incident.declared", "0000000000000001", words],
            ["ana", "incident.declared", "0000000000000003", words],
            ["bo", "incident.over", "0000000000000001", "Checkout is slow"],
        ]
    );
}
