//! Measures how fast promises are used up, each span as often as it can change and no more: a query over
//! 30 days is dear, and its answer moves slowly.

use std::time::Duration;

use chrono::TimeDelta;
use tokio::time::Instant;

use super::client::{Client, Failure};
use super::map;
use crate::domain::slo::SloReading;
use crate::domain::{Moment, SourceName, duration};
use crate::source::SourceError;
use crate::source::options::SloQuery;

/// What stands for the span in a query.
const WINDOW: &str = "$window";

/// The longest time until a span is measured again.
const RARELY: Duration = Duration::from_mins(10);

/// One promise and what was measured of it last.
#[derive(Debug, Clone)]
pub(super) struct Slo {
    query: SloQuery,
    spans: [Measured; 3],
    news: bool,
}

/// The share over one span, and when it was measured.
#[derive(Debug, Clone)]
struct Measured {
    span: TimeDelta,
    share: Result<f64, String>,
    at: Option<Instant>,
}

impl Measured {
    fn is_due(&self) -> bool {
        let pause = (self.span.to_std().unwrap_or_default() / 240).min(RARELY);
        self.at.is_none_or(|at| at.elapsed() >= pause)
    }
}

impl Slo {
    pub fn new(query: &SloQuery) -> Self {
        let spans = [TimeDelta::hours(1), TimeDelta::hours(6), query.window];
        let spans = spans.map(|span| Measured { span, share: Err("not measured yet".to_owned()), at: None });
        Self { query: query.clone(), spans, news: false }
    }

    /// Measures what is due. May be given up in between: what was not answered then is not known, and is
    /// asked again only when its span is due again, so that a dear query is not sent at every poll.
    pub async fn measure(&mut self, client: &Client) -> Result<(), SourceError> {
        for measured in &mut self.spans {
            if measured.is_due() {
                measured.share = Err("no answer in time".to_owned());
                measured.at = Some(Instant::now());
                self.news = true;
                measured.share = share(client, &self.query, measured.span).await?;
            }
        }
        Ok(())
    }

    /// What is known now, if that is news.
    pub fn news(&mut self, source: &SourceName, at: Moment) -> Option<SloReading> {
        std::mem::take(&mut self.news).then(|| self.reading(source, at))
    }

    fn reading(&self, source: &SourceName, at: Moment) -> SloReading {
        let [hour, six_hours, window] = &self.spans;
        SloReading {
            service: self.query.service.clone(),
            source: source.clone(),
            at,
            objective: self.query.objective,
            window: self.query.window,
            errors_1h: hour.share.as_ref().ok().copied(),
            errors_6h: six_hours.share.as_ref().ok().copied(),
            errors_window: window.share.as_ref().ok().copied(),
        }
    }

    /// Why a share is not known: the first reason.
    pub fn problem(&self) -> Option<String> {
        let why = self.spans.iter().find_map(|measured| measured.share.as_ref().err())?;
        Some(format!("slo of {}: {why}", self.query.service))
    }
}

async fn share(client: &Client, query: &SloQuery, span: TimeDelta) -> Result<Result<f64, String>, SourceError> {
    let errors = number(client, &query.errors, span).await?;
    let total = number(client, &query.total, span).await?;
    Ok(map::share(&errors, &total))
}

async fn number(client: &Client, query: &str, span: TimeDelta) -> Result<map::Number, SourceError> {
    let query = query.replace(WINDOW, &duration::text(span));
    let answer = match client.instant(&query).await {
        Ok(answer) => answer,
        Err(failure) => return none(failure),
    };
    match answer.read() {
        Ok((outcome, _)) => Ok(map::number(&outcome)),
        Err(failure) => none(failure),
    }
}

fn none(failure: Failure) -> Result<map::Number, SourceError> {
    match failure {
        Failure::Query(problem) => Ok(map::Number { at: None, value: None, problem: Some(problem) }),
        Failure::Source(error) => Err(error),
    }
}
