//! The same with real processes, and what is left when one is killed in the middle of a walk.

use std::collections::{BTreeMap, BTreeSet};

use super::made::went;
use super::*;
use crate::store::tests::others::{self, Other, both, say};
use crate::store::{JournalQuery, Proof};

/// How many updates each of two processes makes.
const EACH: u64 = 500;

#[tokio::test]
async fn child() {
    // Run by the tests below as a process of its own; among the other tests it has nothing to do.
    others::serve(async |store, name, order, numbers| obey(store, name, order, numbers).await).await;
}

/// The update with this number: every seventh fails.
fn numbered(id: u64, by: &str) -> Update {
    let item = ["error-logs", "latency", "colour", "disk"][usize::try_from(id % 4).unwrap()];
    let outcome = if id.is_multiple_of(7) { Outcome::Failed } else { Outcome::Done };
    Update { item: Some(crate::domain::checklist::ItemId::new(item)), ..went(id, outcome, by, &format!("why {id}")) }
}

async fn obey(store: &Store, name: &str, order: &str, numbers: &[u64]) -> String {
    let [walk, number] = numbers[..] else { panic!("{order} {numbers:?}") };
    let id = WalkId(walk);
    match order {
        "begin" => {
            let mine = made::walk(number, &format!("list-{walk}"), name, 0);
            store.begin_walk(&mine).await.unwrap().id.to_string()
        }
        "add" => {
            for n in number..number + EACH {
                assert_eq!(store.add_to_walk(id, &numbered(n, name)).await.unwrap(), Said::Kept);
                // As if no answer had come: the same again, or one from a while ago.
                let again = if n % 3 == 0 { n } else { number + (n - number) / 2 };
                if n % 3 < 2 {
                    assert_eq!(store.add_to_walk(id, &numbered(again, name)).await.unwrap(), Said::Kept);
                }
            }
            "added".to_owned()
        }
        "end" => match store.end_walk(id, &completed(name, i64::try_from(number).unwrap())).await.unwrap() {
            Said::Kept => "ended".to_owned(),
            Said::Ended(end) => format!("ended by {}", end.by.name),
            Said::Gone => "gone".to_owned(),
        },
        // One update after the other until it is killed.
        "work" => {
            for n in number.. {
                assert_eq!(store.add_to_walk(id, &numbered(n, name)).await.unwrap(), Said::Kept);
                say(&format!("kept {n}"));
            }
            String::new()
        }
        other => panic!("{other}"),
    }
}

fn start(path: &Path, name: &str) -> Other {
    Other::start("store::tests::walks::processes::child", path, name)
}

#[tokio::test]
async fn two_processes_begin_one_walk_and_end_it_once() {
    let (_dir, path) = file();
    let store = open(&path).await;
    let (mut ana, mut bo) = (start(&path, "ana"), start(&path, "bo"));
    for round in 0..100_u64 {
        let ids = [round * 2 + 1, round * 2 + 2];
        let orders = ids.map(|id| format!("begin {round} {id}"));
        let [one, other] = both(&mut ana, &mut bo, round, [&orders[0], &orders[1]]);
        assert_eq!(one, other, "round {round}");
        let walk = WalkId::parse(&one).unwrap().0;
        assert!(ids.contains(&walk), "round {round}");
        let end = format!("end {walk} 60");
        let mut ends = both(&mut ana, &mut bo, round, [&end, &end]);
        ends.sort();
        assert!(ends[0] == "ended" && ends[1].starts_with("ended by "), "round {round}: {ends:?}");
    }
    ana.leave();
    bo.leave();
    assert!(matches!(store.verify().await.unwrap(), Proof::Sound { rows: 200, .. }));
    assert_eq!(store.memory(after(90)).await.unwrap().walked.len(), 100);
}

