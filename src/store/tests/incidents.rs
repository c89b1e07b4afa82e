//! Episodes, snoozes, comments: what the board is told after a restart.

use super::*;
use crate::board::Snoozed;

#[tokio::test]
async fn what_was_kept_is_told_after_a_restart() {
    let (_dir, path) = file();
    let store = open(&path).await;
    let open_one = Episode { mitigated: true, service: None, ..episode("A", noon()) };
    let ended = Episode { resolved: Some(after(60)), ..episode("B", after(5)) };
    let kept = store.save_episodes(&[open_one.clone(), ended.clone()]).await.unwrap();
    assert_eq!(
        kept.iter().map(|kept| (kept.id, kept.is_news)).collect::<Vec<_>>(),
        [(open_one.id, true), (ended.id, true)]
    );
    let snooze = Snoozed { incident: open_one.id, operator: "ana".into(), starts: noon(), until: after(1_800) };
    store.snooze(&snooze).await.unwrap();
    store.put_ack(&ack("k", Some("am-eu"))).await.unwrap();
    let target = open_one.id.to_string();
    store.append(entry("comment", &target, "looks like DNS")).await.unwrap();
    store.append(Entry { outcome: Outcome::Failed("no".into()), ..entry("comment", &target, "x") }).await.unwrap();
    store.append(entry("ack", &target, "x")).await.unwrap();
    store.close().await;

    let store = open(&path).await;
    let memory = store.memory(after(100)).await.unwrap();
    assert_eq!(memory.episodes, [ended, open_one.clone()]);
    assert_eq!(memory.snoozes, [snooze]);
    assert_eq!(memory.acks, [ack("k", Some("am-eu"))]);
    assert_eq!(memory.comments[&open_one.id], [(noon(), "ana".to_owned(), "looks like DNS".to_owned())]);
    assert_eq!(memory.comments.len(), 1);
}

#[tokio::test]
async fn what_ran_out_is_not_told_and_open_incidents_always_are() {
    let store = Store::open_in_memory().await.unwrap();
    let old = episode("A", noon());
    let ended = Episode { resolved: Some(after(60)), ..episode("B", after(5)) };
    store.save_episodes(&[old.clone(), ended]).await.unwrap();
    store.put_ack(&ack("k", None)).await.unwrap();
    let snooze = Snoozed { incident: old.id, operator: "ana".into(), starts: noon(), until: after(60) };
    store.snooze(&snooze).await.unwrap();
    let comment = entry("comment", &old.id.to_string(), "still");
    store.append(comment).await.unwrap();
    let memory = store.memory(noon() + TimeDelta::days(91)).await.unwrap();
    assert_eq!(memory.episodes, std::slice::from_ref(&old));
    assert_eq!((memory.acks.len(), memory.snoozes.len(), memory.comments[&old.id].len()), (0, 0, 1));
    store.forget(noon() + TimeDelta::days(500)).await.unwrap();
    let memory = store.memory(after(30)).await.unwrap();
    assert_eq!((memory.episodes.len(), memory.acks.len(), memory.snoozes.len()), (1, 0, 0));
}

#[tokio::test]
async fn a_snooze_is_replaced_and_ended() {
    let store = Store::open_in_memory().await.unwrap();
    let snooze = Snoozed { incident: IncidentId(1), operator: "ana".into(), starts: noon(), until: after(60) };
    let longer = Snoozed { until: after(90), ..snooze.clone() };
    store.snooze(&snooze).await.unwrap();
    store.snooze(&longer).await.unwrap();
    assert_eq!(store.memory(noon()).await.unwrap().snoozes, [longer]);
    assert!(!store.unsnooze(IncidentId(1), "bo").await.unwrap());
    assert!(store.unsnooze(IncidentId(1), "ana").await.unwrap());
    assert_eq!(store.memory(noon()).await.unwrap().snoozes, []);
}

#[tokio::test]
async fn whoever_opens_a_group_second_joins_the_first() {
    let (_dir, path) = file();
    let (one, two) = (open(&path).await, open(&path).await);
    for round in 0..50 {
        let name = format!("G{round}");
        let (first, second) = ([episode(&name, after(0))], [episode(&name, after(1))]);
        let (a, b) = tokio::join!(one.save_episodes(&first), two.save_episodes(&second));
        let (a, b) = (a.unwrap()[0], b.unwrap()[0]);
        assert_eq!(a.id, b.id);
        assert!(a.is_news != b.is_news, "one of them began it");
    }
    let episodes = one.memory(after(10)).await.unwrap().episodes;
    assert_eq!(episodes.len(), 50);
    // Whoever won, the first sight and the last are those of both.
    assert!(episodes.iter().all(|stored| (stored.first_seen, stored.last_seen) == (after(0), after(1))));
}

