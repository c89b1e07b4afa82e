//! From a key to the last byte of the frame that answers it, with a full board and with one that has as good as nothing.

use std::time::Duration;

use super::ms;
use crate::args::Args;
use crate::figures::{Figures, Table};
use crate::screen::Screen;
use crate::support::answers::{Answers, alerts};
use crate::support::home::Home;
use crate::watched::{Config, open, write_log};

/// Alerts and lines of the full board, and of the one that it is compared with: rows enough for a cursor.
const FULL: (usize, usize) = (10_000, 100_000);
const BARE: (usize, usize) = (3, 3);
/// How many rows a cursor goes down before it goes up again.
const WALK: usize = 2;

/// Measures.
pub fn measure(args: &Args, table: &mut Table) {
    let mut opened = [FULL, BARE].map(|(count, lines)| board(args, count, lines));
    for (view, what) in [("1", "alerts"), ("4", "log lines")] {
        for (screen, _) in &mut opened {
            screen.answer(view, Duration::from_secs(5));
            screen.wait_quiet(Duration::from_millis(500));
            screen.press("g");
            screen.wait_quiet(Duration::from_millis(500));
        }
        let mut told = [Vec::new(), Vec::new()];
        // Both boards in turn, so that whatever else the machine does meets both.
        for number in 0..args.keys {
            let key = if number % (2 * WALK) < WALK { "j" } else { "k" };
            for ((screen, _), told) in opened.iter_mut().zip(&mut told) {
                let answer = screen.answer(key, Duration::from_secs(5));
                told.push(answer.map_or(f64::INFINITY, ms));
                std::thread::sleep(Duration::from_millis(12));
            }
        }
        let [full, bare] = told.map(|all| all.into_iter().collect::<Figures>());
        tell(what, &full, &bare, table);
    }
}

/// The homes come along: the log in one of them is followed.
fn board(args: &Args, count: usize, lines: usize) -> (Screen, [Home; 2]) {
    let answers = Answers::serve(alerts(count));
    let folder = Home::new();
    let log = folder.path("app.log");
    write_log(&log, lines);
    let home = Config::with("log_lines = 200000").alertmanager(&answers.url(), "600s").log(&log, "1s").home();
    let mut screen = open(&args.midwatch, &home);
    screen.wait_for("Alert0000");
    // The log is read piece by piece.
    screen.press("4");
    screen.wait_for(&format!("7f3a{:08}", lines - 1));
    (screen, [folder, home])
}

fn tell(what: &str, full: &Figures, bare: &Figures, table: &mut Table) {
    let ratio = full.at(0.99) / bare.at(0.99);
    let measured = format!(
        "p50 {:.2} ms, p99 {:.2} ms; three rows: p50 {:.2} ms, p99 {:.2} ms; p99 ratio {ratio:.2}, p50 ratio {:.2}",
        full.at(0.5),
        full.at(0.99),
        bare.at(0.5),
        bare.at(0.99),
        full.at(0.5) / bare.at(0.5)
    );
    table.row(
        &format!("key to frame with 10,000 alerts and 100,000 log lines: j and k among {what}"),
        &measured,
        "p99 ≤ 8 ms and ≤ 1.2 × a board of three",
        Some(full.at(0.99) <= 8.0 && ratio <= 1.2),
    );
}
