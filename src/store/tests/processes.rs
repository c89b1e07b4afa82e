//! Several real processes on one file, and one that is killed.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

use super::*;
use crate::store::{JournalQuery, Proof};

const FILE: &str = "MIDWATCH_TEST_STORE";
const NAME: &str = "MIDWATCH_TEST_NAME";
const ROWS: &str = "MIDWATCH_TEST_ROWS";

/// What a child does: opens the store, appends rows, and says of each that it is done.
#[tokio::test]
async fn child() {
    // Run by the tests below as a process of its own; among the other tests it has nothing to do.
    let Some(path) = std::env::var_os(FILE).map(PathBuf::from) else { return };
    let name = std::env::var(NAME).unwrap();
    let rows: usize = std::env::var(ROWS).unwrap().parse().unwrap();
    let store = open(&path).await;
    for at in 0..rows {
        let row = store.append(entry("ack", &name, &format!("{name} {at}"))).await.unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "\ndone {} {}", row.id, row.entry.detail).unwrap();
        out.flush().unwrap();
    }
    store.close().await;
}

fn start(path: &Path, name: &str, rows: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::tests::processes::child", "--nocapture", "--test-threads=1"])
        .env(FILE, path)
        .env(NAME, name)
        .env(ROWS, rows.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// A line of a child that says that a row was written: its id and detail.
fn done(line: &str) -> Option<(i64, String)> {
    let (id, detail) = line.strip_prefix("done ")?.split_once(' ')?;
    Some((id.parse().ok()?, detail.to_owned()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_processes_begin_one_store_together() {
    let (_dir, path) = file();
    let children: Vec<Child> = (0..8).map(|at| start(&path, &format!("child-{at}"), 25)).collect();
    for child in children {
        let output = tokio::task::spawn_blocking(|| child.wait_with_output().unwrap()).await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let told = String::from_utf8(output.stdout).unwrap();
        assert_eq!(told.lines().filter_map(done).count(), 25);
    }
    let store = open(&path).await;
    assert!(matches!(store.verify().await.unwrap(), Proof::Sound { rows: 200, .. }));
    for at in 0..8 {
        let mine = JournalQuery { target: Some(format!("child-{at}")), newest_first: false, ..JournalQuery::default() };
        let details: Vec<String> = store.journal(mine).await.unwrap().into_iter().map(|row| row.entry.detail).collect();
        let expected: Vec<String> = (0..25).map(|row| format!("child-{at} {row}")).collect();
        assert_eq!(details, expected);
    }
}

#[tokio::test]
async fn what_a_killed_process_called_done_is_there() {
    let (_dir, path) = file();
    let mut promised: Vec<(i64, String)> = Vec::new();
    for round in 0..20_usize {
        let mut child = start(&path, &format!("round-{round}"), 100_000);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Killed after another number of rows each time, always in the middle of its work.
        let enough = promised.len() + 1 + round * 3 % 17;
        while promised.len() < enough {
            let line = lines.next().expect("the child goes on until it is killed").unwrap();
            promised.extend(done(&line));
        }
        // SIGKILL
        child.kill().unwrap();
        child.wait().unwrap();
        // The last line may be cut; then it was not said.
        let rest: Vec<u8> =
            lines.map_while(Result::ok).flat_map(|line| [line.into_bytes(), vec![b'\n']].concat()).collect();
        let rest = String::from_utf8(rest).unwrap();
        promised.extend(rest.lines().rev().skip(1).filter_map(done));

        let store = open(&path).await;
        let Proof::Sound { rows, .. } = store.verify().await.unwrap() else { panic!("round {round}") };
        assert!(rows >= i64::try_from(promised.len()).unwrap());
        store.close().await;
    }
    let store = open(&path).await;
    let all = JournalQuery { newest_first: false, limit: usize::MAX, ..JournalQuery::default() };
    let rows = store.journal(all).await.unwrap();
    for (id, detail) in promised {
        let row = &rows[usize::try_from(id).unwrap() - 1];
        assert_eq!((row.id, &row.entry.detail), (id, &detail));
    }
}
