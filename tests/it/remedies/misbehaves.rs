//! Programs that do what no program should: each is bounded, ended whole, and told truly.

use std::time::{Duration, Instant};

use super::{all_gone, home, noted, only_run, run};
use crate::support::home::Home;

fn remedy(id: &str, more: &str) -> String {
    format!("[[remedy]]\nid = \"{id}\"\ncommand = [\"{id}\"]\ncooldown = \"0s\"\n{more}")
}

fn with(does: &str, more: &str) -> Home {
    home(&remedy("odd", more), &[("odd", does)])
}

#[test]
fn what_ignores_being_told_to_end_is_killed_with_its_children() {
    // A child in the group, one in a group of its own, and one that closed its output.
    let does = r#"trap '' TERM INT HUP
echo $$ >> "$here/pids"
waits='trap "" TERM INT HUP; echo $$ >> "$1/pids"; left=1200
while [ "$left" -gt 0 ]; do left=$((left - 1)); sleep 0.05; done'
sh -c "$waits" sh "$here" &
timeout 60 sh -c "$waits" sh "$here" &
sh -c "$waits" sh "$here" >/dev/null 2>&1 </dev/null &
wait
sh -c "$waits" sh "$here"
"#;
    let home = with(does, "timeout = \"2s\"\ngrace = \"1s\"\n");
    let began = Instant::now();
    let ran = run(&home, "odd", &[]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.contains("killed at its deadline"), "{ran:?}");
    assert!(began.elapsed() < Duration::from_secs(25), "{:?}", began.elapsed());
    all_gone(&noted(&home, 4));
    assert_eq!(only_run(&home)["ending"], "timedout");
}

#[test]
fn two_hundred_megabytes_are_read_and_a_little_of_them_is_kept() {
    let home = with("head -c 200000000 /dev/zero | tr '\\0' 'x' | fold -w 99\necho the end\n", "timeout = \"5m\"\n");
    let ran = run(&home, "odd", &[]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.trim_end().ends_with("the end"), "{}", ran.err);
    let row = only_run(&home);
    let kept = home.run(&["remedy", "output", row["id"].as_str().expect("an id")]);
    assert!(kept.out.trim_end().ends_with("the end"), "its last lines are kept");
    let left_out = kept.err.lines().find_map(|line| line.strip_suffix(" lines were left out here")).expect("a number");
    let left_out: usize = left_out.rsplit(' ').next().and_then(|number| number.parse().ok()).expect("a number");
    assert_eq!(left_out + kept.out.lines().count(), 200_000_000_usize.div_ceil(99), "every line is counted");
    assert!(kept.out.len() < 4_000_000, "{} bytes are kept", kept.out.len());
}

#[test]
fn what_asks_gets_no_answer_and_no_terminal() {
    let does = r#"if read -r answer; then echo "heard $answer"; else echo 'nobody answers'; fi
if (: < /dev/tty) 2>/dev/null; then echo 'a terminal'; else echo 'no terminal'; fi
exit 3
"#;
    let home = with(does, "timeout = \"20s\"\nexits = { 3 = \"it wants an answer\" }\n");
    let ran = run(&home, "odd", &[]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert_eq!(ran.out, "nobody answers\nno terminal\n");
    assert!(ran.err.contains("it wants an answer"), "{ran:?}");
}

#[test]
fn a_death_by_signal_is_told_as_one() {
    let home = with("kill -SEGV $$\n", "");
    let ran = run(&home, "odd", &[]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.contains("died of a signal") && ran.err.contains("SEGV"), "{ran:?}");
    assert_eq!(only_run(&home)["ending"], "signalled");
}

#[test]
fn exit_codes_mean_what_is_declared_and_nothing_else() {
    let exits = "exits = { 3 = { ok = true, says = \"nothing to do\" } }\n";
    for (code, status, words) in [(0, 0, "ok"), (3, 0, "nothing to do"), (4, 1, "failed")] {
        let home = with(&format!("exit {code}\n"), exits);
        let ran = run(&home, "odd", &[]);
        assert_eq!(ran.status, status, "{code}: {ran:?}");
        assert!(ran.err.contains(words), "{code}: {ran:?}");
    }
}

#[test]
fn a_program_that_cannot_be_started_is_told_and_nothing_is_said_to_have_run() {
    let home = home(&remedy("gone", ""), &[]);
    let ran = run(&home, "gone", &[]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.contains("gone is not there") && ran.err.contains("/bin"), "{ran:?}");
    assert_eq!(super::runs(&home).len(), 0, "it never began");
}

#[test]
fn what_it_says_cannot_play_with_the_terminal() {
    let home = with("printf '\\033]0;owned\\007\\033[2J\\033[31mred\\033[0m \\342\\200\\256gnp.exe\\n'\n", "");
    let ran = run(&home, "odd", &[]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("red") && !ran.out.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{ran:?}");
}
