//! midwatch ends while a remedy runs: killed, left, or its terminal gone. What came of the run is said truly, and nothing
//! runs again.

use std::process::Command;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use sqlx::{Connection as _, SqliteConnection};

use super::{SIZE, WAITS, all_gone, calls, home, journal_holds, lives, noted, only_run, run};
use crate::support::home::{Home, MIDWATCH};
use crate::support::process::Running;
use crate::support::pty::Terminal;
use crate::support::wait;

const CONFIG: &str = "[store]\nurl = \"sqlite:kept.db\"\n[[remedy]]\nid = \"slow\"\ntitle = \"Slow mend\"\n\
                      command = [\"slow\"]\ncooldown = \"0s\"\ngrace = \"1s\"\n";

/// A child that takes no notice of being told to end, beside the one that waits.
const STUBBORN: &str = r#"trap '' TERM HUP
sh -c 'trap "" TERM HUP; echo $$ >> "$1/pids"; left=1200
while [ ! -e "$1/go" ] && [ "$left" -gt 0 ]; do left=$((left - 1)); sleep 0.05; done' sh "$here" &
"#;

fn scene() -> Home {
    home(CONFIG, &[("slow", &format!("{STUBBORN}{WAITS}"))])
}

/// Starts the remedy by the command; returns once the store knows its process.
fn by_command(home: &Home) -> Running {
    let mut command = Command::new(MIDWATCH);
    command.args(["remedy", "run", "slow", "--yes", "slow"]).env_clear().current_dir(home.folder());
    command.envs(home.environment().iter().map(|(name, value)| (name, value)));
    let running = Running::start(command, &home.path("said"));
    wait_known(home);
    running
}

/// Starts it from the screen.
fn by_screen(home: &Home) -> Terminal {
    let mut screen = Terminal::open(home, &[], SIZE);
    screen.press("7");
    screen.wait_for("Slow mend");
    screen.press("x");
    // Whoever is quicker than the store is told so, and asks again.
    let too_early = |text: &str| text.contains("still being opened");
    screen.wait_until("the plan", |text| text.contains("Type slow") || too_early(text));
    while too_early(&screen.text()) {
        screen.press("\u{1b}");
        screen.wait_gone("still being opened");
        screen.press("x");
        screen.wait_until("the plan", |text| text.contains("Type slow") || too_early(text));
    }
    screen.press("slow\r");
    screen.wait_for("begun");
    wait_known(home);
    screen
}

