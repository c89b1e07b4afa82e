//! A source under its real poller, and a real board that hears it.

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use midwatch::board::{Board, BoardRules, SourceEvent, SourceReport};
use midwatch::domain::{Health, Moment, SourceName, SourceStatus};
use midwatch::report::exit_code;
use midwatch::source::Source;
use midwatch::source::poller::{self, PollerHandle, Schedule};
use tokio::sync::mpsc::{Receiver, channel};

use super::adapters::NAME;
use crate::support::wait::DEADLINE;

/// How often a source is asked here.
pub const EVERY: Duration = Duration::from_millis(400);

/// What is watched.
pub struct Watch {
    /// What is known.
    pub board: Board,
    name: SourceName,
    kind: &'static str,
    reports: Receiver<SourceReport>,
    _poller: PollerHandle,
}

/// A failed attempt.
#[derive(Debug, Clone)]
pub struct Failed {
    /// Why.
    pub cause: String,
    /// How long until it is asked again.
    pub wait: Duration,
    /// The attempt.
    pub report: SourceReport,
}

impl Watch {
    /// Begins to ask.
    pub fn begin(source: Box<dyn Source>, timeout: Duration) -> Self {
        let (name, kind) = (SourceName::new(NAME), source.kind());
        let (sender, reports) = channel(64);
        let schedule = Schedule { every: EVERY, timeout };
        let poller = poller::spawn(source, schedule, name.clone(), Arc::new(Utc::now), sender);
        Self { board: empty(&name, kind), name, kind, reports, _poller: poller }
    }

    /// The next attempt, as the board has heard it.
    pub async fn next(&mut self) -> SourceReport {
        let report = tokio::time::timeout(DEADLINE, self.reports.recv()).await.expect("the poller goes on");
        let report = report.expect("the poller lives");
        self.board.apply(report.clone());
        report
    }

    /// The next failure.
    pub async fn failure(&mut self) -> Failed {
        loop {
            let report = self.next().await;
            if let SourceEvent::Failed { cause, retry } = &report.event {
                let wait = retry.expect("a poller tells when it asks again") - report.at;
                let wait = wait.to_std().expect("it asks again later");
                return Failed { cause: cause.clone(), wait, report };
            }
        }
    }

    /// The next full answer.
    pub async fn answer(&mut self) -> Moment {
        let answered = async {
            loop {
                let report = self.next().await;
                if !matches!(report.event, SourceEvent::Failed { .. }) {
                    return report.at;
                }
            }
        };
        let answered = tokio::time::timeout(DEADLINE, answered).await;
        answered.unwrap_or_else(|_| panic!("it does not come back: {:?}", self.status().failure))
    }

    /// How the source stands just after an attempt.
    pub fn status(&self) -> &SourceStatus {
        self.board.source(&self.name).expect("the board knows its source")
    }

    /// Its health at a time.
    pub fn health(&self, at: Moment) -> Health {
        self.status().health(at)
    }

    /// The exit status of a look that knows nothing from before and meets this.
    pub fn exit_of(&self, report: &SourceReport) -> u8 {
        let mut board = empty(&self.name, self.kind);
        board.apply(report.clone());
        exit_code(board.summary(report.at).verdict())
    }
}

fn empty(name: &SourceName, kind: &'static str) -> Board {
    Board::new(BoardRules::default(), vec![SourceStatus::new(name.clone(), kind, EVERY)])
}

/// How long a change may take to be seen.
pub const PATIENCE: Duration = Duration::from_secs(40);
