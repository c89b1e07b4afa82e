//! What the store kept, as the board needs it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::alerts::Touched;
use super::{Board, Change};
use crate::domain::checklist::{ChecklistId, Walk, Walked};
use crate::domain::declared::DeclaredIncident;
use crate::domain::incident::GroupKey;
use crate::domain::journal::Row;
use crate::domain::maintenance::Window;
use crate::domain::mute::{Cover, MuteKind};
use crate::domain::remediation::run::{Request, Run};
use crate::domain::runbook::{Tick, WrongStep};
use crate::domain::{IncidentId, Moment, Mute, MuteId, SourceName};

/// An incident as the store keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Episode {
    /// Its id.
    pub id: IncidentId,
    /// Its group.
    pub group: GroupKey,
    /// Its title, for history.
    pub title: String,
    /// Its service.
    pub service: Option<String>,
    /// Its worst severity, as the word.
    pub severity: crate::domain::Severity,
    /// Since when it fires.
    pub since: Moment,
    /// When it was first seen.
    pub first_seen: Moment,
    /// When it was last seen.
    pub last_seen: Moment,
    /// Whether its effect was declared gone.
    pub mitigated: bool,
    /// When it resolved.
    pub resolved: Option<Moment>,
    /// The sources that told of it: only their answers can resolve it.
    pub sources: Vec<SourceName>,
}

/// An ack that this operator made: at a source (then it may be renewed), or in the store alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LocalAck {
    /// The silence at the source, or our own id.
    pub id: MuteId,
    /// Where it lives; `None` for the store.
    pub source: Option<SourceName>,
    /// What was acked.
    pub incident: IncidentId,
    /// Who acked, and from which host.
    pub by: crate::domain::Operator,
    /// Why.
    pub comment: String,
    /// Since when.
    pub starts: Moment,
    /// Until when, unless it is renewed.
    pub ends: Moment,
    /// It is not renewed past this.
    pub limit: Moment,
    /// Whether midwatch renews it.
    pub renews: bool,
}

/// A snooze: hidden from one operator's view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snoozed {
    /// Which incident.
    pub incident: IncidentId,
    /// For whom.
    pub operator: String,
    /// Since when.
    pub starts: Moment,
    /// Until when.
    pub until: Moment,
}

/// Everything the store kept that the board needs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Memory {
    /// Incidents that had not resolved, and those that did within the last 90 days, newest first.
    pub episodes: Vec<Episode>,
    /// Acks that have not run out.
    pub acks: Vec<LocalAck>,
    /// Snoozes that have not run out.
    pub snoozes: Vec<Snoozed>,
    /// Comments by incident, oldest first; also in the journal.
    pub comments: BTreeMap<IncidentId, Vec<(Moment, String, String)>>,
    /// Runs of remedies: those that run, and the newest of the others, newest first.
    pub runs: Vec<Run>,
    /// Requests that wait for a second person, or were approved and not run yet, newest first.
    pub requests: Vec<Request>,
    /// Maintenance windows that last or are ahead, and those that ended within a day, by their begin.
    pub windows: Vec<Window>,
    /// Boxes ticked in runbooks, for incidents that are in sight.
    pub ticks: Vec<Tick>,
    /// Notes of the last 90 days that a step of a runbook was wrong, newest first.
    pub wrong_steps: Vec<WrongStep>,
    /// Walks that are open, with everything that was said in them, oldest first.
    pub walks: Vec<Arc<Walk>>,
    /// Walks of the last 400 days that ended, in short, newest first.
    pub walked: Vec<Walked>,
    /// Since when each checklist is known.
    pub lists: BTreeMap<ChecklistId, Moment>,
    /// Incidents that were declared and are not over, or were declared over within the last day, oldest first.
    pub declared: Vec<DeclaredIncident>,
}

impl Memory {
    /// Where the episodes stand that had not resolved when the store was last read, by their groups.
    pub(super) fn open_episodes(&self) -> HashMap<GroupKey, usize> {
        let open = self.episodes.iter().enumerate().filter(|(_, episode)| episode.resolved.is_none());
        open.map(|(at, episode)| (episode.group.clone(), at)).collect()
    }

    /// Where each episode stands, by its id.
    fn episodes_by_id(&self) -> HashMap<IncidentId, usize> {
        self.episodes.iter().enumerate().map(|(at, episode)| (episode.id, at)).collect()
    }

    /// Whether something is different that is done by hand: runs, requests, windows, ticks, notes.
    fn desk_differs(&self, other: &Self) -> bool {
        self.runs != other.runs
            || self.requests != other.requests
            || self.windows != other.windows
            || self.ticks != other.ticks
            || self.wrong_steps != other.wrong_steps
    }

    /// Whether something about walks is different.
    fn walks_differ(&self, other: &Self) -> bool {
        self.walks != other.walks
            || self.walked != other.walked
            || self.lists != other.lists
            || self.declared != other.declared
    }

    /// Until when an operator does not want to see an incident.
    #[must_use]
    pub fn snoozed_until(&self, incident: IncidentId, operator: &str, now: Moment) -> Option<Moment> {
        let mine = |snooze: &&Snoozed| snooze.incident == incident && snooze.operator == operator && snooze.until > now;
        self.snoozes.iter().filter(mine).map(|snooze| snooze.until).max()
    }

