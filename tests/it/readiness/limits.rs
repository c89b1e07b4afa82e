//! Limits that were set on midwatch: memory, open files.

use std::io::Write as _;
use std::process::Command;

use super::fake::{Fake, alert, firing};
use super::{ALERT, config, keys_are_answered, source};
use crate::support::home::{Home, MIDWATCH};
use crate::support::pty::Terminal;
use crate::support::wait;

/// Address space, in kB. What is mapped and never touched counts as well: the stacks of threads, `SQLite`'s maps.
const MEMORY: usize = 1_500_000;

#[test]
fn an_answer_of_fifty_megabytes_and_endless_logs_under_a_limit_of_memory() {
    let text = "x".repeat(250_000);
    let mut alerts: Vec<String> =
        (0..200).map(|at| alert(&format!("Big{at:03}"), "warning", "2026-01-01T00:00:00Z", &text)).collect();
    alerts.push(alert(ALERT, "critical", "2026-01-01T00:00:00Z", ""));
    let am = Fake::telling(&format!("[{}]", alerts.join(",")));
    assert!(am.state().alerts.len() > 50_000_000);
    let small = Fake::telling(&firing(&["PaymentsDown"]));
    let home = Home::new();
    let log = home.write("app.log", "");
    let logs = format!("[[source]]\nname = \"app\"\nkind = \"file\"\npaths = [\"{}\"]\n", log.display());
    home.write("config/midwatch/config.toml", &format!("{}{}{logs}", config(&am.url()), source("small", &small.url())));
    let script = home.script("start", &format!("#!/bin/sh\nulimit -v {MEMORY}\nexec '{MIDWATCH}' \"$@\"\n"));
    let mut screen = Terminal::start(&home, &script, &[], super::SIZE);
    screen.wait_for("PaymentsDown");
    let mut file = std::fs::OpenOptions::new().append(true).open(&log).expect("our log");
    let lines = "level=error msg=\"upstream timed out\"\n".repeat(20_000);
    for _ in 0..30 {
        file.write_all(lines.as_bytes()).expect("our log");
    }
    // Told, or in words what was left out.
    screen.wait_until("the large answer is there", |text| text.contains(ALERT) || text.contains("64 MiB"));
    am.wait_asked(2);
    keys_are_answered(&mut screen);
    assert_eq!(screen.try_exit(), None, "it lives");
}

#[test]
fn no_file_can_be_opened_any_more() {
    let am = Fake::telling(&firing(&[ALERT]));
    let home = Home::with_config(&config(&am.url()));
    let mut screen = Terminal::open(&home, &[], super::SIZE);
    screen.wait_row(ALERT, "unacked");
    let id = screen.process();
    let limit = |most: &str| {
        let mut prlimit = Command::new("prlimit");
        prlimit.args([format!("--pid={id}"), format!("--nofile={most}")]);
        assert!(prlimit.status().expect("prlimit can be run").success());
    };
    // Lower than every number that is open already.
    limit("3:1024");
    screen.wait_row(ALERT, "as of ");
    screen.wait_for("unreachable");
    keys_are_answered(&mut screen);
    // Where it is told why.
    screen.press("0");
    screen.wait_for("too many open files");
    limit("1024:1024");
    screen.wait_gone("unreachable");
    let resolved = wait::until("it is asked again", || home.incident(ALERT).ok_or_else(String::new));
    assert_eq!(resolved["resolved"], serde_json::Value::Null);
}
