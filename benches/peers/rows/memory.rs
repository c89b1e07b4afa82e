//! Resident memory: with nothing, with 10,000 alerts, with 100,000 log lines.

use std::time::Duration;

use super::mb;
use crate::args::Args;
use crate::figures::{Table, short};
use crate::process::{self, Memory};
use crate::support::answers::{Answers, alerts};
use crate::support::home::Home;
use crate::watched::{Config, open, write_log};

/// In the last of the lines: a log is read piece by piece.
const LAST_LINE: &str = "7f3a00099999";

/// After so long everything has come and what was needed for it was given back.
const SETTLED: Duration = Duration::from_secs(8);

/// Measures.
pub fn measure(args: &Args, table: &mut Table) {
    let few = Answers::serve(alerts(0));
    let bare = look(args, &Config::with("").alertmanager(&few.url(), "5s"), &["1"]);
    table.row("resident, bare", &told(bare), "≤ 25 MB", Some(mb(bare.resident) <= 25.0));
    let many = Answers::serve(alerts(10_000));
    let storm = look(args, &Config::with("").alertmanager(&many.url(), "5s"), &["1", "Alert0"]);
    table.row("resident, 10,000 alerts", &told(storm), "≤ 60 MB", Some(mb(storm.resident) <= 60.0));
    let logs = Home::new();
    let log = logs.path("app.log");
    #[expect(clippy::cast_precision_loss, reason = "megabytes")]
    let bytes = write_log(&log, 100_000) as f64;
    let config = Config::with("log_lines = 200000").alertmanager(&few.url(), "5s").log(&log, "1s");
    let lines = look(args, &config, &["4", LAST_LINE]);
    let more = lines.resident - bare.resident;
    let measured = format!(
        "{}; {} MB more than bare = {} × the {} MB of lines",
        told(lines),
        short(mb(more)),
        short(more / bytes),
        short(mb(bytes))
    );
    table.row("resident, 100,000 log lines", &measured, "≤ 1.5 × the lines more", Some(more <= 1.5 * bytes));
}

/// Presses a key and waits for the words that must be there then; the memory some time after.
fn look(args: &Args, config: &Config, steps: &[&str]) -> Memory {
    let home = config.home();
    let mut screen = open(&args.midwatch, &home);
    screen.first_frame();
    if let [key, words @ ..] = steps {
        screen.press(key);
        for words in words {
            screen.wait_for(words);
        }
    }
    std::thread::sleep(SETTLED);
    process::memory(screen.id())
}

fn told(memory: Memory) -> String {
    format!(
        "{} MB (proportional {} MB, not of files {} MB)",
        short(mb(memory.resident)),
        short(mb(memory.proportional)),
        short(mb(memory.anonymous))
    )
}
