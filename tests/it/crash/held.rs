//! Killed between what was asked of an Alertmanager and what it answers: the next start says what is uncertain, and
//! finds out what came of it.

use super::scene::{Kept, Scene};
use super::stand_in::Mode;
use crate::support::home::Ran;
use crate::support::pty::Terminal;
use crate::support::wait;

const ACK: &[&str] = &["ack", "Kill0", "--comment", "rolling back"];

/// What the next start says, and what the store holds then.
fn next(scene: &Scene) -> (Ran, Kept) {
    let ran = scene.home.run(&["status"]);
    let kept = scene.look();
    (ran, kept)
}

fn says(ran: &Ran, words: &[&str]) {
    for word in words {
        assert!(ran.err.contains(word), "'{word}' is not said: {ran:?}");
    }
}

#[test]
fn an_ack_that_was_made_and_not_recorded_is_found_and_is_mine() {
    let scene = Scene::new(1);
    scene.am.behave(Mode::HoldsAnswer);
    scene.kill_when_held(ACK);
    scene.am.behave(Mode::Answers);
    let before = scene.look();
    assert_eq!((before.count("ack", "rolling back", "intent"), before.open.len()), (1, 1));
    assert_eq!(before.memory.acks, [], "it was never recorded");

    let (ran, kept) = next(&scene);
    says(&ran, &["ack Kill0 by ana", "found at am and is in force"]);
    kept.is_settled();
    let made = scene.am.silences();
    assert_eq!((made.len(), kept.memory.acks.len()), (1, 1));
    let ack = &kept.memory.acks[0];
    assert_eq!((&*ack.id.0, ack.by.name.as_str(), ack.renews), (&*made[0].id, "ana", true), "it is renewed as any");
    assert_eq!(kept.count("ack", "rolling back", "done"), 1);
    let (again, _) = next(&scene);
    assert!(!again.err.contains("found at am"), "said once: {again:?}");
    let twice = scene.home.run(ACK);
    assert!(twice.status != 0 && twice.err.contains("is yours already"), "{twice:?}");
    assert_eq!(scene.home.run(&["unack", "Kill0"]).status, 0);
    assert_eq!((scene.am.silences().len(), scene.am.silences()[0].in_force()), (1, false));
}

#[test]
fn an_ack_that_never_arrived_is_uncertain_and_then_told_as_not_made() {
    let scene = Scene::new(1);
    scene.am.behave(Mode::Swallows);
    scene.kill_when_held(ACK);
    scene.am.behave(Mode::Answers);

    let (ran, kept) = next(&scene);
    says(&ran, &["ack Kill0 by ana", "whether it took effect is not known yet", "may still arrive"]);
    assert_eq!((kept.open.len(), kept.count("ack", "", "failed")), (1, 0), "nothing is said to be known");
    scene.let_pass();
    let (ran, kept) = next(&scene);
    says(&ran, &["nothing was done: am does not have it"]);
    kept.is_settled();
    assert_eq!(kept.count("ack", "rolling back", "failed"), 1);
    let again = scene.home.run(ACK);
    assert_eq!(again.status, 0, "the claim of a process that is gone holds nobody up: {again:?}");
    assert_eq!(scene.am.silences().len(), 1);
}

#[test]
fn an_ack_that_was_never_sent_is_told_as_not_sent() {
    let scene = Scene::new(1);
    scene.am.behave(Mode::Swallows);
    scene.kill_when_held(ACK);
    // As if it had been killed a moment earlier: the intent is written, and the request was not begun.
    scene.sql("UPDATE acts SET begun = 0");
    scene.am.behave(Mode::Away);
    let (ran, kept) = next(&scene);
    says(&ran, &["nothing was done: it was not sent"]);
    kept.is_settled();
    assert_eq!((kept.count("ack", "rolling back", "failed"), scene.am.silences().len()), (1, 0));
}

#[test]
fn while_the_source_is_away_a_screen_says_that_it_is_uncertain_and_finds_out_when_it_is_back() {
    let scene = Scene::new(1);
    scene.am.behave(Mode::HoldsAnswer);
    scene.kill_when_held(ACK);
    scene.am.behave(Mode::Away);
    let screen = Terminal::open(&scene.home, &[], (200, 40));
    screen.wait_for("whether it took effect is not known yet");
    scene.am.behave(Mode::Answers);
    screen.wait_gone("not known yet");
    screen.wait_row("Kill0", "ana");
    drop(screen);
    let kept = scene.look();
    kept.is_settled();
    assert_eq!((kept.memory.acks.len(), scene.am.silences().len()), (1, 1));
}