#[tokio::test]
async fn of_a_thousand_updates_by_two_processes_none_is_lost_and_none_doubled() {
    let (_dir, path) = file();
    let store = open(&path).await;
    let daily = walk(1, "daily", "ana", 0);
    store.begin_walk(&daily).await.unwrap();
    let (mut ana, mut bo) = (start(&path, "ana"), start(&path, "bo"));
    let orders = [format!("add 1 {EACH}"), format!("add 1 {}", 2 * EACH)];
    assert_eq!(both(&mut ana, &mut bo, 0, [&orders[0], &orders[1]]), ["added", "added"]);
    ana.leave();
    bo.leave();

    let whole = store.walk(daily.id).await.unwrap().unwrap();
    let by = |name: &str| {
        let mine = whole.updates().iter().filter(|update| update.by.name == name);
        mine.cloned().collect::<Vec<_>>()
    };
    let expected = |name: &str, from: u64| (from..from + EACH).map(|id| numbered(id, name)).collect::<Vec<_>>();
    assert_eq!(by("ana"), expected("ana", EACH));
    assert_eq!(by("bo"), expected("bo", 2 * EACH));
    assert_eq!(whole.updates().len(), 1_000);
    // They did go on at the same time.
    let turns = whole.updates().windows(2).filter(|two| two[0].by != two[1].by).count();
    assert!(turns > 10, "{turns} turns: there was no race");
    assert_eq!(*store.memory(after(90)).await.unwrap().walks[0], whole);

    // Each failure is told once.
    let rows = store.journal(JournalQuery { limit: 5_000, ..JournalQuery::default() }).await.unwrap();
    let failures: BTreeSet<&str> =
        rows.iter().filter(|row| row.entry.action == "walk.failed").map(|row| &*row.entry.detail).collect();
    let expected = (EACH..3 * EACH).filter(|id| id.is_multiple_of(7)).count();
    assert_eq!((failures.len(), rows.len()), (expected, expected + 1));
    assert!(matches!(store.verify().await.unwrap(), Proof::Sound { .. }));
}

#[tokio::test]
async fn what_a_killed_process_heard_to_be_kept_is_there() {
    let (_dir, path) = file();
    let store = open(&path).await;
    let daily = walk(1, "daily", "ana", 0);
    store.begin_walk(&daily).await.unwrap();
    let mut promised: BTreeMap<u64, Update> = BTreeMap::new();
    for round in 0..12_u64 {
        let (name, first) = (format!("op-{round}"), round * 1_000_000 + 1);
        let heard = |said: &str| said.strip_prefix("kept ").and_then(|n| n.parse::<u64>().ok());
        let mut victim = start(&path, &name);
        victim.tell(&format!("work 1 {first}"));
        // Killed after another number of updates each time, always in the middle of its work.
        let mut last = first;
        while last < first + round * 3 % 17 {
            last = heard(&victim.hear()).unwrap();
        }
        let rest = victim.kill();
        let last = rest.iter().filter_map(|said| heard(said)).max().unwrap_or(last);
        promised.extend((first..=last).map(|n| (n, numbered(n, &name))));

        // Whoever is started again hands over what it does not know to be kept.
        for n in [last, last + 1] {
            let again = numbered(n, &name);
            assert_eq!(store.add_to_walk(daily.id, &again).await.unwrap(), Said::Kept);
            promised.insert(n, again);
        }
        let whole = store.walk(daily.id).await.unwrap().unwrap();
        let kept: BTreeMap<u64, Update> = whole.updates().iter().map(|update| (update.id.0, update.clone())).collect();
        assert_eq!(kept.len(), whole.updates().len(), "round {round}: one is doubled");
        for (n, update) in &promised {
            assert_eq!(kept.get(n), Some(update), "round {round}");
        }
        let mine: Vec<u64> = kept.keys().copied().filter(|n| *n >= first).collect();
        assert!(mine.iter().copied().eq(first..first + u64::try_from(mine.len()).unwrap()), "round {round}: {mine:?}");
    }
    assert!(matches!(store.verify().await.unwrap(), Proof::Sound { .. }));
}
