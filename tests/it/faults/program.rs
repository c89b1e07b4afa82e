//! The real binary looks once at everything that is wrong: every source has its state and its cause, the look ends, its
//! memory is bounded, and no secret is told.

use std::fmt::Write as _;
use std::process::Command;

use serde_json::Value;

use super::adapters::Adapter;
use super::cases::CASES;
use super::fault::{Case, Fault};
use super::lab::{CANARY, Lab};
use crate::support::home::{Home, MIDWATCH};

/// The most address space that a look may take, in KiB. An endless answer alone would take more.
const MEMORY: u64 = 3 << 20;
/// The most bytes of one answer, and what the two sides of a connection hold besides.
const MOST: u64 = (64 + 16) << 20;

/// One source that is wrong.
async fn wrong(case: &'static Case) -> Lab {
    let lab = Lab::start(Adapter::Alertmanager.good(), case.fault).await;
    lab.set(case.fault).await;
    lab
}

fn source(number: usize, case: &Case, lab: &Lab) -> String {
    let url = if case.fault == Fault::NoSuchName { "http://nowhere.invalid:9093".to_owned() } else { lab.bare() };
    let ca = lab.ca().map(|ca| format!("tls = {{ ca = \"{}\" }}\n", ca.display())).unwrap_or_default();
    format!(
        "[[source]]\nname = \"c{number}\"\nkind = \"alertmanager\"\nurl = \"{url}\"\nevery = \"30s\"\n\
         timeout = \"{}\"\nauth = {{ bearer = {{ file = \"{}\" }} }}\n{ca}\n",
        if case.is_about_time() { "2s" } else { "50s" },
        lab.token().display(),
    )
}

/// Runs midwatch with a limit on its memory.
fn run(home: &Home, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -v {MEMORY} && exec \"$@\""), "sh", MIDWATCH]).args(arguments);
    command.env_clear().current_dir(home.folder()).stdin(std::process::Stdio::null());
    command.envs(home.environment().iter().map(|(name, value)| (name, value)));
    let ended = tokio::task::block_in_place(|| command.output()).expect("midwatch can be run");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (ended.status.code().unwrap_or(-1), text(&ended.stdout), text(&ended.stderr))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn one_look_at_everything_that_is_wrong() {
    let cases: Vec<&'static Case> = CASES.iter().filter(|case| !case.lives()).collect();
    let mut labs = Vec::new();
    let mut config = "operator = { name = \"ana\" }\n".to_owned();
    for (number, case) in cases.iter().enumerate() {
        let lab = wrong(case).await;
        config.push_str(&source(number, case, &lab));
        labs.push(lab);
    }
    let home = Home::with_config(&config);
    let (exit, out, err) = run(&home, &["status", "--format", "json", "--wait", "50s"]);
    assert!(!out.contains(CANARY) && !err.contains(CANARY), "a secret is told");
    let status: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error} in {out}\n{err}"));
    assert_eq!((exit, &status["verdict"]), (3, &Value::from("unknown")), "{status}");
    for (number, (case, lab)) in cases.iter().zip(&labs).enumerate() {
        let told = &status["sources"][number];
        let cause = told["error"].as_str().unwrap_or_else(|| panic!("{:?} has no cause: {told}", case.fault));
        assert_eq!(told["state"], "unreachable", "{told}");
        for words in case.says {
            assert!(cause.contains(words), "{:?}: '{words}' is not in {cause}", case.fault);
        }
        let requests = u64::try_from(lab.seen().len()).expect("a few");
        // Alerts, silences and the cluster's state at once; where a secret is refused, each once more with it read anew.
        assert!(requests <= 6, "{:?}: asked {requests} times by one look: {:?}", case.fault, lab.seen());
        assert!(lab.sent() <= requests * MOST, "{:?}: {} bytes were read", case.fault, lab.sent());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_look_that_does_not_wait_long_enough_says_so_and_check_names_what_is_wrong() {
    let silent = CASES.iter().find(|case| case.fault == Fault::Silent).expect("it is among them");
    let page = CASES.iter().find(|case| case.fault == Fault::Page).expect("it is among them");
    let (hangs, logs_in) = (wrong(silent).await, wrong(page).await);
    let mut config = "operator = { name = \"ana\" }\n".to_owned();
    let slow = source(0, silent, &hangs).replace("\"2s\"", "\"50s\"");
    write!(config, "{slow}{}", source(1, page, &logs_in)).expect("a text takes any text");
    let home = Home::with_config(&config);
    let (exit, out, err) = run(&home, &["check", "--wait", "3s"]);
    assert_eq!(exit, 1, "{out}{err}");
    assert!(out.contains("c0: no full answer within 3.0 s; wait longer (--wait), or ask for less"), "{out}");
    assert!(out.contains("a web page came instead of data; it looks like a login page; check auth and url"), "{out}");
    assert!(!out.contains(CANARY) && !err.contains(CANARY), "a secret is told");
}
