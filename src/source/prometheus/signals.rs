//! Asks for the signals: one number each, several at a time, and at the start their last hour.

use std::time::Duration;

use futures_util::{FutureExt as _, StreamExt as _, TryStreamExt as _, stream};
use tokio::time::Instant;

use super::client::{Client, Failure, Notes};
use super::map::{self, Number};
use crate::domain::signal::{SignalKey, SignalUpdate};
use crate::domain::{Moment, Reading, Signal, SourceName, harmless};
use crate::source::SourceError;
use crate::source::options::SignalQuery;

/// How many queries are under way at once.
pub(super) const AT_ONCE: usize = 4;

/// The span of a backfill and the most points of it, in seconds and points.
const BACKFILL: i64 = 3600;
const POINTS: i64 = 240;

/// The number of each signal, in the order of the queries.
pub(super) async fn instant(client: &Client, queries: &[SignalQuery]) -> Result<Vec<(Number, Notes)>, SourceError> {
    // Boxed first: a closure inside the stream would need one lifetime for all of its calls.
    let asked: Vec<_> = queries.iter().map(|query| one(client, query).boxed()).collect();
    stream::iter(asked).buffered(AT_ONCE).try_collect().await
}

async fn one(client: &Client, query: &SignalQuery) -> Result<(Number, Notes), SourceError> {
    let read = match client.instant(&query.query).await {
        Ok(answer) => answer.read().map(|(outcome, notes)| (map::number(&outcome), notes)),
        Err(failure) => Err(failure),
    };
    match read {
        Ok((number, notes)) => Ok((number, notes)),
        Err(Failure::Query(problem)) => Ok((Number { at: None, value: None, problem: Some(problem) }, vec![])),
        Err(Failure::Source(error)) => Err(error),
    }
}

/// The readings before `ends` of each signal that has a number now, as far as they come until `deadline`.
/// What fails here is left out: it costs the picture its past, not its present.
pub(super) async fn backfill(
    client: &Client,
    queries: &[SignalQuery],
    ends: &[Option<Moment>],
    deadline: Instant,
) -> Vec<Vec<Reading>> {
    let mut filled = vec![Vec::new(); queries.len()];
    let wanted = queries.iter().zip(ends).enumerate();
    let asked: Vec<_> =
        wanted.filter_map(|(at, (query, end))| end.map(|end| past(client, at, query, end).boxed())).collect();
    let mut answers = stream::iter(asked).buffer_unordered(AT_ONCE);
    while let Ok(Some((at, readings))) = tokio::time::timeout_at(deadline, answers.next()).await {
        if let Some(slot) = filled.get_mut(at) {
            *slot = readings;
        }
    }
    filled
}

async fn past(client: &Client, at: usize, query: &SignalQuery, end: Moment) -> (usize, Vec<Reading>) {
    let (step, end_at) = (BACKFILL / POINTS, end.timestamp());
    // Both ends are points: one step less than an hour makes exactly as many as allowed.
    let start = end_at - BACKFILL + step;
    let mut readings = match client.range(&query.query, start, end_at, step).await {
        Ok(answer) => answer.read().map(|(outcome, _)| map::readings(&outcome)).unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    readings.retain(|reading| reading.at < end);
    (at, readings)
}

/// One signal's news.
pub(super) fn update(
    source: &SourceName,
    query: &SignalQuery,
    number: &Number,
    mut readings: Vec<Reading>,
    now: Moment,
) -> SignalUpdate {
    readings.push(Reading { at: number.at.unwrap_or(now), value: number.value });
    SignalUpdate {
        signal: Signal {
            key: SignalKey { service: query.service.clone(), kind: query.kind.clone(), part: String::new() },
            label: query.label.clone(),
            unit: query.unit.clone(),
            warn: query.warn,
            critical: query.critical,
            source: source.clone(),
        },
        readings,
        problem: number.problem.as_ref().map(|problem| harmless::line(problem, PROBLEM).into_owned()),
    }
}

/// The most characters of a problem.
const PROBLEM: usize = 300;

/// How long a source may be away before its past is filled in again.
pub(super) const LONG_OUTAGE: Duration = Duration::from_mins(3);
