//! Acks, the lease to renew them, the claim to make them.

use super::*;
use crate::store::Claim;

#[tokio::test]
async fn an_ack_is_kept_renewed_and_dropped() {
    let store = Store::open_in_memory().await.unwrap();
    let first = ack("a", Some("am-eu"));
    store.put_ack(&first).await.unwrap();
    let (old, new) = (MuteId::new("a"), MuteId::new("b"));
    assert!(store.lease_ack(&old, "p1", noon(), after(30)).await.unwrap());
    assert!(store.extend_ack(&old, &new, after(1_800)).await.unwrap());
    assert!(!store.extend_ack(&old, &new, after(1_800)).await.unwrap());
    let renewed = LocalAck { id: new.clone(), ends: after(1_800), ..first };
    assert_eq!(store.memory(after(1_000)).await.unwrap().acks, std::slice::from_ref(&renewed));
    // The renewal ended the lease, and putting what is known by both ids leaves one ack.
    assert!(store.lease_ack(&new, "p2", noon(), after(30)).await.unwrap());
    store.put_ack(&ack("c", Some("am-eu"))).await.unwrap();
    assert!(store.extend_ack(&MuteId::new("c"), &new, after(1_800)).await.unwrap());
    assert_eq!(store.memory(after(1_000)).await.unwrap().acks, [renewed]);
    assert!(store.drop_ack(&new).await.unwrap());
    assert!(!store.drop_ack(&new).await.unwrap());
    assert_eq!(store.memory(noon()).await.unwrap().acks, []);
}

#[tokio::test]
async fn a_lease_has_one_holder_until_it_lapses_or_is_given_back() {
    let store = Store::open_in_memory().await.unwrap();
    store.put_ack(&ack("a", Some("am-eu"))).await.unwrap();
    let id = MuteId::new("a");
    let lease = |holder, now: i64| store.lease_ack(&id, holder, after(now), after(now + 30));
    assert!(lease("p1", 0).await.unwrap());
    assert!(!lease("p2", 10).await.unwrap());
    assert!(lease("p1", 20).await.unwrap());
    assert!(!lease("p2", 49).await.unwrap());
    assert!(lease("p2", 50).await.unwrap());
    store.release_ack(&id, "p1").await.unwrap();
    assert!(!lease("p1", 51).await.unwrap());
    store.release_ack(&id, "p2").await.unwrap();
    assert!(lease("p1", 51).await.unwrap());
    assert!(!store.lease_ack(&MuteId::new("gone"), "p1", noon(), after(30)).await.unwrap());
}

#[tokio::test]
async fn a_claim_is_given_once_and_the_other_is_told_who_has_it() {
    let store = Store::open_in_memory().await.unwrap();
    let source = SourceName::new("am-eu");
    let claim = |incident, source, holder, now: i64| {
        store.claim_ack(IncidentId(incident), source, "k", holder, after(now), after(now + 30))
    };
    let taken = Claim::Taken { by: "p1".to_owned(), until: after(30) };
    assert_eq!(claim(7, Some(&source), "p1", 0).await.unwrap(), Claim::Yours);
    assert_eq!(claim(7, Some(&source), "p2", 1).await.unwrap(), taken);
    assert_eq!(claim(7, Some(&source), "p1", 1).await.unwrap(), taken);
    assert_eq!(claim(7, None, "p2", 1).await.unwrap(), Claim::Yours);
    assert_eq!(claim(8, Some(&source), "p2", 1).await.unwrap(), Claim::Yours);
    assert_eq!(claim(7, Some(&source), "p2", 30).await.unwrap(), Claim::Yours);
    // Taken back, or not made after all: free at once.
    store.put_ack(&ack("a", Some("am-eu"))).await.unwrap();
    store.drop_ack(&MuteId::new("a")).await.unwrap();
    assert_eq!(claim(7, Some(&source), "p1", 31).await.unwrap(), Claim::Yours);
    store.release_claim(IncidentId(7), Some(&source), "k", "p2").await.unwrap();
    assert!(matches!(claim(7, Some(&source), "p2", 32).await.unwrap(), Claim::Taken { .. }));
    store.release_claim(IncidentId(7), Some(&source), "k", "p1").await.unwrap();
    assert_eq!(claim(7, Some(&source), "p2", 32).await.unwrap(), Claim::Yours);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_claim_or_lease_at_the_same_time_one_gets_it() {
    let (_dir, path) = file();
    let (one, two) = (open(&path).await, open(&path).await);
    let source = SourceName::new("am-eu");
    for round in 0..200_u64 {
        let start = std::sync::Arc::new(tokio::sync::Barrier::new(2));
        let race = |store: Store, holder: &'static str| {
            let (start, source) = (std::sync::Arc::clone(&start), source.clone());
            tokio::spawn(async move {
                start.wait().await;
                let claim =
                    store.claim_ack(IncidentId(round), Some(&source), "k", holder, noon(), after(30)).await.unwrap();
                let id = MuteId::new(&format!("ack-{round}"));
                if claim == Claim::Yours {
                    store.put_ack(&LocalAck { id: id.clone(), ..ack("", Some("am-eu")) }).await.unwrap();
                }
                start.wait().await;
                (claim, store.lease_ack(&id, holder, noon(), after(30)).await.unwrap())
            })
        };
        let (a, b) = tokio::join!(race(one.clone(), "p1"), race(two.clone(), "p2"));
        let ((a_claim, a_lease), (b_claim, b_lease)) = (a.unwrap(), b.unwrap());
        match (&a_claim, &b_claim) {
            (Claim::Yours, Claim::Taken { by, .. }) => assert_eq!(by, "p1"),
            (Claim::Taken { by, .. }, Claim::Yours) => assert_eq!(by, "p2"),
            both => panic!("round {round}: {both:?}"),
        }
        assert_ne!(a_lease, b_lease, "round {round}");
    }
    assert_eq!(one.memory(noon()).await.unwrap().acks.len(), 200);
}
