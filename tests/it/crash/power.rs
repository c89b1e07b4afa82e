//! The machine loses power: of what was written last, only a beginning is on the disk. The store opens, its journal
//! holds, and what is missing is the end alone.

use std::path::Path;

use midwatch::domain::journal::{Entry, Outcome};
use midwatch::domain::{Moment, Operator};
use midwatch::store::{JournalQuery, Proof, Store};

use super::dice::{Dice, rounds};
use super::scene::runtime;

const ROWS: usize = 120;
const CUTS: usize = 40;

fn entry(detail: String) -> Entry {
    Entry {
        at: Moment::UNIX_EPOCH,
        operator: Operator::new("ana", "bastion"),
        action: "comment".to_owned(),
        target: "00000000000000aa".to_owned(),
        detail,
        outcome: Outcome::Done,
    }
}

/// How many rows are left in a copy of the store with this write-ahead log.
async fn left(database: &[u8], log: &[u8]) -> usize {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("kept.db");
    std::fs::write(&path, database).expect("a copy");
    std::fs::write(folder.path().join("kept.db-wal"), log).expect("a copy");
    let opened = Store::open(&path).await.expect("the store opens");
    assert_eq!(opened.notices, [], "nothing was set aside");
    let proof = opened.store.verify().await.expect("the journal can be read");
    assert!(matches!(proof, Proof::Sound { .. }), "{proof:?}");
    let all = JournalQuery { newest_first: false, limit: usize::MAX, ..JournalQuery::default() };
    let rows = opened.store.journal(all).await.expect("the journal can be read");
    for (at, row) in rows.iter().enumerate() {
        assert_eq!(row.entry.detail, format!("row {at}"), "only the end is missing");
    }
    // And it goes on from there.
    opened.store.append(entry(format!("row {}", rows.len()))).await.expect("the store can be written");
    let proof = opened.store.verify().await.expect("the journal can be read");
    assert!(matches!(proof, Proof::Sound { .. }), "{proof:?}");
    opened.store.close().await;
    rows.len()
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("the file can be read")
}

#[test]
fn a_log_that_was_cut_off_loses_its_end_and_nothing_else() {
    let mut dice = Dice::new("power");
    runtime().block_on(async {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("kept.db");
        let store = Store::open(&path).await.expect("a new store").store;
        let log = folder.path().join("kept.db-wal");
        // How long the log was when each row was answered as written.
        let mut answered = Vec::with_capacity(ROWS);
        for at in 0..ROWS {
            store.append(entry(format!("row {at}"))).await.expect("the store can be written");
            answered.push(std::fs::metadata(&log).expect("a log").len());
        }
        let (database, whole) = (read(&path), read(&log));
        assert_eq!(left(&database, &whole).await, ROWS, "nothing is lost where nothing is cut");
        let from = answered[0];
        for _ in 0..rounds(CUTS) {
            let cut = from + dice.below(whole.len() as u64 - from);
            let sure = answered.iter().filter(|length| **length <= cut).count();
            let mut cut_log = whole[..usize::try_from(cut).expect("small")].to_vec();
            // What a disk leaves behind a cut may be anything.
            match dice.below(3) {
                0 => {}
                1 => cut_log.extend(std::iter::repeat_n(0, 5_000)),
                _ => cut_log.extend((0..=250).cycle().take(5_000)),
            }
            assert_eq!(left(&database, &cut_log).await, sure, "cut at {cut}");
        }
        store.close().await;
    });
}
