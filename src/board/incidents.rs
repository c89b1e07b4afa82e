//! Incidents and their order, kept up to date alert by alert.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;
use serde::Serialize;

use super::alerts::{Presence, Touched};
use super::summary::Tally;
use super::{Answer, Board, Change, Edge};
use crate::domain::incident::{GroupKey, Rank};
use crate::domain::{Alert, Fingerprint, Incident, IncidentId, Moment};

/// From so many alerts on they are taken together, and not one by one.
/// Tests do it at once.
const MANY: usize = if cfg!(test) { 2 } else { 64 };

/// All incidents on the board.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Incidents {
    all: HashMap<IncidentId, Incident, RandomState>,
    #[serde(skip)]
    open: HashMap<GroupKey, IncidentId, RandomState>,
    #[serde(skip)]
    ended: HashMap<GroupKey, IncidentId, RandomState>,
    #[serde(skip)]
    order: BTreeSet<Rank>,
    #[serde(skip)]
    tally: Tally,
}

/// What taking alerts in and out did to an incident's list.
#[derive(Debug, Clone, Copy)]
struct Members {
    before: usize,
    now: usize,
    changed: bool,
}

impl Incidents {
    /// One incident.
    #[must_use]
    pub fn get(&self, id: IncidentId) -> Option<&Incident> {
        self.all.get(&id)
    }

    /// All of them in the order of their rank.
    pub fn in_order(&self) -> impl Iterator<Item = &Incident> {
        self.order.iter().filter_map(|rank| self.all.get(&rank.id))
    }

    /// All of them in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Incident> {
        self.all.values()
    }

    /// Resolved incidents that are still in sight, from the end of the order on: it looks at how bad each was before it
    /// looks at when it resolved.
    pub fn resolved(&self) -> impl Iterator<Item = &Incident> {
        self.order
            .iter()
            .rev()
            .filter_map(|rank| self.all.get(&rank.id))
            .take_while(|incident| incident.resolved.is_some())
    }

    /// How many there are of each sort.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The incident of a group that fires.
    #[must_use]
    pub fn open_of(&self, group: &GroupKey) -> Option<IncidentId> {
        self.open.get(group).copied()
    }

    /// The clock was set back by so much: what resolved leaves the screen when it would have.
    pub(super) fn step_back(&mut self, by: chrono::TimeDelta) {
        let resolved: Vec<IncidentId> = self.resolved().map(|incident| incident.id).collect();
        for id in resolved {
            self.edit(id, |incident| incident.resolved = incident.resolved.map(|at| at - by));
        }
    }

    /// Changes one incident, but not its alerts, and keeps the order right; says whether anything is different.
    pub(super) fn edit(&mut self, id: IncidentId, edit: impl FnOnce(&mut Incident)) -> bool {
        let Some(incident) = self.all.get_mut(&id) else { return false };
        // Its alerts may be ten thousand: they are neither copied nor compared.
        let alerts = std::mem::take(&mut incident.alerts);
        let before = incident.clone();
        edit(incident);
        let same = *incident == before;
        incident.alerts = alerts;
        if same {
            return false;
        }
        self.tally.count(&before, -1);
        self.tally.count(incident, 1);
        let (old, new) = (before.rank(), incident.rank());
        if old != new {
            self.order.remove(&old);
            self.order.insert(new);
        }
        if before.resolved.is_none() && incident.resolved.is_some() {
            self.open.remove(&before.group);
            self.ended.insert(before.group, id);
        }
        true
    }

    /// Takes alerts in and out; says how many there were and are, and whether they are others.
    fn take_members(&mut self, id: IncidentId, mut alerts: Vec<(Fingerprint, Presence)>) -> Option<Members> {
        let members = &mut self.all.get_mut(&id)?.alerts;
        let before = members.len();
        if alerts.len() > MANY {
            // One pass, instead of making room for each of them. What was said last of an alert counts.
            alerts.reverse();
            alerts.sort_by_key(|(fingerprint, _)| *fingerprint);
            alerts.dedup_by_key(|(fingerprint, _)| *fingerprint);
            let said = |one: &Fingerprint| alerts.binary_search_by_key(one, |(fingerprint, _)| *fingerprint).is_ok();
            let mut now: Vec<Fingerprint> = members.iter().filter(|one| !said(one)).copied().collect();
            let firing = alerts.iter().filter(|(_, presence)| *presence == Presence::Firing);
            now.extend(firing.map(|(fingerprint, _)| *fingerprint));
            now.sort();
            let changed = now != *members;
            *members = now;
            return Some(Members { before, now: members.len(), changed });
        }
        let mut changed = false;
        for (fingerprint, presence) in alerts {
            match (members.binary_search(&fingerprint), presence) {
                (Err(place), Presence::Firing) => members.insert(place, fingerprint),
                (Ok(place), Presence::Gone) => {
                    members.remove(place);
                }
                _ => continue,
            }
            changed = true;
        }
        Some(Members { before, now: members.len(), changed })
    }

    /// Gives an open incident another id.
    pub(super) fn rename(&mut self, from: IncidentId, to: IncidentId, first_seen: Moment) {
        if let Some(mut incident) = self.all.remove(&from) {
            self.tally.count(&incident, -1);
            self.order.remove(&incident.rank());
            (incident.id, incident.first_seen) = (to, first_seen);
            self.insert(incident);
        }
    }

    fn insert(&mut self, incident: Incident) {
        self.tally.count(&incident, 1);
        self.order.insert(incident.rank());
        self.open.insert(incident.group.clone(), incident.id);
        self.all.insert(incident.id, incident);
    }

    pub(super) fn remove(&mut self, id: IncidentId) {
        if let Some(incident) = self.all.remove(&id) {
            self.tally.count(&incident, -1);
            self.order.remove(&incident.rank());
            if self.ended.get(&incident.group) == Some(&id) {
                self.ended.remove(&incident.group);
            }
        }
    }

    /// The newest resolved incident of a group, if it is still on the board.
    fn resolved_of(&self, group: &GroupKey) -> Option<&Incident> {
        self.ended.get(group).and_then(|id| self.all.get(id))
    }
}

