//! The same with real processes, and what is left when one is killed in the middle of a run.

use super::made::{end, ended, outcome, request, run, start, warm};
use super::others::{self, Other, both, say};
use super::*;
use crate::domain::remediation::run::{Ending, Request};
use crate::store::{Begun, JournalQuery, Proof, Start};
use std::collections::BTreeMap;

/// What a child does: one word of its parent after the other, each answered with a line.
#[tokio::test]
async fn child() {
    // Run by the tests below as a process of its own; among the other tests it has nothing to do.
    others::serve(async |store, name, order, numbers| obey(store, name, order, numbers).await).await;
}

async fn obey(store: &Store, name: &str, order: &str, numbers: &[u64]) -> String {
    let [id, seconds] = numbers[..] else { panic!("{order} {numbers:?}") };
    let at = i64::try_from(seconds).unwrap();
    let begun = |begun| match begun {
        Begun::Yours => "begun".to_owned(),
        Begun::Refused(words) => words,
    };
    match order {
        "begin" => begun(store.begin_run(&start(run(id, name, at))).await.unwrap()),
        "end" => end(store, &run(id, name, at), at).await.to_string(),
        "agree" => match store.approve(RunId(id), &Operator::new(name, "bastion"), after(at)).await.unwrap() {
            Ok(_) => "agreed".to_owned(),
            Err(words) => words,
        },
        // With an approval; ended at once, so that neither lock nor cool-down stands in for it.
        "use" => {
            let run = warm(seconds, name, at);
            let start = Start { request: Some(RunId(id)), ..start(run.clone()) };
            let answer = store.begin_run(&start).await.unwrap();
            if answer == Begun::Yours {
                assert!(end(store, &run, at).await);
            }
            begun(answer)
        }
        "bury" => {
            let mut buried = 0;
            for run in store.abandoned_runs(after(at)).await.unwrap() {
                let over = ended(&run, at, Ending::Unknown("nobody vouches for it".to_owned()));
                buried += u64::from(store.end_run(&over, &Output::default(), outcome(&over)).await.unwrap());
            }
            buried.to_string()
        }
        // One run after the other until it is killed.
        "work" => {
            for (id, at) in (id..).zip(at..) {
                let run = warm(id, name, at);
                assert_eq!(store.begin_run(&start(run.clone())).await.unwrap(), Begun::Yours);
                say(&format!("begun {id}"));
                assert!(end(store, &run, at).await);
            }
            String::new()
        }
        other => panic!("{other}"),
    }
}

fn start_other(path: &Path, name: &str) -> Other {
    Other::start("store::tests::run_processes::child", path, name)
}

#[tokio::test]
async fn two_processes_never_run_it_together() {
    let (_dir, path) = file();
    let store = open(&path).await;
    let (mut ana, mut bo) = (start_other(&path, "ana"), start_other(&path, "bo"));
    for round in 0..200 {
        let (at, id) = (round * 3_600, round * 4);
        let orders = [format!("begin {} {at}", id + 1), format!("begin {} {at}", id + 2)];
        let answers = both(&mut ana, &mut bo, round, [&orders[0], &orders[1]]);
        let winner = answers.iter().position(|answer| answer == "begun").unwrap();
        let name = ["ana", "bo"][winner];
        assert!(answers[1 - winner].starts_with(&format!("{name} runs it since ")), "round {round}: {answers:?}");
        let finish = format!("end {} {}", id + 1 + u64::try_from(winner).unwrap(), at + 5);
        let mut ends = both(&mut ana, &mut bo, round, [&finish, &finish]);
        ends.sort();
        assert_eq!(ends, ["false", "true"], "round {round}");
        let orders = [format!("begin {} {}", id + 3, at + 599), format!("begin {} {}", id + 4, at + 599)];
        for words in both(&mut ana, &mut bo, round, [&orders[0], &orders[1]]) {
            assert!(words.starts_with("it cools down until") && words.contains(name), "round {round}: {words}");
        }
    }
    ana.leave();
    bo.leave();
    assert!(matches!(store.verify().await.unwrap(), Proof::Sound { rows: 400, .. }));
}

