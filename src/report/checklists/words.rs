//! The words of reports about checklists: schedules, probes, times, how a walk went.

use chrono::TimeDelta;
use chrono_tz::Tz;

use crate::domain::checklist::standing::State;
use crate::domain::checklist::walk::End;
use crate::domain::checklist::{Answer, Item, ItemKind, Outcome, Probe, Walk, Walked};
use crate::domain::{Moment, age, duration, quantity};

/// A moment in the operator's zone: `2026-11-23 09:00 CET`.
pub(super) fn at(moment: Moment, zone: Tz) -> String {
    moment.with_timezone(&zone).format("%Y-%m-%d %H:%M %Z").to_string()
}

/// How a list stands, in a word; as JSON has it too.
pub(super) fn state(state: State) -> &'static str {
    match state {
        State::Overdue => "overdue",
        State::Due => "due",
        State::Soon => "soon",
        State::Ahead => "ahead",
        State::OnDemand => "on-demand",
    }
}

/// `4 done, 1 failed of 6`.
pub(super) fn counts(walked: &Walked) -> String {
    counted([walked.done, walked.failed, walked.skipped], walked.of)
}

/// The same of a walk that is kept whole.
pub(super) fn counts_of(walk: &Walk) -> String {
    counted(Outcome::ALL.map(|outcome| walk.count(outcome)), walk.list.items().count())
}

fn counted(counts: [usize; 3], of: usize) -> String {
    let said = counts.into_iter().zip(Outcome::ALL).filter(|(count, _)| *count > 0);
    let said: Vec<String> = said.map(|(count, outcome)| format!("{count} {}", outcome.word())).collect();
    let said = if said.is_empty() { "0".to_owned() } else { said.join(", ") };
    format!("{said} of {of}")
}

/// How long something took, in one unit.
pub(super) fn took(from: Moment, to: Moment) -> String {
    age::short((to - from).max(TimeDelta::zero()))
}

/// How a walk ended, or that it is open.
pub(super) fn ending(walk: &Walk) -> String {
    walk.ended.as_ref().map_or_else(|| "open".to_owned(), end)
}

/// How it ended: `signed ana`, `given up by bo: no time`.
pub(super) fn end(end: &End) -> String {
    let by = &end.by.name;
    match (end.completed, end.sign.as_str()) {
        (true, "") => format!("completed by {by}"),
        (true, sign) => format!("signed {sign}"),
        (false, "") => format!("given up by {by}"),
        (false, why) => format!("given up by {by}: {why}"),
    }
}

/// What was entered.
pub(super) fn answer(answer: &Answer, unit: &str) -> String {
    match answer {
        Answer::Number(number) => quantity::text(Some(*number), unit),
        Answer::Choice(word) | Answer::Text(word) => word.clone(),
    }
}

/// The unit of an item's numbers.
pub(super) fn unit(item: &Item) -> &str {
    match (&item.kind, &item.probe) {
        (ItemKind::Value { unit, .. }, _) | (_, Some(Probe::Query { unit, .. } | Probe::Command { unit, .. })) => unit,
        (_, Some(Probe::Certificate { .. })) => "d",
        _ => "",
    }
}

/// What a probe asks: `query up`, `df -h`, `the certificate of api.example:443`.
pub(super) fn asks(probe: &Probe) -> String {
    match probe {
        Probe::Query { source, query, .. } => format!("query {query}{}", of(source.as_ref())),
        Probe::Logs { source, contains, level, within, .. } => {
            let what = if contains.is_empty() { String::new() } else { format!(" with \"{contains}\"") };
            format!("log lines of {level} and worse{what} in {}{}", duration::text(*within), of(source.as_ref()))
        }
        Probe::Command { argv, .. } => format!("command {}", argv.join(" ")),
        Probe::Http { url, .. } => format!("GET {url}"),
        Probe::Certificate { host, port, .. } => format!("the certificate of {host}:{port}"),
        Probe::File { path, .. } => format!("the file {}", path.display()),
        Probe::Known { what, .. } => format!("what midwatch knows: {}", what.word()),
    }
}

fn of(source: Option<&crate::domain::SourceName>) -> String {
    source.map(|name| format!(" at {name}")).unwrap_or_default()
}

/// What a probe expects: `>= 1`, `exit 0`, `status 200, with "ok"`.
pub(super) fn expected(probe: &Probe) -> String {
    match probe {
        Probe::Query { expect, .. } | Probe::Logs { expect, .. } | Probe::Known { expect, .. } => expect.to_string(),
        Probe::Command { expect, .. } => expect.map_or_else(|| "exit 0".to_owned(), |expect| expect.to_string()),
        Probe::Http { status, contains, .. } => {
            let status = status.map_or_else(|| "status 2xx".to_owned(), |status| format!("status {status}"));
            contains.as_ref().map_or(status.clone(), |part| format!("{status}, with \"{part}\""))
        }
        Probe::Certificate { days, .. } => format!(">= {days} days"),
        Probe::File { younger, at_least, .. } => {
            let younger = younger.map(|span| format!("younger than {}", duration::text(span)));
            let size = at_least.map(|bytes| format!("at least {bytes} bytes"));
            [younger, size].into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
    }
}
