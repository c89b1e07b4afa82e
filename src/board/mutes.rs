//! Acks, silences and snoozes of all sources and of the store.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use super::Board;
use super::alerts::Touched;
use crate::domain::mute::{Cover, MuteKind};
use crate::domain::{Alert, Incident, IncidentId, Moment, Mute, MuteId, SourceName};

/// All known mutes, by where they live; `None` is the store.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Mutes {
    by_source: BTreeMap<Option<SourceName>, Vec<Mute>>,
    #[serde(skip)]
    at: HashMap<(Option<SourceName>, MuteId), usize>,
}

impl Mutes {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Mute> {
        self.by_source.values().flatten()
    }

    /// One mute by its id at a source.
    #[must_use]
    pub fn get(&self, source: Option<&SourceName>, id: &MuteId) -> Option<&Mute> {
        let source = source.cloned();
        let at = *self.at.get(&(source.clone(), id.clone()))?;
        self.by_source.get(&source)?.get(at)
    }

    /// The ack that the store keeps for an incident, if one is in force.
    #[must_use]
    pub fn kept_ack(&self, incident: IncidentId, now: Moment) -> Option<&Mute> {
        let fits =
            |mute: &&Mute| mute.kind == MuteKind::Ack && mute.cover == Cover::Incident(incident) && mute.in_force(now);
        self.by_source.get(&None)?.iter().filter(fits).max_by_key(|mute| mute.ends)
    }

    fn replace(&mut self, source: Option<SourceName>, mutes: Vec<Mute>) -> Vec<Mute> {
        self.at.retain(|(of, _), _| *of != source);
        for (at, mute) in mutes.iter().enumerate() {
            self.at.insert((source.clone(), mute.id.clone()), at);
        }
        self.by_source.insert(source, mutes).unwrap_or_default()
    }
}

impl Board {
    /// Replaces what one place keeps; says which groups are covered differently.
    pub(super) fn replace_mutes(&mut self, source: Option<&SourceName>, mutes: Vec<Mute>) -> Vec<Touched> {
        let source = source.cloned();
        let before = self.mutes.replace(source.clone(), mutes);
        let now = self.mutes.by_source.get(&source);
        let now = now.map(Vec::as_slice).unwrap_or_default();
        // There may be thousands of each: found by id, and not by walking over all for each of them.
        let (mut incidents, mut mutes) = (HashSet::new(), HashSet::new());
        for mute in missing_in(now, &before).chain(missing_in(&before, now)) {
            match &mute.cover {
                Cover::Incident(id) => incidents.insert(*id),
                Cover::Matchers(_) => mutes.insert(&*mute.id.0),
            };
        }
        if incidents.is_empty() && mutes.is_empty() {
            return Vec::new();
        }
        let concerned = |alert: &Alert| alert.silenced_by.iter().any(|id| mutes.contains(id.as_str()));
        let covers = |incident: &Incident| !mutes.is_empty() && self.alerts_of(incident).any(concerned);
        self.incidents
            .iter()
            .filter(|incident| incidents.contains(&incident.id) || covers(incident))
            .map(|incident| Touched { group: incident.group.clone(), alert: None })
            .collect()
    }
}

/// Those of `mutes` that `others` do not hold, or hold differently.
fn missing_in<'a>(others: &'a [Mute], mutes: &'a [Mute]) -> impl Iterator<Item = &'a Mute> {
    let held: HashMap<&MuteId, &Mute> = others.iter().map(|mute| (&mute.id, mute)).collect();
    mutes.iter().filter(move |mute| held.get(&mute.id) != Some(mute))
}
