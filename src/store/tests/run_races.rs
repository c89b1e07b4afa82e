//! Two operators on one store, both at the same moment, two hundred times.

use std::sync::Arc;

use tokio::sync::Barrier;

use super::made::{end, ended, outcome, refused, request, run, said, start, warm};
use super::*;
use crate::domain::remediation::run::{Ending, Request, Run};
use crate::store::{Begun, Proof, Start};

const ROUNDS: u64 = 200;

/// Lets two do something at the same moment.
async fn both<T, A, B>(one: A, other: B) -> (T, T)
where
    T: Send + 'static,
    A: Future<Output = T> + Send + 'static,
    B: Future<Output = T> + Send + 'static,
{
    let barrier = Arc::new(Barrier::new(2));
    let (here, there) = (Arc::clone(&barrier), barrier);
    let one = tokio::spawn(async move {
        here.wait().await;
        one.await
    });
    let other = tokio::spawn(async move {
        there.wait().await;
        other.await
    });
    let (one, other) = tokio::join!(one, other);
    (one.unwrap(), other.unwrap())
}

async fn begin(store: Store, start: Start) -> Begun {
    store.begin_run(&start).await.unwrap()
}

/// When a round begins: an hour after the one before, so that nothing cools down any more.
fn base(round: u64) -> i64 {
    i64::try_from(round).unwrap() * 3_600
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_operators_one_runs_it_and_then_both_wait() {
    let (_dir, path) = file();
    let (one, two) = (open(&path).await, open(&path).await);
    let mut wins = [0, 0];
    for round in 0..ROUNDS {
        let now = base(round);
        let runs = [run(round * 4 + 1, "ana", now), run(round * 4 + 2, "bo", now)];
        let [ana, bo] = runs.clone().map(start);
        let begun = both(begin(one.clone(), ana), begin(two.clone(), bo)).await;
        let (winner, words) = match begun {
            (Begun::Yours, Begun::Refused(words)) => (0, words),
            (Begun::Refused(words), Begun::Yours) => (1, words),
            other => panic!("round {round}: {other:?}"),
        };
        wins[winner] += 1;
        let won = &runs[winner];
        let since = won.started.format("%H:%M");
        assert_eq!(words, format!("{} runs it since {since}", won.operator.name), "round {round}");

        // Its own midwatch ends it, and another takes it for abandoned at the same moment.
        let finish = |store: Store, ending| {
            let over = ended(won, now + 5, ending);
            async move { store.end_run(&over, &said("x"), outcome(&over)).await.unwrap() }
        };
        let lost = Ending::Unknown("nobody vouches for it".to_owned());
        let (here, there) = both(finish(one.clone(), Ending::Ok), finish(two.clone(), lost)).await;
        assert_ne!(here, there, "round {round}: a run ends once");

        let [ana, bo] = [run(round * 4 + 3, "ana", now + 599), run(round * 4 + 4, "bo", now + 599)].map(start);
        let (ana, bo) = both(begin(one.clone(), ana), begin(two.clone(), bo)).await;
        for words in [refused(ana), refused(bo)] {
            assert!(words.starts_with("it cools down until"), "round {round}: {words}");
        }
    }
    assert!(wins.iter().all(|won| *won > 0), "{wins:?}: there was no race");
    // Each run has its intent and its outcome, and nothing else was written.
    assert!(
        matches!(one.verify().await.unwrap(), Proof::Sound { rows, .. } if rows == 2 * i64::try_from(ROUNDS).unwrap())
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_approval_is_one_run_and_never_the_askers_own() {
    let (_dir, path) = file();
    let (one, two) = (open(&path).await, open(&path).await);
    let who = |name: &str| Operator::new(name, "laptop");
    let mut wins = [0, 0];
    for round in 0..ROUNDS {
        let (now, id) = (base(round), RunId(round + 1));
        let asked = Request { id, asked: after(now), expires: after(now + 3_600), ..request(0, "ana") };
        one.put_request(&asked).await.unwrap();
        // Ana has two terminals; every other time the second one is carol's.
        let second = if round % 2 == 0 { "ana" } else { "carol" };
        let wish = move |run: Run| Start { request: Some(id), ..start(run) };
        let (first, other) = (warm(round * 4 + 1, "ana", now + 9), warm(round * 4 + 2, second, now + 9));
        let (a, b) = both(begin(one.clone(), wish(first.clone())), begin(two.clone(), wish(other.clone()))).await;
        assert_eq!(
            (refused(a), refused(b)),
            ("a second person has not agreed".into(), "a second person has not agreed".into())
        );

        let agree = |store: Store, by: Operator| async move { store.approve(id, &by, after(now + 5)).await.unwrap() };
        let (own, others) = both(agree(one.clone(), who("Ana")), agree(two.clone(), who("bo"))).await;
        assert_eq!(own.unwrap_err(), "ana asked for it: another operator must agree", "round {round}");
        assert_eq!(others.unwrap().approved_by, Some(who("bo")), "round {round}");

        // Whoever gets it ends it at once, so that neither lock nor cool-down can stand in for the approval.
        let go = move |store: Store, run: Run| async move {
            let begun = store.begin_run(&wish(run.clone())).await.unwrap();
            if begun == Begun::Yours {
                assert!(end(&store, &run, now + 10).await);
            }
            begun
        };
        let words = match both(go(one.clone(), first), go(two.clone(), other)).await {
            (Begun::Yours, Begun::Refused(words)) => (wins[0] += 1, words).1,
            (Begun::Refused(words), Begun::Yours) => (wins[1] += 1, words).1,
            others => panic!("round {round}: {others:?}"),
        };
        assert!(words.contains("runs it since") || words.contains("was run"), "round {round}: {words}");
        let late = warm(round * 4 + 3, "ana", now + 20);
        let words = refused(one.begin_run(&wish(late)).await.unwrap());
        assert_eq!(words, "the request was run, taken back or refused: ask again");
    }
    assert!(wins.iter().all(|won| *won > 0), "{wins:?}: there was no race");
    let told = one.memory(after(base(ROUNDS))).await.unwrap();
    assert_eq!((told.requests.len(), told.runs.len()), (0, 200));
    assert!(told.runs.iter().all(|run| run.approved_by.as_deref() == Some("bo")));
    assert!(matches!(one.verify().await.unwrap(), Proof::Sound { rows: 400, .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_is_taken_back_does_not_run_as_well() {
    let (_dir, path) = file();
    let (one, two) = (open(&path).await, open(&path).await);
    for round in 0..ROUNDS {
        let (now, id) = (base(round), RunId(round + 1));
        let asked = Request { id, asked: after(now), expires: after(now + 3_600), ..request(0, "ana") };
        one.put_request(&asked).await.unwrap();
        one.approve(id, &Operator::new("bo", "laptop"), after(now)).await.unwrap().unwrap();
        let (store, run) = (one.clone(), warm(round + 1, "ana", now + 5));
        let runs = async move {
            let start = Start { request: Some(id), ..start(run) };
            store.begin_run(&start).await.unwrap() == Begun::Yours
        };
        let store = two.clone();
        let (ran, closed) = both(runs, async move { store.close_request(id).await.unwrap() }).await;
        assert_ne!(ran, closed, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_that_heal_by_themselves_share_one_allowance() {
    let (_dir, path) = file();
    let (one, two) = (open(&path).await, open(&path).await);
    for round in 0..ROUNDS {
        let now = base(round);
        let heal = |id, target: &str| {
            let run = Run { auto: true, target: target.to_owned(), ..warm(id, "midwatch", now) };
            Start { at_most: Some((1, after(now - 3_599))), ..start(run) }
        };
        let (a, b) = (heal(round * 2 + 1, "db-1"), heal(round * 2 + 2, "db-2"));
        let words = match both(begin(one.clone(), a), begin(two.clone(), b)).await {
            (Begun::Yours, Begun::Refused(words)) | (Begun::Refused(words), Begun::Yours) => words,
            others => panic!("round {round}: {others:?}"),
        };
        assert!(words.starts_with("it ran by itself once within"), "round {round}: {words}");
    }
}
