//! One alert of a thousand says something else: how many bytes go to the terminal.

use std::time::Duration;

use crate::args::Args;
use crate::figures::{Figures, Table};
use crate::support::answers::{Answers, alert, list};
use crate::watched::{Config, open};

const ALERTS: usize = 1_000;

/// Measures.
pub fn measure(args: &Args, table: &mut Table) {
    let answers = Answers::serve(list((0..ALERTS).map(|number| alert(number, 0))));
    let home = Config::with("").alertmanager(&answers.url(), "1s").home();
    let mut screen = open(&args.midwatch, &home);
    screen.wait_for("version 0");
    screen.wait_quiet(Duration::from_millis(1_500));
    let changed = under_the_cursor(&screen.text());
    let mut bytes = Vec::new();
    for version in 1..=args.rounds {
        let before = screen.drawn();
        answers.change(list((0..ALERTS).map(|number| alert(number, if number == changed { version } else { 0 }))));
        let words = format!("version {version}");
        screen.wait_for(&words);
        screen.wait_quiet(Duration::from_millis(300));
        #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
        bytes.push((screen.drawn() - before) as f64);
    }
    let bytes: Figures = bytes.into_iter().collect();
    table.row(
        "one alert changes: bytes to the terminal",
        &bytes.told(" bytes"),
        "≤ 600",
        Some(bytes.median() <= 600.0),
    );
}

/// The number of the alert under the cursor: its words are on the screen.
fn under_the_cursor(text: &str) -> usize {
    let row = text.lines().find(|row| row.contains('▌')).expect("a row under the cursor");
    let number = row.split("Alert").nth(1).and_then(|rest| rest.split(' ').next());
    number.and_then(|number| number.parse().ok()).expect("the name of an alert")
}