    fn as_mutes(&self) -> Vec<Mute> {
        let acks = self.acks.iter().filter(|ack| ack.source.is_none()).map(|ack| Mute {
            id: ack.id.clone(),
            kind: MuteKind::Ack,
            source: None,
            cover: Cover::Incident(ack.incident),
            by: ack.by.name.clone(),
            comment: ack.comment.clone(),
            starts: ack.starts,
            ends: ack.ends,
            pending: false,
        });
        let snoozes = self.snoozes.iter().map(|snooze| Mute {
            id: MuteId::new(&format!("snooze-{}-{}", snooze.operator, snooze.incident)),
            kind: MuteKind::Snooze,
            source: None,
            cover: Cover::Incident(snooze.incident),
            by: snooze.operator.clone(),
            comment: String::new(),
            starts: snooze.starts,
            ends: snooze.until,
            pending: false,
        });
        acks.chain(snoozes).collect()
    }
}

/// The most journal rows that the board keeps; the Journal view reads older ones from the store.
const JOURNAL_ROWS: usize = 2_000;

impl Board {
    /// Takes what the store holds now, after a start or when another process wrote to it.
    pub fn remember(&mut self, memory: Memory, now: Moment) -> Change {
        let mut change = Change::default();
        if self.memory == memory {
            return change;
        }
        let mutes = memory.as_mutes();
        let before = std::mem::replace(&mut self.memory, memory);
        change.parts.desk = self.memory.desk_differs(&before);
        change.parts.walks = self.memory.walks_differ(&before);
        self.episodes = self.memory.open_episodes();
        self.episode_at = self.memory.episodes_by_id();
        // The store may have been read before it was told that an episode ended.
        let ended = |at: &usize| {
            let seen = self.memory.episodes.get(*at).and_then(|episode| self.incidents.get(episode.id));
            seen.is_some_and(|incident| !incident.is_open())
        };
        self.episodes.retain(|_, at| !ended(at));
        let mut touched = self.replace_mutes(None, mutes);
        let mitigated_before: HashMap<IncidentId, bool> =
            before.episodes.iter().map(|old| (old.id, old.mitigated)).collect();
        for episode in self.memory.episodes.iter().filter(|episode| episode.resolved.is_none()) {
            let mitigated = episode.mitigated;
            if mitigated_before.get(&episode.id) != Some(&mitigated)
                && self.incidents.edit(episode.id, |incident| incident.mitigated = mitigated)
            {
                touched.push(Touched { group: episode.group.clone(), alert: None });
            }
        }
        touched.extend(self.adopt_ids(&mut change));
        change.parts.mutes = true;
        touched.retain(|touched| self.incidents.open_of(&touched.group).is_some());
        change.incidents.extend(touched.iter().filter_map(|touched| self.incidents.open_of(&touched.group)));
        self.settle(touched, now, &mut change);
        change
    }

    /// Takes over the ids that the store gave: another process that saw an incident begin named it first.
    fn adopt_ids(&mut self, change: &mut Change) -> Vec<Touched> {
        let mut touched = Vec::new();
        for (group, at) in &self.episodes {
            let (Some(episode), Some(id)) = (self.memory.episodes.get(*at), self.incidents.open_of(group)) else {
                continue;
            };
            if id != episode.id {
                self.incidents.rename(id, episode.id, episode.first_seen);
                change.incidents.extend([id, episode.id]);
                touched.push(Touched { group: group.clone(), alert: None });
            }
        }
        touched
    }

    /// Episodes that the store holds as open, although every source that told of them has answered since they were last
    /// seen and none holds them any more: they resolved while nobody watched. And whether there are others that no
    /// incident here is of: the next answer may end them.
    #[must_use]
    pub fn ended_unseen(&self) -> (Vec<Episode>, bool) {
        // An older answer knows nothing of what another midwatch has just seen begin.
        let answered =
            |of: &Episode, source: &SourceName| self.heard_from(source).is_some_and(|heard| heard > of.last_seen);
        let unseen = self.episodes.iter().filter(|(group, _)| self.incidents.open_of(group).is_none());
        let episodes = unseen.filter_map(|(_, at)| self.memory.episodes.get(*at));
        let (ended, others): (Vec<&Episode>, Vec<&Episode>) = episodes
            .filter(|episode| !episode.sources.is_empty())
            .partition(|episode| episode.sources.iter().all(|source| answered(episode, source)));
        (ended.into_iter().cloned().collect(), !others.is_empty())
    }

    /// An incident as the store keeps it.
    #[must_use]
    pub fn episode_of(&self, incident: &crate::domain::Incident) -> Episode {
        let together = self.alerts.together(&incident.group, &incident.alerts);
        let mut sources: Vec<SourceName> = together.kinds().flat_map(|kind| &kind.tellers).cloned().collect();
        sources.sort();
        sources.dedup();
        let known = || self.episode_at.get(&incident.id).and_then(|at| self.memory.episodes.get(*at));
        if sources.is_empty() {
            sources = known().map(|episode| episode.sources.clone()).unwrap_or_default();
        }
        Episode {
            id: incident.id,
            group: incident.group.clone(),
            title: incident.title.clone(),
            service: incident.service.clone(),
            severity: incident.rated.severity,
            since: incident.since,
            first_seen: incident.first_seen,
            last_seen: self.last_seen(incident),
            mitigated: incident.mitigated,
            resolved: incident.resolved,
            sources,
        }
    }

    /// Takes the journal's newest rows, oldest first; rows that are known already are left out.
    pub fn take_journal(&mut self, rows: Vec<Row>) -> Change {
        let newest = self.journal.back().map_or(0, |row| row.id);
        let before = self.journal.len();
        self.journal.extend(rows.into_iter().filter(|row| row.id > newest));
        let mut change = Change::default();
        change.parts.journal = self.journal.len() != before;
        while self.journal.len() > JOURNAL_ROWS {
            self.journal.pop_front();
        }
        change
    }
}
