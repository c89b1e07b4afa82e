//! Memory stays where it is, whatever changes around midwatch.

use std::time::Duration;

use crate::support::answers::{Answers, alert, alerts, list};
use crate::support::home::Home;
use crate::support::pty::Terminal;
use crate::support::usage;
use crate::support::wait;

/// How many alerts fire at a time; each says something else in every answer: half a megabyte of text.
const FIRING: usize = 1_000;
/// Answers before memory is looked at first, and between that and the last look.
const WARM: usize = 12;
const LOOKED_AT: usize = 30;
/// What one answer would leave behind if it were kept is this many times as much.
const MOST: f64 = 12_000_000.0;

#[test]
fn answers_that_change_everything_leave_nothing_behind() {
    let answers = Answers::serve(all(0));
    let home = Home::with_config(&format!(
        "[[source]]\nname = 'am'\nkind = 'alertmanager'\nurl = '{}'\nevery = '100ms'\n",
        answers.url()
    ));
    // Wide enough for the words of the alert under the cursor.
    let terminal = Terminal::open(&home, &[], (200, 50));
    let mut version = 0;
    let mut change = |times: usize| {
        for _ in 0..times {
            let given = answers.given();
            version += 1;
            answers.change(all(version));
            // The one after the next was asked for after the change.
            wait::until("a new answer is fetched", || {
                let now = answers.given();
                if now >= given + 2 { Ok(()) } else { Err(format!("{now} after {given}")) }
            });
        }
        terminal.wait_for(&format!("version {version}:"));
        usage::memory(terminal.process(), "Anonymous")
    };
    let before = change(WARM);
    let after = change(LOOKED_AT);
    assert!(before > 0.0 && after - before < MOST, "{before} bytes, then {after}");
}

#[test]
fn an_alert_that_changes_costs_the_terminal_a_few_hundred_bytes() {
    let answers = Answers::serve(alerts(100));
    let home = Home::with_config(&format!(
        "[[source]]\nname = 'am'\nkind = 'alertmanager'\nurl = '{}'\nevery = '100ms'\n",
        answers.url()
    ));
    let terminal = Terminal::open(&home, &[], (200, 50));
    terminal.wait_for("version 0:");
    let shown = terminal.row("▌").expect("a row under the cursor");
    let number = shown.split("Alert").nth(1).and_then(|rest| rest.split(' ').next()).expect("the name of an alert");
    let number: usize = number.parse().expect("a number in its name");
    terminal.wait_settled(Duration::from_millis(1_200));
    let before = terminal.drawn();
    answers.change(list((0..100).map(|other| alert(other, usize::from(other == number)))));
    terminal.wait_for("version 1:");
    terminal.wait_settled(Duration::from_millis(400));
    let drawn = terminal.drawn() - before;
    assert!(drawn <= 600, "{drawn} bytes: {:?}", terminal.raw_since(before));
}

fn all(version: usize) -> String {
    list((0..FIRING).map(|number| alert(number, version)))
}
