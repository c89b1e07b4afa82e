//! Two operators, each with a home of their own and one store.

use std::process::Command;

use super::{WAITS, calls, home, noted, nothing_ran, run};
use crate::support::home::{Home, MIDWATCH};
use crate::support::process::Running;
use crate::support::pty::Terminal;
use crate::support::wait;

/// ana, bo, and the folder of what they share.
struct Pair {
    ana: Home,
    bo: Home,
    _shared: tempfile::TempDir,
}

const REMEDIES: &str = r#"
[[remedy]]
id = "fail-over"
title = "Fail over"
command = ["fail-over", "db-2"]
approvals = 2
cooldown = "10m"
[[remedy]]
id = "slow"
command = ["slow"]
cooldown = "10m"
"#;

fn pair() -> Pair {
    let shared = tempfile::tempdir().expect("a temporary folder");
    let store = format!("[store]\nurl = \"sqlite:{}\"\n", shared.path().join("team.db").display());
    let config = format!("{store}{REMEDIES}");
    let slow = WAITS.to_owned();
    let one = || home(&config, &[("fail-over", "echo failed over\n"), ("slow", &slow)]);
    let (ana, bo) = (one(), one());
    let text = std::fs::read_to_string(bo.path("config/midwatch/config.toml")).expect("a configuration");
    bo.write("config/midwatch/config.toml", &text.replace("\"ana\"", "\"bo\""));
    Pair { ana, bo, _shared: shared }
}

/// A command in the background.
fn start(home: &Home, id: &str) -> Running {
    let mut command = Command::new(MIDWATCH);
    command.args(["remedy", "run", id, "--yes", id]).env_clear().current_dir(home.folder());
    command.envs(home.environment().iter().map(|(name, value)| (name, value)));
    Running::start(command, &home.path("said"))
}

fn said(home: &Home) -> String {
    std::fs::read_to_string(home.path("said")).unwrap_or_default()
}

/// The request that ana's command waits with.
fn request(home: &Home) -> String {
    wait::until("a request for a second person", || {
        let said = said(home);
        let id = said.split_once("remedy approve ").and_then(|(_, rest)| rest.split_whitespace().next());
        id.map(str::to_owned).ok_or_else(|| said.clone())
    })
}

fn ends(home: &Home, running: &mut Running) -> String {
    wait::until("it ends", || if running.has_ended() { Ok(()) } else { Err(said(home)) });
    said(home)
}

#[test]
fn what_needs_two_waits_for_the_other_and_cools_down_for_both() {
    let Pair { ana, bo, _shared } = pair();
    let mut waiting = start(&ana, "fail-over");
    let request = request(&ana);
    let own = ana.run(&["remedy", "approve", &request, "--yes", "fail-over"]);
    assert_eq!(own.status, 1, "{own:?}");
    assert!(own.err.contains("second person"), "{own:?}");
    let wrong = bo.run(&["remedy", "approve", &request, "--yes", "fail-ovr"]);
    assert_eq!(wrong.status, 1, "{wrong:?}");
    nothing_ran(&ana);
    assert!(!waiting.has_ended());

    let agreed = bo.run(&["remedy", "approve", &request, "--yes", "fail-over"]);
    assert_eq!(agreed.status, 0, "{agreed:?}");
    let told = ends(&ana, &mut waiting);
    assert!(told.contains("bo agreed") && told.contains("failed over") && told.contains(": ok"), "{told}");
    assert_eq!(calls(&ana, "fail-over").len(), 1);
    nothing_ran(&bo);
    let late = bo.run(&["remedy", "approve", &request, "--yes", "fail-over"]);
    assert_eq!(late.status, 1, "an agreement is used up: {late:?}");

    for home in [&ana, &bo] {
        let cools = run(home, "fail-over", &[]);
        assert_eq!(cools.status, 1, "{cools:?}");
        assert!(cools.err.contains("cools down until") && cools.err.contains("ana ran it"), "{cools:?}");
    }
    assert_eq!(calls(&ana, "fail-over").len(), 1);
    nothing_ran(&bo);
    let row = super::only_run(&bo);
    assert_eq!((&row["operator"], &row["approved_by"]), (&"ana".into(), &"bo".into()), "{row}");
    assert_eq!(bo.run(&["journal", "--verify"]).status, 0);
}

#[test]
fn the_other_sees_it_on_their_screen_and_agrees_there() {
    let Pair { ana, bo, _shared } = pair();
    let mut screen = Terminal::open(&bo, &[], super::SIZE);
    let mut waiting = start(&ana, "fail-over");
    request(&ana);
    screen.press("7");
    screen.wait_for("waits for a second person");
    screen.wait_for("Fail over");
    screen.press("A");
    screen.wait_for("asked by");
    screen.wait_for("fail-over db-2");
    screen.press("fail-ovr\r");
    screen.wait_for("nothing");
    nothing_ran(&ana);
    screen.press("\u{15}");
    screen.press("fail-over\r");
    let told = ends(&ana, &mut waiting);
    assert!(told.contains("bo agreed") && told.contains("failed over"), "{told}");
    assert_eq!(calls(&ana, "fail-over").len(), 1);
    nothing_ran(&bo);
    screen.wait_for("ok");
}

#[test]
fn nobody_agrees_in_time_and_nothing_runs() {
    let Pair { ana, bo, _shared } = pair();
    let late = run(&ana, "fail-over", &["--wait-approval", "1s"]);
    assert_eq!(late.status, 1, "{late:?}");
    assert!(late.err.contains("nobody agreed in time"), "{late:?}");
    nothing_ran(&ana);
    nothing_ran(&bo);
}

#[test]
fn while_one_runs_it_the_other_cannot() {
    let Pair { ana, bo, _shared } = pair();
    let mut running = start(&ana, "slow");
    noted(&ana, 1);
    let locked = run(&bo, "slow", &[]);
    assert_eq!(locked.status, 1, "{locked:?}");
    assert!(locked.err.contains("ana runs it since"), "{locked:?}");
    nothing_ran(&bo);
    ana.write("go", "");
    let told = ends(&ana, &mut running);
    assert!(told.contains("went on"), "{told}");
    let cools = run(&bo, "slow", &[]);
    assert!(cools.status == 1 && cools.err.contains("cools down"), "{cools:?}");
    nothing_ran(&bo);
}
