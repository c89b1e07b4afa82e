//! What the firing alerts of one group come to, counted so that one more or less costs as much as that one.
//!
//! What lives here: counts by severity, by begin, and by what can cover an alert. What must not: what covers them
//! now, which is `ownership`'s.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::{Alert, AlertState, Moment, Rated, SourceName};

/// What decides alike for alerts: whether they speak, by what they are covered, and who tells of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Kind {
    pub(super) state: AlertState,
    pub(super) silenced_by: Vec<String>,
    pub(super) tellers: Vec<SourceName>,
}

/// One alert, as it counts here.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    kind: Kind,
    rated: Rated,
    since: Moment,
}

impl Part {
    /// An alert that these tell; `None` if it does not fire yet.
    pub(super) fn of<'a>(alert: &Alert, tellers: impl Iterator<Item = &'a SourceName>) -> Option<Self> {
        (alert.state != AlertState::Pending).then(|| Self {
            kind: Kind {
                state: alert.state,
                silenced_by: alert.silenced_by.clone(),
                tellers: tellers.cloned().collect(),
            },
            rated: alert.rated,
            since: alert.since,
        })
    }
}

/// All firing alerts of one group.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(super) struct Together {
    rated: BTreeMap<Rated, usize>,
    #[serde(skip)]
    kinds: BTreeMap<Kind, BTreeMap<Moment, usize>>,
}

impl Together {
    /// One more.
    pub(super) fn add(&mut self, part: Part) {
        *self.rated.entry(part.rated).or_default() += 1;
        *self.kinds.entry(part.kind).or_default().entry(part.since).or_default() += 1;
    }

    /// One that was added is not there any more.
    pub(super) fn remove(&mut self, part: &Part) {
        less(&mut self.rated, &part.rated);
        if let Some(begins) = self.kinds.get_mut(&part.kind) {
            less(begins, &part.since);
            if begins.is_empty() {
                self.kinds.remove(&part.kind);
            }
        }
    }

    /// The worst severity; `None` where nothing fires.
    pub(super) fn worst(&self) -> Option<Rated> {
        self.rated.first_key_value().map(|(rated, _)| *rated)
    }

    /// The earliest begin.
    pub(super) fn since(&self) -> Option<Moment> {
        self.kinds.values().filter_map(|begins| begins.first_key_value()).map(|(since, _)| *since).min()
    }

    /// How many began after a moment: costs as much as those.
    pub(super) fn after(&self, moment: Moment) -> usize {
        let later = (std::ops::Bound::Excluded(moment), std::ops::Bound::Unbounded);
        self.kinds.values().map(|begins| begins.range(later).map(|(_, count)| count).sum::<usize>()).sum()
    }

    /// Whether a source tells of any.
    pub(super) fn is_told_by(&self, source: &SourceName) -> bool {
        self.kinds.keys().any(|kind| kind.tellers.contains(source))
    }

    /// The kinds of alerts that there are.
    pub(super) fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.keys()
    }
}

fn less<K: Ord>(counts: &mut BTreeMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}
