//! Commands, killed at any moment of their lives, several at a time on stores of their own and two on one.

use std::collections::BTreeSet;
use std::process::Child;
use std::time::{Duration, Instant};

use super::dice::{Dice, rounds};
use super::scene::{Kept, Scene, wait_for_its_end};

/// How many stores are worked on at a time, and how many rounds each has.
const LANES: usize = 3;
const ROUNDS: usize = 100;
/// How many incidents there are to act on.
const ALERTS: usize = 50;
/// How many of them were declared by an operator, beside.
const DECLARED: u64 = 12;

/// One command and what came of it.
struct Round {
    action: &'static str,
    on: String,
    words: String,
    done: bool,
}

#[test]
fn whatever_a_command_answered_as_done_is_there() {
    let mut dice = Dice::new("commands");
    let lanes: Vec<Dice> = (0..LANES).map(|_| dice.another()).collect();
    let killed: usize = std::thread::scope(|scope| {
        let lanes: Vec<_> = lanes.into_iter().map(|dice| scope.spawn(|| lane(dice))).collect();
        lanes.into_iter().map(|lane| lane.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).sum()
    });
    let all = LANES * rounds(ROUNDS);
    eprintln!("{killed} of {all} were killed before their end");
    assert!(killed > all / 4, "{killed} of {all}: they were killed too late");
}

/// Many rounds on one store; how many were killed before they ended by themselves.
fn lane(mut dice: Dice) -> usize {
    let scene = Scene::new(ALERTS);
    let usual = usual(&scene);
    scene.declare(DECLARED);
    let (mut told, mut killed) = (Vec::new(), 0);
    let mut number = 0;
    while number < rounds(ROUNDS) {
        // One in five is two at once, on the same incident.
        let together = if dice.below(5) == 0 { 2 } else { 1 };
        let on = format!("Kill{}", dice.below(ALERTS as u64));
        let mut begun = Vec::new();
        for _ in 0..together {
            let (arguments, action, on) = wish(&mut dice, &on, number);
            let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
            // Most are killed in their midst, some when they may have ended by themselves.
            let longest = if dice.below(3) == 0 { usual * 2 } else { usual };
            let dies = Instant::now() + dice.within(longest);
            begun.push((scene.start(&words), dies, (action, on), number));
            number += 1;
        }
        begun.sort_by_key(|(_, dies, ..)| *dies);
        for (child, dies, (action, on), number) in begun {
            wait_for_its_end(&child, dies);
            let done = kill(child);
            killed += usize::from(done.is_none());
            told.push(Round { action, on, words: said(number), done: done == Some(true) });
        }
        holds(&scene, &scene.look(), &told);
    }
    scene.let_pass();
    assert_eq!(scene.home.run(&["remedy", "runs"]).status, 0);
    let last = scene.home.run(&["status"]);
    assert!((0..=2).contains(&last.status), "the next start works: {last:?}");
    let kept = scene.look();
    holds(&scene, &kept, &told);
    all_known(&scene, &kept);
    assert_eq!(scene.home.run(&["journal", "--verify"]).status, 0);
    killed
}

/// How long commands take that nobody kills, here and now.
fn usual(scene: &Scene) -> Duration {
    let wishes: [&[&str]; 4] = [
        &["comment", "Kill0", "first words"],
        &["ack", "Kill0"],
        &["unack", "Kill0"],
        &["comment", "Kill0", "second words"],
    ];
    let took = wishes.map(|arguments| {
        let began = Instant::now();
        let ran = scene.home.run(arguments);
        assert_eq!(ran.status, 0, "{ran:?}");
        began.elapsed()
    });
    // The first one makes the store; of the others one may have been held up.
    took[1..].iter().min().copied().expect("three times")
}

/// Words that only one round says.
fn said(number: usize) -> String {
    format!("round {number} said")
}

/// A command, the action it is called in the journal, and what it is about.
fn wish(dice: &mut Dice, on: &str, number: usize) -> (Vec<String>, &'static str, String) {
    let said = said(number);
    let broken = format!("Broken {}", dice.below(DECLARED));
    let (action, words, on): (_, Vec<&str>, _) = match dice.below(11) {
        0..=2 => ("ack", vec!["ack", on, "--comment", &said], on),
        3 | 4 => ("unack", vec!["unack", on, "--yes"], on),
        5 | 6 => ("comment", vec!["comment", on, &said], on),
        7 => ("silence", vec!["silence", on, "--for", "2h", "--yes", "--comment", &said], on),
        8 => ("snooze", vec!["snooze", on, "30m"], on),
        9 => ("resolve", vec!["resolve", &broken, "--yes", &broken, "--comment", &said], &broken),
        _ => ("remedy.run", vec!["remedy", "run", "mend", "--yes", "mend"], "mend"),
    };
    (words.into_iter().map(str::to_owned).collect(), action, on.to_owned())
}

