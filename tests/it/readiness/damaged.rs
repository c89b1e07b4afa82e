//! The store's file is damaged: it is set aside and told, a new one is begun, and nothing else is lost.

use std::path::{Path, PathBuf};

use super::fake::{Fake, firing};
use super::{ALERT, config};
use crate::support::home::{Home, Ran};

const OWN: &str = "id = \"own\"\ntitle = \"Own list\"\n[[item]]\nid = \"a\"\ntext = \"Look\"\n";

/// A home whose store was written, and the store's file.
fn written() -> (Fake, Home, PathBuf) {
    let am = Fake::telling(&firing(&[ALERT]));
    let home = Home::with_config(&config(&am.url()));
    home.write("config/midwatch/checklists/own.toml", OWN);
    let commented = home.run(&["comment", ALERT, "before the damage"]);
    assert_eq!(commented.status, 0, "{commented:?}");
    let store = files(&home).into_iter().find(|file| file.extension().is_some_and(|end| end == "db"));
    let store = store.expect("a store");
    // What a process left in the log beside the file would mend much of what is damaged here.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let opened = midwatch::store::Store::open(&store).await.expect("it is whole");
        opened.store.close().await;
    });
    (am, home, store)
}

fn files(home: &Home) -> Vec<PathBuf> {
    let all = std::fs::read_dir(home.path("state/midwatch")).expect("the state folder");
    all.map(|file| file.expect("a file").path()).collect()
}

fn is_aside(file: &Path) -> bool {
    let name = file.to_string_lossy();
    name.contains(".db.corrupt-") && !name.ends_with("-wal") && !name.ends_with("-shm")
}

fn checks(home: &Home, ran: &Ran) {
    assert_eq!(ran.status, 2, "the alert is told all the same: {ran:?}");
    let aside: Vec<PathBuf> = files(home).into_iter().filter(|file| is_aside(file)).collect();
    let [aside] = &aside[..] else { panic!("one file is set aside: {aside:?}") };
    assert!(ran.err.contains(aside.to_str().expect("a name")), "the message names it: {ran:?}");
    let lists = home.run(&["checklist", "list"]);
    assert!(lists.out.contains("Own list"), "the operator's own lists are there: {lists:?}");
    assert_eq!(home.run(&["comment", ALERT, "after the damage"]).status, 0);
    assert_eq!(home.run(&["journal", "--verify"]).status, 0);
    assert!(home.status().1["incidents"][0]["title"] == ALERT);
}

#[test]
fn no_database_at_all() {
    let (_am, home, store) = written();
    std::fs::write(&store, "these are no pages\n".repeat(3_000)).expect("our file");
    checks(&home, &home.run(&["status"]));
}

#[test]
fn garbage_in_the_middle() {
    let (_am, home, store) = written();
    let mut bytes = std::fs::read(&store).expect("our file");
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0xa5);
    std::fs::write(&store, bytes).expect("our file");
    checks(&home, &home.run(&["status"]));
}

#[test]
fn cut_off() {
    let (_am, home, store) = written();
    let bytes = std::fs::read(&store).expect("our file");
    std::fs::write(&store, &bytes[..bytes.len() / 3]).expect("our file");
    checks(&home, &home.run(&["status"]));
}

#[test]
fn empty() {
    let (_am, home, store) = written();
    std::fs::write(&store, "").expect("our file");
    let ran = home.run(&["status"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.err.contains("was an empty file"), "{ran:?}");
    assert!(ran.err.contains(store.to_str().expect("a name")), "{ran:?}");
    assert_eq!(home.run(&["comment", ALERT, "after the damage"]).status, 0);
}

#[test]
fn two_at_once_set_one_file_aside() {
    let (_am, home, store) = written();
    std::fs::write(&store, "these are no pages\n".repeat(3_000)).expect("our file");
    let ran = std::thread::scope(|scope| {
        let both = [(); 2].map(|()| scope.spawn(|| home.run(&["status"])));
        both.map(|one| one.join().expect("it does not panic"))
    });
    assert!(ran.iter().all(|ran| ran.status == 2), "{ran:?}");
    assert_eq!(ran.iter().filter(|ran| ran.err.contains(".corrupt-")).count(), 1, "{ran:?}");
    assert_eq!(files(&home).iter().filter(|file| is_aside(file)).count(), 1);
}
