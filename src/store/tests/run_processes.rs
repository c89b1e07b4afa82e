//! The same with real processes, and what is left when one is killed in the middle of a run.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::made::{end, ended, outcome, request, run, start, warm};
use super::*;
use crate::domain::remediation::run::{Ending, Request};
use crate::store::{Begun, JournalQuery, Proof, Start};

const FILE: &str = "MIDWATCH_TEST_RUNS";
const NAME: &str = "MIDWATCH_TEST_NAME";

/// What a child does: one word of its parent after the other, each answered with a line.
#[tokio::test]
async fn child() {
    // Run by the tests below as a process of its own; among the other tests it has nothing to do.
    let Some(path) = std::env::var_os(FILE).map(PathBuf::from) else { return };
    let name = std::env::var(NAME).unwrap();
    let store = open(&path).await;
    say("ready");
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let mut words = line.split(' ');
        let order = words.next().unwrap();
        let numbers: Vec<u64> = words.map(|number| number.parse().unwrap()).collect();
        say(&obey(&store, &name, order, &numbers).await);
    }
    store.close().await;
}

fn say(words: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nsays {words}").unwrap();
    out.flush().unwrap();
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

struct Other {
    process: Child,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Other {
    fn start(path: &Path, name: &str) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "store::tests::run_processes::child", "--nocapture", "--test-threads=1"])
            .env(FILE, path)
            .env(NAME, name)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let (orders, answers) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let mut other = Self { process, orders, answers: BufReader::new(answers).lines() };
        assert_eq!(other.hear(), "ready");
        other
    }

    fn tell(&mut self, order: &str) {
        writeln!(self.orders, "{order}").unwrap();
    }

    fn hear(&mut self) -> String {
        let mut answers = self.answers.by_ref().map(|line| line.expect("the child answers"));
        answers.find_map(|line| line.strip_prefix("says ").map(str::to_owned)).expect("the child lives")
    }

    fn ask(&mut self, order: &str) -> String {
        self.tell(order);
        self.hear()
    }

    /// Ends well, or the test fails.
    fn leave(self) {
        let Self { mut process, orders, answers } = self;
        drop(orders);
        answers.for_each(drop);
        assert!(process.wait().unwrap().success());
    }
}

/// Tells both before either is heard; who is told first takes turns.
fn both(ana: &mut Other, bo: &mut Other, round: u64, orders: [&str; 2]) -> [String; 2] {
    if round.is_multiple_of(2) {
        ana.tell(orders[0]);
        bo.tell(orders[1]);
    } else {
        bo.tell(orders[1]);
        ana.tell(orders[0]);
    }
    [ana.hear(), bo.hear()]
}

#[tokio::test]
async fn two_processes_never_run_it_together() {
    let (_dir, path) = file();
    let store = open(&path).await;
    let (mut ana, mut bo) = (Other::start(&path, "ana"), Other::start(&path, "bo"));
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
    let (mut ana, mut bo) = (Other::start(&path, "ana"), Other::start(&path, "bo"));
    let mut carol = Other::start(&path, "carol");
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
    let (mut ana, mut bo) = (Other::start(&path, "ana"), Other::start(&path, "bo"));
    for round in 0..12_u64 {
        let (id, at) = (round * 1_000_000 + 1, round * 3_600);
        let mut victim = Other::start(&path, "carol");
        if round % 2 == 0 {
            assert_eq!(victim.ask(&format!("begin {id} {at}")), "begun");
        } else {
            // Somewhere between a begin and an end, or an end and the next begin.
            victim.tell(&format!("work {id} {at}"));
            while victim.hear() != format!("begun {}", id + round * 3 % 7) {}
        }
        // SIGKILL
        victim.process.kill().unwrap();
        victim.process.wait().unwrap();
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