/// Waits until the store knows the process of the run: what is killed before that is said to be unknown too, but in
/// other words.
fn wait_known(home: &Home) {
    noted(home, 2);
    let url = format!("sqlite:{}?mode=ro", home.path("config/midwatch/kept.db").display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    wait::until("the process is in the store", || {
        let process: Result<Option<i64>, sqlx::Error> = runtime.block_on(async {
            let mut store = SqliteConnection::connect(&url).await?;
            sqlx::query_scalar("SELECT process FROM runs").fetch_one(&mut store).await
        });
        match process {
            Ok(Some(_)) => Ok(()),
            other => Err(format!("{other:?}")),
        }
    });
}

/// Lets what still waits end, and waits for it.
fn let_go(home: &Home) {
    home.write("go", "");
    all_gone(&noted(home, 2));
}

#[test]
fn a_command_that_was_killed_leaves_an_outcome_that_nobody_knows() {
    let home = scene();
    let mut running = by_command(&home);
    assert_eq!(only_run(&home)["ending"], serde_json::Value::Null, "it runs, and looking at it ends nothing");
    running.kill();
    let began = Instant::now();
    let told = home.run(&["remedy", "runs"]);
    assert!(began.elapsed() < Duration::from_secs(20), "nobody waits for a lease of a process that is gone");
    assert_eq!(told.status, 0, "{told:?}");
    assert!(told.err.contains("outcome unknown") && told.err.contains("still runs"), "{told:?}");
    let row = only_run(&home);
    assert_eq!(row["ending"], "unknown", "{row}");
    assert!(
        row["why"].as_str().is_some_and(|why| why.contains("process group") && why.contains("still runs")),
        "{row}"
    );
    journal_holds(&home, 2);
    let again = home.run(&["remedy", "runs"]);
    assert!(!again.err.contains("outcome unknown"), "said once: {again:?}");
    assert_eq!(calls(&home, "slow").len(), 1, "nothing runs again by itself");
    let_go(&home);
    let anew = run(&home, "slow", &[]);
    assert_eq!(anew.status, 0, "somebody may decide to run it again: {anew:?}");
}

#[test]
fn a_group_that_has_ended_since_is_said_to_have_ended() {
    let home = scene();
    by_command(&home).kill();
    let_go(&home);
    let told = home.run(&["remedy", "runs"]);
    assert!(told.err.contains("outcome unknown") && told.err.contains("has ended"), "{told:?}");
    journal_holds(&home, 2);
}

#[test]
fn running_it_anew_after_a_crash_says_first_what_is_not_known() {
    let home = scene();
    by_command(&home).kill();
    let_go(&home);
    let anew = run(&home, "slow", &[]);
    assert_eq!(anew.status, 0, "no lock is left of a process that is gone: {anew:?}");
    assert!(anew.err.contains("outcome unknown"), "{anew:?}");
    journal_holds(&home, 4);
}

#[test]
fn a_screen_that_was_killed_is_told_by_the_next_one() {
    let home = scene();
    let mut screen = by_screen(&home);
    screen.signal(Signal::SIGKILL);
    screen.wait_exit(wait::DEADLINE);
    drop(screen);
    assert!(noted(&home, 2).iter().all(|process| lives(*process)), "nobody was left to end it");
    let next = Terminal::open(&home, &[], SIZE);
    next.wait_for("outcome unknown");
    drop(next);
    let row = only_run(&home);
    assert!(row["why"].as_str().is_some_and(|why| why.contains("still runs")), "{row}");
    assert_eq!(calls(&home, "slow").len(), 1);
    journal_holds(&home, 2);
    let_go(&home);
}

#[test]
fn leaving_asks_and_stops_it_and_its_outcome_is_written() {
    let home = scene();
    let mut screen = by_screen(&home);
    // From its page to the root, and out.
    let leaving = "1 remedy is running: leave and stop it?";
    for place in [" Runbooks ", " Incidents ", leaving] {
        screen.press("q");
        screen.wait_for(place);
    }
    screen.press("n");
    screen.wait_gone(leaving);
    assert!(noted(&home, 2).iter().all(|process| lives(*process)), "No leaves it running");
    screen.press("q");
    screen.wait_for(leaving);
    screen.press("y");
    assert_eq!(screen.wait_exit(wait::DEADLINE), 0);
    all_gone(&noted(&home, 2));
    let row = only_run(&home);
    assert_eq!(row["ending"], "cancelled", "{row}");
    journal_holds(&home, 2);
}

#[test]
fn a_terminal_that_vanishes_takes_the_whole_group_with_it() {
    let home = scene();
    let mut screen = by_screen(&home);
    screen.hang_up();
    let limit = Duration::from_secs(3);
    let exit = wait::within(limit, "midwatch ends", || screen.try_exit().ok_or_else(|| "it runs".to_owned()));
    assert_eq!(exit, 129);
    all_gone(&noted(&home, 2));
    let row = only_run(&home);
    assert_eq!(row["ending"], "cancelled", "{row}");
    journal_holds(&home, 2);
}

#[test]
fn a_command_that_is_told_to_end_stops_it_first() {
    for signal in [Signal::SIGTERM, Signal::SIGINT, Signal::SIGHUP] {
        let home = scene();
        let mut running = by_command(&home);
        running.signal(signal);
        let limit = Duration::from_secs(if signal == Signal::SIGHUP { 3 } else { 20 });
        let ended = || if running.has_ended() { Ok(()) } else { Err(running.last_words()) };
        wait::within(limit, &format!("it ends by {signal}"), ended);
        all_gone(&noted(&home, 2));
        assert_eq!(only_run(&home)["ending"], "cancelled", "{signal}");
        journal_holds(&home, 2);
    }
}
