//! The disk is full, read-only, or may not grow: midwatch watches on, says so, does nothing that it could not record,
//! and loses nothing that was typed.

use std::process::Command;

use super::fake::{Fake, firing};
use super::small_disk::{self, Mounted, journal, wait_rows};
use super::{ALERT, ENTER, config, keys_are_answered};
use crate::support::home::{Home, Ran};
use crate::support::pty::Terminal;

/// What is typed while nothing can be kept.
const TYPED: &str = "drained the pool by hand";
/// An alert that begins meanwhile.
const LATER: &str = "PaymentsDown";

/// What a disk that takes nothing any more must not do, whatever the reason is: nothing is sent, nothing is lost.
fn nothing_can_be_kept(screen: &mut Terminal, am: &Fake) {
    am.tells(&firing(&[ALERT, LATER]));
    screen.wait_for(LATER);
    screen.wait_for("waits to be written");
    screen.press("a");
    screen.wait_for("nothing was done");
    assert_eq!(am.posts(), 0, "what cannot be recorded is not sent");
    screen.press("c");
    screen.wait_for("omment");
    screen.press(TYPED);
    screen.wait_for(TYPED);
    screen.press(ENTER);
    screen.wait_for(&format!("comment {TYPED}"));
    keys_are_answered(screen);
}

/// And when it takes something again.
fn it_can_be_kept_again(screen: &mut Terminal, am: &Fake, beside: &dyn Fn(&[&str]) -> Ran) {
    screen.wait_gone("waits to be written");
    screen.press("c");
    screen.wait_for(TYPED);
    screen.press(ENTER);
    screen.wait_for("noted on");
    screen.press("a");
    screen.wait_for("takes it back");
    assert_eq!(am.posts(), 1);
    wait_rows(beside, "comment", 1);
    let rows = journal(beside);
    assert!(rows.iter().any(|row| row["detail"] == TYPED), "{rows:?}");
    let noticed = rows.iter().filter(|row| row["detail"] == LATER && row["what"] != "ack").count();
    assert_eq!(noticed, 1, "what was noticed meanwhile is kept, once: {rows:?}");
    let proof = beside(&["journal", "--verify"]);
    assert_eq!(proof.status, 0, "{proof:?}");
}

/// Waits until the store is open and was written.
fn wait_written(screen: &Terminal, beside: &dyn Fn(&[&str]) -> Ran) {
    screen.wait_row(ALERT, "unacked");
    wait_rows(beside, "incident.seen", 1);
}

#[test]
fn a_disk_that_fills_up_while_midwatch_runs() {
    if !small_disk::is_allowed() {
        return;
    }
    let am = Fake::telling(&firing(&[ALERT]));
    let config = config(&am.url());
    let mut mounted = Mounted::open(Home::with_config(&config), "size=6m");
    mounted.screen.wait_for(ALERT);
    let beside = mounted.beside();
    wait_written(&mounted.screen, &beside);
    mounted.fill();
    nothing_can_be_kept(&mut mounted.screen, &am);
    mounted.free();
    it_can_be_kept_again(&mut mounted.screen, &am, &beside);
}

/// The same where nothing can be mounted: no file may grow (`RLIMIT_FSIZE`).
#[test]
fn files_that_may_not_grow_any_more() {
    let am = Fake::telling(&firing(&[ALERT]));
    let home = Home::with_config(&config(&am.url()));
    let mut screen = Terminal::open(&home, &[], super::SIZE);
    wait_written(&screen, &|arguments: &[&str]| home.run(arguments));
    let limit = |size: &str| {
        let mut prlimit = Command::new("prlimit");
        prlimit.args([format!("--pid={}", screen.process()), format!("--fsize={size}:unlimited")]);
        assert!(prlimit.status().expect("prlimit can be run").success());
    };
    limit("1");
    nothing_can_be_kept(&mut screen, &am);
    let mut prlimit = Command::new("prlimit");
    prlimit.args([format!("--pid={}", screen.process()), "--fsize=unlimited:unlimited".to_owned()]);
    assert!(prlimit.status().expect("prlimit can be run").success());
    it_can_be_kept_again(&mut screen, &am, &|arguments: &[&str]| home.run(arguments));
}

#[test]
fn a_state_folder_that_may_only_be_read_until_it_may_be_written() {
    if !small_disk::is_allowed() {
        return;
    }
    let am = Fake::telling(&firing(&[ALERT]));
    let config = config(&am.url());
    let mut mounted = Mounted::open(Home::with_config(&config), "size=6m,ro");
    refuses_and_watches(&mut mounted.screen, &am);
    mounted.make_writable();
    let beside = mounted.beside();
    works_again(&mut mounted.screen, &am, &beside);
}

/// The same without a mount, for whoever is not root: the folder may be entered and read, and not be written.
#[test]
fn a_state_folder_without_the_right_to_write_until_it_has_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let am = Fake::telling(&firing(&[ALERT]));
    let home = Home::with_config(&config(&am.url()));
    if nix::unistd::geteuid().is_root() {
        // Root may write everywhere; a file in the place of the folder is in everybody's way.
        std::fs::remove_dir(home.path("state")).expect("an empty folder");
        home.write("state", "no folder");
    } else {
        std::fs::set_permissions(home.path("state"), std::fs::Permissions::from_mode(0o500)).expect("our folder");
    }
    let mut screen = Terminal::open(&home, &[], super::SIZE);
    refuses_and_watches(&mut screen, &am);
    if nix::unistd::geteuid().is_root() {
        std::fs::remove_file(home.path("state")).expect("our file");
        std::fs::create_dir(home.path("state")).expect("our folder");
    } else {
        std::fs::set_permissions(home.path("state"), std::fs::Permissions::from_mode(0o700)).expect("our folder");
    }
    works_again(&mut screen, &am, &|arguments: &[&str]| home.run(arguments));
}

fn refuses_and_watches(screen: &mut Terminal, am: &Fake) {
    screen.wait_row(ALERT, "unacked");
    screen.wait_for("nothing can be acked or noted");
    screen.press("a");
    screen.wait_for("what is not recorded is not done");
    assert_eq!(am.posts(), 0, "what cannot be recorded is not sent");
    keys_are_answered(screen);
    am.tells(&firing(&[ALERT, LATER]));
    screen.wait_for(LATER);
}

fn works_again(screen: &mut Terminal, am: &Fake, beside: &dyn Fn(&[&str]) -> Ran) {
    screen.wait_gone("nothing can be acked or noted");
    screen.press("a");
    screen.wait_for("takes it back");
    assert_eq!(am.posts(), 1);
    // What was noticed before is there, as of then.
    wait_rows(beside, "incident.seen", 2);
    wait_rows(beside, "ack", 2);
    assert_eq!(beside(&["journal", "--verify"]).status, 0);
}
