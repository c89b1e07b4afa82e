//! Remedies, by the real program and with stand-ins for what they start: what runs, how it was called, and what never
//! runs.

mod ansible;
mod crash;
mod kubectl;
mod misbehaves;
mod secrets;
mod ssh;
mod trust;
mod two;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::support::home::{Home, Ran};
use crate::support::wait;

/// A size at which everything is on the screen.
const SIZE: (u16, u16) = (120, 36);

/// What a stand-in does before anything else: it notes how it was called, in a folder of its own for each call.
const RECORDS: &str = r#"#!/bin/sh
here=${0%/*}/..
count=1
while ! mkdir "$here/calls/${0##*/}-$count" 2>/dev/null; do count=$((count + 1)); done
call=$here/calls/${0##*/}-$count
/usr/bin/env -0 > "$call/env"
pwd > "$call/cwd"
for word in "$@"; do printf '%s\0' "$word"; done > "$call/argv"
"#;

/// Waits for the file `go`, not for ever, and notes the numbers of its processes.
const WAITS: &str = r#"echo $$ >> "$here/pids"
echo begun
left=1200
while [ ! -e "$here/go" ] && [ "$left" -gt 0 ]; do left=$((left - 1)); sleep 0.05; done
echo went on
"#;

/// One call of a stand-in.
#[derive(Debug)]
struct Call {
    argv: Vec<String>,
    env: BTreeMap<String, String>,
    cwd: String,
}

/// A home of ana, with these stand-ins first on the way to programs. Each is a name and what it does after noting how
/// it was called.
fn home(config: &str, stand_ins: &[(&str, &str)]) -> Home {
    let home = Home::with_config(&format!("operator = {{ name = \"ana\" }}\n{config}"));
    std::fs::create_dir(home.path("calls")).expect("a folder in a home");
    for (name, does) in stand_ins {
        home.script(&format!("bin/{name}"), &format!("{RECORDS}{does}"));
    }
    let path = std::env::var("PATH").unwrap_or_default();
    let bin = home.path("bin");
    home.with("PATH", &format!("{}:{path}", bin.display()))
}

/// How a stand-in was called, oldest first.
fn calls(home: &Home, name: &str) -> Vec<Call> {
    let folder = |count: usize| home.path(&format!("calls/{name}-{count}"));
    (1..1_000).map(folder).take_while(|folder| folder.is_dir()).map(|folder| call(&folder)).collect()
}

/// How it was called the only time.
fn only_call(home: &Home, name: &str) -> Call {
    let mut calls = calls(home, name);
    assert_eq!(calls.len(), 1, "{calls:?}");
    calls.remove(0)
}

/// That nothing was started.
fn nothing_ran(home: &Home) {
    let started: Vec<_> = home.path("calls").read_dir().expect("a folder").flatten().collect();
    assert!(started.is_empty(), "{started:?}");
}

fn call(folder: &Path) -> Call {
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a stand-in notes how it was called");
    let words = |text: String| -> Vec<String> { text.split_terminator('\0').map(str::to_owned).collect() };
    let pairs = words(text("env")).into_iter();
    let pairs = pairs.filter_map(|pair| pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())));
    // These the shell of the stand-in makes.
    let own = ["PWD", "OLDPWD", "SHLVL", "_"];
    let env = pairs.filter(|(name, _)| !own.contains(&name.as_str())).collect();
    Call { argv: words(text("argv")), env, cwd: text("cwd").trim_end().to_owned() }
}

/// Runs a remedy that was agreed to.
fn run(home: &Home, id: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["remedy", "run", id, "--yes", id];
    arguments.extend(more);
    home.run(&arguments)
}

/// The only run that the store knows.
fn only_run(home: &Home) -> Value {
    let mut runs = runs(home);
    assert_eq!(runs.len(), 1, "{runs:?}");
    runs.remove(0)
}

fn runs(home: &Home) -> Vec<Value> {
    let told = home.run(&["remedy", "runs", "--format", "json"]);
    let json: Value = serde_json::from_str(&told.out).unwrap_or_else(|error| panic!("{error}: {told:?}"));
    json["runs"].as_array().expect("a list of runs").clone()
}

/// The processes that a stand-in noted, once there are so many.
fn noted(home: &Home, count: usize) -> Vec<u32> {
    wait::until("the numbers of its processes", || {
        let text = std::fs::read_to_string(home.path("pids")).unwrap_or_default();
        let ids: Vec<u32> = text.lines().filter_map(|line| line.parse().ok()).collect();
        if ids.len() >= count { Ok(ids) } else { Err(format!("{ids:?}")) }
    })
}

/// Whether a process is there and has not ended.
fn lives(process: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, behind)| !behind.starts_with(['Z', 'X']))
}

/// Waits until none of them is left.
fn all_gone(processes: &[u32]) {
    wait::until("every process of it is gone", || {
        let left: Vec<&u32> = processes.iter().filter(|process| lives(**process)).collect();
        if left.is_empty() { Ok(()) } else { Err(format!("{left:?} live")) }
    });
}

/// That the journal is whole, with so many rows about runs.
fn journal_holds(home: &Home, rows: usize) {
    assert_eq!(home.run(&["journal", "--verify"]).status, 0);
    let told = home.run(&["journal", "--format", "json"]);
    assert_eq!(told.out.matches("\"remedy.run\"").count(), rows, "{told:?}");
}
