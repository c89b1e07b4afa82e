//! The state of every source.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use super::{Change, Edge, SourceEvent};
use crate::domain::source_health::Failure;
use crate::domain::{Health, Moment, SourceName, SourceStatus};

/// All sources, in the order of the configuration.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Sources {
    all: Vec<SourceStatus>,
    #[serde(skip)]
    at: BTreeMap<SourceName, usize>,
}

impl Sources {
    /// Sources that have not been asked yet.
    #[must_use]
    pub fn new(all: Vec<SourceStatus>) -> Self {
        let at = all.iter().enumerate().map(|(at, status)| (status.name.clone(), at)).collect();
        Self { all, at }
    }

    /// All of them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &SourceStatus> {
        self.all.iter()
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, name: &SourceName) -> Option<&SourceStatus> {
        self.at.get(name).and_then(|at| self.all.get(*at))
    }

    /// The clock was set back by so much: what is known of a source grows no older or younger by that.
    pub fn step_back(&mut self, by: chrono::TimeDelta) {
        for status in &mut self.all {
            let failure = status.failure.as_mut();
            let failed = failure.map(|failure| (&mut failure.since, &mut failure.retry));
            let (since, retry) = failed.map_or((None, None), |(since, retry)| (Some(since), retry.as_mut()));
            [status.answered.as_mut(), since, retry].into_iter().flatten().for_each(|at| *at -= by);
        }
    }

    /// Notes an attempt's outcome. An unknown source is ignored: it was removed while it answered.
    pub fn note(&mut self, name: &SourceName, at: Moment, took: Duration, event: &SourceEvent) -> Change {
        let Some(status) = self.at.get(name).and_then(|at| self.all.get_mut(*at)) else {
            return Change::default();
        };
        let mut change = Change::default();
        let before = (status.failure.is_some(), status.answered.is_some());
        let was_live = status.health(at) == Health::Live;
        match event {
            SourceEvent::Failed { cause, retry } => {
                let since = status.failure.as_ref().map_or(at, |failure| failure.since);
                let different = status.failure.as_ref().is_none_or(|failure| failure.cause != *cause);
                status.failure = Some(Failure { cause: cause.clone(), since, retry: *retry });
                change.parts.sources = different;
                if before == (false, true) {
                    change.edges.push(Edge::SourceLost(name.clone()));
                }
            }
            SourceEvent::Arriving(_) => {}
            SourceEvent::Answered(_) | SourceEvent::Heartbeat => {
                status.failure = None;
                // The text of a live source's age does not depend on the exact moment.
                change.parts.sources = !was_live;
                status.answered = Some(at);
                status.took = Some(took);
                if before.0 && before.1 {
                    change.edges.push(Edge::SourceBack(name.clone()));
                }
            }
        }
        if let SourceEvent::Answered(answer) = event
            && status.notes != answer.notes
        {
            status.notes.clone_from(&answer.notes);
            change.parts.sources = true;
        }
        change
    }
}