#[test]
fn a_screen_that_was_killed_in_mid_ack_is_settled_by_the_next() {
    let scene = Scene::new(1);
    let mut screen = Terminal::open(&scene.home, &[], (120, 36));
    screen.wait_row("Kill0", "unacked");
    scene.am.behave(Mode::HoldsAnswer);
    screen.press("a");
    scene.am.wait_held();
    assert!(!screen.text().contains("acked Kill0"), "it is not told as done before it is: {}", screen.text());
    screen.signal(nix::sys::signal::Signal::SIGKILL);
    screen.wait_exit(wait::DEADLINE);
    drop(screen);
    scene.am.behave(Mode::Answers);
    let next = Terminal::open(&scene.home, &[], (200, 36));
    next.wait_for("was found at am and is in force");
    next.wait_row("Kill0", "ana");
    drop(next);
    scene.look().is_settled();
    assert_eq!(scene.am.silences().len(), 1);
}

#[test]
fn what_a_process_that_lives_carries_out_is_left_alone() {
    let scene = Scene::new(1);
    scene.am.behave(Mode::HoldsAnswer);
    let child = scene.start(ACK);
    scene.am.wait_held();
    let (ran, kept) = next(&scene);
    assert!(!ran.err.contains("ended in its midst"), "{ran:?}");
    assert_eq!(kept.open.len(), 1, "it is under way");
    scene.am.behave(Mode::Answers);
    let ended = child.wait_with_output().expect("a child can be waited for");
    assert!(ended.status.success(), "{ended:?}");
    let (_, kept) = next(&scene);
    kept.is_settled();
    assert_eq!((kept.memory.acks.len(), scene.am.silences().len()), (1, 1));
}

#[test]
fn an_end_of_an_ack_that_was_not_recorded_is_found_out() {
    for (mode, ended) in [(Mode::HoldsAnswer, true), (Mode::Swallows, false)] {
        let scene = Scene::new(1);
        assert_eq!(scene.home.run(ACK).status, 0);
        scene.am.behave(mode);
        scene.kill_when_held(&["unack", "Kill0"]);
        scene.am.behave(Mode::Answers);
        scene.let_pass();
        let (ran, kept) = next(&scene);
        says(&ran, &[if ended { "it has ended at am" } else { "it is still in force at am" }]);
        kept.is_settled();
        assert_eq!((kept.memory.acks.is_empty(), scene.am.silences()[0].in_force()), (ended, !ended));
        assert_eq!(kept.count("unack", "", if ended { "done" } else { "failed" }), 1);
    }
}

#[test]
fn a_maintenance_window_whose_silences_were_made_is_planned_after_all() {
    for (mode, planned) in [(Mode::HoldsAnswer, true), (Mode::Swallows, false)] {
        let scene = Scene::new(1);
        scene.am.behave(mode);
        let plan = ["silence", "--service", "shop", "--for", "2h", "--comment", "CHG-7", "--rollback", "undo", "--yes"];
        scene.kill_when_held(&plan);
        scene.am.behave(Mode::Answers);
        scene.let_pass();
        let (_, kept) = next(&scene);
        kept.is_settled();
        let windows: Vec<usize> = kept.memory.windows.iter().map(|window| window.silences.len()).collect();
        assert_eq!((windows, scene.am.silences().len()), if planned { (vec![1], 1) } else { (vec![], 0) });
        let outcome = if planned { "done" } else { "failed" };
        assert_eq!(kept.rows.last().map(|row| row.entry.outcome.word()), Some(outcome));
    }
}

#[test]
fn two_that_find_it_out_at_once_write_it_once() {
    for _ in 0..4 {
        let scene = Scene::new(1);
        scene.am.behave(Mode::HoldsAnswer);
        scene.kill_when_held(ACK);
        scene.am.behave(Mode::Answers);
        let both = [(); 2].map(|()| scene.start(&["status"]));
        for child in both {
            child.wait_with_output().expect("a child can be waited for");
        }
        let kept = scene.look();
        kept.is_settled();
        assert_eq!((kept.count("ack", "rolling back", "done"), kept.memory.acks.len()), (1, 1));
    }
}
