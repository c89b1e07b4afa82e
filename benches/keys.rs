//! From a key to bytes: chord, update, view, difference, on an empty board and on a full one, for every view.
//!
//! The full board has ten thousand alerts, each its own incident, and a hundred thousand log lines, at 200×50.

mod made;

use divan::Bencher;
use made::screen::{Board, Desk};
use midwatch::app::View;

fn main() {
    divan::main();
}

const BOARDS: [Board; 3] = [Board::Empty, Board::Full, Board::OneIncident];

fn keys(bencher: Bencher<'_, '_>, board: Board, open: &str, keys: &str) {
    let mut desk = Desk::open(board);
    desk.press_all(open);
    let keys = made::screen::chords(keys);
    let mut turn = keys.iter().cycle();
    bencher.bench_local(|| turn.next().map(|key| desk.press(*key)));
}

/// What is pressed to stand there.
fn there(view: View) -> String {
    let at = View::ALL.iter().position(|one| *one == view).unwrap_or(0) + 1;
    at.to_string()
}

macro_rules! views {
    ($($name:ident $view:ident),*) => {$(
        mod $name {
            use super::*;

            /// One row down, one up.
            #[divan::bench(args = BOARDS, sample_count = 50)]
            fn rows(bencher: Bencher<'_, '_>, board: Board) {
                keys(bencher, board, &there(View::$view), "jjjkk");
            }

            /// To the end, to the top, half a page.
            #[divan::bench(args = BOARDS, sample_count = 50)]
            fn leaps(bencher: Bencher<'_, '_>, board: Board) {
                keys(bencher, board, &there(View::$view), "G^ug^d");
            }
        }
    )*};
}

views!(watch Watch, incidents Incidents, signals Signals, logs Logs, checklists Checklists, mutes Mutes,
    remedies Remedies, journal Journal, sources Sources);

/// From view to view.
#[divan::bench(args = BOARDS, sample_count = 90)]
fn through_the_views(bencher: Bencher<'_, '_>, board: Board) {
    keys(bencher, board, "", "123456789");
}

/// The page of an incident, opened, read down and left.
#[divan::bench(args = BOARDS, sample_count = 50)]
fn page_of_an_incident(bencher: Bencher<'_, '_>, board: Board) {
    keys(bencher, board, "2", "\rjj\x1b");
}

/// A filter of incidents, typed and taken back.
#[divan::bench(args = BOARDS, sample_count = 40)]
fn filter_of_incidents(bencher: Bencher<'_, '_>, board: Board) {
    keys(bencher, board, "2/", "checkout\x08\x08\x08\x08\x08\x08\x08\x08");
}

/// A filter of log lines, typed and taken back.
#[divan::bench(args = BOARDS, sample_count = 40)]
fn filter_of_logs(bencher: Bencher<'_, '_>, board: Board) {
    keys(bencher, board, "4/", "timeout 77\x08\x08\x08\x08\x08\x08\x08\x08\x08\x08");
}

/// Rows under a filter that few lines pass.
#[divan::bench(args = BOARDS, sample_count = 40)]
fn rows_under_a_rare_filter(bencher: Bencher<'_, '_>, board: Board) {
    keys(bencher, board, "4/after 7777\r", "kkkjj");
}

/// Rows under a filter of incidents.
#[divan::bench(args = BOARDS, sample_count = 40)]
fn rows_under_a_filter_of_incidents(bencher: Bencher<'_, '_>, board: Board) {
    keys(bencher, board, "2/Alert\r", "jjjkk");
}

/// Paused, and rows in what stands still.
#[divan::bench(args = BOARDS, sample_count = 40)]
fn rows_while_paused(bencher: Bencher<'_, '_>, board: Board) {
    keys(bencher, board, "2p", "jjjkk");
}
