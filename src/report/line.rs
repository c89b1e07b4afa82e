//! One line for a prompt or a status bar: `▲2 ◆3 ●1 · am-eu unreachable`.

use std::io::{self, Write};

use super::checklists::{Listed, standing};
use super::words;
use crate::board::Board;
use crate::domain::{Moment, Severity};
use crate::theme::Glyph;

/// The most sources that are named; more are counted.
const NAMED: usize = 2;

/// Writes the line: what fires (acked or not), then what is missing, then the checklists that wait.
///
/// # Errors
/// Where the writer fails.
pub fn write(board: &Board, lists: &[Listed], now: Moment, out: &mut dyn Write) -> io::Result<()> {
    let summary = board.summary(now);
    let counts = Severity::ALL.into_iter().zip(summary.firing).filter(|(_, count)| *count > 0);
    let counts: Vec<String> =
        counts.map(|(severity, count)| format!("{}{count}", Glyph::of_severity(severity).text(false))).collect();
    let mut parts = vec![if counts.is_empty() { words::nothing(&summary).to_owned() } else { counts.join(" ") }];
    let missing: Vec<String> = board
        .sources()
        .filter(|status| status.health(now).is_missing())
        .map(|status| format!("{} {}", status.name, status.health(now).words()))
        .collect();
    match missing.len() {
        0 if summary.sources == 0 => parts.push("no source".to_owned()),
        0..=NAMED => parts.extend(missing),
        many => parts.push(format!("{many} sources missing")),
    }
    parts.extend(standing::waiting(lists, now, false));
    writeln!(out, "{}", parts.join(" · "))
}
