//! `midwatch status`: one look, as text and JSON.

use std::io::{self, Write};

use super::checklists::{Listed, standing};
use super::json::{self, StatusDocument};
use super::table::{self, Fit};
use super::{incidents, words};
use crate::board::{Board, Summary, Verdict};
use crate::domain::{Health, Incident, Moment, SignalLevel, SourceStatus};
use crate::theme::Glyph;

/// Writes the whole board as JSON, and the checklists that have a schedule.
///
/// # Errors
/// Where the writer fails.
pub fn json(board: &Board, lists: &[Listed], now: Moment, out: &mut dyn Write) -> io::Result<()> {
    json::write(&StatusDocument::new(board, lists, now), out)
}

/// Writes the verdict, then the incidents, the checklists that wait, the sources, and what is not known.
///
/// # Errors
/// Where the writer fails.
pub fn text(board: &Board, lists: &[Listed], now: Moment, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let summary = board.summary(now);
    writeln!(out, "{}", verdict_line(&summary))?;
    writeln!(out, "{} UTC", now.format("%Y-%m-%d %H:%M:%S"))?;
    let (open, resolved): (Vec<&Incident>, Vec<&Incident>) = board.incidents().partition(|incident| incident.is_open());
    for (title, listed) in [("Incidents", open), ("Resolved", resolved)] {
        if !listed.is_empty() {
            writeln!(out, "\n{title}")?;
            incidents::text(board, &listed, now, width, out)?;
        }
    }
    standing::text(lists, now, out)?;
    sources(board, now, width, out)?;
    unknown(board, now, out)
}

/// `CRITICAL  1 critical, 2 high wait for somebody · 2 acked · 5/5 sources live`
fn verdict_line(summary: &Summary) -> String {
    let word = match summary.verdict() {
        Verdict::Quiet => "QUIET",
        Verdict::Firing => "FIRING",
        Verdict::Critical => "CRITICAL",
        Verdict::Unknown => "UNKNOWN",
    };
    let firing: usize = summary.firing.iter().sum();
    let mut parts = vec![match words::severities(summary.waiting) {
        Some(waiting) => format!("{waiting} unacked"),
        None if firing == 0 => words::nothing(summary).to_owned(),
        None => format!("{firing} firing, none unacked"),
    }];
    let counted = [(summary.acked, "acked"), (summary.snoozed, "snoozed"), (summary.quiet, "silenced or inhibited")];
    parts.extend(counted.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")));
    parts.push(match (summary.live, summary.sources) {
        (_, 0) => "no source".to_owned(),
        (live, all) => format!("{live}/{all} sources live"),
    });
    format!("{word}  {}", parts.join(" · "))
}

fn sources(board: &Board, now: Moment, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let row = |status: &SourceStatus| {
        [
            Glyph::of_health(status.health(now)).text(false).to_owned(),
            status.name.to_string(),
            status.kind.to_owned(),
            words::health(status, now),
            status.notes.join("; "),
        ]
    };
    let rows: Vec<_> = board.sources().map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nSources")?;
    table::write([Fit::Left, Fit::Shrinks, Fit::Left, Fit::Left, Fit::Shrinks], &rows, width, out)
}

/// What would be said if it were known. Causes are never cut: they say what to do.
fn unknown(board: &Board, now: Moment, out: &mut dyn Write) -> io::Result<()> {
    let sources = board.sources().filter(|status| status.health(now).is_missing()).map(|status| missing(status, now));
    let signals = board.signals().iter().filter(|track| {
        let health = board.source(&track.signal.source).map(|status| status.health(now));
        health == Some(Health::Live) && track.level() == SignalLevel::Unknown
    });
    let signals = signals.map(|track| {
        let problem = track.problem.as_deref().unwrap_or("no number");
        format!("{} {}: {problem}", track.signal.key.service, track.signal.key.kind)
    });
    let lines: Vec<String> = sources.chain(signals).collect();
    if !lines.is_empty() {
        writeln!(out, "\nNot known")?;
    }
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn missing(status: &SourceStatus, now: Moment) -> String {
    let last = match status.answered {
        Some(at) => format!("last answer {} UTC", at.format("%Y-%m-%d %H:%M:%S")),
        None => "no answer yet".to_owned(),
    };
    let cause = status.failure.as_ref().map_or(String::new(), |failure| format!(": {}", failure.cause));
    format!("{} {}, {last}{cause}", status.name, words::health(status, now))
}
