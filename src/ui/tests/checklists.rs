//! Checklists on the screen: the list, a walk, its completion, the history, and what is due on Watch.

mod days;
mod forms;
mod made;
mod promises;
mod views;
mod walks;
mod watch;
mod wide;

use super::drawn::screen;
use crate::app::App;

/// Wide, usual, small, least.
const SIZES: [(u16, u16); 4] = [(120, 36), (80, 24), (40, 10), (200, 50)];

/// The screen at all sizes, one below the other.
fn all_sizes(app: &App) -> String {
    SIZES.map(|(width, height)| format!("{width} by {height}\n{}", trimmed(&screen(app, width, height)))).join("\n\n")
}

fn trimmed(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Holds an app to what it looked like at all sizes.
fn keep(name: &str, app: &App) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, all_sizes(app)));
}
