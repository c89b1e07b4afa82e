//! What changes around midwatch in a soak: an Alertmanager whose alerts come and go, a log that grows and rotates.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::support::answers::{Answers, alert, list};
use crate::support::home::Home;

/// How many alerts fire at a time.
const FIRING: usize = 200;
/// Between two changes.
const PACE: Duration = Duration::from_millis(100);
/// Lines at each change.
const LINES: usize = 20;
/// After so many changes the log begins anew under its name.
const ROTATION: usize = 300;

/// What changes by itself for as long as the process lives.
pub struct World {
    answers: Answers,
    log: PathBuf,
    _home: Home,
}

impl World {
    /// Begins.
    pub fn begin() -> Self {
        let home = Home::new();
        let log = home.write("logs/app.log", "");
        let answers = Answers::serve(list(std::iter::empty()));
        let (changed, grown) = (answers.clone(), log.clone());
        std::thread::spawn(move || {
            for turn in 0.. {
                changed.change(firing(turn));
                // The folder is gone when the run has ended.
                if grow(&grown, turn).is_err() {
                    return;
                }
                std::thread::sleep(PACE);
            }
        });
        Self { answers, log, _home: home }
    }

    /// Where the Alertmanager is.
    pub fn url(&self) -> String {
        self.answers.url()
    }

    /// The log.
    pub fn log(&self) -> &Path {
        &self.log
    }
}

/// Storms come first, each of other alerts and over as soon: what is kept of the past is full before it is measured.
const STORMS: usize = 15;
/// Alerts of one.
const STORM: usize = 500;
/// How many turns one lasts.
const LASTS: usize = 10;

/// A window over all alerts there are, which moves on: after the storms, every second turn the oldest resolves and a new one fires, and some
/// say something else in every turn. After a while names come again, as they do.
fn firing(turn: usize) -> String {
    let storm = turn / LASTS;
    if storm < STORMS {
        return list((0..STORM).map(|number| alert(10_000 + storm * STORM + number, 0)));
    }
    let first = turn / 2;
    let version = |number: usize| if number % 40 == turn % 40 { turn } else { 0 };
    list((first..first + FIRING).map(|number| alert(number % 5_000, version(number))))
}

fn grow(log: &Path, turn: usize) -> std::io::Result<()> {
    if turn % ROTATION == ROTATION - 1 {
        std::fs::rename(log, log.with_extension("log.1"))?;
    }
    let mut text = String::new();
    for line in 0..LINES {
        let level = if line % 7 == 0 { "ERROR" } else { "INFO" };
        let _ = writeln!(
            text,
            "{} {level} checkout-{} order {turn}-{line} answered",
            chrono::Utc::now().to_rfc3339(),
            line % 3
        );
    }
    std::fs::OpenOptions::new().create(true).append(true).open(log)?.write_all(text.as_bytes())
}