#[tokio::test]
async fn two_processes_use_one_approval_once() {
    let (_dir, path) = file();
    let store = open(&path).await;
    let (mut ana, mut bo) = (start_other(&path, "ana"), start_other(&path, "bo"));
    let mut carol = start_other(&path, "carol");
    for round in 0..200 {
        let (at, id) = (round * 10 + 1, round + 1);
        let expires = after(i64::try_from(at).unwrap() + 3_600);
        store.put_request(&Request { id: RunId(id), expires, ..request(0, "ana") }).await.unwrap();
        let agree = format!("agree {id} {at}");
        let answers = both(&mut ana, &mut bo, round, [&agree, &agree]);
        assert_eq!(answers, ["ana asked for it: another operator must agree", "agreed"], "round {round}");
        let orders = [format!("use {id} {}", at + 1), format!("use {id} {}", at + 2)];
        let answers = both(&mut ana, &mut carol, round, [&orders[0], &orders[1]]);
        assert_eq!(answers.iter().filter(|answer| *answer == "begun").count(), 1, "round {round}: {answers:?}");
        assert!(bo.ask(&format!("use {id} {}", at + 3)).contains("was run"));
    }
    for child in [ana, bo, carol] {
        child.leave();
    }
    assert!(matches!(store.verify().await.unwrap(), Proof::Sound { rows: 400, .. }));
}

#[tokio::test]
async fn a_run_whose_midwatch_was_killed_is_unknown_once() {
    let (_dir, path) = file();
    let store = open(&path).await;
    let (mut ana, mut bo) = (start_other(&path, "ana"), start_other(&path, "bo"));
    for round in 0..12_u64 {
        let (id, at) = (round * 1_000_000 + 1, round * 3_600);
        let mut victim = start_other(&path, "carol");
        if round % 2 == 0 {
            assert_eq!(victim.ask(&format!("begin {id} {at}")), "begun");
        } else {
            // Somewhere between a begin and an end, or an end and the next begin.
            victim.tell(&format!("work {id} {at}"));
            while victim.hear() != format!("begun {}", id + round * 3 % 7) {}
        }
        victim.kill();
        if round % 2 == 0 {
            // While it may still be alive nobody runs it, and nobody calls it dead.
            let orders = [format!("begin {} {}", id + 1, at + 30), format!("bury 0 {}", at + 30)];
            let answers = both(&mut ana, &mut bo, round, [&orders[0], &orders[1]]);
            assert!(answers[0].starts_with("carol runs it since") && answers[1] == "0", "round {round}: {answers:?}");
        }
        let later = at + 3_000;
        let left = store.abandoned_runs(after(i64::try_from(later).unwrap())).await.unwrap();
        assert!(left.len() == 1 || left.is_empty() && round % 2 == 1, "round {round}: {left:?}");
        let bury = format!("bury 0 {later}");
        let buried = both(&mut ana, &mut bo, round, [&bury, &bury]);
        let buried: usize = buried.iter().map(|count| count.parse::<usize>().unwrap()).sum();
        assert_eq!(buried, left.len(), "round {round}");
        for run in left {
            let now = store.last_run("restart", "db-2").await.unwrap().unwrap();
            assert_eq!((now.id, now.ending), (run.id, Some(Ending::Unknown("nobody vouches for it".to_owned()))));
        }
    }
    ana.leave();
    bo.leave();
    assert!(matches!(store.verify().await.unwrap(), Proof::Sound { .. }));
    let all = JournalQuery { limit: usize::MAX, ..JournalQuery::default() };
    let mut rows: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for row in store.journal(all).await.unwrap() {
        let (intents, outcomes) = rows.entry(row.entry.target).or_default();
        *if row.entry.outcome == Outcome::Intent { intents } else { outcomes } += 1;
    }
    assert!(rows.len() >= 12 && rows.values().all(|counts| *counts == (1, 1)), "{rows:?}");
}