#[tokio::test]
async fn one_call_can_end_an_episode_and_begin_the_next_of_its_group() {
    let store = Store::open_in_memory().await.unwrap();
    let first = episode("A", noon());
    store.save_episodes(std::slice::from_ref(&first)).await.unwrap();
    let next = episode("A", after(600));
    let ended = Episode { resolved: Some(after(300)), ..first.clone() };
    let kept = store.save_episodes(&[next.clone(), ended.clone()]).await.unwrap();
    assert_eq!(
        kept.iter().map(|kept| (kept.id, kept.is_news)).collect::<Vec<_>>(),
        [(next.id, true), (first.id, true)]
    );
    assert_eq!(store.memory(after(700)).await.unwrap().episodes, [next, ended]);
}

#[tokio::test]
async fn one_who_does_not_know_yet_takes_nothing_back() {
    let store = Store::open_in_memory().await.unwrap();
    let told = episode("A", noon());
    let mitigated = Episode { mitigated: true, ..told.clone() };
    store.save_episodes(&[mitigated]).await.unwrap();
    store.save_episodes(std::slice::from_ref(&told)).await.unwrap();
    assert!(store.memory(noon()).await.unwrap().episodes[0].mitigated);
    assert!(store.mitigate(told.id, false).await.unwrap());
    assert!(!store.mitigate(told.id, false).await.unwrap());

    let ended = Episode { resolved: Some(after(60)), last_seen: after(50), ..told.clone() };
    store.save_episodes(std::slice::from_ref(&ended)).await.unwrap();
    let late = Episode { last_seen: after(55), ..told.clone() };
    store.save_episodes(&[late]).await.unwrap();
    assert_eq!(store.memory(after(60)).await.unwrap().episodes[0].resolved, Some(after(60)));
    // Seen to fire after that, it did not end after all.
    let again = Episode { last_seen: after(65), ..told };
    store.save_episodes(std::slice::from_ref(&again)).await.unwrap();
    assert_eq!(store.memory(after(70)).await.unwrap().episodes, [again]);
}

#[tokio::test]
async fn ten_thousand_at_once() {
    let (_dir, path) = file();
    let store = open(&path).await;
    let mut all: Vec<Episode> = (0..10_000).map(|at| episode(&format!("A{at}"), after(at))).collect();
    // Each within the deadline of one call, also in a debug build on a busy machine.
    store.save_episodes(&all).await.unwrap();
    for episode in &mut all {
        episode.last_seen = after(20_000);
    }
    store.save_episodes(&all).await.unwrap();
    let memory = store.memory(after(30_000)).await.unwrap();
    assert_eq!(memory.episodes.len(), 5_000);
    assert_eq!(memory.episodes[0].since, after(9_999));
}

#[tokio::test]
async fn the_counter_moves_with_what_others_remember_and_with_nothing_else() {
    use crate::domain::Reading;
    use crate::domain::signal::{SignalKey, SignalKind};
    let (_dir, path) = file();
    let (one, two) = (open(&path).await, open(&path).await);
    let start = two.change_counter().await.unwrap();
    let key = SignalKey { service: "host".into(), kind: SignalKind::Saturation, part: String::new() };
    one.save_readings(&[(key, Reading { at: noon(), value: Some(1.0) })]).await.unwrap();
    one.set("last_seen", "x").await.unwrap();
    assert_eq!(two.change_counter().await.unwrap(), start);
    let told = episode("A", noon());
    one.save_episodes(std::slice::from_ref(&told)).await.unwrap();
    let began = two.change_counter().await.unwrap();
    assert_ne!(began, start);
    assert_eq!(one.change_counter().await.unwrap(), began);
    one.save_episodes(&[Episode { last_seen: after(9), ..told }]).await.unwrap();
    assert_eq!(two.change_counter().await.unwrap(), began);
    two.append(entry("comment", "t", "x")).await.unwrap();
    assert_ne!(one.change_counter().await.unwrap(), began);
    let memory = Store::open_in_memory().await.unwrap();
    let start = memory.change_counter().await.unwrap();
    memory.put_ack(&ack("k", None)).await.unwrap();
    assert_ne!(memory.change_counter().await.unwrap(), start);
}
