//! Runs: the lock, the cool-down, the ending, and what is left of one that nobody ended.

use super::made::{end, ended, outcome, refused, run, said, start, warm};
use super::*;
use crate::domain::remediation::RemedyId;
use crate::domain::remediation::run::{Ending, Run};
use crate::store::{Begun, JournalQuery, Proof, Start, StoreErrorKind};

async fn store() -> Store {
    Store::open_in_memory().await.unwrap()
}

async fn outcomes(store: &Store, run: RunId) -> Vec<Outcome> {
    let about = JournalQuery { target: Some(run.to_string()), newest_first: false, ..JournalQuery::default() };
    store.journal(about).await.unwrap().into_iter().map(|row| row.entry.outcome).collect()
}

#[tokio::test]
async fn a_run_is_told_as_it_began_and_as_it_ended() {
    let (_dir, path) = file();
    let store = open(&path).await;
    let begun = run(1, "ana", 0);
    assert_eq!(store.begin_run(&start(begun.clone())).await.unwrap(), Begun::Yours);
    assert_eq!(outcomes(&store, begun.id).await, [Outcome::Intent]);
    assert_eq!(store.memory(after(1)).await.unwrap().runs, std::slice::from_ref(&begun));
    assert_eq!(store.output_of(begun.id).await.unwrap(), None);
    // A process group of the highest number, begun as late as ticks can tell.
    store.vouch_for_run(begun.id, after(60), Some((i32::MAX, u64::MAX))).await.unwrap();
    store.vouch_for_run(begun.id, after(45), None).await.unwrap();
    let vouched = Run { lease: after(60), process: Some((i32::MAX, u64::MAX)), ..begun.clone() };
    assert_eq!(store.last_run("restart", "db-2").await.unwrap(), Some(vouched.clone()));

    let over = ended(&vouched, 42, Ending::Unverified("is-active: exit 3".to_owned()));
    assert!(store.end_run(&over, &said("restarted"), outcome(&over)).await.unwrap());
    store.close().await;
    let store = open(&path).await;
    assert_eq!(store.memory(after(60)).await.unwrap().runs, std::slice::from_ref(&over));
    assert_eq!(store.output_of(begun.id).await.unwrap(), Some(said("restarted")));
    let failed = Outcome::Failed("ran, but not verified: is-active: exit 3".to_owned());
    assert_eq!(outcomes(&store, begun.id).await, [Outcome::Intent, failed]);
    assert_eq!(store.last_run("restart", "db-3").await.unwrap(), None);
}

#[tokio::test]
async fn while_one_runs_it_the_other_is_told_who_and_since_when() {
    let store = store().await;
    assert_eq!(store.begin_run(&start(run(1, "ana", 12 * 60))).await.unwrap(), Begun::Yours);
    let other = start(run(2, "bo", 12 * 60 + 20));
    assert_eq!(refused(store.begin_run(&other).await.unwrap()), "ana runs it since 12:12");
    assert_eq!(
        store.run_hurdle("restart", "db-2", after(740)).await.unwrap().as_deref(),
        Some("ana runs it since 12:12")
    );
    // What was refused left nothing behind.
    assert_eq!(outcomes(&store, RunId(2)).await, []);
    assert_eq!(store.memory(after(740)).await.unwrap().runs.len(), 1);
    // Another target and another remedy are other locks.
    let elsewhere = Run { target: "db-3".to_owned(), ..run(3, "bo", 730) };
    assert_eq!(store.begin_run(&start(elsewhere)).await.unwrap(), Begun::Yours);
    let another = Run { remedy: RemedyId::new("vacuum"), ..run(4, "bo", 730) };
    assert_eq!(store.begin_run(&start(another)).await.unwrap(), Begun::Yours);
}

#[tokio::test]
async fn after_its_end_it_cools_down_for_everybody() {
    let store = store().await;
    let first = run(1, "ana", 12 * 60);
    store.begin_run(&start(first.clone())).await.unwrap();
    assert!(end(&store, &first, 12 * 60 + 8).await);
    for by in ["ana", "bo"] {
        let again = start(run(2, by, 16 * 60 + 20));
        let words = "it cools down until 12:22 (ana ran it 4 min ago: ok)";
        assert_eq!(refused(store.begin_run(&again).await.unwrap()), words);
    }
    let almost = after(22 * 60) - TimeDelta::milliseconds(1);
    assert!(store.run_hurdle("restart", "db-2", almost).await.unwrap().is_some());
    assert_eq!(store.run_hurdle("restart", "db-2", after(22 * 60)).await.unwrap(), None);
    assert_eq!(store.begin_run(&start(run(3, "bo", 22 * 60))).await.unwrap(), Begun::Yours);
}

#[tokio::test]
async fn what_another_said_of_its_end_cannot_trick_the_screen() {
    let store = store().await;
    let first = run(1, "ana\u{1b}[2J", 0);
    store.begin_run(&start(first.clone())).await.unwrap();
    let over = ended(&first, 5, Ending::Failed(format!("exit 1\u{202e}\n{}", "x".repeat(5_000))));
    assert!(store.end_run(&over, &Output::default(), outcome(&over)).await.unwrap());
    let words = store.run_hurdle("restart", "db-2", after(60)).await.unwrap().unwrap();
    assert!(words.starts_with("it cools down until 12:10 (ana ran it 1 min ago: failed: exit 1· xxx"), "{words}");
    assert!(words.chars().count() < 200 && words.ends_with("…)"), "{words}");
}