/// Kills it; whether it ended well, if it had ended by itself.
fn kill(mut child: Child) -> Option<bool> {
    // It may have ended already.
    let _ = child.kill();
    let ended = child.wait_with_output().expect("a child can be waited for");
    assert_ne!(ended.status.code(), Some(101), "it panicked: {ended:?}");
    ended.status.code().map(|status| status == 0)
}

/// What was answered as done is there, and nothing is there twice.
fn holds(scene: &Scene, kept: &Kept, told: &[Round]) {
    let silences = scene.am.silences();
    for Round { action, on, words, done } in told {
        let made = silences.iter().filter(|silence| silence.comment.ends_with(words.as_str())).count();
        assert!(made <= 1, "'{words}' was silenced {made} times");
        let rows = kept.count(action, words, "done");
        assert!(rows <= 1, "{action} '{words}' has {rows} rows");
        match (*action, *done) {
            ("ack" | "silence", true) => assert_eq!((made, rows), (1, 1), "{action} '{words}' was answered as done"),
            ("comment", true) => {
                assert_eq!(rows, 1, "'{words}' was answered as done");
                let all = kept.memory.comments.values().flatten().filter(|comment| comment.2 == *words).count();
                assert_eq!(all, 1, "'{words}' is told by the next start");
            }
            ("resolve", true) => {
                assert_eq!(kept.count("comment", words, "done"), 1, "'{words}' was answered as done");
                let is_over = kept.memory.declared.iter().any(|one| one.title == *on && one.over.is_some());
                assert!(is_over, "{on} was declared over");
            }
            _ => {}
        }
    }
    let answered = |action: &str| told.iter().filter(|round| round.action == action && round.done).count();
    for action in ["unack", "snooze", "remedy.run"] {
        assert!(kept.count(action, "", "done") >= answered(action), "{action}");
    }
}

/// Nothing is open: what the journal, the store and the source say is the same.
fn all_known(scene: &Scene, kept: &Kept) {
    kept.is_settled();
    assert!(kept.memory.runs.iter().all(|run| run.ended.is_some()), "{:?}", kept.memory.runs);
    let (begun, done) = (kept.count("remedy.run", "", "intent"), kept.count("remedy.run", "", "done"));
    assert!((done..=begun).contains(&scene.ran()), "{done} done, {begun} begun, {} ran", scene.ran());
    let silences = scene.am.silences();
    for silence in silences.iter().filter(|silence| silence.comment.contains("round")) {
        let words = silence.comment.trim_start_matches("ACK! ");
        let action = if words == silence.comment { "silence" } else { "ack" };
        assert_eq!(kept.count(action, words, "done"), 1, "{action} '{words}' is at the source");
    }
    for row in kept.rows.iter().filter(|row| matches!(row.entry.action.as_str(), "ack" | "silence")) {
        let entry = &row.entry;
        let made = |silence: &&super::stand_in::Silence| {
            entry.detail.contains(silence.comment.trim_start_matches("ACK! ")) && silence.comment.contains("round")
        };
        let found = silences.iter().filter(made).count();
        match entry.outcome.word() {
            "failed" => assert_eq!(found, 0, "{entry:?}"),
            "unknown" => panic!("everything can be known here: {entry:?}"),
            _ => {}
        }
    }
    let here: BTreeSet<&str> =
        kept.memory.acks.iter().filter(|ack| ack.source.is_some()).map(|ack| &*ack.id.0).collect();
    let is_ack = |silence: &&super::stand_in::Silence| silence.in_force() && silence.comment.starts_with("ACK!");
    let there: BTreeSet<&str> = silences.iter().filter(is_ack).map(|silence| silence.id.as_str()).collect();
    assert_eq!(here, there, "every ack at the source is mine, and I have no other");
    let noted: BTreeSet<String> = kept
        .rows
        .iter()
        .filter(|row| row.entry.action == "snooze" && row.entry.outcome.word() == "done")
        .map(|row| row.entry.target.clone())
        .collect();
    for snoozed in &kept.memory.snoozes {
        assert!(noted.contains(&snoozed.incident.to_string()), "a snooze without a row: {snoozed:?}");
    }
}
