//! One look at every source, for those who do not stay.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::Clock;
use super::attempt::{Outcome, ask};
use super::difference::Difference;
use crate::board::{SourceEvent, SourceReport};
use crate::domain::SourceName;
use crate::source::Source;

/// What helps where a look takes too long.
const ADVICE: &str = "wait longer (--wait), or ask for less";

/// A source that is to be asked once.
pub struct Asked {
    /// Its name.
    pub name: SourceName,
    /// The source.
    pub source: Box<dyn Source>,
    /// How long its poll may take.
    pub timeout: Duration,
}

/// Polls every source once, all at the same time, and returns no later than `within`. Every source has a
/// report, in the order given.
pub async fn once(sources: Vec<Asked>, within: Duration, clock: &Clock) -> Vec<SourceReport> {
    let began = Instant::now();
    let asked: Vec<_> = sources
        .into_iter()
        .map(|Asked { name, mut source, timeout }| {
            // A task of its own: decoding a large answer holds up no other.
            let task = tokio::spawn(async move {
                let outcome = ask(&mut *source, timeout.min(within), &mut Difference::default(), ADVICE).await;
                (outcome, began.elapsed())
            });
            (name, task)
        })
        .collect();
    let mut reports = Vec::with_capacity(asked.len());
    for (name, mut task) in asked {
        let failed = |cause: String| SourceEvent::Failed { cause, retry: None };
        let (event, took) = match timeout_at(began + within, &mut task).await {
            Ok(Ok((Outcome::Event(event, _), took))) => (event, took),
            Ok(Ok((Outcome::Failed(error), took))) => (failed(error.to_string()), took),
            Ok(Err(_)) => (failed("a fault of midwatch: the poll was lost".to_owned()), began.elapsed()),
            Err(_) => {
                task.abort();
                (failed(format!("no full answer within {:.1} s; {ADVICE}", within.as_secs_f64())), began.elapsed())
            }
        };
        reports.push(SourceReport { source: name, at: clock(), took, event });
    }
    reports
}
