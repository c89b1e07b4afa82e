//! Walks that are taken over whole.

use super::*;

#[tokio::test]
async fn they_are_there_with_everything_and_a_second_time_changes_nothing() {
    let store = store().await;
    let mut past = walk(1, "daily", "ana", 0).with(everything());
    past.ended = Some(completed("bo", 90));
    let open = walk(2, "daily", "ana", 100);
    let all = [past.clone(), open.clone()];
    store.take_walks(&all, after(-900)).await.unwrap();
    let told = store.memory(after(900)).await.unwrap();
    assert_eq!(store.walk(past.id).await.unwrap(), Some(past));
    assert_eq!(told.walks.iter().map(|walk| &**walk).collect::<Vec<_>>(), [&open]);
    assert_eq!((told.walked.len(), told.lists.get(&ChecklistId::new("daily"))), (1, Some(&after(-900))));
    store.take_walks(&all, after(0)).await.unwrap();
    assert_eq!(store.memory(after(900)).await.unwrap(), told);
}
