//! Screens, killed while keys are pressed: what the screen called done is there, and at most one walk is open.

use std::time::Duration;

use midwatch::domain::checklist::Outcome;
use nix::sys::signal::Signal;

use super::dice::{Dice, rounds};
use super::scene::Scene;
use crate::support::pty::Terminal;
use crate::support::wait;

const LANES: usize = 2;
const ROUNDS: usize = 9;
const SIZE: (u16, u16) = (120, 40);
/// How long a burst of keys may be watched before the kill …
const MOMENT: Duration = Duration::from_millis(120);
/// … and how much is drawn meanwhile: a frame or two.
const DRAWN: u64 = 6_000;

/// Watches until so much was drawn as the dice say, or so much time has passed: the kill comes in the midst of it.
fn watch(screen: &Terminal, dice: &mut Dice, longest: Duration) {
    let more = usize::try_from(dice.below(DRAWN)).expect("small");
    screen.watch(more, dice.within(longest));
}

fn train(home: &crate::support::home::Home) {
    let items: String = (0..12)
        .map(|at| match at % 3 {
            0 | 1 => format!("[[item]]\nid = \"i{at}\"\ntext = \"Wagon {at}\"\nhelp = \"Good: it rolls.\"\n"),
            _ => format!(
                "[[item]]\nid = \"i{at}\"\ntext = \"Wagon {at}\"\nhelp = \"Good: few.\"\nvalue = {{ unit = \"%\", max = 90 }}\n"
            ),
        })
        .collect();
    home.write("config/midwatch/checklists/train.toml", &format!("id = \"train\"\ntitle = \"Train\"\n{items}"));
}

fn kill(mut screen: Terminal) -> String {
    let seen = screen.whole_frame();
    screen.signal(Signal::SIGKILL);
    screen.wait_exit(wait::DEADLINE);
    seen
}

fn in_lanes(what: &str, lane: impl Fn(Dice) + Sync) {
    let mut dice = Dice::new(what);
    let all: Vec<Dice> = (0..LANES).map(|_| dice.another()).collect();
    std::thread::scope(|scope| {
        let lanes: Vec<_> = all.into_iter().map(|dice| scope.spawn(|| lane(dice))).collect();
        for lane in lanes {
            lane.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        }
    });
}

/// How many items the screen calls looked at and kept: `3 of 12 · …` without a word that it is being saved.
fn called_kept(seen: &str) -> Option<usize> {
    let row = seen.lines().find(|row| row.contains(" of 12 · "))?;
    if row.contains("saving") || row.contains("not kept") {
        return None;
    }
    row.split(" of 12 · ").next()?.rsplit(' ').next()?.parse().ok()
}

#[test]
fn what_a_walk_called_kept_is_kept() {
    in_lanes("walks", |mut dice| {
        let scene = Scene::new(1);
        train(&scene.home);
        let (mut completed, mut ended) = (0, 0);
        for round in 0..rounds(ROUNDS) {
            // Every third time two walk it.
            let open = || Terminal::open(&scene.home, &["checklist", "walk", "train"], SIZE);
            let mut screens: Vec<Terminal> = (0..=usize::from(round % 3 == 0)).map(|_| open()).collect();
            for screen in &screens {
                screen.wait_until("the walk", |text| text.contains(" of 12 · "));
            }
            // Ticks, values, notes; at the end the sign-off.
            let keys = ["j=4\r", " ", " ", "cwords\r", "Fit broke\r\x1b", "=7\r", " ", "x", "C\r"];
            for _ in 0..dice.below(12) {
                let who = usize::try_from(dice.below(screens.len() as u64)).expect("small");
                screens[who].press(keys[usize::try_from(dice.below(keys.len() as u64)).expect("small")]);
                watch(&screens[who], &mut dice, Duration::from_millis(25));
            }
            watch(&screens[0], &mut dice, MOMENT);
            let all_seen: Vec<String> = screens.into_iter().map(kill).collect();
            let kept = scene.look();
            assert!(kept.memory.walks.len() <= 1, "{:?}", kept.memory.walks);
            completed += usize::from(all_seen.iter().any(|seen| seen.contains("Train is completed")));
            assert!(kept.memory.walked.len() >= completed, "{completed} were called completed:\n{all_seen:#?}");
            // One of two may have ended what the other still showed.
            let goes_on = std::mem::replace(&mut ended, kept.memory.walked.len()) == kept.memory.walked.len();
            let [walk] = kept.memory.walks.as_slice() else { continue };
            if !goes_on {
                continue;
            }
            let looked_at: usize = Outcome::ALL.into_iter().map(|outcome| walk.count(outcome)).sum();
            for seen in all_seen {
                let called = called_kept(&seen).unwrap_or(0);
                assert!(looked_at >= called, "{called} were called kept, {looked_at} are:\n{seen}");
            }
        }
        assert_eq!(scene.home.run(&["journal", "--verify"]).status, 0);
    });
}