impl Board {
    /// Brings the incidents of all touched groups up to date.
    pub(super) fn settle(&mut self, touched: Vec<Touched>, at: Moment, change: &mut Change) {
        let mut by_group: HashMap<GroupKey, Vec<(Fingerprint, Presence)>, RandomState> = HashMap::default();
        for Touched { group, alert } in touched {
            by_group.entry(group).or_default().extend(alert);
        }
        // In an order of its own: the same answers are told in the same order every time.
        let mut by_group: Vec<_> = by_group.into_iter().collect();
        by_group.sort_unstable_by(|(a, _), (b, _)| a.0.any_order().cmp(&b.0.any_order()));
        for (group, alerts) in by_group {
            let id = match self.incidents.open_of(&group) {
                Some(id) => id,
                None => match self.open_incident(&group, &alerts, at) {
                    Some((id, edge)) => {
                        change.edges.push(edge);
                        change.incidents.push(id);
                        id
                    }
                    None => continue,
                },
            };
            self.settle_one(id, alerts, at, change);
        }
    }

    /// Before a source lets go of alerts: the answer it gave last, at `answered`, still held them.
    pub(super) fn note_last_sight(&mut self, answer: &Answer, answered: Moment) {
        let gone: Vec<Fingerprint> = answer.alerts.iter().flat_map(|changes| &changes.gone).copied().collect();
        self.note_gone(&gone, answered);
    }

    /// These alerts were still there at `seen`, and are not any more.
    pub(super) fn note_gone(&mut self, gone: &[Fingerprint], seen: Moment) {
        let groups = gone.iter().filter_map(|fingerprint| self.alerts.group_of(*fingerprint));
        let leaving: BTreeSet<IncidentId> = groups.filter_map(|group| self.incidents.open_of(group)).collect();
        for id in leaving {
            self.incidents.edit(id, |incident| incident.last_seen = incident.last_seen.max(seen));
        }
    }

