//! Several operators on one store, all at the same moment.

use std::collections::BTreeSet;

use tokio::task::JoinSet;

use super::made::went;
use super::*;
use crate::domain::checklist::walk::End;
use crate::store::{JournalQuery, Proof};

const ROUNDS: u64 = 60;

/// Runs all at the same moment; their answers as they come.
async fn together<T: Send + 'static>(
    work: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let work: Vec<_> = work.into_iter().collect();
    let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(work.len()));
    let mut all = JoinSet::new();
    for work in work {
        let barrier = std::sync::Arc::clone(&barrier);
        all.spawn(async move {
            barrier.wait().await;
            work.await
        });
    }
    all.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_eight_who_begin_one_does_and_the_others_join() {
    let (_dir, path) = file();
    let stores = [open(&path).await, open(&path).await];
    let mut winners = BTreeSet::new();
    for round in 0..ROUNDS {
        let begin = |at: u64| {
            let (store, mine) = (stores[usize::try_from(at % 2).unwrap()].clone(), WalkId(round * 8 + at));
            let walk = walk(mine.0, "daily", &format!("op-{at}"), 0);
            async move { (mine, store.begin_walk(&walk).await.unwrap()) }
        };
        let answers = together((0..8).map(begin)).await;
        let open: BTreeSet<WalkId> = answers.iter().map(|(_, walk)| walk.id).collect();
        let winner = *open.first().unwrap();
        assert_eq!(open.len(), 1, "round {round}: {open:?}");
        assert!(answers.iter().any(|(mine, _)| *mine == winner));
        winners.insert(winner.0 % 2);
        assert_eq!(stores[0].end_walk(winner, &completed("ana", 9)).await.unwrap(), Said::Kept);
    }
    assert_eq!(winners.len(), 2, "there was no race");
    let rows = stores[1].journal(JournalQuery::default()).await.unwrap();
    let began = rows.iter().filter(|row| row.entry.action == "walk.began").count();
    assert_eq!((began, rows.len()), (60, 120));
    assert!(matches!(stores[0].verify().await.unwrap(), Proof::Sound { rows: 120, .. }));
}

/// What somebody does in a race.
#[derive(Debug)]
enum Did {
    End(End, Said),
    Update(UpdateId, Said),
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_walk_ends_once_and_takes_nothing_after_that() {
    let (_dir, path) = file();
    let stores = [open(&path).await, open(&path).await];
    let (mut ended_by, mut came_early, mut came_late) = (BTreeSet::new(), 0, 0);
    for round in 0..ROUNDS {
        let id = WalkId(round);
        stores[0].begin_walk(&walk(round, "daily", "ana", 0)).await.unwrap();
        let act = |at: u64| {
            let store = stores[usize::try_from(at % 2).unwrap()].clone();
            let name = format!("op-{at}");
            async move {
                if at < 3 {
                    let end = completed(&name, 60);
                    let said = store.end_walk(id, &end).await.unwrap();
                    Did::End(end, said)
                } else {
                    let update = went(round * 100 + at, Outcome::Done, &name, "");
                    Did::Update(update.id, store.add_to_walk(id, &update).await.unwrap())
                }
            }
        };
        // Who is asked first takes turns.
        let order = (0..8).map(|at| (at + round) % 8);
        let answers = together(order.map(act)).await;
        let whole = stores[1].walk(id).await.unwrap().unwrap();
        let end = whole.ended.clone().unwrap();
        let kept: BTreeSet<UpdateId> = whole.updates().iter().map(|update| update.id).collect();
        ended_by.insert(end.by.name.clone());
        for answer in answers {
            match answer {
                Did::End(mine, Said::Kept) => assert_eq!(mine, end, "round {round}"),
                Did::Update(update, Said::Kept) => {
                    came_early += 1;
                    assert!(kept.contains(&update), "round {round}: {update} is lost");
                }
                Did::End(mine, Said::Ended(first)) => assert!(first == end && mine != end, "round {round}"),
                Did::Update(update, Said::Ended(first)) => {
                    came_late += 1;
                    assert!(first == end && !kept.contains(&update), "round {round}: {update} was kept");
                }
                gone => panic!("round {round}: {gone:?}"),
            }
        }
        // The short form has counted what was kept and nothing else.
        let short = stores[0].memory(after(99)).await.unwrap().walked;
        assert_eq!(short.iter().find(|walked| walked.id == id), Some(&whole.walked(&end)));
    }
    assert!(ended_by.len() > 1 && came_early > 0 && came_late > 0, "{ended_by:?} {came_early} {came_late}: no race");
    let ends = stores[0].journal(JournalQuery::default()).await.unwrap();
    assert_eq!(ends.iter().filter(|row| row.entry.action == "walk.completed").count(), 60);
}
