//! Every alert that some source tells, merged over the sources.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use serde::Serialize;

use crate::domain::alert::AlertChanges;
use crate::domain::incident::GroupKey;
use crate::domain::{Alert, AlertState, Fingerprint, SourceName};

use super::Board;
use super::tellers::Tellers;
use super::together::{Part, Together};

/// From so many alerts on what a group comes to is kept, and not counted anew whenever one of them changes.
/// Tests walk over the threshold all the time.
const MANY: usize = if cfg!(test) { 4 } else { 32 };

/// All known alerts.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Alerts {
    all: HashMap<Fingerprint, Told, RandomState>,
    /// What the groups with many alerts come to.
    #[serde(skip)]
    together: HashMap<GroupKey, Together, RandomState>,
}

/// One alert: what each source says, and what follows.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Told {
    by: Tellers,
    merged: Arc<Alert>,
    group: GroupKey,
}

impl Alerts {
    /// One alert, merged.
    #[must_use]
    pub fn get(&self, fingerprint: Fingerprint) -> Option<&Alert> {
        self.all.get(&fingerprint).map(|told| &*told.merged)
    }

    /// Who tells of it.
    pub fn told_by(&self, fingerprint: Fingerprint) -> impl Iterator<Item = &SourceName> {
        self.all.get(&fingerprint).into_iter().flat_map(|told| told.by.names())
    }

    /// All alerts that fire, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Alert> {
        self.all.values().map(|told| &*told.merged)
    }

    /// Whether this source tells of this alert.
    #[must_use]
    pub fn is_told_by(&self, fingerprint: Fingerprint, source: &SourceName) -> bool {
        self.all.get(&fingerprint).is_some_and(|told| told.by.get(source).is_some())
    }

    /// Which group it belongs to.
    pub(super) fn group_of(&self, fingerprint: Fingerprint) -> Option<&GroupKey> {
        self.all.get(&fingerprint).map(|told| &told.group)
    }

    /// What the alerts of a group come to; `members` are those that fire.
    pub(super) fn together(&self, group: &GroupKey, members: &[Fingerprint]) -> Cow<'_, Together> {
        // One that has resolved has no members, whatever fires in its group now.
        let kept = self.together.get(group).filter(|_| members.len() >= MANY / 2);
        kept.map_or_else(|| Cow::Owned(self.counted(members)), Cow::Borrowed)
    }

    /// The members of a group have changed: where they are many, what they come to is kept from now on.
    pub(super) fn keep_together(&mut self, group: &GroupKey, members: &[Fingerprint]) {
        if members.len() < MANY / 2 {
            self.together.remove(group);
        } else if members.len() >= MANY && !self.together.contains_key(group) {
            self.together.insert(group.clone(), self.counted(members));
        }
    }

    fn counted(&self, members: &[Fingerprint]) -> Together {
        let mut together = Together::default();
        let parts = members.iter().filter_map(|fingerprint| self.all.get(fingerprint)).filter_map(Told::part);
        parts.for_each(|part| together.add(part));
        together
    }

    /// Takes one alert out of what its group comes to, before it changes.
    fn part_from(&mut self, fingerprint: Fingerprint) {
        let Some(told) = self.all.get(&fingerprint).filter(|_| !self.together.is_empty()) else { return };
        if let (Some(together), Some(part)) = (self.together.get_mut(&told.group), told.part()) {
            together.remove(&part);
        }
    }

    /// Adds one alert to what its group comes to, as it is now.
    fn join(&mut self, fingerprint: Fingerprint) {
        let Some(told) = self.all.get(&fingerprint).filter(|_| !self.together.is_empty()) else { return };
        if let (Some(together), Some(part)) = (self.together.get_mut(&told.group), told.part()) {
            together.add(part);
        }
    }

    fn forget(&mut self, fingerprint: Fingerprint, source: &SourceName) -> Option<GroupKey> {
        self.all.get(&fingerprint)?.by.get(source)?;
        self.part_from(fingerprint);
        let told = self.all.get_mut(&fingerprint)?;
        told.by.remove(source);
        let group = told.group.clone();
        match told.by.merged() {
            Some(merged) => told.merged = merged,
            None => {
                self.all.remove(&fingerprint);
            }
        }
        self.join(fingerprint);
        Some(group)
    }

    fn tell(&mut self, source: &SourceName, alert: Arc<Alert>, group: impl FnOnce(&Alert) -> GroupKey) -> GroupKey {
        let fingerprint = alert.fingerprint;
        self.part_from(fingerprint);
        let told = self.all.entry(fingerprint).or_insert_with(|| Told {
            by: Tellers::default(),
            group: group(&alert),
            merged: Arc::clone(&alert),
        });
        told.by.insert(source, alert);
        if let Some(merged) = told.by.merged() {
            told.merged = merged;
        }
        let group = told.group.clone();
        self.join(fingerprint);
        group
    }
}

impl Told {
    /// What it adds to its group; nothing while it does not fire.
    fn part(&self) -> Option<Part> {
        Part::of(&self.merged, self.by.names())
    }
}

/// One thing that happened to a group: an alert of it was told or went away.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Touched {
    pub(super) group: GroupKey,
    pub(super) alert: Option<(Fingerprint, Presence)>,
}

/// Whether an alert counts for its incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Firing,
    Gone,
}

impl Board {
    /// Takes one source's differences; says which groups they touch.
    pub(super) fn take_alerts(&mut self, source: &SourceName, changes: AlertChanges) -> Vec<Touched> {
        let AlertChanges { told, gone } = changes;
        let mut touched = Vec::with_capacity(told.len() + gone.len());
        for fingerprint in gone {
            if let Some(group) = self.alerts.forget(fingerprint, source) {
                touched.push(Touched { group, alert: Some((fingerprint, self.presence(fingerprint))) });
            }
        }
        // Alerts of one group share what names it.
        let mut groups: HashSet<GroupKey, RandomState> = HashSet::default();
        for alert in told {
            let fingerprint = alert.fingerprint;
            let grouping = &self.rules.grouping;
            let key = |alert: &Alert| {
                let key = grouping.key(&alert.labels);
                if let Some(known) = groups.get(&key) {
                    return known.clone();
                }
                groups.insert(key.clone());
                key
            };
            let group = self.alerts.tell(source, alert, key);
            touched.push(Touched { group, alert: Some((fingerprint, self.presence(fingerprint))) });
        }
        touched
    }

    fn presence(&self, fingerprint: Fingerprint) -> Presence {
        match self.alerts.get(fingerprint) {
            Some(alert) if alert.state != AlertState::Pending => Presence::Firing,
            _ => Presence::Gone,
        }
    }
}
