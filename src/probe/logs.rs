//! Log lines of a time, counted.
//!
//! A line without a time has the time of the line before it, or else of its file's last change: rather one too many
//! is counted than one too few.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::future::join_all;

use super::Ground;
use super::evidence::Finding;
use super::words;
use crate::domain::checklist::Expect;
use crate::domain::checklist::probe::Held;
use crate::domain::{Level, Moment, SourceName};
use crate::source::options::{KindOptions, SourceOptions};
use crate::source::past::{self, Found, Sought};

/// How long all sources together may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How much of it reading may take: the rest is for telling what came.
const READING: Duration = Duration::from_secs(18);

pub(super) fn sought(contains: &str, level: Level, within: TimeDelta, now: Moment) -> Sought {
    let since = now.checked_sub_signed(within).unwrap_or(Moment::UNIX_EPOCH);
    Sought { contains: contains.to_lowercase(), level, since }
}

pub(super) async fn ask(
    ground: &Ground,
    source: Option<&SourceName>,
    sought: Sought,
    now: Moment,
    expect: Expect,
) -> Finding {
    let sources = match find(&ground.sources, source) {
        Ok(sources) => sources,
        Err(words) => return Finding::unknown(words),
    };
    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    let asked = join_all(sources.iter().map(async |source| {
        let asked = tokio::time::timeout(PATIENCE, past::ask(source, &sought, READING)).await;
        let late = || Err(format!("{} did not tell its lines in {} s", source.name, PATIENCE.as_secs()));
        asked.map_or_else(|_| late(), |found| found.map_err(|error| format!("{}: {error}", source.name)))
    }));
    let mut all = Found::default();
    let mut missing = Vec::new();
    for found in asked.await {
        match found {
            Ok(found) => all.join(found),
            Err(words) => missing.push(words),
        }
    }
    judged(&all, &missing, &sought, now, expect).from(names.join(", "))
}

/// Who is asked.
fn find<'a>(sources: &'a [SourceOptions], name: Option<&SourceName>) -> Result<Vec<&'a SourceOptions>, String> {
    let tells = |source: &SourceOptions| matches!(source.kind, KindOptions::File(_) | KindOptions::Journald(_));
    let Some(name) = name else {
        let all: Vec<_> = sources.iter().filter(|source| tells(source) && !source.off).collect();
        let none = "no source tells log lines; add one of kind \"file\" or \"journald\"";
        return if all.is_empty() { Err(none.to_owned()) } else { Ok(all) };
    };
    let source = sources.iter().find(|source| source.name == *name);
    let source = source.ok_or_else(|| format!("there is no source '{name}'; correct the source of the probe"))?;
    match (tells(source), source.off) {
        (false, _) => Err(format!("source '{name}' is of kind {} and tells no log lines", source.kind.word())),
        (true, true) => Err(format!("source '{name}' is off")),
        (true, false) => Ok(vec![source]),
    }
}

fn judged(found: &Found, missing: &[String], sought: &Sought, now: Moment, expect: Expect) -> Finding {
    #[expect(clippy::cast_precision_loss, reason = "nobody has 2^53 log lines")]
    let count = found.count as f64;
    let whole = found.since.is_none() && found.problems.is_empty() && missing.is_empty();
    let held = if whole { words::held(expect, count) } else { words::held_at_least(expect, count) };
    let span = span(now - sought.since);
    let lines = words::count(found.count, "line", "lines");
    let least = if whole { "" } else { "at least " };
    let mut words = format!("{least}{lines} in {span} · {}", words::expected(expect, ""));
    if let Some(since) = found.since {
        let same_day = since.date_naive() == now.date_naive();
        let since = since.format(if same_day { "%H:%M" } else { "%-d %b %H:%M" });
        words = format!("{words} · only since {since} UTC: before that there is more than is read");
    }
    let first = missing.first().or(found.problems.first());
    if let Some(first) = first.filter(|_| held == Held::Unknown || found.since.is_none()) {
        words = format!("{words} · {first}");
    }
    let newest = found.newest.iter().rev().map(|line| {
        let at = line.at.format("%Y-%m-%d %H:%M:%S");
        format!("{at} {} {} {}", line.level.word(), line.origin, line.text)
    });
    let told = missing.iter().chain(&found.problems).chain(&found.notes).take(5).cloned();
    Finding::new(held, words).value(count, "").lines(told.chain(newest).collect::<Vec<_>>())
}

/// A span of time in the unit that it was most likely written in.
fn span(span: TimeDelta) -> String {
    let minutes = span.num_minutes();
    match minutes {
        0 => format!("{} s", span.num_seconds()),
        minutes if minutes % 1_440 == 0 => format!("{} d", minutes / 1_440),
        minutes if minutes % 60 == 0 => format!("{} h", minutes / 60),
        minutes => format!("{minutes} min"),
    }
}