    fn settle_one(&mut self, id: IncidentId, alerts: Vec<(Fingerprint, Presence)>, at: Moment, change: &mut Change) {
        let Some(members) = self.incidents.take_members(id, alerts) else { return };
        let Some(incident) = self.incidents.get(id) else { return };
        if members.changed {
            self.alerts.keep_together(&incident.group, &incident.alerts);
        }
        let draft = self.described(incident, at);
        let covered = |incident: &Incident| {
            incident.owner.is_some() || incident.quiet.is_some() || incident.snoozed_until.is_some()
        };
        let resolved = draft.resolved.is_some();
        let rated = members.before > 0 && !resolved && incident.rated.severity != draft.rated.severity;
        let uncovered = covered(incident) && !resolved && !covered(&draft);
        let group = resolved.then(|| draft.group.clone());
        if !self.incidents.edit(id, |incident| *incident = draft) && !members.changed {
            return;
        }
        change.incidents.push(id);
        if let Some(group) = group {
            // What the store still calls open has ended: the next of this group is another episode.
            self.episodes.remove(&group);
            change.edges.push(Edge::Resolved(id));
        } else if members.before > 0 && members.now > members.before {
            change.edges.push(Edge::Joined { incident: id, alerts: members.now });
        }
        if rated {
            change.edges.push(Edge::Rated(id));
        }
        if uncovered {
            change.edges.push(Edge::Uncovered(id));
        }
    }

    /// An incident, its list of alerts aside, with what follows from its alerts and mutes.
    pub(super) fn described(&self, incident: &Incident, at: Moment) -> Incident {
        let together = self.alerts.together(&incident.group, &incident.alerts);
        let mut draft = incident.without_alerts();
        let (Some(worst), Some(since)) = (together.worst(), together.since()) else {
            if draft.resolved.is_none() {
                (draft.resolved, draft.owner, draft.quiet) = (Some(at), None, None);
                draft.snoozed_until = None;
                // Only a full answer resolves, so what is said of it is fresh again.
                draft.stale = false;
            }
            return draft;
        };
        (draft.rated, draft.since) = (worst, since.min(draft.since));
        draft.most = draft.most.max(incident.alerts.len());
        draft.stale = together.kinds().all(|kind| self.is_stale(kind));
        if !draft.stale {
            draft.last_seen = at;
        }
        let cover = self.cover_of(draft.id, &together, at);
        (draft.owner, draft.quiet) = (cover.owner, cover.quiet);
        draft.snoozed_until = self.memory.snoozed_until(draft.id, &self.rules.operator, at);
        draft
    }

    fn open_incident(
        &mut self,
        group: &GroupKey,
        alerts: &[(Fingerprint, Presence)],
        at: Moment,
    ) -> Option<(IncidentId, Edge)> {
        let firing = alerts.iter().filter(|(_, presence)| *presence == Presence::Firing);
        let (since, first) = firing
            .filter_map(|(fingerprint, _)| self.alerts.get(*fingerprint))
            .map(|alert| (alert.since, alert))
            .min_by_key(|(since, _)| *since)?;
        let (title, service) =
            (self.title_of(group, first), self.rules.grouping.service_of(&first.labels).map(str::to_owned));
        let known = self.episodes.get(group).and_then(|at| self.memory.episodes.get(*at)).cloned();
        let earlier = self.incidents.resolved_of(group);
        // What began before its end was seen is the same episode: it did not end after all.
        let same = earlier.filter(|earlier| earlier.resolved.is_some_and(|ended| since <= ended));
        let begun = known.as_ref().map(|episode| (episode.id, episode.first_seen));
        let begun = begun.or(same.map(|earlier| (earlier.id, earlier.first_seen)));
        let (id, first_seen) = begun.unwrap_or_else(|| (IncidentId::of(group, since), at));
        let earlier = earlier.map(|earlier| earlier.refired + 1);
        let incident = Incident {
            id,
            group: group.clone(),
            title,
            service,
            rated: first.rated,
            since,
            first_seen,
            last_seen: at,
            alerts: Vec::new(),
            most: 0,
            owner: None,
            quiet: None,
            snoozed_until: None,
            mitigated: known.as_ref().is_some_and(|episode| episode.mitigated),
            resolved: None,
            stale: false,
            refired: earlier.unwrap_or(0),
        };
        self.incidents.remove(id);
        self.incidents.insert(incident);
        let edge = if earlier.is_some() { Edge::Refired(id) } else { Edge::Began(id) };
        Some((id, edge))
    }

    fn title_of(&self, group: &GroupKey, alert: &Alert) -> String {
        if self.rules.grouping.by.iter().any(|name| name == "alertname") {
            alert.name().to_owned()
        } else if group.0.is_empty() {
            "all alerts".to_owned()
        } else {
            group.0.iter().map(|(_, value)| value).collect::<Vec<_>>().join(" ")
        }
    }
}
