//! Between the pollers and the loop. What must not live here: what a report means; that is the board's.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::newest_readings;
use crate::app::Msg;
use crate::board::report::TAKEN_AT_ONCE;
use crate::board::{SourceEvent, SourceReport};
use crate::domain::SourceName;
use crate::runtime::effects::{Keeper, Order};
use crate::runtime::guarded::guarded_now;
use crate::source::host::LogCounts;

/// How often the host's bounded history is rolled up.
const ROLL_UP: std::time::Duration = std::time::Duration::from_mins(10);

/// Hands reports on. On the way the readings of this machine are kept, and log lines are counted for its rules.
pub(super) struct Tap {
    pub(super) sender: mpsc::Sender<Msg>,
    /// The sources that tell of this machine.
    pub(super) hosts: Vec<SourceName>,
    pub(super) keeper: Keeper,
    pub(super) counts: Arc<LogCounts>,
}

impl Tap {
    /// Until nobody reports, or nobody listens, any more.
    pub(super) async fn run(self, mut reports: mpsc::Receiver<SourceReport>) {
        let mut roll_up = tokio::time::interval(ROLL_UP);
        loop {
            tokio::select! {
                report = reports.recv() => {
                    let Some(report) = report else { return };
                    if let Err(error) = guarded_now("a report", || self.note(&report)) {
                        tracing::error!(%error, "the readings of a report were not kept");
                    }
                    for part in report.parts(TAKEN_AT_ONCE) {
                        if self.sender.send(Msg::Source(part)).await.is_err() {
                            return;
                        }
                    }
                }
                _ = roll_up.tick(), if !self.hosts.is_empty() => self.keeper.order(Order::RollUp),
            }
        }
    }

    fn note(&self, report: &SourceReport) {
        let SourceEvent::Answered(answer) = &report.event else { return };
        if !answer.logs.is_empty() {
            self.counts.add(&answer.logs, report.at);
        }
        if !self.hosts.contains(&report.source) {
            return;
        }
        let readings = newest_readings(answer);
        if !readings.is_empty() {
            self.keeper.order(Order::Readings(readings));
        }
    }
}