#[tokio::test]
async fn a_run_ends_once() {
    let store = store().await;
    let first = run(1, "ana", 0);
    store.begin_run(&start(first.clone())).await.unwrap();
    assert!(end(&store, &first, 5).await);
    let again = ended(&first, 9, Ending::Unknown("nobody vouches for it".to_owned()));
    assert!(!store.end_run(&again, &said("later"), outcome(&again)).await.unwrap());
    store.vouch_for_run(first.id, after(900), Some((1, 1))).await.unwrap();
    assert_eq!(store.memory(after(10)).await.unwrap().runs, [ended(&first, 5, Ending::Ok)]);
    assert_eq!(store.output_of(first.id).await.unwrap(), Some(said("done")));
    assert_eq!(outcomes(&store, first.id).await, [Outcome::Intent, Outcome::Done]);
    assert!(!end(&store, &run(99, "ana", 0), 5).await, "one that never began");
    assert!(matches!(store.verify().await.unwrap(), Proof::Sound { rows: 2, .. }));
}

#[tokio::test]
async fn one_that_nobody_vouches_for_holds_no_lock_but_cools_down() {
    let store = store().await;
    store.begin_run(&start(run(1, "ana", 0))).await.unwrap();
    assert_eq!(store.abandoned_runs(after(30)).await.unwrap(), []);
    assert_eq!(
        store.run_hurdle("restart", "db-2", after(30)).await.unwrap().as_deref(),
        Some("ana runs it since 12:00")
    );
    assert_eq!(store.abandoned_runs(after(31)).await.unwrap(), [run(1, "ana", 0)]);
    let words = "it cools down until 12:10 (ana ran it 2 min ago: outcome unknown)";
    assert_eq!(refused(store.begin_run(&start(run(2, "bo", 150))).await.unwrap()), words);
    assert_eq!(store.begin_run(&start(run(3, "bo", 600))).await.unwrap(), Begun::Yours);
    // Still there to be told, and to be ended.
    let told: Vec<RunId> = store.memory(after(601)).await.unwrap().runs.iter().map(|run| run.id).collect();
    assert_eq!(told, [RunId(3), RunId(1)]);
}

#[tokio::test]
async fn by_itself_it_runs_so_often_and_no_more() {
    let store = store().await;
    let by_itself = |id, target: &str, seconds| {
        let run = Run { auto: true, target: target.to_owned(), ..warm(id, "midwatch", seconds) };
        Start { at_most: Some((3, after(seconds - 3_600))), ..start(run) }
    };
    // By hand it does not count.
    let by_hand = warm(9, "ana", 1);
    store.begin_run(&start(by_hand.clone())).await.unwrap();
    end(&store, &by_hand, 2).await;
    for (id, target) in [(1, "db-1"), (2, "db-2"), (3, "db-2")] {
        let start = by_itself(id, target, i64::try_from(id).unwrap() * 60);
        assert_eq!(store.begin_run(&start).await.unwrap(), Begun::Yours);
        assert!(end(&store, &start.run, 200).await);
    }
    let words = refused(store.begin_run(&by_itself(4, "db-3", 300)).await.unwrap());
    assert_eq!(words, "it ran by itself 3 times within 1 h");
    assert_eq!(store.begin_run(&start(warm(5, "ana", 300))).await.unwrap(), Begun::Yours);
    assert_eq!(store.begin_run(&by_itself(6, "db-3", 3_661)).await.unwrap(), Begun::Yours);
}

#[tokio::test]
async fn an_id_is_given_once_and_a_refused_intent_refuses_the_run() {
    let (_dir, path) = file();
    let store = open(&path).await;
    store.begin_run(&start(warm(1, "ana", 0))).await.unwrap();
    let same = start(Run { target: "db-3".to_owned(), ..warm(1, "bo", 5) });
    assert_eq!(store.begin_run(&same).await.unwrap_err().kind, StoreErrorKind::Refused);
    // Whatever keeps the intent from being written keeps the run from beginning.
    past_midwatch(
        &path,
        "CREATE TRIGGER no_more BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'no journal today'); END",
    )
    .await
    .unwrap();
    let other = start(Run { target: "db-4".to_owned(), ..warm(2, "bo", 5) });
    let error = store.begin_run(&other).await.unwrap_err();
    assert!(error.what.contains("could not begin a run") && error.what.contains("no journal today"), "{error}");
    let over = ended(&run(1, "ana", 0), 5, Ending::Ok);
    store.end_run(&over, &said("x"), outcome(&over)).await.unwrap_err();
    let told = store.memory(after(6)).await.unwrap().runs;
    assert_eq!(told, [warm(1, "ana", 0)], "neither begun nor ended without its row");
}

#[tokio::test]
async fn the_newest_are_told_and_those_that_run_always() {
    let store = store().await;
    store.begin_run(&start(Run { target: "old".to_owned(), ..warm(1, "ana", 0) })).await.unwrap();
    for id in 2..=240_u64 {
        let run = warm(id, "ana", i64::try_from(id).unwrap());
        store.begin_run(&start(run.clone())).await.unwrap();
        end(&store, &run, 300).await;
    }
    let told: Vec<u64> = store.memory(after(400)).await.unwrap().runs.iter().map(|run| run.id.0).collect();
    let expected: Vec<u64> = (41..=240).rev().chain([1]).collect();
    assert_eq!(told, expected);
}