#[test]
fn what_a_screen_called_acked_noted_or_declared_is_there() {
    in_lanes("keys", |mut dice| {
        let scene = Scene::new(20);
        for round in 0..rounds(ROUNDS) {
            let mut screen = Terminal::open(&scene.home, &[], SIZE);
            screen.wait_for("Kill1");
            screen.press(&"j".repeat(usize::try_from(dice.below(20)).expect("small")));
            let words = format!("words {round}");
            match dice.below(4) {
                0 | 1 => screen.press("a"),
                2 => screen.press(&format!("c{words}\r")),
                _ => screen.press(&format!("IC Broken {round}\r")),
            }
            watch(&screen, &mut dice, MOMENT * 3);
            let seen = kill(screen);
            let kept = scene.look();
            if let Some((_, rest)) = seen.split_once("✓ acked Kill").or_else(|| seen.split_once(" acked Kill")) {
                let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
                let title = format!("Kill{number} ");
                assert!(kept.count("ack", &title, "done") >= 1, "{title} was called acked:\n{seen}");
            }
            if seen.contains("noted on") {
                assert_eq!(kept.count("comment", &words, "done"), 1, "{seen}");
            }
            if seen.contains("declared Critical: Broken") || seen.contains("declared critical: Broken") {
                let title = format!("Broken {round}");
                assert!(kept.memory.declared.iter().any(|one| one.title == title), "{title}:\n{seen}");
            }
        }
        scene.let_pass();
        let next = scene.home.run(&["status"]);
        assert!((0..=2).contains(&next.status), "{next:?}");
        let kept = scene.look();
        kept.is_settled();
        let silences = scene.am.silences();
        // What was declared is acked in the store alone.
        let at_the_source = kept.memory.acks.iter().filter(|ack| ack.source.is_some()).count();
        assert_eq!(silences.iter().filter(|silence| silence.in_force()).count(), at_the_source);
    });
}

#[test]
fn an_entry_is_marked_as_being_saved_until_the_store_has_it() {
    let scene = Scene::new(1);
    train(&scene.home);
    let mut screen = Terminal::open(&scene.home, &["checklist", "walk", "train"], SIZE);
    screen.wait_until("the walk", |text| text.contains(" of 12 · "));
    screen.press(" ");
    screen.wait_row("1 of 12", "ana");
    screen.wait_gone("saving");
    // Somebody else writes, and does not come to an end.
    let url = format!("sqlite:{}", scene.store().display());
    let runtime = super::scene::runtime();
    let mut other = runtime.block_on(async {
        use sqlx::Connection as _;
        let mut other = sqlx::SqliteConnection::connect(&url).await.expect("the store can be opened");
        sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.expect("the lock is free");
        other
    });
    screen.press(" ");
    screen.wait_until("two items", |text| {
        text.lines().any(|row| row.contains("2 of 12") && (row.contains("saving") || row.contains("not kept")))
    });
    runtime.block_on(async { sqlx::query("ROLLBACK").execute(&mut other).await.expect("the lock is ours") });
    screen.wait_until("it is kept", |text| {
        text.lines().any(|row| row.contains("2 of 12") && !row.contains("saving") && !row.contains("not kept"))
    });
    let seen = kill(screen);
    let kept = scene.look();
    assert_eq!(kept.memory.walks[0].count(Outcome::Done), 2, "{seen}");
}
