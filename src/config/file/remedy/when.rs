//! What must hold before a remedy runs, when it runs by itself, and what its exit codes mean.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::argv::{Where, argv};
use super::scope::Scope;
use crate::config::file::within_secs;
use crate::config::reader::{Item, Table};
use crate::domain::duration;
use crate::domain::remediation::{Auto, Exit, Precondition};

/// How a signal can be compared; the longer sign first where one begins like another.
const COMPARISONS: [&str; 6] = ["<=", ">=", "==", "!=", "<", ">"];

/// A list of preconditions.
pub(super) fn required(item: &Item<'_>, scope: &Scope) -> Option<Vec<Precondition>> {
    let rows = item.list("a list of tables, such as [{ command = [\"test\", \"-e\", \"/run/x\"] }]")?;
    let read: Vec<Option<Precondition>> = rows.iter().map(|row| precondition(row, scope)).collect();
    read.into_iter().collect()
}

fn precondition(item: &Item<'_>, scope: &Scope) -> Option<Precondition> {
    let table = item.table("a table, such as { signal = \"errors\", is = \"> 0.01\" }")?;
    match (table.item("command"), table.item("signal")) {
        (Some(command), None) => {
            table.finish(&["remedy.require.command"]);
            argv(&command, scope, Where::Here).map(Precondition::Command)
        }
        (None, Some(signal)) => {
            let (signal, is) = (signal.word(), table.need("is", comparison));
            let service = table.get("service", Item::word);
            table.finish(&["remedy.require.signal"]);
            let (comparison, bound) = is?;
            Some(Precondition::Signal { service, signal: signal?, comparison, bound })
        }
        (Some(_), Some(signal)) => {
            signal.misplaced("'signal' stands beside 'command'; a precondition is one of them: write two tables");
            None
        }
        (None, None) => {
            let either = ["remedy.require.command", "remedy.require.signal"];
            table.finish(&either);
            if !table.has_slips(&either) {
                table.lacks("a precondition has 'command', or 'signal' and 'is'");
            }
            None
        }
    }
}

fn comparison(item: &Item<'_>) -> Option<(String, f64)> {
    let text = item.word()?;
    let sign = COMPARISONS.iter().find(|sign| text.starts_with(**sign));
    let read = sign.and_then(|sign| Some(((*sign).to_owned(), text.strip_prefix(sign)?.trim().parse::<f64>().ok()?)));
    let read = read.filter(|(_, bound)| bound.is_finite());
    if read.is_none() {
        item.wrong(&format!(
            "{} is no comparison; write a sign ({}) and a number in the signal's unit, such as \"> 0.01\"",
            item.quote(),
            COMPARISONS.join(" ")
        ));
    }
    read
}

/// When a remedy runs by itself.
pub(super) fn auto(item: &Item<'_>, scope: &Scope) -> Option<Auto> {
    let table = item.table("a table, such as { after = \"2m\", max = \"3/1h\" }")?;
    let after = table.need("after", |item| item.span(&within_secs(0, 86_400)));
    let (mut most, mut notice, mut failures) = (Some((3, TimeDelta::hours(1))), TimeDelta::seconds(30), 2);
    if let Some(item) = table.item("max") {
        most = rate(&item);
    }
    // Shorter, and nobody could stop it.
    table.set("notice", |item| item.span(&within_secs(5, 3600)), &mut notice);
    table.set("failures", |item| u32::try_from(item.count(1..=100)?).ok(), &mut failures);
    let only_if = table.item("only_if").map_or(Some(Vec::new()), |item| required(&item, scope));
    table.finish(&["remedy.auto"]);
    let (max, within) = most?;
    Some(Auto { after: after?, max, within, only_if: only_if?, notice, failures })
}

/// How often within which span: `3/1h`.
fn rate(item: &Item<'_>) -> Option<(u32, TimeDelta)> {
    let text = item.word()?;
    let read = text.split_once('/').and_then(|(times, span)| {
        let times = times.trim().parse::<u32>().ok().filter(|times| (1..=1000).contains(times))?;
        let span = duration::parse(span.trim()).ok()?;
        (TimeDelta::minutes(1)..=TimeDelta::days(30)).contains(&span).then_some((times, span))
    });
    if read.is_none() {
        item.wrong(&format!(
            "{} does not say how often; write 3/1h for at most 3 times in 1 hour (1 to 1000 times, 1m to 30d)",
            item.quote()
        ));
    }
    read
}

/// What exit codes mean.
pub(super) fn exits(item: &Item<'_>) -> Option<BTreeMap<i32, Exit>> {
    let table = item.table("a table, such as { 3 = \"the unit does not exist\" }")?;
    let read: Vec<Option<(i32, Exit)>> = table.items().iter().map(|(code, item)| exit(code, item)).collect();
    read.into_iter().collect()
}

fn exit(code: &str, item: &Item<'_>) -> Option<(i32, Exit)> {
    let read = code.parse::<i32>().ok().filter(|read| (0..=255).contains(read) && read.to_string() == code);
    if read.is_none() {
        item.misplaced("this is no exit code: those are whole numbers from 0 to 255");
    }
    let exit = if item.as_text().is_some() {
        item.word().map(|words| Exit { ok: false, words })
    } else {
        item.table("what it means in words, or { ok = true, says = \"nothing to do\" }")
            .and_then(|table| meaning(&table))
    };
    Some((read?, exit?))
}

fn meaning(table: &Table<'_>) -> Option<Exit> {
    let ok = table.get("ok", Item::flag).unwrap_or_default();
    let words = table.need("says", Item::word);
    table.finish(&["remedy.exits"]);
    Some(Exit { ok, words: words? })
}
