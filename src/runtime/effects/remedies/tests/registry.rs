//! Stopping runs.

use std::time::Duration;

use crate::domain::remediation::RunId;
use crate::runtime::effects::remedies::registry::Registry;

#[tokio::test]
async fn leaving_stops_all_and_lets_none_begin() {
    let registry = Registry::default();
    let one = registry.enter(RunId(1), Duration::from_secs(5)).unwrap();
    let two = registry.enter(RunId(2), Duration::from_secs(9)).unwrap();
    assert_eq!((registry.len(), registry.longest_grace()), (2, Duration::from_secs(9)));
    registry.stop_all("midwatch left");
    assert!(*one.cancelled().borrow() && *two.cancelled().borrow());
    assert_eq!(one.why().as_deref(), Some("midwatch left"));
    assert!(registry.enter(RunId(3), Duration::ZERO).unwrap_err().contains("leaving"));
    drop(one);
    assert!(!registry.is_empty() && registry.holds(RunId(2)));
    drop(two);
    registry.idle().await;
    assert!(registry.is_empty());
}

#[tokio::test(start_paused = true)]
async fn who_must_be_gone_at_once_has_a_moment_and_the_first_reason_stays() {
    let registry = Registry::default();
    let slot = registry.enter(RunId(1), Duration::from_secs(5)).unwrap();
    assert_eq!(slot.why(), None);
    registry.stop(RunId(1), "ana stopped it");
    registry.stop_all("midwatch left");
    assert_eq!(slot.why().as_deref(), Some("ana stopped it"));
    let early = tokio::time::timeout(Duration::from_mins(1), slot.out_of_time()).await;
    assert!(early.is_err(), "it may take its grace");
    registry.stop_at_once("the terminal is gone");
    tokio::time::timeout(Duration::from_secs(1), slot.out_of_time()).await.unwrap();
}
